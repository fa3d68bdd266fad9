"""Undo evasion before any signal looks: invisible characters, look-alike letters, odd spaces.

`fold` returns a text of plain letters, what it had to change, and a map back to the text
as the reader sees it. Confusables follow Unicode Technical Standard 39, the part of its table
whose targets are basic Latin letters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′ʼ＇`´"), "'") | dict.fromkeys(map(ord, "“”„‟″＂"), '"')
_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x0B, 0x0C, 0x85], " ")
_DASHES = {0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2212: "-"}
_ONE_TO_ONE = _QUOTES | _SPACES | _DASHES
# Zero-width, direction marks, soft hyphen, variation selectors, tags, word joiner, BOM.
_INVISIBLE = "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f"
INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_MARKS = "\u0300-\u036f"
# Blocks in which letters that look Latin are found.
_FOREIGN = "\u0370-\u03ff\u0400-\u052f\u0531-\u0587\u13a0-\u13ff\u2c80-\u2cff\ua4d0-\ua4ff\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff\u2100-\u214f\ufb00-\ufb06"
_SUSPECT = re.compile(f"[{_INVISIBLE}{_MARKS}{_FOREIGN}]")
_SUSPECT_WORD = re.compile(f"[^\\s{_INVISIBLE}]{{0,80}}?[{_FOREIGN}][^\\s{_INVISIBLE}]{{0,80}}")
_NEEDS_TRANSLATE = re.compile("[" + "".join(map(chr, _ONE_TO_ONE)) + "]")

_CONFUSABLE_PAIRS = (
    # Cyrillic
    "АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX аa еe оo рp сc уy хx ѕs іi јj һh ԁd ԛq ԝw ѵv Ѕs ІI ЈJ "
    "ԌG ԚQ ԜW ҮY үy Ѵv ӏl ьb гr кk мm тt нh вb пn ӀI ԍg ցg "
    # Greek
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ωw σo ϲc ϳj "
    # Armenian, Cherokee, Lisu, Coptic letters used the same way
    "օo սu հh ոn ցg ՕO ՍU ᎪA ᏴB ᏟC ᎠD ᎬE ᎻH ᎫJ ᏦK ᏞL ᎷM ᏢP ᏚS ᎢT ᏙV ᎳW ᏃZ ꓐB ꓑP ꓓD ꓔT ꓖG ꓗK ꓙJ "
    "ꓚC ꓜZ ꓝF ꓟM ꓠN ꓡL ꓢS ꓣR ꓦV ꓧH ꓪW ꓫX ꓬY ꓮA ꓰE ꓲI ꓳO ꓴU ⲟo ⲣp ⲥc"
)
CONFUSABLES: dict[str, str] = {pair[0]: pair[1] for pair in _CONFUSABLE_PAIRS.split()}


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
    """

    text: str
    back: npt.NDArray[np.int64] | None
    invisible: int = 0
    confusable: int = 0
    odd_spaces: int = 0
    spans: tuple[tuple[int, int, str], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the folded text to the original text."""
        if self.back is None:
            return start, end
        if end <= start:
            at = int(self.back[start])
            return at, at
        return int(self.back[start]), int(self.back[end - 1]) + 1


_ODD_SPACE = re.compile("[\u1680\u2000-\u200a\u202f\u205f\u3000]")


def fold(text: str) -> Folded:
    """Fold a text; linear in its length."""
    odd = [m.start() for m in _ODD_SPACE.finditer(text)] if not text.isascii() else []
    spans: list[tuple[int, int, str]] = [(i, i + 1, "odd space") for i in odd[:50]]
    if text.isascii():
        # The one ASCII character that is folded is the back quote.
        return Folded(text.replace("`", "'"), None)
    if _SUSPECT.search(text) is None:
        return Folded(_translate(text), None, odd_spaces=len(odd), spans=tuple(spans))
    pieces: list[str] = []
    back: list[int] = []
    invisible = confusable = 0
    at = 0
    replacements = _replacements(text)
    changed_length = False
    for start, end, new, what in replacements:
        pieces.append(text[at:start])
        back.extend(range(at, start))
        pieces.append(new)
        back.extend(min(start + i, end - 1) for i in range(len(new)))
        changed_length = changed_length or len(new) != end - start
        if what == "invisible":
            invisible += end - start
        elif what == "confusable":
            confusable += 1
        if what and len(spans) < 50:
            spans.append((start, end, what))
        at = end
    pieces.append(text[at:])
    back.extend(range(at, len(text) + 1))
    return Folded(
        _translate("".join(pieces)),
        np.asarray(back, dtype=np.int64) if changed_length else None,
        invisible,
        confusable,
        len(odd),
        tuple(sorted(spans)),
    )


def _translate(text: str) -> str:
    return text.translate(_ONE_TO_ONE) if _NEEDS_TRANSLATE.search(text) else text


def _replacements(text: str) -> list[tuple[int, int, str, str]]:
    found: list[tuple[int, int, str, str]] = []
    for match in INVISIBLE.finditer(text):
        # A variation selector after an emoji is how emoji are written, not evasion.
        innocent = "\ufe00" <= match.group() <= "\ufe0f" or (
            match.group() == "\u200d" and _beside_emoji(text, match.start())
        )
        found.append((match.start(), match.end(), "", "" if innocent else "invisible"))
    for match in re.finditer(f"\\w[{_MARKS}]{{1,8}}", text):
        composed = unicodedata.normalize("NFC", match.group())
        # Stacked marks that do not compose ("zalgo") are dropped with their base kept.
        found.append((match.start(), match.end(), composed[0], "" if len(composed) == 1 else "invisible"))
    for match in _SUSPECT_WORD.finditer(text):
        found.extend(_word_replacements(match.group(), match.start()))
    found.sort()
    kept: list[tuple[int, int, str, str]] = []
    last = 0
    for item in found:
        if item[0] >= last:
            kept.append(item)
            last = item[1]
    return kept


def _beside_emoji(text: str, at: int) -> bool:
    return at > 0 and (ord(text[at - 1]) > 0x2190)


def _word_replacements(word: str, at: int) -> list[tuple[int, int, str, str]]:
    out: list[tuple[int, int, str, str]] = []
    foreign = [(i, c) for i, c in enumerate(word) if ord(c) > 0x36F and c.isalpha()]
    has_latin = any(c.isalpha() and ord(c) < 0x250 for c in word)
    wholly = all(c in CONFUSABLES or _compat(c) for _, c in foreign)
    # A genuine Russian or Greek word has letters that imitate no Latin one.
    if not (has_latin or wholly):
        return out
    for i, c in foreign:
        target = CONFUSABLES.get(c)
        if target is not None:
            out.append((at + i, at + i + 1, target, "confusable"))
        else:
            compat = _compat(c)
            if compat:
                ligature = 0xFB00 <= ord(c) <= 0xFB06
                out.append((at + i, at + i + 1, compat, "" if ligature else "confusable"))
    return out


def _compat(char: str) -> str:
    """The plain Latin letters a full-width, mathematical or ligature letter stands for."""
    if not (
        0x2100 <= ord(char) <= 0x214F
        or 0xFB00 <= ord(char) <= 0xFB06
        or 0xFF00 <= ord(char) <= 0xFF5A
        or ord(char) >= 0x1D400
    ):
        return ""
    plain = unicodedata.normalize("NFKC", char)
    return plain if plain.isascii() and plain.isalpha() else ""
