"""Fitting the kinds of farm pages: a multinomial logistic regression on all signals.

Signals without weight in the score take part: a kind is told by what it has, not by how bad that is.
The n-grams are left out: with a handful of networks a kind they learn the networks' subjects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from qualityscore.fitting.additive import basis, blank
from qualityscore.fitting.folds import group_folds
from qualityscore.model.kinds import KindModel

Float = npt.NDArray[np.float64]
Int = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class KindSettings:
    """How kinds are fitted.

    Attributes:
        knots: most knots per feature.
        c: inverse regularisation strength.
        folds: folds by group, each kind's groups spread over all of them.
    """

    knots: int = 3
    c: float = 0.03
    folds: int = 8


def fit_kinds(
    x: Float,
    columns: Sequence[str],
    kind: Int,
    group: npt.NDArray[np.str_],
    names: Sequence[str],
    settings: KindSettings,
) -> KindModel:
    """Fit on farm pages, shape (n, d); ``kind`` (n,) indexes ``names``.

    A group weighs the square root of its pages, so that one large site does not stand for its kind.
    """
    _, inverse, counts = np.unique(group, return_inverse=True, return_counts=True)
    weights = counts[inverse].astype(np.float64) ** -0.5
    weights /= weights.mean()
    # The reference is the median of all these pages: what they share says nothing about the kind.
    part = blank(columns, x, np.zeros(len(x), dtype=np.int64), weights, settings.knots)
    estimator = LogisticRegression(C=settings.c, max_iter=1000, tol=1e-6)
    estimator.fit(basis(part, x), kind, sample_weight=weights)
    rises = np.zeros((len(names), len(columns), settings.knots - 1))
    intercepts = np.full(len(names), -30.0)
    for row, found in enumerate(estimator.classes_):
        rises[found] = estimator.coef_[row].reshape(len(columns), -1)
        intercepts[found] = estimator.intercept_[row]
    return KindModel(tuple(names), tuple(columns), part.knots, rises, part.reference, intercepts)


def cross_fit_kinds(
    x: Float,
    columns: Sequence[str],
    kind: Int,
    group: npt.NDArray[np.str_],
    names: Sequence[str],
    settings: KindSettings,
) -> Float:
    """Probabilities of the kinds for pages of groups that were not trained on, shape (n, c)."""
    out = np.zeros((len(x), len(names)))
    # Folds are drawn within each kind, or the groups of a rare kind would share one fold.
    fold = np.zeros(len(x), dtype=np.int64)
    for number in range(len(names)):
        own = kind == number
        if own.any():
            fold[own] = group_folds(group[own], np.zeros(int(own.sum()), np.int64), settings.folds, number)
    # A group with pages of two kinds goes with the first of them.
    for name in np.unique(group):
        fold[group == name] = fold[group == name][0]
    for k in range(settings.folds):
        held = fold == k
        if held.any() and len(set(kind[~held].tolist())) >= 2:
            model = fit_kinds(x[~held], columns, kind[~held], group[~held], names, settings)
            out[held] = model.probabilities(x[held])
    return out
