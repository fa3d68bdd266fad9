"""Words and numbers of a text, and a vocabulary that is asked about each spelling only once.

Most words of a page have been met on the pages before. Whatever depends on the spelling alone (a
hash, a part of speech, syllables) is worked out once for each spelling and then looked up for all
words of a page in one step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import RLock
from typing import cast
from zlib import crc32

import numpy as np
import numpy.typing as npt

from qualityscore.native import compiled

Ints = npt.NDArray[np.int64]
Described = npt.NDArray[np.integer]
Describe = Callable[[str], int]

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,]\d+)*")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_OTHER, _ALPHA, _NUMERAL = 0, 1, 2
_CLASSES = bytes(
    [_ALPHA if chr(i).isalpha() else _NUMERAL if chr(i).isdigit() else _OTHER for i in range(128)]
    + [_OTHER] * 128
)
_MAX_FORMS = 200_000
_compiled = compiled("words")


class _Column:
    """What one function says of the first ``size`` forms of a vocabulary.

    The array has room to grow, and numbers as narrow as the values allow: a page looks into a
    thousand places of it, and a small array is more likely to be in the processor's cache.
    """

    __slots__ = ("size", "values")

    def __init__(self) -> None:
        self.size = 0
        self.values: Described = np.empty(4096, dtype=np.uint8)

    def extend(self, described: list[int]) -> None:
        size = self.size + len(described)
        most = max(described, default=0)
        narrow = np.uint8 if most < 1 << 8 else np.uint32 if most < 1 << 32 else np.int64
        dtype = np.promote_types(self.values.dtype, narrow)
        if size > len(self.values) or dtype != self.values.dtype:
            room = max(size, 2 * len(self.values)) if size > len(self.values) else len(self.values)
            grown = np.empty(room, dtype=dtype)
            grown[: self.size] = self.values[: self.size]
            self.values = grown
        self.values[self.size : size] = described
        self.size = size


class Vocabulary(dict[str, int]):
    """Numbers of spellings in the order in which they were met; safe to share between threads."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[str] = []
        self.lower: list[str] = []
        self.index = None if _compiled is None else _compiled.Index(self, self.forms, self.lower)
        self._columns: dict[Describe, _Column] = {}
        self._lock = RLock()

    def __missing__(self, form: str) -> int:
        with self._lock:
            number = self.get(form)
            if number is None:
                number = len(self.forms)
                low = form.lower()
                self.lower.append(form if low == form else low)
                self.forms.append(form)
                self[form] = number
            return number

    def column(self, describe: Describe) -> Described:
        """What ``describe``, which yields no negative number, says of every form met so far."""
        column = self._columns.get(describe)
        if column is None or column.size < len(self.forms):
            with self._lock:
                column = self._columns.setdefault(describe, _Column())
                column.extend([describe(form) for form in self.forms[column.size :]])
        return column.values


_vocabulary = Vocabulary()


def _current() -> Vocabulary:
    """The vocabulary for the next text: a new one where the old has grown too large."""
    global _vocabulary
    if len(_vocabulary) > _MAX_FORMS:
        _vocabulary = Vocabulary()
    return _vocabulary


