"""Measures of a score, and their intervals by bootstrap over groups."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

Float = npt.NDArray[np.float64]
Int = npt.NDArray[np.int64]


def threshold_at(human: Float, rate: float) -> float:
    """Smallest score such that at most ``rate`` of human scores lie strictly above it."""
    if not len(human):
        return float("inf")
    ordered = np.sort(human)[::-1]
    return float(ordered[min(int(np.floor(rate * len(ordered) + 1e-9)), len(ordered) - 1)])


def auroc(score: Float, y: Int) -> float:
    """Area under the ROC curve; NaN with one class."""
    return float(roc_auc_score(y, score)) if len(set(y.tolist())) == 2 else float("nan")


def tpr_at(score: Float, y: Int, rate: float) -> float:
    """True-positive rate at the threshold of a false-positive rate."""
    if not (y == 1).any() or not (y == 0).any():
        return float("nan")
    return float((score[y == 1] > threshold_at(score[y == 0], rate)).mean())


def calibration_error(probability: Float, y: Int, bins: int = 15) -> float:
    """Expected calibration error over bins of equal mass (Naeini et al. 2015, equal-mass form)."""
    order = np.argsort(probability, kind="stable")
    parts = np.array_split(order, bins)
    return float(
        sum(len(p) * abs(probability[p].mean() - y[p].mean()) for p in parts if len(p)) / max(len(y), 1)
    )


def bootstrap(
    measure: Callable[[Int], float], y: Int, group: npt.NDArray[np.str_], rounds: int = 500, seed: int = 0
) -> tuple[float, float]:
    """95 % interval of ``measure(row indices)``, resampling groups within each side."""
    rng = np.random.default_rng(seed)
    sides = []
    for side in (0, 1):
        rows = np.flatnonzero(y == side)
        if len(rows):
            _, inverse = np.unique(group[rows], return_inverse=True)
            sides.append([rows[inverse == g] for g in range(inverse.max() + 1)])
    values = []
    for _ in range(rounds):
        picked = [groups[i] for groups in sides for i in rng.integers(0, len(groups), len(groups)).tolist()]
        value = measure(np.concatenate(picked))
        if not np.isnan(value):
            values.append(value)
    if not values:
        return float("nan"), float("nan")
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
