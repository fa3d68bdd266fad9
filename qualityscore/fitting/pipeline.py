"""Cross-fitting: out-of-fold scores by network, then the model fitted on everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from qualityscore.errors import TrainingError
from qualityscore.fitting.additive import AdditiveSettings, Stack, fit_stack
from qualityscore.fitting.folds import group_folds, group_weights, resampled_weights
from qualityscore.fitting.lexical import LexicalSettings, NgramCounts, fit_lexical, lexical_log_odds
from qualityscore.fitting.table import Table
from qualityscore.model.lexical import LexicalModel

ONE_SIDED_FOLD = "without the groups of one fold, pages of one label only are left: there are too few groups"
Float = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class FitSettings:
    """All settings of a fit.

    Attributes:
        lexical, additive: settings of the two parts.
        folds, inner_folds: outer folds for evaluation, inner ones for stacking.
        seed: of every shuffle.
        text_columns, page_columns: columns that carry weight.
        copies_weight: weight of all copies together, as a share of that of all rows of label 1.
    """

    text_columns: tuple[str, ...]
    page_columns: tuple[str, ...]
    lexical: LexicalSettings = field(default_factory=LexicalSettings)
    additive: AdditiveSettings = field(default_factory=AdditiveSettings)
    folds: int = 5
    inner_folds: int = 5
    seed: int = 0
    copies_weight: float = 0.05


@dataclass(frozen=True)
class Fitted:
    """A lexical part and the stack on top of it.

    Attributes:
        refits: stacks on the same knots, fitted on resampled groups; empty if none were asked for.
    """

    lexical: LexicalModel
    stack: Stack
    refits: tuple[Stack, ...] = ()

    def log_odds(self, table: Table, counts: NgramCounts, rows: Rows, *, page: bool = True) -> Float:
        """Uncalibrated log-odds of rows; ``page=False`` leaves the page part out."""
        z = lexical_log_odds(self.lexical, counts, rows)
        html = table.html[rows] if page else np.zeros(len(rows), dtype=bool)
        return self.stack.log_odds(
            z,
            _columns(table, rows, self.stack.text.columns),
            _columns(table, rows, self.stack.page.columns),
            html,
        )


def _columns(table: Table, rows: Rows, names: Sequence[str]) -> Float:
    """Values of some rows in some columns, shape (len(rows), len(names))."""
    index = {name: i for i, name in enumerate(table.columns)}
    return np.asarray(table.x[rows][:, [index[name] for name in names]])


def fit(
    table: Table,
    counts: NgramCounts,
    rows: Rows,
    settings: FitSettings,
    refits: int = 0,
    progress: Callable[[str], None] = lambda _: None,
    copies: Rows | None = None,
) -> Fitted:
    """Fit on rows: the stack sees lexical log-odds of models that had not seen the row's group.

    Args:
        refits: how often to fit the stack again on resampled groups (`Fitted.refits`).
        copies: rows of label 1 that only the stack sees, as long as their groups are among those of ``rows``.

    Raises:
        TrainingError: the rows have one label only, or share no n-gram.
    """
    y, group = table.y[rows], table.group[rows]
    if len(set(y.tolist())) < 2:
        raise TrainingError(ONE_SIDED_FOLD)
    inner = group_folds(group, y, settings.inner_folds, settings.seed + 1)
    fold_of = dict(zip(group.tolist(), inner.tolist(), strict=True))
    extra = np.array(
        [i for i in (() if copies is None else copies) if table.group[i] in fold_of], dtype=np.int64
    )
    shown = np.concatenate([rows, extra])
    inner = np.concatenate([inner, np.array([fold_of[g] for g in table.group[extra]], dtype=np.int64)])
    known = np.arange(len(shown)) < len(rows)
    z = np.zeros(len(shown))
    for k in range(settings.inner_folds):
        held = inner == k
        others = shown[known & ~held]
        if not held.any() or len(set(table.y[others].tolist())) < 2:
            continue
        z[held] = lexical_log_odds(fit_lexical(counts, table, others), counts, shown[held])

    def stack(weights: Float, like: Stack | None = None) -> Stack:
        each = settings.copies_weight * weights[y == 1].sum() / max(len(extra), 1)
        return fit_stack(
            z,
            _columns(table, shown, settings.text_columns),
            settings.text_columns,
            _columns(table, shown, settings.page_columns),
            settings.page_columns,
            table.html[shown],
            table.y[shown],
            np.concatenate([weights, np.full(len(extra), each)]),
            settings.additive,
            like,
        )

    whole = stack(group_weights(group, y))
    others = []
    for number in range(refits):
        progress(f"refit {number + 1} of {refits}")
        others.append(stack(resampled_weights(group, y, settings.seed + 100 + number), whole))
    return Fitted(fit_lexical(counts, table, rows), whole, tuple(others))


@dataclass(frozen=True)
class CrossFit:
    """Out-of-fold results.

    Attributes:
        fold: shape (n,), the fold of every labelled row, -1 elsewhere.
        log_odds: shape (n,), uncalibrated, of the model that had not seen the row's group; the
            mean over folds for rows outside all folds.
        text_log_odds: the same without the page part.
        lexical: shape (n,), the n-grams alone, out of fold.
        models: one per fold.
    """

    fold: npt.NDArray[np.int64]
    log_odds: Float
    text_log_odds: Float
    lexical: Float
    models: tuple[Fitted, ...]


def cross_fit(
    table: Table,
    counts: NgramCounts,
    settings: FitSettings,
    trainable: npt.NDArray[np.bool_],
    evaluated: npt.NDArray[np.bool_],
    progress: Callable[[str], None] = lambda _: None,
    copies: npt.NDArray[np.bool_] | None = None,
) -> CrossFit:
    """Fit one model a fold and score what it has not seen.

    Args:
        trainable: rows that may train (labelled, scored).
        evaluated: labelled rows that belong to folds; rows outside are scored by all models.
        copies: rows outside all folds that teach the stack (`fit`).
    """
    n = len(table)
    fold = np.full(n, -1, dtype=np.int64)
    labelled = np.flatnonzero(evaluated)
    fold[labelled] = group_folds(table.group[labelled], table.y[labelled], settings.folds, settings.seed)
    log_odds = np.full(n, np.nan)
    text_log_odds = np.full(n, np.nan)
    lexical = np.full(n, np.nan)
    outside = np.flatnonzero(fold < 0)
    collected: list[tuple[Float, Float]] = []
    models: list[Fitted] = []
    for k in range(settings.folds):
        progress(f"fold {k + 1} of {settings.folds}")
        train = np.flatnonzero(trainable & (fold >= 0) & (fold != k))
        model = fit(table, counts, train, settings, copies=None if copies is None else np.flatnonzero(copies))
        models.append(model)
        held = np.flatnonzero(fold == k)
        log_odds[held] = model.log_odds(table, counts, held)
        text_log_odds[held] = model.log_odds(table, counts, held, page=False)
        lexical[held] = lexical_log_odds(model.lexical, counts, held)
        if len(outside):
            collected.append(
                (
                    model.log_odds(table, counts, outside),
                    model.log_odds(table, counts, outside, page=False),
                )
            )
    if collected:
        log_odds[outside] = np.mean([c[0] for c in collected], axis=0)
        text_log_odds[outside] = np.mean([c[1] for c in collected], axis=0)
    return CrossFit(fold, log_odds, text_log_odds, lexical, tuple(models))


def calibrate(log_odds: Float, y: npt.NDArray[np.int64], weights: Float | None = None) -> tuple[float, float]:
    """Slope and intercept of Platt scaling (Platt 1999), unregularised."""
    estimator = LogisticRegression(C=1e6, max_iter=1000)
    estimator.fit(log_odds[:, None], y, sample_weight=weights)
    return float(estimator.coef_[0, 0]), float(estimator.intercept_[0])
