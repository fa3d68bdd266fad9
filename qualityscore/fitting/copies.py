"""Near copies among labelled pages: the same text under both labels, or in several groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualityscore.fitting.table import Table
from qualityscore.model.lexical import ngram_hashes

UInt32 = npt.NDArray[np.uint32]

_WIDTH = 3
_BANDS, _ROWS = 8, 4
# Pages of a bucket are compared with its first few members only: enough to find a copy of each.
_COMPARED = 4
ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Copies:
    """Pairs of rows whose word triples overlap by at least `ALIKE` (Jaccard).

    Attributes:
        labels: pairs under different labels.
        groups: pairs under one label in different groups.
    """

    labels: Sequence[tuple[int, int]]
    groups: Sequence[tuple[int, int]]


def find_copies(table: Table) -> Copies:
    """Near copies among the labelled rows that get a score, by MinHash and then exactly."""
    usable = np.flatnonzero((table.y >= 0) & table.scored)
    seen: set[tuple[int, int]] = set()
    labels: list[tuple[int, int]] = []
    groups: list[tuple[int, int]] = []
    for i, j in _candidates(table, usable):
        if (i, j) in seen or (table.group[i] == table.group[j] and table.y[i] == table.y[j]):
            continue
        seen.add((i, j))
        if _overlap(_grams(table, i), _grams(table, j)) >= ALIKE:
            (labels if table.y[i] != table.y[j] else groups).append((i, j))
    return Copies(sorted(labels), sorted(groups))


def _grams(table: Table, row: int) -> UInt32:
    return np.unique(ngram_hashes(table.words[row], _WIDTH))


def _overlap(a: UInt32, b: UInt32) -> float:
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / max(len(a) + len(b) - shared, 1)


def _candidates(table: Table, rows: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    rng = np.random.default_rng(20240501)
    count = _BANDS * _ROWS
    factors = rng.integers(1, 2**63, count, dtype=np.uint64) | np.uint64(1)
    signatures = np.zeros((len(rows), count), dtype=np.uint32)
    for n, row in enumerate(rows.tolist()):
        grams = _grams(table, row).astype(np.uint64)
        if len(grams):
            signatures[n] = ((grams[:, None] * factors) >> np.uint64(32)).min(axis=0).astype(np.uint32)
    for band in range(_BANDS):
        part = signatures[:, band * _ROWS : (band + 1) * _ROWS]
        buckets: dict[bytes, list[int]] = {}
        for n, row in enumerate(rows.tolist()):
            first = buckets.setdefault(part[n].tobytes(), [])
            for other in first:
                yield other, row
            if len(first) < _COMPARED:
                first.append(row)
