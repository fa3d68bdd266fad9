"""Every figure of an evaluation, with intervals, as one JSON object."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from qualityscore.evaluation.scored import FACETS, ScoredSet
from qualityscore.evaluation.slices import by_facet
from qualityscore.fitting.ranking import GroupBootstrap, Ranking, calibration_line, interval, share_interval

Float = npt.NDArray[np.float64]
Int = npt.NDArray[np.int64]

VERSION = 1
BINS = 15
_CURVE_POINTS = 400
_HISTOGRAM = 20
# A bootstrap round is a few passes over the pages: fewer rounds where there are very many.
_PASSES = 60_000_000

METHOD = (
    "Pages without a score (too short, not English, not prose, or unreadable) count as not flagged: a "
    "positive one is missed.",
    "TPR at 1 % and 5 % FPR use the threshold that these pages' own negatives give; the rates at the "
    "model's thresholds use the thresholds in the model file. A page is flagged strictly above a threshold.",
    "Intervals are 95 % percentile intervals of a bootstrap that draws whole groups, positive and "
    "negative ones apart. With fewer than about ten groups on a side they are too narrow.",
    "Where resampling cannot vary a share of none or all, its interval is the exact binomial one with a "
    "group counted as one page.",
    "Figures are too good if pages of this set, or of the same sites, trained the model.",
    "Calibration looks at scored pages only, at the share of positives of this set; with another share, "
    "probabilities shift.",
    "Precision depends on the share of positives among the pages.",
)


def figures(
    scored: ScoredSet,
    thresholds: Mapping[str, tuple[float, float | None]],
    *,
    rounds: int = 500,
    seed: int = 0,
    flags: Mapping[str, npt.NDArray[np.bool_]] | None = None,
) -> dict[str, Any]:
    """All figures of a set of scored pages.

    Args:
        scored: labelled scores; both classes must be there.
        thresholds: by name, the score and the false-positive rate it stands for (``None`` if it was
            chosen as a score), strictest last.
        rounds: bootstrap rounds; fewer are run on very many pages.
        flags: by threshold name, the rows above it, where rows have thresholds of their own.
    """
    y, score, group = scored.y, scored.score, scored.group
    has_score = ~np.isnan(score)
    # Below every score: what has none is flagged at no threshold.
    seen = np.where(has_score, score, -1.0)
    rounds = int(max(100, min(rounds, _PASSES // max(len(y), 1))))
    boot = GroupBootstrap(group, y, rounds, seed)
    ranking = Ranking(seen, y)
    if flags is None:
        flags = {name: seen > limit for name, (limit, _) in thresholds.items()}
    sides = (len(set(group[y == 0])), len(set(group[y == 1])))
    sampled = _Sampled(y, seen, has_score, ranking, flags, sides)
    for weights in boot.weights():
        sampled.add(weights)
    point = sampled.measure(None)
    ranked = Ranking(score[has_score], y[has_score]).measures()
    strictest = list(thresholds)[-1]
    return {
        "pages": len(y),
        "positive": int(y.sum()),
        "negative": int((y == 0).sum()),
        "groups": {"positive": sides[1], "negative": sides[0],
                   "both": len(set(group[y == 1]) & set(group[y == 0]))},
        "coverage": _coverage(scored, y, has_score),
        "ranking": {name: _with(point[name], sampled.interval(name)) for name in
                    ("auroc", "average_precision", "tpr_at_1pct", "tpr_at_5pct")},
        "ranking_of_scored": {name: _number(ranked[name]) for name in ("auroc", "average_precision")},
        "at_thresholds": [
            _at_threshold(name, limit, rate, y, flags[name], point, sampled)
            for name, (limit, rate) in thresholds.items()
        ],
        "calibration": _calibration(y[has_score], score[has_score], point, sampled),
        "slices": {f: s for f in FACETS if (s := by_facet(scored.facet(f), y, seen, has_score, group,
                                                           flags[strictest], boot))},
        "curve": _curve(ranking),
        "histogram": _histogram(score, y, has_score),
        "bootstrap": {"rounds": rounds, "seed": seed, "unit": "group"},
    }  # fmt: skip


class _Sampled:
    """Measures of the whole set, once and in every bootstrap round."""

    def __init__(
        self,
        y: Int,
        seen: Float,
        has_score: npt.NDArray[np.bool_],
        ranking: Ranking,
        flags: Mapping[str, npt.NDArray[np.bool_]],
        groups: tuple[int, int],
    ) -> None:
        self._y = y.astype(np.float64)
        self._ranking = ranking
        self._flags = flags
        self._rows = np.flatnonzero(has_score)
        self._p = np.clip(seen[self._rows], 1e-9, 1 - 1e-9)
        self._y_scored = y[self._rows]
        self._squares = (seen[self._rows] - self._y_scored) ** 2
        self.bins, self.edges = mass_bins(seen[self._rows])
        self._log_odds = np.log(self._p / (1 - self._p))
        self._values: dict[str, list[float]] = defaultdict(list)
        self._groups = groups

    def add(self, weights: Float) -> None:
        """Measure one round."""
        for name, value in self.measure(weights).items():
            self._values[name].append(value)

    def interval(self, name: str) -> tuple[float, float] | None:
        """95 % interval of a measure."""
        negative, positive = self._groups
        part = name.partition(".")[2]
        if part or name.startswith("tpr"):
            return share_interval(self._values[name], negative if part == "fpr" else positive)
        return interval(self._values[name])

    def measure(self, weights: Float | None) -> dict[str, float]:
        """All measures under row weights."""
        w = np.ones(len(self._y)) if weights is None else weights
        out = self._ranking.measures(weights)
        positive, negative = float(w @ self._y), float(w @ (1 - self._y))
        for name, flag in self._flags.items():
            hit, false = float(w[flag] @ self._y[flag]), float(w[flag] @ (1 - self._y[flag]))
            out[f"{name}.recall"] = _ratio(hit, positive)
            out[f"{name}.fpr"] = _ratio(false, negative)
            out[f"{name}.precision"] = _ratio(hit, hit + false)
        ws = w[self._rows]
        total = float(ws.sum())
        out["brier"] = _ratio(float(ws @ self._squares), total)
        mass = np.asarray(np.bincount(self.bins, ws, BINS), dtype=np.float64)
        mean = _divide(np.bincount(self.bins, ws * self._p, BINS), mass)
        share = _divide(np.bincount(self.bins, ws * self._y_scored, BINS), mass)
        out["ece"] = _ratio(float(np.nansum(mass * np.abs(mean - share))), total)
        out["slope"], out["intercept"] = calibration_line(self._log_odds, self._y_scored, ws)
        for i, value in enumerate(share.tolist()):
            out[f"bin{i}"] = value
        return out


def mass_bins(score: Float) -> tuple[Int, list[tuple[float, float]]]:
    """Bins of equal mass: the bin of every score, shape (n,), and each bin's lowest and highest score."""
    bins = np.zeros(len(score), dtype=np.int64)
    edges: list[tuple[float, float]] = []
    for i, part in enumerate(np.array_split(np.argsort(score, kind="stable"), BINS)):
        bins[part] = i
        edges.append((float(score[part].min()), float(score[part].max())) if len(part) else (0.0, 0.0))
    return bins, edges


