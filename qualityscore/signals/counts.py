"""What each word is, as bits in one array: looked up once a word, shared by three families."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, wraps
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt

from qualityscore.document import Document, Line, Sentence
from qualityscore.native import compiled
from qualityscore.signals.spelling import LENGTH_AT, SYLLABLES_AT, describe

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
T = TypeVar("T")


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
    return np.asarray(((info & flags) == 0) & (info >> LENGTH_AT >= shortest), dtype=np.bool_)


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
        return (self.info >> SYLLABLES_AT) & 63

    @property
    def lengths(self) -> Ints:
        """Characters of every word, shape (n_words,)."""
        return self.info >> LENGTH_AT


@per_document
def counts(doc: Document) -> Counts:
    """The document's `Counts`, computed once."""
    return Counts(doc)


SPACE, COMMA = 1, 2


@per_document
def gaps(doc: Document) -> bytes:
    """What stands in front of each word: `SPACE` for one space, `COMMA` for a comma and a space, else 0."""
    return bytes(_gap_kinds(doc.ascii, doc.words.start_at, doc.words.end_at))
