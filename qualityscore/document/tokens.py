"""The token stream of the lexical model: words, folded names and numbers, marks, line breaks.

Names and numbers are folded because they say what a page is about and when, not how it was made:
a run of words capitalised inside a sentence is one ``NAME`` token, every number is ``0``.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualityscore.document.lines import Line, Words

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


def _crc(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


NAME, NUMBER, BREAK = _crc("NAME"), _crc("0"), _crc("¶")
_STARTERS = frozenset('.!?:"…')
_KEPT_MARKS = frozenset('.!?,;:()"%$£€—…')
_CACHE: dict[str, int] = {}
_GAPS: dict[str, tuple[tuple[int, ...], bool]] = {" ": ((), False), "-": ((), False)}
_MAX_CACHE = 200_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ids (CRC-32 of their form) in order, and where each stands in the folded text."""

    ids: npt.NDArray[np.uint32]
    starts: Sequence[int]
    ends: Sequence[int]


def tokenise(folded: str, lines: Sequence[Line], words: Words) -> Tokens:
    """Build the token stream of the article."""
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    cache = _CACHE
    if len(cache) > _MAX_CACHE:
        cache.clear()
    raw, lower, word_starts, word_ends = words.raw, words.lower, words.starts, words.ends
    for line in lines:
        if line.first == line.last:
            continue
        ids.append(BREAK)
        starts.append(line.start)
        ends.append(line.start)
        opening = True
        at = line.start
        for i in range(line.first, line.last):
            start = word_starts[i]
            gap = folded[at:start]
            if gap != " " and gap:
                marks, starter = _GAPS.get(gap) or _gap(gap)
                for mark in marks:
                    ids.append(mark)
                    starts.append(at)
                    ends.append(start)
                opening = opening or starter
            at = word_ends[i]
            word, low = raw[i], lower[i]
            if word is not low and word != low and not opening and low not in FUNCTION_WORDS:
                if ids[-1] == NAME:
                    ends[-1] = at
                    continue
                ids.append(NAME)
            else:
                value = cache.get(low)
                if value is None:
                    value = cache[low] = NUMBER if low[0].isdigit() else _crc(low)
                ids.append(value)
            starts.append(start)
            ends.append(at)
            opening = False
        gap = folded[at : line.end]
        if gap:
            for mark in (_GAPS.get(gap) or _gap(gap))[0]:
                ids.append(mark)
                starts.append(at)
                ends.append(line.end)
    return Tokens(np.array(ids, dtype=np.uint32), starts, ends)


def _gap(gap: str) -> tuple[tuple[int, ...], bool]:
    """Ids of the marks between two words, and whether a sentence may start behind them."""
    marks: list[int] = []
    previous = ""
    for mark in gap[:20]:
        mark = "—" if mark == "–" else "." if mark == "…" else mark
        if mark in _KEPT_MARKS and mark != previous:
            marks.append(_crc(mark))
        previous = mark
    found = tuple(marks), any(mark in _STARTERS for mark in gap)
    if len(_GAPS) < 5_000 and len(gap) <= 20:
        _GAPS[gap] = found
    return found
