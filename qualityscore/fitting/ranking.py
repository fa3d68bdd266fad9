"""Measures of weighted scores, and bootstrap over groups as weights: a round costs one pass.

Resampling groups with replacement is the same as giving every page the number of times its group was
drawn as its weight. Scores are sorted once; each round is a cumulative sum.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Float = npt.NDArray[np.float64]
Int = npt.NDArray[np.int64]

_NAN = float("nan")


class Ranking:
    """Scores sorted once, equal scores kept together.

    Args:
        score: shape (n,), higher is more positive; no NaN.
        y: shape (n,), 1 positive, 0 negative.
    """

    def __init__(self, score: Float, y: Int) -> None:
        self._order = np.argsort(-score, kind="stable")
        ranked = score[self._order]
        self._y = y[self._order].astype(np.float64)
        # Ties count together, so a threshold never falls between equal scores.
        self._ends = np.flatnonzero(np.append(ranked[1:] != ranked[:-1], len(ranked) > 0))
        self.scores = ranked[self._ends]

    def curve(self, weights: Float | None = None) -> tuple[Float, Float]:
        """Weight of negatives and of positives at or above each distinct score, highest first."""
        w = np.ones(len(self._y)) if weights is None else weights[self._order]
        positive = np.cumsum(w * self._y)[self._ends]
        return np.cumsum(w)[self._ends] - positive, positive

    def measures(self, weights: Float | None = None) -> dict[str, float]:
        """``auroc``, ``average_precision``, ``tpr_at_1pct`` and ``tpr_at_5pct``; NaN with one class."""
        fp, tp = self.curve(weights)
        names = ("auroc", "average_precision", "tpr_at_1pct", "tpr_at_5pct")
        if not len(tp) or tp[-1] <= 0 or fp[-1] <= 0:
            return dict.fromkeys(names, _NAN)
        fpr, tpr = fp / fp[-1], tp / tp[-1]
        gained = np.diff(tpr, prepend=0.0)
        auroc = float(np.sum((1.0 - fpr) * gained) + 0.5 * np.sum(np.diff(fpr, prepend=0.0) * gained))
        seen = fp + tp
        precision = np.divide(tp, seen, out=np.zeros_like(tp), where=seen > 0)
        at = [self._tpr(fpr, tpr, rate) for rate in (0.01, 0.05)]
        return dict(zip(names, (auroc, float(np.sum(precision * gained)), *at), strict=True))

    @staticmethod
    def _tpr(fpr: Float, tpr: Float, rate: float) -> float:
        allowed = int(np.searchsorted(fpr, rate + 1e-12, side="right"))
        return float(tpr[allowed - 1]) if allowed else 0.0


class GroupBootstrap:
    """Draws groups with replacement, stratified by the side most of a group's pages are on.

    Args:
        group: shape (n,), names of groups; a group is drawn whole.
        y: shape (n,), 1 positive, 0 negative.
    """

    def __init__(self, group: npt.NDArray[np.str_], y: Int, rounds: int, seed: int = 0) -> None:
        _, self._code = np.unique(group, return_inverse=True)
        size = np.bincount(self._code)
        side = np.bincount(self._code, weights=y) * 2 > size
        self._strata = [np.flatnonzero(side == s) for s in (False, True)]
        self._groups = len(size)
        self.rounds = rounds
        self.seed = seed

    def weights(self, rows: npt.NDArray[np.bool_] | None = None) -> Iterator[Float]:
        """Weights of all rows, or of some, in every round; the same rounds every time."""
        code = self._code if rows is None else self._code[rows]
        rng = np.random.default_rng(self.seed)
        for _ in range(self.rounds):
            drawn = np.zeros(self._groups)
            for members in self._strata:
                if len(members):
                    picked = rng.integers(0, len(members), len(members))
                    drawn[members] += np.bincount(picked, minlength=len(members))
            yield drawn[code]


def interval(values: list[float]) -> tuple[float, float] | None:
    """2.5th and 97.5th percentile of finite values; ``None`` if there are fewer than 20."""
    finite = [v for v in values if np.isfinite(v)]
    if len(finite) < 20:
        return None
    low, high = np.percentile(finite, [2.5, 97.5])
    return float(low), float(high)


def share_interval(values: list[float], groups: int) -> tuple[float, float] | None:
    """Interval of a share; ``None`` with fewer than two groups.

    Where every round gives 0 or 1, resampling says nothing; then the exact binomial bound is given, as
    if each group were one page.
    """
    bounds = interval(values) if groups > 1 else None
    if bounds is None or bounds[0] != bounds[1] or bounds[0] not in (0.0, 1.0):
        return bounds
    tail = 0.025 ** (1 / groups)
    return (0.0, 1.0 - tail) if bounds[0] == 0.0 else (tail, 1.0)


def calibration_line(log_odds: Float, y: Int, weights: Float | None = None) -> tuple[float, float]:
    """Slope and intercept of the labels' log-odds over the score's: (1, 0) is calibrated.

    Newton's method with a trace of ridge on the slope, so that separable labels give a large finite
    slope; NaN with one class.
    """
    w = np.ones(len(y)) if weights is None else weights
    if not (w * y).sum() or not (w * (1 - y)).sum():
        return _NAN, _NAN
    slope, intercept, ridge = 1.0, 0.0, 1e-6 * float(w.sum())
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-np.clip(slope * log_odds + intercept, -500, 500)))
        error, spread = w * (p - y), w * p * (1 - p)
        g0, g1 = error.sum(), error @ log_odds + ridge * slope
        h00, h01 = spread.sum() + 1e-9, spread @ log_odds
        h11 = spread @ (log_odds * log_odds) + ridge
        determinant = h00 * h11 - h01 * h01
        if determinant <= 0:
            return _NAN, _NAN
        d_intercept = float((h11 * g0 - h01 * g1) / determinant)
        d_slope = float((h00 * g1 - h01 * g0) / determinant)
        # Damped: a full step from far away can overshoot.
        scale = min(1.0, 5.0 / max(abs(d_slope), abs(d_intercept), 1e-12))
        slope, intercept = slope - scale * d_slope, intercept - scale * d_intercept
        if max(abs(d_slope), abs(d_intercept)) < 1e-9:
            break
    return slope, intercept
