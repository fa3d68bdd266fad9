"""What each word is, as bits in one array: looked up once a word, shared by three families."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import AhoCorasick

from qualityscore.document import Document, Line, Sentence
from qualityscore.errors import ConfigError
from qualityscore.native import compiled

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
T = TypeVar("T")

(
    CAPITAL, MIXED, LOWER, NUMBER, STOP, MONTH, DAY, UNIT, YEAR, FIRST_PERSON, PAST, SPEECH, ABSTRACT,
    EASY, UPPER, BRIDGE, TIME_PLACE,
) = (1 << bit for bit in range(17))  # fmt: skip
_SYLLABLES = 20
_LENGTH = 26
# No English word is longer; a hyphenator must not be fed a page without spaces.
_LONGEST = 40


def _word_lists() -> dict[str, frozenset[str]]:
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = lists.setdefault(line.strip("[] "), [])
        elif not line.startswith("#"):
            current.extend(line.split())
    return {name: frozenset(words) for name, words in lists.items()}


_LISTS = _word_lists()
_ABSTRACT = re.compile(r".{3,40}(?:tion|sion|ment|ity|ness|ance|ence|ship|ism)s?")


@cache
def easy_words() -> frozenset[str]:
    """The Dale-Chall list of easy words that textstat carries, read without importing textstat.

    Raises:
        ConfigError: textstat is not installed or its list is not where any known release has it.
    """
    spec = importlib.util.find_spec("textstat")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for place in ("resources/en/easy_words.txt", "resources/easy_words.txt", "easy_words.txt"):
            path = Path(folder) / place
            if path.is_file():
                words = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
                return frozenset(words) | _LISTS["easy"]
    raise ConfigError("textstat's word list is missing: run  pip install --force-reinstall textstat")


@cache
def _hyphenator() -> Any:
    from pyphen import Pyphen

    return Pyphen(lang="en_US")


@cache
def _pattern_finder() -> tuple[Any, list[tuple[int, tuple[int, ...]]]]:
    """All of pyphen's patterns as one automaton, and what each does: where, and to which points."""
    patterns = _hyphenator().hd.patterns
    return AhoCorasick(list(patterns)), list(patterns.values())


def syllables(word: str) -> int:
    """Syllables of a lower-case word: places where it may be hyphenated, plus one.

    The same places as ``Pyphen.positions`` finds by looking every part of the word up.
    """
    if len(word) > _LONGEST:
        return _LONGEST
    hyphenator = _hyphenator()
    finder, effects = _pattern_finder()
    points = [0] * (len(word) + 3)
    for pattern, start, _ in finder.find_matches_as_indexes(f".{word}.", overlapping=True):
        offset, values = effects[pattern]
        for at, value in enumerate(values, start + offset):
            if value > points[at]:
                points[at] = value
    first, last = hyphenator.left + 1, len(word) - hyphenator.right + 1
    return 1 + sum([point % 2 for point in points[first : last + 1]])


def describe(raw: str) -> int:
    """Bits, syllables and length of one word."""
    low = raw.lower()
    bits = min(len(raw), 1023) << _LENGTH
    if raw[0].isdigit():
        bits |= NUMBER | 1 << _SYLLABLES
        if len(raw) == 4 and raw.isdigit() and "1400" <= raw <= "2099":
            bits |= YEAR
        return bits
    bits |= min(syllables(low), 63) << _SYLLABLES
    if raw[0].isupper():
        bits |= CAPITAL
        if any(c.islower() for c in raw):
            bits |= MIXED
        elif len(raw) > 1:
            bits |= UPPER
    else:
        bits |= LOWER
    for flag, words in _SETS:
        if low in words:
            bits |= flag
    if low in easy_words():
        bits |= EASY
    if low in _LISTS["month"] and raw[0].isupper():
        bits |= MONTH
    if low.endswith("ed") and len(low) > 3 and low not in _LISTS["not past"]:
        bits |= PAST
    if low.endswith("ly") and len(low) > 4:
        bits |= BRIDGE
    if len(low) >= 6 and _ABSTRACT.fullmatch(low):
        bits |= ABSTRACT
    return bits