def crc(text: str) -> int:
    """CRC-32 of a text."""
    return crc32(text.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class Words:
    """Words and numbers of the article in order, as parallel sequences of equal length.

    Attributes:
        raw, lower: as written, and in lower case.
        start_at, end_at: offsets into the folded text, shape (n,).
        starts, ends: the same as sequences of `int`, made where one is asked for.
    """

    raw: list[str]
    lower: list[str]
    starts: Sequence[int]
    ends: Sequence[int]
    start_at: Ints = field(repr=False, compare=False)
    end_at: Ints = field(repr=False, compare=False)
    _numbers: npt.NDArray[np.intp] = field(repr=False, compare=False)
    _vocabulary: Vocabulary = field(repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.raw)

    def __reduce__(self) -> tuple[Callable[..., Words], tuple[object, ...]]:
        return _make_words, (self.raw, self.start_at, self.end_at)

    def described(self, describe: Describe) -> Described:
        """What a pure function that yields no negative number says of each word's spelling, shape (n,)."""
        return self._vocabulary.column(describe)[self._numbers]

    def where(self, describe: Describe) -> list[int]:
        """Numbers of the words of whose spelling ``describe`` says anything but 0."""
        column = self._vocabulary.column(describe)
        if _compiled is None or column.dtype != np.uint8:
            return np.flatnonzero(column[self._numbers]).tolist()
        return cast(list[int], _compiled.where(column, self._numbers))


def words_at(text: str, start_at: Ints, end_at: Ints) -> Words:
    """The words of a text between these offsets."""
    vocabulary = _current()
    if vocabulary.index is None:
        return words_at_in_python(text, start_at, end_at)
    raw, lower, numbers = vocabulary.index.look_up(text, start_at, end_at)
    return _words(raw, lower, start_at, end_at, numbers, vocabulary)


def words_at_in_python(text: str, start_at: Ints, end_at: Ints) -> Words:
    """As `words_at`."""
    starts, ends = start_at.tolist(), end_at.tolist()
    return _make_words([text[a:b] for a, b in zip(starts, ends, strict=True)], start_at, end_at)


def _make_words(raw: list[str], start_at: Ints, end_at: Ints) -> Words:
    """Number the words of a text."""
    vocabulary = _current()
    # Both look-ups run without a step of Python but for a spelling never met before.
    numbers = list(map(vocabulary.__getitem__, raw))
    lower = list(map(vocabulary.lower.__getitem__, numbers))
    return _words(raw, lower, start_at, end_at, np.fromiter(numbers, np.intp, len(numbers)), vocabulary)


def _words(
    raw: list[str],
    lower: list[str],
    start_at: Ints,
    end_at: Ints,
    numbers: npt.NDArray[np.intp],
    vocabulary: Vocabulary,
) -> Words:
    starts, ends = start_at.data, end_at.data
    return Words(raw, lower, starts, ends, start_at, end_at, numbers, vocabulary)


def find_words(text: str) -> tuple[Ints, Ints]:
    """Starts and ends of all matches of `WORD`."""
    return find_words_in_python(text) if _compiled is None else _compiled.find_words(text)


def find_words_in_python(text: str) -> tuple[Ints, Ints]:
    """As `find_words`, without making a match of each: several times faster than the pattern."""
    codes = code_points(text)
    kind = _classes(codes)
    quotes = np.flatnonzero(codes == ord("'"))
    points = np.flatnonzero((codes == ord(".")) | (codes == ord(",")))
    quotes = quotes[(kind[quotes] == _ALPHA) & (kind[quotes + 2] == _ALPHA)]
    points = points[(kind[points] == _NUMERAL) & (kind[points + 2] == _NUMERAL)]
    kind[quotes + 1] = _ALPHA
    kind[points + 1] = _NUMERAL
    edges = np.flatnonzero(kind[1:] != kind[:-1])
    opens = kind[edges + 1] != _OTHER
    return edges[opens], np.append(edges[1:], len(codes))[opens]


def code_points(text: str) -> npt.NDArray[np.unsignedinteger]:
    """Code points of a text, shape (len(text),)."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _classes(codes: npt.NDArray[np.unsignedinteger]) -> npt.NDArray[np.uint8]:
    """Whether each code point is a letter, a digit or anything else; one more of these on either side.

    So every character has neighbours.
    """
    plain = codes if codes.itemsize == 1 else np.minimum(codes, 128).astype(np.uint8)
    # A table for bytes takes a fraction of the time of one for arrays.
    classes = np.frombuffer(bytearray(b"\0" + plain.tobytes().translate(_CLASSES) + b"\0"), dtype=np.uint8)
    if codes.itemsize == 1:
        return classes
    at = np.flatnonzero(codes > 127)
    odd, which = np.unique(codes[at], return_inverse=True)
    kinds = [
        _ALPHA if _LETTER.match(c) else _NUMERAL if _DIGIT.match(c) else _OTHER
        for c in map(chr, odd.tolist())
    ]
    classes[at + 1] = np.array(kinds, dtype=np.uint8)[which]
    return classes
