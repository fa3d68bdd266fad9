"""Undo evasion before any signal looks: invisible characters, look-alike letters, odd spaces.

`fold` returns a text of plain letters, what it had to change, and a map back to the text
as the reader sees it. Confusables follow Unicode Technical Standard 39, the part of its table
whose targets are basic Latin letters. Accents fold away too, whether written as one character or
as two, so that a stray mark hides no word; evidence quotes the original, accents included.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualityscore.document import confusables
from qualityscore.document.confusables import CONFUSABLES, FOREIGN, IDENTICAL, LOOSE, PHONETIC
from qualityscore.document.words import code_points
from qualityscore.native import compiled

__all__ = ["CONFUSABLES", "INVISIBLE", "Folded", "fold"]

_compiled = compiled("folding")
_MAX_SPANS = 50
_ODD_SPACES = "\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
# Controls, soft hyphen, zero-width, fillers, direction marks, variation selectors, tags, BOM.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e01ef"
)
_MARKS = "\u0300-\u034e\u0350-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20dc\u20e1\u20e5-\u20f0\ufe20-\ufe2f"
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"

INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_ODD_SPACE = re.compile(f"[{_ODD_SPACES}]")
_REMOVED = re.compile(f"[{_INVISIBLE}]|[{_MARKS}]{{1,32}}")
_FOREIGN = re.compile(f"[{FOREIGN}]")
_RUN = re.compile(f"[{_LATIN}{FOREIGN}]+")


def _one_to_one() -> dict[int, str]:
    """Characters of which each stands for one plain character, whatever is around it."""
    table = dict.fromkeys(map(ord, "‘’‚‛′ʼʹˈ＇`´"), "'") | dict.fromkeys(map(ord, "“”„‟″＂"), '"')
    table |= dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212\ufe63\uff0d"), "-")
    odd = [i for i in range(0x3001) if _ODD_SPACE.match(chr(i))]
    table |= dict.fromkeys([*odd, 0xA0, 0x0B, 0x0C, 0x85, 0x2028, 0x2029], " ")
    for code in (
        *range(0xC0, 0x250),
        *range(0x1E00, 0x1F00),
        *range(0x1D7CE, 0x1D800),
        *range(0xFF01, 0xFF5F),
    ):
        decomposed = unicodedata.normalize("NFKD", chr(code))
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
        if len(plain) == 1 and plain.isascii():
            table.setdefault(code, plain)
    return table | {0x131: "i", 0xFF40: "'"}


_ONE_TO_ONE = {chr(code): plain for code, plain in _one_to_one().items()}
_TABLE = str.maketrans(_ONE_TO_ONE)
# One pass for each character is faster than a table up to about this many.
_MANY = 16
_ASCII_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f`]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and how it maps back.

    Attributes:
        text: the folded text.
        back: int array, shape (len(text) + 1,): offset of each folded code point in the
            original; ``None`` when the two have equal length, so that offsets are the same.
        invisible: invisible characters removed.
        confusable: letters replaced by the Latin letter they imitate.
        odd_spaces: unusual space characters (not the plain no-break space) replaced.
        spans: offsets in the original of what was counted, at most 50.
        marks: runs of combining marks removed that make no letter of any alphabet.
    """

    text: str
    back: npt.NDArray[np.int64] | None
    invisible: int = 0
    confusable: int = 0
    odd_spaces: int = 0
    spans: tuple[tuple[int, int, str], ...] = ()
    marks: int = 0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the folded text to the original text."""
        if self.back is None:
            return start, end
        if end <= start:
            at = int(self.back[start])
            return at, at
        return int(self.back[start]), int(self.back[end - 1]) + 1


def fold(text: str) -> Folded:
    """Fold a text; linear in its length."""
    if text.isascii() and _ASCII_ODD.search(text) is None:
        return Folded(text, None)
    # Few different characters make a long text, so it is these that are asked about.
    odd = odd_characters_in_python(text) if _compiled is None else _compiled.odd_characters(text)
    spans: list[tuple[int, int, str]] = []
    invisible = marks = confusable = 0
    back: npt.NDArray[np.int64] | None = None
    plain = text
    if _REMOVED.search(odd):
        plain, back, invisible, marks = _remove(text, spans)
    if _FOREIGN.search(odd):
        plain, back, confusable = _latinise(plain, back, spans)
    spaces: list[int] = []
    if _ODD_SPACE.search(odd):
        spaces = [m.start() for m in _ODD_SPACE.finditer(text)]
        spans += [(i, i + 1, "odd space") for i in spaces[:_MAX_SPANS]]
    replaced = [char for char in odd if char in _ONE_TO_ONE]
    if len(replaced) > _MANY:
        plain = plain.translate(_TABLE)
    else:
        for char in replaced:
            plain = plain.replace(char, _ONE_TO_ONE[char])
    spans.sort()
    return Folded(plain, back, invisible, confusable, len(spaces), tuple(spans[:_MAX_SPANS]), marks)


def odd_characters_in_python(text: str) -> str:
    """All different characters outside plain ASCII, sorted: controls, the grave accent, all behind ``~``."""
    codes = code_points(text)
    odd = codes[(codes > ord("~")) | (codes < ord(" ")) | (codes == ord("`"))]
    return "".join(map(chr, np.unique(odd).tolist()))


def _remove(
    text: str, spans: list[tuple[int, int, str]]
) -> tuple[str, npt.NDArray[np.int64] | None, int, int]:
    """Take out invisible characters and combining marks."""
    keep = np.ones(len(text), dtype=np.bool_)
    pieces: list[str] = []
    counts = {"invisible": 0, "mark": 0}
    at = 0
    for match in _REMOVED.finditer(text):
        start, end = match.span()
        what, new = _removal(text, start, end)
        pieces.append(text[at:start] if not new else text[at : start - 1] + new)
        keep[start:end] = False
        at = end
        if what:
            counts[what] += 1
            if len(spans) < _MAX_SPANS:
                spans.append((start, end, what))
    pieces.append(text[at:])
    if keep.all():
        return text, None, 0, 0
    back = np.append(np.flatnonzero(keep), len(text)).astype(np.int64)
    return "".join(pieces), back, counts["invisible"], counts["mark"]


def _removal(text: str, start: int, end: int) -> tuple[str, str]:
    """What a removed run counts as (``""`` for honest use), and what its base letter becomes."""
    char = text[start]
    before = text[start - 1] if start else "\n"
    if unicodedata.combining(char) or ("\u0300" <= char <= "\u036f" and char != "\u034f"):
        whole = unicodedata.normalize("NFC", before + text[start:end])
        if len(whole) != 1:
            return "mark" if before.isalpha() else "", ""
        # Latin letters lose their accents below; another alphabet's letter with its mark is one letter.
        return "", "" if before.isascii() or before in CONFUSABLES else whole
    if "\ufe00" <= char <= "\ufe0f" or (start == 0 and char == "\ufeff"):
        return "", ""
    # Joiners and direction marks are how emoji, flags and other scripts are written.
    after = text[end : end + 1]
    joins = char in "\u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069\u202a\u202b\u202c"
    if joins and (_joining(before) or (char != "\u200d" and after and _joining(after))):
        return "", ""
    if "\U000e0020" <= char <= "\U000e007f" and (
        before == "\U0001f3f4" or "\U000e0020" <= before <= "\U000e007f"
    ):
        return "", ""
    return "invisible", ""


def _joining(char: str) -> bool:
    code = ord(char)
    return 0x590 <= code < 0x1100 or 0x2190 <= code < 0x2C00 or code >= 0x1F000 or 0xFE00 <= code <= 0xFE0F


def _latinise(
    text: str, back: npt.NDArray[np.int64] | None, spans: list[tuple[int, int, str]]
) -> tuple[str, npt.NDArray[np.int64] | None, int]:
    """Replace letters of other alphabets that imitate Latin ones."""
    pieces: list[str] = []
    # How many characters each one becomes, where that is not one.
    longer: list[tuple[int, int]] = []
    count = at = 0
    for start, new, counted in _replacements(text):
        pieces.append(text[at:start])
        pieces.append(new)
        at = start + 1
        if len(new) > 1:
            longer.append((start, len(new)))
        if counted:
            count += 1
            if len(spans) < 2 * _MAX_SPANS:
                place = start if back is None else int(back[start])
                spans.append((place, place + 1, "confusable"))
    pieces.append(text[at:])
    if longer:
        if back is None:
            back = np.arange(len(text) + 1, dtype=np.int64)
        times = np.ones(len(back), dtype=np.int64)
        for start, size in longer:
            times[start] = size
        back = np.repeat(back, times)
    return "".join(pieces), back, count


def _replacements(text: str) -> Iterator[tuple[int, str, bool]]:
    """(place, Latin letters, whether it counts as evasion), in order."""
    runs = [(m.start(), m.group()) for m in _RUN.finditer(text)]
    kinds = [_kind(text, start, run) for start, run in runs]
    hidden = kinds.count("hidden")
    genuine = kinds.count("genuine")
    # Words of nothing but look-alikes prove an attack where no word of their alphabet stands among them.
    whole = sum(kind == "whole" and len(run) > 2 for kind, (_, run) in zip(kinds, runs, strict=True))
    attacked = hidden >= 2 or (whole >= 5 and not genuine)
    for i, (start, run) in enumerate(runs):
        kind = kinds[i]
        if kind in ("latin", "genuine"):
            continue
        if kind == "short" and not attacked:
            # "μm", "Δt", "cosα": a Greek letter beside a Latin one is science unless the page hides words.
            continue
        if kind == "whole" and not _whole_word_folds(i, run, kinds, attacked, hidden >= genuine):
            continue
        for offset, char in enumerate(run):
            new, counts = _latin(char)
            if new:
                yield start + offset, new, counts and len(run) > 1


def _kind(text: str, start: int, run: str) -> str:
    """How a run of letters mixes alphabets.

    ``latin`` none to fold; ``styled`` only Latin letters in disguise (full-width, mathematical);
    ``hidden`` Latin letters with others among them; ``short`` the same, but as science writes it;
    ``whole`` nothing but look-alikes; ``genuine`` a word of another alphabet.
    """
    if run.isascii():
        return "latin"
    foreign = [c for c in run if _FOREIGN.match(c)]
    if not foreign:
        return "latin"
    other = [c for c in foreign if not confusables.styled(c)]
    if not other:
        return "styled"
    if len(foreign) < len(run) or len(other) < len(foreign):
        end = start + len(run)
        if PHONETIC.match(other[0]) and (
            PHONETIC.match(text, max(start - 1, 0)) or PHONETIC.match(text, end)
        ):
            return "latin"
        greek = all("\u0370" <= c <= "\u03ff" for c in other)
        inside = run[0] not in other and run[-1] not in other
        if greek and not (inside and len(run) > 3) and not (len(run) > 4 and len(other) > 1):
            return "short"
        return "hidden"
    if any(c not in CONFUSABLES for c in other):
        return "genuine"
    return "whole" if len({_alphabet(c) for c in other}) == 1 else "hidden"


def _alphabet(char: str) -> int:
    """A number for the alphabet of a look-alike letter."""
    if PHONETIC.match(char) or "\u1d00" <= char <= "\u1d22" or char in "\ua730\ua731":
        return 0
    return 4 if "\u0400" <= char < "\u0530" else ord(char) >> 8


def _whole_word_folds(i: int, run: str, kinds: list[str], attacked: bool, mostly_hidden: bool) -> bool:
    if not mostly_hidden or "genuine" in kinds[max(i - 1, 0) : i + 2]:
        return False
    return attacked or (len(run) > 1 and all(c in IDENTICAL for c in run))


def _latin(char: str) -> tuple[str, bool]:
    """The Latin letters a character stands for, and whether that may be evasion."""
    if not _FOREIGN.match(char):
        return "", False
    plain = confusables.styled(char)
    if plain:
        return plain, not "\ufb00" <= char <= "\ufb06"
    return CONFUSABLES.get(char) or LOOSE.get(char, ""), True
