"""Score thresholds by false-positive rate on human pages."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LOW_QUALITY_FPR = 0.01
SUSPECT_FPR = 0.05


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The false-positive rate of every threshold, measured on pages the model had not seen.

    Attributes:
        rates: false-positive rates, increasing.
        scores: a page is flagged at a rate if its score is strictly above this; decreasing.
        pages, networks: how many human pages of how many networks measured them.
    """

    rates: Sequence[float]
    scores: Sequence[float]
    pages: int
    networks: int

    @classmethod
    def from_manifest(cls, data: Mapping[str, Any]) -> Thresholds:
        """Read the ``thresholds`` entry of a manifest."""
        rates, scores = [float(r) for r in data["rates"]], [float(s) for s in data["scores"]]
        if not rates or len(rates) != len(scores) or sorted(set(rates)) != rates:
            raise ValueError("malformed thresholds")
        if sorted(scores, reverse=True) != scores or not all(0 <= v <= 1 for v in (*rates, *scores)):
            raise ValueError("thresholds that are no rates and scores in order")
        return cls(rates, scores, int(data["pages"]), int(data["networks"]))

    def to_manifest(self) -> dict[str, Any]:
        """The ``thresholds`` entry of a manifest."""
        return {
            "rates": list(self.rates),
            "scores": list(self.scores),
            "pages": self.pages,
            "networks": self.networks,
        }

    def at(self, rate: float) -> float:
        """The threshold whose measured false-positive rate is at most ``rate``."""
        index = bisect.bisect_right(self.rates, rate + 1e-12) - 1
        return self.scores[index] if index >= 0 else self.scores[0]

    def certified(self, rate: float) -> bool:
        """Whether at least ten human pages lie above a threshold for this rate.

        With fewer, the rate rests on a handful of pages and its interval spans several times its
        size.
        """
        return rate * self.pages >= 10

    def caveat(self, rate: float) -> str:
        """What to say beside a rate that is not certified, else an empty string."""
        if self.certified(rate):
            return ""
        return f"not certified by {self.pages:,} pages of {self.networks:,} networks"
