"""Which way a signal is off: what pages have of it, beside what a human page usually has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

import numpy as np

from qualityscore.model.additive import AdditiveModel, ramps
from qualityscore.model.bundle import Model

Direction = Literal["high", "low"]


@dataclass(frozen=True, slots=True)
class Level:
    """The feature of a signal that raises scores most.

    Attributes:
        feature: its name.
        here: median over the pages whose scores the signal raises.
        usual: the model's reference, the median of human pages.
    """

    feature: str
    here: float
    usual: float

    @property
    def direction(self) -> Direction | None:
        """``None`` if the medians are the same."""
        if self.here == self.usual:
            return None
        return "high" if self.here > self.usual else "low"


class Levels:
    """Usual values of a page model's columns, and what other values add to the log-odds."""

    def __init__(self, model: Model) -> None:
        """The columns of both parts of a model."""
        self._at: dict[str, tuple[AdditiveModel, int]] = {
            name: (part, row) for part in (model.text, model.page) for row, name in enumerate(part.columns)
        }

    @property
    def usual(self) -> dict[str, float]:
        """The reference value by column, ``<signal>.<feature>``."""
        return {name: float(f"{part.reference[row]:.6g}") for name, (part, row) in sorted(self._at.items())}

    def of(self, signal: str, values: Mapping[str, Sequence[float]]) -> Level | None:
        """The feature that adds most, by the values of pages; ``None`` if the model has none of them."""
        best: tuple[float, Level] | None = None
        for feature, found in sorted(values.items()):
            place = self._at.get(f"{signal}.{feature}")
            if place is None or not found:
                continue
            gain = _gain(*place, found)
            if best is None or gain > best[0]:
                here, usual = float(median(found)), float(place[0].reference[place[1]])
                best = gain, Level(feature, here, usual)
        return best[1] if best and best[0] > 0 else None


def _gain(part: AdditiveModel, row: int, values: Sequence[float]) -> float:
    """Mean log-odds that the values of one column add."""
    low, width = part.knots[row, :-1], np.maximum(np.diff(part.knots[row]), 1e-12)
    offset = ramps(part.reference[row], low, width) @ part.rises[row]
    return float(np.mean(ramps(np.array(values, dtype=np.float64), low, width) @ part.rises[row] - offset))


def sentence(signal: Mapping[str, Any]) -> str:
    """``commas per 1k words 12, human pages usually 52: too low``; empty if that is not known."""
    if signal.get("direction") is None:
        return ""
    label = str(signal["feature"]).replace("_", " ").replace("per 1k", "per 1,000")
    usual = "none" if signal["usual"] == 0 else short(signal["usual"])
    return f"{label} {short(signal['median'])}, on human pages usually {usual}: too {signal['direction']}"


def short(value: float) -> str:
    """Three figures that mean something."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
