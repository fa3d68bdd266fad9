"""Tables of counts that signals look words up in; built by ``python -m training.tables``.

The tables hold common words, hashes and rounded logarithms of counts, never text of a corpus. They are read once
a process, on first use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from qualityscore.document.tokens import word_crc
from qualityscore.native import compiled

DATA = Path(__file__).parent / "data"
COLLOCATIONS = "collocations.npz"
SCRAMBLES = "scrambles.npz"
PAIR_BITS = 24
WORD_STEPS = 8  # steps an octave in which counts of words are rounded
LEVEL_OF_0 = 4  # a pair's level is its logarithm, in whole nats, and this
PRIOR = 0.1  # sightings added to what was seen of a pair and to what chance would bring
LEAST = -1.5  # how badly, in nats, words can fit that the table does not know together

_MIX = tuple(np.uint32(odd) for odd in (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F))

_compiled = compiled("spun")

Hashes = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.intp]


def pair_slots(left: Hashes, right: Hashes) -> tuple[Hashes, npt.NDArray[np.uint8]]:
    """Slot of each pair of words in the table of pairs and its check of 4 bits, from the CRC-32 of both."""
    mixed = np.multiply(left, _MIX[0], dtype=np.uint32)
    mixed = mixed + np.multiply(right ^ (right >> np.uint32(15)), _MIX[1], dtype=np.uint32)
    mixed = np.multiply(mixed ^ (mixed >> np.uint32(13)), _MIX[2], dtype=np.uint32)
    check = (left ^ np.multiply(right, _MIX[3], dtype=np.uint32)) >> np.uint32(28)
    return mixed >> np.uint32(32 - PAIR_BITS), check.astype(np.uint8)


def absent(chance: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """How well two words fit, in nats, that the table does not know together.

    Args:
        chance: how often they would have been seen by chance.
    """
    return np.asarray(np.maximum(np.log(PRIOR / (chance + PRIOR)), LEAST))


@dataclass(frozen=True, slots=True)
class Collocations:
    """How often common words, and pairs of them, occur in English.

    Attributes:
        crc: CRC-32 of the known words, sorted; shape (n,). The last one is a sentinel that is no word.
        words: the words themselves, in the same order.
        count: how often each occurs, float32; shape (n,). The sentinel's is 0.
        log_count: its natural logarithm, 0 for the sentinel.
        rate: ``count`` over the root of all words: the product of two is how often chance puts them together.
        synonyms: ids of the synonyms of all words, one word's after another's, most frequent first.
        first: shape (n + 1,); those of word ``i`` are ``synonyms[first[i]:first[i + 1]]``.
        pairs: by `pair_slots`, check in the upper four bits and level in the lower; 0 is empty.
        total: words counted.
        id_of_crc: id of each known word by its CRC-32.
        native: the compiled twin; ``None`` where there is none.
    """

    crc: Hashes
    words: tuple[str, ...]
    count: Floats
    log_count: Floats
    rate: Floats
    synonyms: Ids
    first: Ids
    pairs: npt.NDArray[np.uint8]
    total: float
    id_of_crc: Mapping[int, int] = field(repr=False)
    native: Any = field(repr=False, compare=False)

    def id(self, form: str) -> int:
        """Id of a word; unknown words get that of the sentinel."""
        return self.id_of_crc.get(word_crc(form), len(self.crc) - 1)

    def fit(self, left: Ids, right: Ids) -> Floats:
        """How much oftener than by chance the words stand side by side, in nats; 0 for unknown words."""
        if self.native is None:
            return self.fit_in_python(left, right)
        return cast(Floats, self.native.fit(left, right))

    def fit_in_python(self, left: Ids, right: Ids) -> Floats:
        """The same without the compiled look-up."""
        slots, check = pair_slots(self.crc[left], self.crc[right])
        found = self.pairs[slots]
        chance = self.rate[left] * self.rate[right]
        known = (found >> np.uint8(4) == check) & (found != 0) & (chance > 0)
        return np.where(known, (found & np.uint8(15)) - np.float32(LEVEL_OF_0), absent(chance))


@cache
def collocations() -> Collocations:
    """The table of words and pairs."""
    with np.load(DATA / COLLOCATIONS, allow_pickle=False) as file:
        names = ("words", "level", "heads", "many", "synonyms", "step", "pairs", "total")
        text, level, heads, many, others, step, entries, total = (file[name] for name in names)
    words = text.tobytes().decode("utf-8").split("\n")
    hashes = [word_crc(word) for word in words]
    number = np.zeros(len(words) + 2, dtype=np.intp)
    number[np.cumsum(heads, dtype=np.intp) + 1] = many
    pairs = np.zeros(1 << PAIR_BITS, dtype=np.uint8)
    pairs[np.cumsum(step, dtype=np.int64) - 1] = entries
    count = np.append(np.exp2(level.astype(np.float32) / WORD_STEPS), 0.0).astype(np.float32)
    crc = np.array([*hashes, 0], dtype=np.uint32)
    log_count, rate = np.log(np.maximum(count, 1)), (count / np.sqrt(total)).astype(np.float32)
    synonyms, first = others.astype(np.intp), np.cumsum(number)
    for array in (crc, count, log_count, rate, synonyms, first, pairs):
        array.setflags(write=False)
    native = None
    if _compiled is not None:
        kind, unseen = unseen_pairs(rate)
        native = _compiled.Table(crc, pairs, kind, unseen, log_count, first, synonyms, LEVEL_OF_0)
    return Collocations(
        crc=crc,
        words=(*words, ""),
        count=count,
        log_count=log_count,
        rate=rate,
        synonyms=synonyms,
        first=first,
        pairs=pairs,
        total=float(total),
        id_of_crc={known: i for i, known in enumerate(hashes)},
        native=native,
    )


def unseen_pairs(rate: Floats) -> tuple[npt.NDArray[np.uint8], Floats]:
    """Number of each word's rate, and for any two of these numbers how well words fit that are unknown together.

    Counts are rounded, so few rates differ, and a page need not take the logarithms again.
    """
    rates, kind = np.unique(rate, return_inverse=True)
    return kind.astype(np.uint8), absent(rates[:, None] * rates)


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