_SETS = (
    (STOP, _LISTS["stop"]),
    (DAY, _LISTS["day"]),
    (UNIT, _LISTS["unit"]),
    (FIRST_PERSON, _LISTS["first person"]),
    (PAST, _LISTS["past"]),
    (SPEECH, _LISTS["speech"]),
    (BRIDGE, _LISTS["bridge"]),
    (TIME_PLACE, _LISTS["time and place"]),
)


def per_document(build: Callable[[Document], T]) -> Callable[[Document], T]:
    """Derive once a document: `Document.derive` as a decorator."""

    @wraps(build)
    def derived(doc: Document) -> T:
        return doc.derive(build)

    return derived


def number_types_in_python(hashes: npt.NDArray[np.uint32]) -> tuple[Ints, int]:
    """Numbers of types, in the order of their hashes, shape (n,); and how many there are: `numpy.unique`, faster."""
    order = np.argsort(hashes)
    ranked = hashes[order]
    opens = np.ones(len(hashes), dtype=np.bool_)
    np.not_equal(ranked[1:], ranked[:-1], out=opens[1:])
    numbers = np.cumsum(opens)
    ids = np.empty(len(hashes), dtype=np.int64)
    ids[order] = numbers - 1
    return ids, int(numbers[-1]) if len(numbers) else 0


def prose_sentences_in_python(
    sentences: Sequence[Sentence], lines: Sequence[Line], prose: set[int], words: int
) -> tuple[list[int], Ints, Ints, Bools]:
    """The sentences of prose lines.

    Args:
        sentences, lines: of a document.
        prose: first word of each line of prose.
        words: how many the document has.

    Returns:
        Their indices; their first and last words, shapes (n,); whether each word is in one, shape (words,).
    """
    kept = [(i, s) for i, s in enumerate(sentences) if lines[s.line].first in prose]
    firsts: Ints = np.array([s.first for _, s in kept], dtype=np.int64)
    lasts: Ints = np.array([s.last for _, s in kept], dtype=np.int64)
    step = np.bincount(firsts, minlength=words + 1) - np.bincount(lasts, minlength=words + 1)
    return [i for i, _ in kept], firsts, lasts, np.cumsum(step)[:-1] > 0


def per_sentence_in_python(mask: Bools, firsts: Ints, lasts: Ints) -> Ints:
    """How many words of the mask each sentence has, shape (sentences,)."""
    total = np.concatenate(([0], np.cumsum(mask)))
    return np.asarray(total[lasts] - total[firsts], dtype=np.int64)


def plain_in_python(info: Ints, flags: int, shortest: int) -> Bools:
    """Which words have none of the bits and are so long at least, without the compiled loop."""
    return np.asarray(((info & flags) == 0) & (info >> _LENGTH >= shortest), dtype=np.bool_)


def per_line(mask: Bools, lines: Sequence[Line]) -> list[int]:
    """How many words of the mask each line has."""
    if _compiled is None:
        return per_line_in_python(mask, lines)
    return cast(list[int], _compiled.per_line(mask.view(np.uint8), lines))


def per_line_in_python(mask: Bools, lines: Sequence[Line]) -> list[int]:
    """The same without the compiled loop."""
    total = np.concatenate(([0], np.cumsum(mask))).tolist()
    return [total[line.last] - total[line.first] for line in lines]


def places(hashes: npt.NDArray[np.uint32], wanted: Iterable[int], row: int = 1) -> list[int]:
    """Places of the words that have one of the wanted hashes, and so have those behind: ``row`` words in all."""
    ordered = np.array(sorted(wanted), dtype=np.uint32)
    if _compiled is None:
        return places_in_python(hashes, ordered, row)
    return cast(list[int], _compiled.places(hashes, ordered, row))


def places_in_python(hashes: npt.NDArray[np.uint32], wanted: npt.NDArray[np.uint32], row: int) -> list[int]:
    """Places of the words, without the compiled loop."""
    at = np.flatnonzero(np.isin(hashes, wanted))
    first = at[: max(len(at) - row + 1, 0)]
    return cast(list[int], first[at[row - 1 :] - first == row - 1].tolist())


