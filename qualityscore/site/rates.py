"""Shares with their intervals, as measured and corrected for the classifier's errors."""

from __future__ import annotations

import math
from dataclasses import dataclass

Interval = tuple[float, float]
_Z95 = 1.959963984540054


def wilson(hits: int, n: int) -> Interval:
    """95 % interval of a share (Wilson 1927).

    Args:
        hits: 0 to ``n``.
        n: at least 1.
    """
    share, z2 = hits / n, _Z95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    low = 0.0 if hits == 0 else max(0.0, centre - half)
    return low, 1.0 if hits == n else min(1.0, centre + half)


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """How often the page model flags pages of farms and of people, at one threshold.

    Attributes:
        tpr, fpr: over all networks.
        tpr_range, fpr_range: central 95 % of single networks. A site is one network, so this and
            not the error of the mean is what is unknown about it.
    """

    tpr: float
    fpr: float
    tpr_range: Interval
    fpr_range: Interval


def corrected(share: float, interval: Interval, rates: ErrorRates) -> tuple[float, Interval] | None:
    """The share of farm pages behind a share of flagged ones (Rogan and Gladen 1978).

    The interval takes the ends of all three ranges at once: wider than 95 %, never narrower.

    Returns:
        Share and interval, cut to 0-1; ``None`` where flags do not tell the sides apart.
    """
    if rates.tpr - rates.fpr < 0.1:
        return None
    low = _unmixed(interval[0], rates.tpr_range[1], rates.fpr_range[1])
    high = _unmixed(interval[1], rates.tpr_range[0], rates.fpr_range[0])
    middle = _unmixed(share, rates.tpr, rates.fpr)
    return middle, (min(low, middle), max(high, middle))


def _unmixed(share: float, tpr: float, fpr: float) -> float:
    if tpr <= fpr:
        return 1.0 if share > fpr else 0.0
    return min(1.0, max(0.0, (share - fpr) / (tpr - fpr)))
