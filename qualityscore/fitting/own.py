"""A model from somebody's own labels: refit, or recalibrate a model that is there.

Everything that is reported comes from pages the model, its calibration and its thresholds had not
seen: folds are by group, and the calibration and thresholds of a fold come from the other folds.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

from qualityscore.errors import TrainingError
from qualityscore.fitting.assemble import (
    assemble,
    model_log_odds,
    plain_settings,
    probability,
    recalibrated,
    settings_of,
    thresholds,
)
from qualityscore.fitting.folds import group_folds
from qualityscore.fitting.lexical import NgramCounts
from qualityscore.fitting.pipeline import ONE_SIDED_FOLD, FitSettings, calibrate, cross_fit, fit
from qualityscore.fitting.spread import REFITS
from qualityscore.fitting.table import Table
from qualityscore.model.bundle import Model
from qualityscore.model.thresholds import LOW_QUALITY_FPR, SUSPECT_FPR, Thresholds

Float = npt.NDArray[np.float64]
Int = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Method = Literal["refit", "calibrate"]

MIN_PAGES: Mapping[Method, int] = {"refit": 200, "calibrate": 50}
MIN_SIDE = 20
FOLDS = 5


@dataclass(frozen=True)
class Own:
    """What came out.

    Attributes:
        model: fitted on everything.
        fold: shape (n,), the fold of every row, -1 for rows outside.
        fold_models: the model that had not seen a fold, one a fold.
        score: shape (n,), out-of-fold probability, NaN without.
        flags: shape (n,), by threshold name: above the threshold that the other folds give.
        baseline: shape (n,), probability by the base model.
        settings: of the fit.
        converged: whether every fit came to its end.
    """

    model: Model
    fold: Int
    fold_models: Sequence[Model]
    score: Float
    flags: Mapping[str, Mask]
    baseline: Float
    settings: FitSettings
    converged: bool


def check(table: Table, method: Method) -> int:
    """Refuse what no honest model can come from; the number of folds.

    Raises:
        TrainingError: too few pages, one class, too few groups.
    """
    usable = (table.y >= 0) & table.scored
    sides = [int((usable & (table.y == side)).sum()) for side in (0, 1)]
    what = "a refit" if method == "refit" else "a calibration"
    if sum(sides) < MIN_PAGES[method]:
        hint = (
            "; with 50 you can recalibrate (--calibrate-only)"
            if method == "refit" and sum(sides) >= 50
            else ""
        )
        raise TrainingError(
            f"{what} needs {MIN_PAGES[method]} labelled pages that get a score; there are {sum(sides):,} of "
            f"{len(table):,}{hint}"
        )
    groups = [len(set(table.group[usable & (table.y == side)])) for side in (0, 1)]
    require_both_sides(sides, groups, method, "negative ones that get a score")
    return min(FOLDS, *groups)


def require_both_sides(
    pages: Sequence[int], groups: Sequence[int], method: Method, counted: str = "negative ones"
) -> None:
    """Refuse labels that are all, or nearly all, the same.

    Args:
        pages, groups: their numbers, of negative pages and of positive ones.
        counted: what the message calls the negative pages.

    Raises:
        TrainingError: too few pages of a label, or all of one group.
    """
    if min(pages) < MIN_SIDE:
        what = "a refit" if method == "refit" else "a calibration"
        raise TrainingError(
            f"{what} needs {MIN_SIDE} pages of each label; there are {pages[1]:,} positive and {pages[0]:,} {counted}"
        )
    if min(groups) < 2:
        side = "positive" if groups[1] < 2 else "negative"
        raise TrainingError(
            f"all {side} pages are of one group: nothing could be measured on a group that was not fitted"
        )


def train_own(
    table: Table,
    base: Model,
    method: Method,
    *,
    seed: int = 0,
    manifest: Mapping[str, Any],
    progress: Callable[[str], None] = lambda _: None,
) -> Own:
    """Fit or recalibrate on all labelled rows that get a score.

    Args:
        table: labelled pages; rows with ``y`` -1 or without a score take no part.
        base: gives the settings of a refit, the weights of a calibration, and the baseline.
        manifest: what the model file says about itself besides its numbers.

    Raises:
        TrainingError: no honest model can come from these labels.
        ModelVersionError: the base model needs columns that are not measured.
    """
    base.require(table.columns)
    folds = check(table, method)
    settings = settings_of(base, folds=folds, inner_folds=folds, seed=seed)
    if method == "refit":
        manifest = {**manifest, "settings": plain_settings(settings)}
    usable = (table.y >= 0) & table.scored
    manifest = {**manifest, "prevalence": float(table.y[usable].mean())}
    # One thread: sums in another order would give other bits.
    with threadpool_limits(1), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ConvergenceWarning)
        baseline = model_log_odds(base, table)
        if method == "refit":
            table = without_idle_page_part(table)
            counts = NgramCounts(table, settings.lexical)
            crossed = cross_fit(table, counts, settings, usable, usable, progress)
            fold, views = crossed.fold, (crossed.log_odds, crossed.text_log_odds)
        else:
            fold = np.full(len(table), -1, dtype=np.int64)
            rows = np.flatnonzero(usable)
            fold[rows] = group_folds(table.group[rows], table.y[rows], folds, seed)
            views = (baseline, model_log_odds(base, table, page=False))

        def line(rows: Mask) -> tuple[float, float]:
            return _line(views, table.y, table.html, rows)

        def limits(log_odds: Float, rows: Mask) -> Thresholds:
            human = rows & (table.y == 0)
            return thresholds(probability(log_odds[human]), len(set(table.group[human])))

        score = np.full(len(table), np.nan)
        flags = {name: np.zeros(len(table), dtype=bool) for name in ("suspect", "low_quality")}
        fold_models: list[Model] = []
        for k in range(folds):
            others, held = usable & (fold != k), usable & (fold == k)
            if len(set(table.y[others].tolist())) < 2:
                raise TrainingError(ONE_SIDED_FOLD)
            slope, intercept = line(others)
            calibrated = slope * views[0] + intercept
            found = limits(calibrated, others)
            score[held] = probability(calibrated[held])
            for name, rate in (("suspect", SUSPECT_FPR), ("low_quality", LOW_QUALITY_FPR)):
                flags[name][held] = score[held] > found.at(rate)
            told = {**manifest, "name": f"{manifest['name']}, without fold {k}"}
            if method == "refit":
                fold_models.append(assemble(crossed.models[k], slope, intercept, found, told))
            else:
                fold_models.append(recalibrated(base, slope, intercept, found, told))
        slope, intercept = line(usable)
        if slope <= 0:
            raise TrainingError(
                "on groups that were not fitted, positive pages score no higher than negative ones: the labels follow "
                "nothing that is measured, or stand the wrong way round"
            )
        found = limits(slope * views[0] + intercept, usable)
        progress("fitting on everything")
        if method == "refit":
            fitted = fit(table, counts, np.flatnonzero(usable), settings, REFITS)
            # What kind of farm page it is was learned from other labels than these.
            model = assemble(fitted, slope, intercept, found, manifest, base.kinds)
        else:
            model = recalibrated(base, slope, intercept, found, manifest)
    converged = not any(issubclass(w.category, ConvergenceWarning) for w in caught)
    return Own(model, fold, fold_models, score, flags, probability(baseline), settings, converged)


def without_idle_page_part(table: Table) -> Table:
    """The table as if no page had markup, where HTML pages are all of one label.

    A page part fitted there would only learn that HTML means that label.
    """
    html = table.html & table.scored & (table.y >= 0)
    one_sided = len(set(table.y[html].tolist())) < 2
    return replace(table, html=np.zeros(len(table), dtype=bool)) if one_sided and html.any() else table


def _line(views: tuple[Float, Float], y: Int, html: Mask, rows: Mask) -> tuple[float, float]:
    """Platt scaling with Platt's own targets, which keep separable labels from certainty.

    HTML pages count in both views, with their page part and without.
    """
    text = rows & html
    x = np.concatenate([views[0][rows], views[1][text]])
    labels = np.concatenate([y[rows], y[text]])
    weights = np.concatenate([np.where(html[rows], 0.5, 1.0), np.full(int(text.sum()), 0.5)])
    positive, negative = float(weights @ labels), float(weights @ (1 - labels))
    sure = np.where(labels == 1, (positive + 1) / (positive + 2), (negative + 1) / (negative + 2))
    return calibrate(
        np.concatenate([x, x]),
        np.concatenate([labels, 1 - labels]),
        np.concatenate([weights * sure, weights * (1 - sure)]),
    )
