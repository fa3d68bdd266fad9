"""The token stream of the lexical model: words, folded names and numbers, marks, line breaks.

Names and numbers are folded because they say what a page is about and when, not how it was made:
a run of words capitalised inside a sentence is one ``NAME`` token, every number is ``0``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualityscore.document.lines import Line
from qualityscore.document.words import Ints, Words, code_points, crc
from qualityscore.native import compiled

# Words that keep their form although they are capitalised: function words, pronouns of "I".
FUNCTION_WORDS = frozenset(
    "a about above across after again against all almost along already also although always am among "
    "an and another any anybody anyone anything anywhere are around as at away back be became because "
    "become been before behind being below between both but by can cannot could did do does doing done "
    "down during each either else enough even ever every everyone everything few for from further get "
    "had has have having he her here hers herself him himself his how however i if in indeed instead "
    "into is it its itself just keep last least less let like made make many may maybe me might mine "
    "more most much must my myself need neither never next no nobody none nor not nothing now of off "
    "often on once one only onto or other others our ours ourselves out over own per perhaps please "
    "quite rather really same several shall she should since so some somebody someone something "
    "sometimes still such take than that the their theirs them themselves then there therefore these "
    "they this those though through thus till to together too toward towards two under unless until up "
    "upon us use used using very via was way we well were what whatever when where whereas whether "
    "which while who whole whom whose why will with within without would yes yet you your yours "
    "yourself i'm i've i'd i'll it's that's don't can't won't isn't you're we're they're".split()
)


NAME, NUMBER, BREAK = crc("NAME"), crc("0"), crc("¶")
_STARTERS = frozenset('.!?:"…')
_KEPT_MARKS = frozenset('.!?,;:()"%$£€—…')
_SAME_MARKS = {"–": "—", "…": "."}
_GAPS: dict[str, tuple[tuple[int, ...], bool]] = {}
_SPACE, _HYPHEN = ord(" "), ord("-")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ids (CRC-32 of their form) in order, and where each stands in the folded text; shapes (n,)."""

    ids: npt.NDArray[np.uint32]
    starts: Ints
    ends: Ints


def word_crc(form: str) -> int:
    """CRC-32 of a word in lower case; all numbers are ``0``."""
    low = form.lower()
    return NUMBER if low[0].isdigit() else crc(low)


def _may_be_name(form: str) -> int:
    low = form.lower()
    return form != low and low not in FUNCTION_WORDS


def _mark_ids() -> npt.NDArray[np.uint32]:
    """Id of the mark with each code point, 0 for characters that are none."""
    marks = {*_KEPT_MARKS, *_SAME_MARKS}
    ids = np.zeros(ord(max(marks)) + 1, dtype=np.uint32)
    for mark in marks:
        ids[ord(mark)] = crc(_SAME_MARKS.get(mark, mark))
    return ids


_compiled = compiled("tokens")
_maker = None if _compiled is None else _compiled.Maker(_mark_ids(), NAME, BREAK)


def tokenise(folded: str, lines: Sequence[Line], words: Words) -> Tokens:
    """Build the token stream of the article."""
    if _maker is None:
        return tokenise_in_python(folded, lines, words)
    hashes = words.described(word_crc).astype(np.uint32, copy=False)
    may_be_name = words.described(_may_be_name).astype(np.uint8, copy=False)
    return Tokens(*_maker.make(folded, lines, words.start_at, words.end_at, hashes, may_be_name))


def tokenise_in_python(folded: str, lines: Sequence[Line], words: Words) -> Tokens:
    """As `tokenise`."""
    size = len(words)
    filled = [line for line in lines if line.first < line.last]
    before = np.empty(size, dtype=np.int64)
    before[1:] = words.end_at[:-1]
    before[[line.first for line in filled]] = [line.start for line in filled]
    wide = words.start_at - before
    between = code_points(folded)[before]
    odd = np.flatnonzero((wide > 1) | ((wide == 1) & (between != _SPACE) & (between != _HYPHEN))).tolist()
    # Marks and breaks: their ids, offsets, and the number of the word they stand in front of.
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    places: list[int] = []

    def add(gap: str, start: int, end: int, place: int) -> bool:
        marks, starter = _GAPS.get(gap) or _gap(gap)
        for mark in marks:
            ids.append(mark)
            starts.append(start)
            ends.append(end)
            places.append(place)
        return starter

    opening = np.zeros(size, dtype=np.bool_)
    at, some = 0, len(odd)
    for line in filled:
        first, last = line.first, line.last
        opening[first] = True
        ids.append(BREAK)
        starts.append(line.start)
        ends.append(line.start)
        places.append(first)
        while at < some and odd[at] < last:
            i = odd[at]
            at += 1
            start, end = words.ends[i - 1] if i > first else line.start, words.starts[i]
            if add(folded[start:end], start, end, i):
                opening[i] = True
        end = words.ends[last - 1]
        if end < line.end:
            add(folded[end : line.end], end, line.end, last)
    name = (words.described(_may_be_name) != 0) & ~opening
    # A name goes on over words with nothing but spaces between them.
    parted = np.zeros(size + 1, dtype=np.bool_)
    parted[places] = True
    goes_on = name.copy()
    goes_on[:1] = False
    goes_on[1:] &= name[:-1]
    goes_on &= ~parted[:-1]
    kept = np.flatnonzero(~goes_on)
    place = np.array(places, dtype=np.int64) - np.concatenate(([0], np.cumsum(goes_on)))[places]
    place += np.arange(len(places))
    is_word = np.ones(len(kept) + len(places), dtype=np.bool_)
    is_word[place] = False

    def merged(of_words: Ints, of_marks: list[int]) -> Ints:
        out = np.empty(len(is_word), dtype=np.int64)
        out[is_word] = of_words
        out[place] = of_marks
        return out

    return Tokens(
        merged(np.where(name, NAME, words.described(word_crc))[kept], ids).astype(np.uint32),
        merged(words.start_at[kept], starts),
        merged(words.end_at[np.append(kept[1:], size) - 1] if size else words.end_at, ends),
    )


def _gap(gap: str) -> tuple[tuple[int, ...], bool]:
    """Ids of the marks between two words, and whether a sentence may start behind them."""
    marks: list[int] = []
    previous = ""
    for mark in gap[:20]:
        mark = _SAME_MARKS.get(mark, mark)
        if mark in _KEPT_MARKS and mark != previous:
            marks.append(crc(mark))
        previous = mark
    found = tuple(marks), any(mark in _STARTERS for mark in gap)
    if len(_GAPS) < 5_000 and len(gap) <= 20:
        _GAPS[gap] = found
    return found
