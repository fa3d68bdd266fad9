"""Fitting the lexical part: hashed n-grams that several networks share, logistic regression."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression

from qualityscore.errors import TrainingError
from qualityscore.fitting.folds import group_weights
from qualityscore.fitting.table import Table
from qualityscore.model.lexical import Channel, LexicalModel, Stream, ngram_hashes

Float = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LexicalSettings:
    """How the lexical part is fitted.

    Attributes:
        channels: (stream, n) of the n-grams.
        min_groups: an n-gram counts if it occurs in at least this many networks.
        scale: common factor of the normalised values; with ``c`` it sets the regularisation.
        c: inverse regularisation strength.
    """

    channels: Sequence[tuple[Stream, int]] = (("words", 1), ("tokens", 2), ("tokens", 3))
    min_groups: int = 3
    scale: float = 10.0
    c: float = 1.0


class NgramCounts:
    """Counted n-grams of all rows of a table, made once and sliced by every fold.

    Attributes:
        keys: per channel, hashes of n-grams in at least ``min_groups`` groups, sorted.
        counts: per channel, sparse ``log1p(count)``, shape (n, len(keys)).
    """

    def __init__(self, table: Table, settings: LexicalSettings) -> None:
        self.settings = settings
        _, group = np.unique(table.group, return_inverse=True)
        n, groups = len(table), int(group.max()) + 1
        self._by_group = csr_matrix((np.ones(n, dtype=np.float32), (group, np.arange(n))), shape=(groups, n))
        self.keys: list[npt.NDArray[np.uint32]] = []
        self.counts: list[csr_matrix] = []
        for stream, width in settings.channels:
            ids = table.words if stream == "words" else table.tokens
            rows = [_counted(ngram_hashes(i, width)) for i in ids]
            keys = self._shared([k for k, _ in rows], group)
            self.keys.append(keys)
            self.counts.append(_sparse(rows, keys))

    def _shared(
        self, rows: list[npt.NDArray[np.uint32]], group: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.uint32]:
        """Hashes that occur in at least ``min_groups`` groups."""
        members = np.split(np.argsort(group, kind="stable"), np.cumsum(np.bincount(group))[:-1])
        # Group by group: all rows at once would take several times the memory of everything else.
        once = [np.unique(np.concatenate([rows[i] for i in some])) for some in members]
        found, counts = np.unique(np.concatenate(once), return_counts=True)
        return np.asarray(found[counts >= self.settings.min_groups], dtype=np.uint32)

    def shared_columns(self, channel: int, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Columns of n-grams that occur in at least ``min_groups`` groups of the rows."""
        present = self.counts[channel][rows].sign()
        in_groups = (self._by_group[:, rows] @ present).sign()
        groups = np.asarray(in_groups.sum(axis=0)).ravel()
        return np.flatnonzero(groups >= self.settings.min_groups)

    def matrix(self, channel: int, columns: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> csr_matrix:
        """Normalised values of the rows over some columns, shape (len(rows), len(columns))."""
        x = self.counts[channel][rows][:, columns]
        norm = np.sqrt(np.asarray(x.multiply(x).sum(axis=1)).ravel())
        return (diags(1.0 / np.where(norm > 0, norm, 1.0)) @ x).tocsr()


def _counted(grams: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Different n-grams and how often each is there."""
    found, counts = np.unique(grams, return_counts=True)
    return found, counts.astype(np.uint32)


def _sparse(
    rows: list[tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]], keys: npt.NDArray[np.uint32]
) -> csr_matrix:
    columns, values, sizes = [], [], [0]
    for found, counts in rows:
        where = np.searchsorted(keys, found)
        where[where == len(keys)] = 0
        known = keys[where] == found if len(keys) else np.zeros(len(found), dtype=bool)
        columns.append(where[known].astype(np.int32))
        values.append(np.log1p(counts[known]))
        sizes.append(int(known.sum()))
    indptr = np.cumsum(sizes)
    return csr_matrix((np.concatenate(values), np.concatenate(columns), indptr), shape=(len(rows), len(keys)))


def fit_lexical(
    counts: NgramCounts,
    table: Table,
    rows: npt.NDArray[np.int64],
    weights: Float | None = None,
) -> LexicalModel:
    """Fit on some rows of a table; ``weights`` default to balanced group weights of these rows.

    Raises:
        TrainingError: the groups share no n-gram.
    """
    settings = counts.settings
    y = table.y[rows]
    if weights is None:
        weights = group_weights(table.group[rows], y)
    columns = [counts.shared_columns(i, rows) for i in range(len(settings.channels))]
    if not any(map(len, columns)):
        raise TrainingError(
            f"no word or phrase occurs in {settings.min_groups} groups: the pages are too few or too short"
        )
    x = hstack([counts.matrix(i, found, rows) for i, found in enumerate(columns)]).tocsr()
    estimator = LogisticRegression(C=settings.c, solver="liblinear", random_state=0, max_iter=300)
    estimator.fit(x * settings.scale, y, sample_weight=weights)
    coefficients = estimator.coef_[0] * settings.scale
    channels = []
    at = 0
    for i, ((stream, n), found) in enumerate(zip(settings.channels, columns, strict=True)):
        part = coefficients[at : at + len(found)].astype(np.float32)
        channels.append(Channel(stream, n, counts.keys[i][found], part))
        at += len(found)
    return LexicalModel(tuple(channels))


def lexical_log_odds(model: LexicalModel, counts: NgramCounts, rows: npt.NDArray[np.int64]) -> Float:
    """The lexical part of rows of the counted table, shape (len(rows),)."""
    total = np.zeros(len(rows))
    for i, channel in enumerate(model.channels):
        columns = np.searchsorted(counts.keys[i], channel.keys)
        total += counts.matrix(i, columns, rows) @ channel.weights.astype(np.float64)
    return total