def _divide(a: npt.NDArray[Any], b: Float) -> Float:
    out = np.full(len(a), np.nan)
    np.divide(a, b, out=out, where=b > 0)
    return out


def _ratio(a: float, b: float) -> float:
    return a / b if b > 0 else float("nan")


def _number(value: float) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None


def _with(value: float, bounds: tuple[float, float] | None) -> dict[str, Any]:
    return {
        "value": _number(value),
        "interval": None if bounds is None else [round(b, 6) for b in bounds],
    }


def _coverage(scored: ScoredSet, y: Int, has_score: npt.NDArray[np.bool_]) -> dict[str, Any]:
    long = np.array([r.words >= 100 for r in scored.rows])
    out: dict[str, Any] = {}
    for label, side in ((1, "positive"), (0, "negative")):
        mask = y == label
        reasons = Counter(r.no_score for r in scored.rows if r.y == label and r.no_score)
        out[side] = {
            "scored": int(has_score[mask].sum()),
            "share": _number(_ratio(float(has_score[mask].sum()), float(mask.sum()))),
            "share_from_100_words": _number(
                _ratio(float((has_score & long)[mask].sum()), float(long[mask].sum()))
            ),
            "no_score": dict(sorted(reasons.items())),
        }
    return out


def _at_threshold(
    name: str,
    limit: float,
    rate: float | None,
    y: Int,
    flag: npt.NDArray[np.bool_],
    point: Mapping[str, float],
    sampled: _Sampled,
) -> dict[str, Any]:
    return {
        "name": name,
        "threshold": round(limit, 6),
        "stands_for_fpr": rate,
        "true_positives": int((flag & (y == 1)).sum()),
        "false_positives": int((flag & (y == 0)).sum()),
        "missed": int((~flag & (y == 1)).sum()),
        "spared": int((~flag & (y == 0)).sum()),
        **{m: _with(point[f"{name}.{m}"], sampled.interval(f"{name}.{m}")) for m in
           ("precision", "recall", "fpr")},
    }  # fmt: skip


