"""From readings to the columns of the model, and from its columns back to signals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qualityscore.native import compiled
from qualityscore.signals.registry import Reading

Float = npt.NDArray[np.float64]
Wanted = list[tuple[int, list[tuple[str, int]]]]
_compiled = compiled("runner")


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
        self._wanted: Wanted = []
        for number, signal_id in enumerate(signals):
            own = features.get(signal_id)
            if own:
                self._owners.append(number)
                self._edges.append(len(self._order))
                self._order.extend(column for _, column in own)
                self._wanted.append((number, own))

    def rows(self, pages: Sequence[Sequence[Reading]]) -> Float:
        """Feature rows of pages, shape (n, d); NaN where a signal did not measure."""
        rows = np.full((len(pages), self._width), np.nan)
        fill = fill_rows_in_python if _compiled is None else _compiled.fill_rows
        fill(pages, self._wanted, rows)
        return rows

    def by_signal(self, contributions: Float) -> Float:
        """Sums of each signal's columns: from shape (n, d) to (n, signals run)."""
        sums = np.zeros((len(contributions), self._signals))
        if self._order:
            sums[:, self._owners] = np.add.reduceat(contributions[:, self._order], self._edges, axis=1)
        return sums


def fill_rows_in_python(pages: Sequence[Sequence[Reading]], wanted: Wanted, rows: Float) -> None:
    """Fill in what signals measured: of each signal ``wanted`` has its number, its features and their columns."""
    for row, readings in zip(rows, pages, strict=True):
        for number, features in wanted:
            values = readings[number].values
            if values:
                for feature, column in features:
                    row[column] = values[feature]
