"""Tables of counts that signals look words up in; built by ``python -m training.tables``.

The tables hold common words, hashes and rounded logarithms of counts, never text of a corpus. They are read once
a process, on first use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from qualityscore.document.tokens import word_crc

DATA = Path(__file__).parent / "data"
COLLOCATIONS = "collocations.npz"
SCRAMBLES = "scrambles.npz"
PAIR_BITS = 22
USUAL = 3  # synonyms, the most frequent ones, that a word is measured against
# Steps an octave in which counts are rounded: fine for words, coarse for pairs.
WORD_STEPS = 8
PAIR_STEPS = 2

_MIX = tuple(np.uint32(odd) for odd in (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F))

Hashes = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.intp]


def pair_slots(left: Hashes, right: Hashes) -> tuple[Hashes, npt.NDArray[np.uint8]]:
    """Slot of each pair of words in the table of pairs and its check byte, from the CRC-32 of both."""
    mixed = np.multiply(left, _MIX[0], dtype=np.uint32)
    mixed = mixed + np.multiply(right ^ (right >> np.uint32(15)), _MIX[1], dtype=np.uint32)
    mixed = np.multiply(mixed ^ (mixed >> np.uint32(13)), _MIX[2], dtype=np.uint32)
    check = (left ^ np.multiply(right, _MIX[3], dtype=np.uint32)) >> np.uint32(24)
    return mixed >> np.uint32(32 - PAIR_BITS), check.astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Collocations:
    """How often common words, and pairs of them, occur in good English prose.

    Attributes:
        crc: CRC-32 of the known words, sorted; shape (n,). The last one is a sentinel that is no word.
        words: the words themselves, in the same order.
        count: how often each occurs, float32; shape (n,). The sentinel's is 0.
        synonyms: row ``i`` holds ids of ``i`` itself, its most frequent synonyms, and itself again as
            padding; shape (n, 1 + USUAL). Words without synonyms have rows of themselves.
        all_synonyms: the same with the less frequent synonyms too; shape (n, 1 + k).
        has_synonyms: bool, shape (n,).
        pairs: check byte and, above it, rounded log-count of pairs by `pair_slots`; uint16, shape
            (2**PAIR_BITS,).
        pair_count: count that each rounded log-count stands for, float32; shape (256,).
        total: words counted.
        id_of_crc: id of each known word by its CRC-32.
    """

    crc: Hashes
    words: tuple[str, ...]
    count: Floats
    synonyms: npt.NDArray[np.uint16]
    all_synonyms: npt.NDArray[np.uint16]
    has_synonyms: npt.NDArray[np.bool_]
    pairs: npt.NDArray[np.uint16]
    pair_count: Floats
    total: float
    id_of_crc: Mapping[int, int] = field(repr=False)

    def id(self, form: str) -> int:
        """Id of a word; unknown words get that of the sentinel."""
        return self.id_of_crc.get(word_crc(form), len(self.crc) - 1)

    def met(self, left: Ids, right: Ids) -> Floats:
        """How often each pair of known words was seen side by side."""
        slots, check = pair_slots(self.crc[left], self.crc[right])
        found = self.pairs[slots]
        return np.where(
            found.astype(np.uint8) == check, self.pair_count[found >> np.uint16(8)], np.float32(0)
        )


@cache
def collocations() -> Collocations:
    """The table of words and pairs."""
    with np.load(DATA / COLLOCATIONS, allow_pickle=False) as file:
        names = ("crc", "words", "level", "heads", "synonyms", "step", "check", "pairs", "total")
        crc, words, level, heads, others, step, check, level_of_pair, total = (file[name] for name in names)
    size = len(crc) + 1
    every = np.repeat(np.arange(size, dtype=np.uint16)[:, None], 1 + others.shape[1], axis=1)
    every[heads, 1:] = others
    synonyms = np.ascontiguousarray(every[:, : 1 + USUAL])
    has_synonyms = np.zeros(size, dtype=np.bool_)
    has_synonyms[heads] = True
    pairs = np.zeros(1 << PAIR_BITS, dtype=np.uint16)
    pairs[np.cumsum(step, dtype=np.int64) - 1] = check + (level_of_pair.astype(np.uint16) << np.uint16(8))
    pair_count = np.exp2((np.arange(256, dtype=np.float32) - 1) / PAIR_STEPS).astype(np.float32)
    pair_count[0] = 0.0
    table = Collocations(
        crc=np.append(crc, np.uint32(0)),
        words=(*words.tobytes().decode("utf-8").split("\n"), ""),
        count=np.append(np.exp2(level.astype(np.float32) / WORD_STEPS), 0.0).astype(np.float32),
        synonyms=synonyms,
        all_synonyms=every,
        has_synonyms=has_synonyms,
        pairs=pairs,
        pair_count=pair_count,
        total=float(total),
        id_of_crc={known: i for i, known in enumerate(crc.tolist())},
    )
    for array in (
        table.crc,
        table.count,
        table.synonyms,
        table.all_synonyms,
        table.has_synonyms,
        table.pairs,
        table.pair_count,
    ):
        array.setflags(write=False)
    return table


@dataclass(frozen=True, slots=True)
class Scrambles:
    """Misspellings of very common words that are no words themselves.

    Attributes:
        word: which of ``words`` each stands for, by the CRC-32 of the misspelling.
        words: very common words.
    """

    word: Mapping[int, int] = field(repr=False)
    words: tuple[str, ...]

    def meant(self, form: str) -> str:
        """The word that a form may be a misspelling of, empty if of none."""
        number = self.word.get(word_crc(form))
        return "" if number is None else self.words[number]


@cache
def scrambles() -> Scrambles:
    """The table of misspellings."""
    with np.load(DATA / SCRAMBLES, allow_pickle=False) as file:
        crc, word, words = file["crc"], file["word"], file["words"]
    return Scrambles(
        dict(zip(crc.tolist(), word.tolist(), strict=True)),
        tuple(words.tobytes().decode("ascii").split("\n")),
    )