def _calibration(y: Int, score: Float, point: Mapping[str, float], sampled: _Sampled) -> dict[str, Any]:
    if not len(y):
        return {"pages": 0, "share_positive": None, "bins": [],
                **{m: _with(float("nan"), None) for m in ("ece", "slope", "intercept", "brier")}}  # fmt: skip
    bins = []
    for i, (low, high) in enumerate(sampled.edges):
        here = sampled.bins == i
        if here.any():
            bins.append(
                {
                    "low": round(low, 6),
                    "high": round(high, 6),
                    "pages": int(here.sum()),
                    "mean_score": _number(float(score[here].mean())),
                    "share_positive": _with(float(y[here].mean()), sampled.interval(f"bin{i}")),
                }
            )
    return {
        "pages": len(y),
        "share_positive": _number(float(y.mean())),
        **{m: _with(point[m], sampled.interval(m)) for m in ("ece", "slope", "intercept", "brier")},
        "bins": bins,
    }


def _curve(ranking: Ranking) -> list[dict[str, Any]]:
    """Points of the ROC from strict to lenient, thinned evenly over both axes and over log FPR."""
    fp, tp = ranking.curve()
    if not len(tp) or not tp[-1] or not fp[-1]:
        return []
    fpr, tpr = fp / fp[-1], tp / tp[-1]
    picked = {0, len(fpr) - 1}
    even = np.linspace(0, 1, _CURVE_POINTS // 4)
    for values, marks in (
        (fpr, even), (tpr, even), (fpr, np.logspace(np.log10(max(0.5 / fp[-1], 1e-6)), 0, _CURVE_POINTS // 2)),
    ):  # fmt: skip
        picked |= set(np.minimum(np.searchsorted(values, marks), len(fpr) - 1).tolist())
        # The last point before a step, too, so that steps stay steps.
        picked |= set(np.maximum(np.searchsorted(values, marks) - 1, 0).tolist())
    return [
        {
            "threshold": None if ranking.scores[i] < 0 else round(float(ranking.scores[i]), 6),
            "fpr": round(float(fpr[i]), 6),
            "tpr": round(float(tpr[i]), 6),
        }
        for i in sorted(picked)
    ]


def _histogram(score: Float, y: Int, has_score: npt.NDArray[np.bool_]) -> dict[str, Sequence[int]]:
    return {
        side: np.histogram(score[has_score & (y == label)], bins=_HISTOGRAM, range=(0, 1))[0].tolist()
        for label, side in ((1, "positive"), (0, "negative"))
    }
