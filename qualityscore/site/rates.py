"""Shares with their intervals, as measured and corrected for the classifier's errors."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Interval = tuple[float, float]
_Z95 = 1.959963984540054
_NORMAL = NormalDist()
_LEVELS = [(i + 0.5) / 40 for i in range(40)]


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
        tpr_networks, fpr_networks: quantiles of single networks, evenly spread from the least to the
            greatest; empty if the file of the site model has none.
    """

    tpr: float
    fpr: float
    tpr_range: Interval
    fpr_range: Interval
    tpr_networks: tuple[float, ...] = ()
    fpr_networks: tuple[float, ...] = ()


def corrected(flagged: int, scored: int, rates: ErrorRates) -> tuple[float, Interval] | None:
    """The share of farm pages behind a share of flagged ones (Rogan and Gladen 1978).

    The interval is the central 95 % of what comes out if the site is like any farm network in how
    many of its farm pages are found, like any human network in how many others are flagged, and like
    any sample in its share (the Wilson bounds at all levels). Without the networks it takes the ends
    of all three ranges at once, which is wider.

    Args:
        flagged: 0 to ``scored``.
        scored: at least 1.

    Returns:
        Share and interval, cut to 0-1; ``None`` where flags do not tell the sides apart.
    """
    if rates.tpr - rates.fpr < 0.1:
        return None
    middle = float(_unmixed(np.array(flagged / scored), np.array(rates.tpr), np.array(rates.fpr)))
    if rates.tpr_networks and rates.fpr_networks:
        shares = np.array([_wilson_bound(flagged, scored, _NORMAL.inv_cdf(u)) for u in _LEVELS])
        found = np.array(rates.tpr_networks)[:, None, None]
        alarms = np.array(rates.fpr_networks)[None, :, None]
        low, high = np.quantile(_unmixed(shares[None, None, :], found, alarms), [0.025, 0.975]).tolist()
    else:
        ends = wilson(flagged, scored)
        low = float(_unmixed(np.array(ends[0]), np.array(rates.tpr_range[1]), np.array(rates.fpr_range[1])))
        high = float(_unmixed(np.array(ends[1]), np.array(rates.tpr_range[0]), np.array(rates.fpr_range[0])))
    return middle, (min(low, middle), max(high, middle))


def _wilson_bound(hits: int, n: int, z: float) -> float:
    """The share that is ``z`` standard errors off what was counted, in the units of Wilson's interval."""
    share = hits / n
    centre = share + z * z / (2 * n)
    return (centre + z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))) / (1 + z * z / n)


def _unmixed(share: Floats, tpr: Floats, fpr: Floats) -> Floats:
    apart = np.where(tpr > fpr, tpr - fpr, 1.0)
    return np.where(tpr > fpr, np.clip((share - fpr) / apart, 0.0, 1.0), np.where(share > fpr, 1.0, 0.0))