def gap_kinds_in_python(ascii: npt.NDArray[np.uint8], start_at: Ints, end_at: Ints) -> npt.NDArray[np.uint8]:
    """What stands in front of each word: 1 for one space, 2 for a comma and a space, 0 for anything else."""
    kinds = np.zeros(len(start_at), dtype=np.uint8)
    at = end_at[:-1]
    wide = start_at[1:] - at
    kinds[1:] = (wide == 1) & (ascii[at] == ord(" "))
    kinds[1:][(wide == 2) & (ascii[at] == ord(",")) & (ascii[start_at[1:] - 1] == ord(" "))] = 2
    return kinds


_compiled = compiled("counting")
_gap_kinds = gap_kinds_in_python if _compiled is None else _compiled.gap_kinds
_number_types = number_types_in_python if _compiled is None else _compiled.number_types
_prose_sentences = prose_sentences_in_python if _compiled is None else _compiled.prose_sentences


class Counts:
    """Arrays over the words and the prose sentences of a document.

    Attributes:
        info: bits of every word, shape (n_words,).
        prose: whether a word stands in a prose sentence, shape (n_words,).
        firsts, lasts: bounds of the prose sentences in words, shape (n_sentences,).
        sentences: indices of the prose sentences in `Document.sentences`.
        ids: number of every word's type, shape (n_words,).
        n_types: number of types, all numbers being one.
        n_prose: number of words in prose sentences.
    """

    def __init__(self, doc: Document) -> None:
        self.info: Ints = doc.words.described(describe).astype(np.int64, copy=False)
        self.sentences: list[int]
        self.firsts: Ints
        self.lasts: Ints
        self.prose: Bools
        self.sentences, self.firsts, self.lasts, self.prose = _prose_sentences(
            doc.sentences, doc.lines, {line.first for line in doc.prose}, len(self.info)
        )
        self.n_prose = int(np.count_nonzero(self.prose))
        self.ids: Ints
        self.n_types: int
        self.ids, self.n_types = _number_types(doc.hashes)

    def has(self, flag: int) -> Bools:
        """Which words have any of the bits of ``flag``."""
        return np.asarray((self.info & flag) != 0, dtype=np.bool_)

    @cached_property
    def prose_info(self) -> Ints:
        """Bits of the words in prose sentences, shape (n_prose,)."""
        return self.info[self.prose]

    def plain(self, flags: int, shortest: int) -> Bools:
        """Which words have none of the bits of ``flags``, and ``shortest`` characters or more."""
        if _compiled is None:
            return plain_in_python(self.info, flags, shortest)
        return cast(Bools, _compiled.plain(self.info, flags, shortest))

    def prose_count(self, flag: int) -> int:
        """Words of prose that have any of the bits of ``flag``."""
        return int(np.count_nonzero(self.prose_info & flag))

    def per_sentence(self, mask: Bools) -> Ints:
        """How many words of ``mask`` each prose sentence has, shape (n_sentences,)."""
        if _compiled is None:
            return per_sentence_in_python(mask, self.firsts, self.lasts)
        return cast(Ints, _compiled.per_sentence(mask.view(np.uint8), self.firsts, self.lasts))

    @property
    def syllables(self) -> Ints:
        """Syllables of every word, shape (n_words,)."""
        return (self.info >> _SYLLABLES) & 63

    @property
    def lengths(self) -> Ints:
        """Characters of every word, shape (n_words,)."""
        return self.info >> _LENGTH


@per_document
def counts(doc: Document) -> Counts:
    """The document's `Counts`, computed once."""
    return Counts(doc)


SPACE, COMMA = 1, 2


@per_document
def gaps(doc: Document) -> bytes:
    """What stands in front of each word: `SPACE` for one space, `COMMA` for a comma and a space, else 0."""
    return bytes(_gap_kinds(doc.ascii, doc.words.start_at, doc.words.end_at))
