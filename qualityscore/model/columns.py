"""From readings to the columns of the model, and from its columns back to signals."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qualityscore.signals.registry import Reading

Float = npt.NDArray[np.float64]


class Columns:
    """The columns ``<signal id>.<feature>`` of one part of the model, d of them."""

    def __init__(self, names: Sequence[str], signals: Sequence[str]) -> None:
        """Columns by name, and the ids of the signals run, in the order of their readings."""
        self._width, self._signals = len(names), len(signals)
        features: dict[str, list[tuple[str, int]]] = {}
        for column, name in enumerate(names):
            signal_id, _, feature = name.partition(".")
            features.setdefault(signal_id, []).append((feature, column))
        # Columns in the order of their signals, where those of each begin, and which signals have any.
        self._order: list[int] = []
        self._edges: list[int] = []
        self._owners: list[int] = []
        self._wanted: list[tuple[int, list[tuple[str, int]]]] = []
        for number, signal_id in enumerate(signals):
            own = features.get(signal_id)
            if own:
                self._owners.append(number)
                self._edges.append(len(self._order))
                self._order.extend(column for _, column in own)
                self._wanted.append((number, own))

    def rows(self, pages: Sequence[Sequence[Reading]]) -> Float:
        """Feature rows of pages, shape (n, d); NaN where a signal did not measure."""
        rows: list[list[float]] = []
        for readings in pages:
            row = [math.nan] * self._width
            for number, features in self._wanted:
                values = readings[number].values
                if values:
                    for feature, column in features:
                        row[column] = values[feature]
            rows.append(row)
        return np.array(rows, dtype=np.float64).reshape(len(pages), self._width)

    def by_signal(self, contributions: Float) -> Float:
        """Sums of each signal's columns: from shape (n, d) to (n, signals run)."""
        sums = np.zeros((len(contributions), self._signals))
        if self._order:
            sums[:, self._owners] = np.add.reduceat(contributions[:, self._order], self._edges, axis=1)
        return sums
