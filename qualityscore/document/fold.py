"""Undo evasion before any signal looks: invisible characters, look-alike letters, odd spaces.

`fold` returns a text of plain letters, what it had to change, and a map back to the text
as the reader sees it. Confusables follow Unicode Technical Standard 39, the part of its table
whose targets are basic Latin letters. Accents fold away too, whether written as one character or
as two, so that a stray mark hides no word; evidence quotes the original, accents included.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualityscore.document.confusables import CONFUSABLES
from qualityscore.document.lookalikes import LOOKALIKE, replacements
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

INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_ODD_SPACE = re.compile(f"[{_ODD_SPACES}]")
_REMOVED = re.compile(f"[{_INVISIBLE}]|[{_MARKS}]{{1,32}}")


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
_table = _compiled and _compiled.Table(_ONE_TO_ONE)
# One pass for each character is faster than a table or a pattern up to about this many.
_MANY = 64
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
    odd = _odd_characters(text)
    spans: list[tuple[int, int, str]] = []
    invisible = marks = confusable = 0
    back: npt.NDArray[np.int64] | None = None
    plain = text
    if _REMOVED.search(odd):
        plain, back, invisible, marks = _remove(text, _places(text, odd, _REMOVED), spans)
        # A letter and its mark may have become one character.
        odd = _odd_characters(plain)
    if LOOKALIKE.search(odd):
        plain, back, confusable = _latinise(plain, _places(plain, odd, LOOKALIKE), back, spans)
    spaces = _places(text, odd, _ODD_SPACE)
    spans += [(i, i + 1, "odd space") for i in spaces[:_MAX_SPANS]]
    plain = translate_in_python(plain, odd) if _table is None else _table.translate(plain)
    spans.sort()
    return Folded(plain, back, invisible, confusable, len(spaces), tuple(spans[:_MAX_SPANS]), marks)


def translate_in_python(text: str, odd: str) -> str:
    """Replace each character that stands for one plain character; ``odd``: all that are not plain ASCII."""
    replaced = [char for char in odd if char in _ONE_TO_ONE]
    if len(replaced) > _MANY:
        return text.translate(_TABLE)
    for char in replaced:
        text = text.replace(char, _ONE_TO_ONE[char])
    return text


def _odd_characters(text: str) -> str:
    """As `odd_characters_in_python`."""
    return odd_characters_in_python(text) if _compiled is None else _compiled.odd_characters(text)


def odd_characters_in_python(text: str) -> str:
    """All different characters outside plain ASCII, sorted: controls, the grave accent, all behind ``~``."""
    codes = code_points(text)
    odd = codes[(codes > ord("~")) | (codes < ord(" ")) | (codes == ord("`"))]
    return "".join(map(chr, np.unique(odd).tolist()))


def _places(text: str, odd: str, wanted: re.Pattern[str]) -> list[int]:
    """Where the characters that begin a match stand, in order; ``odd``: all that are not plain ASCII."""
    chars = [char for char in odd if wanted.match(char)]
    if len(chars) > _MANY:
        return [match.start() for match in wanted.finditer(text)]
    found: list[int] = []
    for char in chars:
        at = text.find(char)
        while at >= 0:
            found.append(at)
            at = text.find(char, at + 1)
    found.sort()
    return found


def _remove(
    text: str, candidates: Sequence[int], spans: list[tuple[int, int, str]]
) -> tuple[str, npt.NDArray[np.int64] | None, int, int]:
    """Take out invisible characters and combining marks, which stand at the candidates."""
    keep = np.ones(len(text), dtype=np.bool_)
    pieces: list[str] = []
    counts = {"invisible": 0, "mark": 0}
    at = 0
    for start in candidates:
        match = _REMOVED.match(text, start) if start >= at else None
        if match is None:
            continue
        end = match.end()
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
    text: str,
    candidates: Sequence[int],
    back: npt.NDArray[np.int64] | None,
    spans: list[tuple[int, int, str]],
) -> tuple[str, npt.NDArray[np.int64] | None, int]:
    """Replace letters of other alphabets, which stand at the candidates, that imitate Latin ones."""
    pieces: list[str] = []
    # How many characters each one becomes, where that is not one.
    longer: list[tuple[int, int]] = []
    count = at = 0
    for start, new, counted in replacements(text, candidates):
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
