"""Fitting the additive part on top of the lexical log-odds.

One logistic regression over the lexical log-odds, the ramps of the text columns, and, for HTML
pages, a constant and the ramps of the page columns. Every HTML page is shown twice, once without
its page part, so that the text part stands alone where there is no HTML and both add up where
there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualityscore.fitting.bounded import BoundedLogisticRegression
from qualityscore.model.additive import AdditiveModel, ramps

Float = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AdditiveSettings:
    """How the additive part is fitted.

    Attributes:
        knots: most knots per feature.
        c: inverse regularisation strength of the ramps.
        lexical_scale: factor before the lexical log-odds, which makes its one coefficient all
            but unpenalised.
        raises, lowers: columns whose contribution may only grow, or only fall, with their value:
            a defect found never speaks for a page, a checkable fact never against it.
        expected: columns of ``raises`` that are known to be defects before any page is seen.
        prior: log-odds that such a column is taken to add at its highest knot, until the pages say
            otherwise: weights shrink towards it, not towards 0. Rare defects stand on few networks,
            and a fit that has not seen these would leave them without weight.
    """

    knots: int = 6
    c: float = 0.05
    lexical_scale: float = 3.0
    raises: frozenset[str] = frozenset()
    lowers: frozenset[str] = frozenset()
    expected: frozenset[str] = frozenset()
    prior: float = 0.0


@dataclass(frozen=True)
class Stack:
    """A fitted stack: uncalibrated log-odds are ``intercept + lexical * z + text + page``."""

    text: AdditiveModel
    page: AdditiveModel
    lexical: float
    intercept: float
    page_intercept: float

    def log_odds(self, z: Float, x_text: Float, x_page: Float, html: npt.NDArray[np.bool_]) -> Float:
        """Uncalibrated log-odds of rows, shape (n,)."""
        total: Float = self.intercept + self.lexical * z + self.text.contributions(x_text).sum(axis=1)
        page = self.page_intercept + self.page.contributions(x_page).sum(axis=1)
        return total + np.where(html, page, 0.0)


def place_knots(x: Float, weights: Float, count: int) -> Float:
    """Knots of one feature, shape (count,): weighted quantiles of both sides, padded by repetition.

    Counting features are mostly 0: then 0 is the first knot, and the others are quantiles of what
    lies above it.
    """
    ok = ~np.isnan(x)
    values, w = x[ok], weights[ok]
    if not len(values):
        return np.zeros(count)
    low = values.min()
    inner = values > low
    if inner.mean() < 0.7:
        points = _quantiles(values[inner], w[inner], np.linspace(0.2, 0.95, count - 1))
        points = np.concatenate([[low], points])
    else:
        points = _quantiles(values, w, np.linspace(0.02, 0.98, count))
    spread = max(float(points[-1] - points[0]), 1e-9)
    kept = [float(points[0])]
    for point in points[1:]:
        # Knots that nearly touch would make a step.
        if point - kept[-1] > 0.04 * spread:
            kept.append(float(point))
    if len(kept) == 1:
        kept.append(kept[0] + (spread if spread > 1e-8 else 1.0))
    return np.array(kept + [kept[-1]] * (count - len(kept)))


def _quantiles(values: Float, weights: Float, at: Float) -> Float:
    if not len(values):
        return np.zeros(0)
    order = np.argsort(values, kind="stable")
    cumulative = np.cumsum(weights[order])
    where = np.searchsorted(cumulative, at * cumulative[-1])
    return np.asarray(values[order][np.minimum(where, len(values) - 1)])


def blank(
    columns: Sequence[str], x: Float, y: npt.NDArray[np.int64], weights: Float, count: int
) -> AdditiveModel:
    """A part with knots and references but without weights; the reference is the median of ``y == 0``."""
    d = len(columns)
    knots = np.array([place_knots(x[:, j], weights, count) for j in range(d)]).reshape(d, count)
    human = x[y == 0]
    reference = np.array(
        [np.nanmedian(human[:, j]) if (~np.isnan(human[:, j])).any() else knots[j, 0] for j in range(d)]
    ).reshape(d)
    return AdditiveModel(tuple(columns), knots, np.zeros((d, count - 1)), reference)


def basis(part: AdditiveModel, x: Float) -> Float:
    """Centred ramps, NaN as 0, shape (n, d * k)."""
    low, width = part.knots[:, :-1], np.diff(part.knots, axis=1)
    safe = np.maximum(width, 1e-12)
    centre = ramps(part.reference, low, safe)
    values = ramps(x, low, safe) - centre
    values[np.isnan(x)] = 0.0
    values *= width > 0
    return np.asarray(values.reshape(len(x), -1))


def _signs(columns: Sequence[str], settings: AdditiveSettings) -> Float:
    return np.array([(c in settings.raises) * 1.0 - (c in settings.lowers) * 1.0 for c in columns])


def _prior(part: AdditiveModel, settings: AdditiveSettings) -> Float:
    """What each rise is taken to be before any page is seen, shape (d * k,): even over a column's ramps."""
    real = np.diff(part.knots, axis=1) > 0
    share = settings.prior / np.maximum(real.sum(axis=1), 1)
    expected = np.array([c in settings.expected for c in part.columns], dtype=bool)
    return np.asarray((real * (share * expected)[:, None]).ravel())


def fit_stack(
    z: Float,
    x_text: Float,
    text_columns: Sequence[str],
    x_page: Float,
    page_columns: Sequence[str],
    html: npt.NDArray[np.bool_],
    y: npt.NDArray[np.int64],
    weights: Float,
    settings: AdditiveSettings,
    like: Stack | None = None,
) -> Stack:
    """Fit the stack; ``z`` are lexical log-odds of models that have not seen the row's group.

    With ``like`` the knots and references are taken from another stack, so that both can be
    compared weight by weight.
    """
    if like is None:
        text = blank(text_columns, x_text, y, weights, settings.knots)
        page = blank(page_columns, x_page[html], y[html], weights[html], settings.knots)
    else:
        text, page = like.text, like.page
    text_basis = basis(text, x_text)
    page_basis = basis(page, np.where(html[:, None], x_page, np.nan))
    scale = settings.lexical_scale
    shared = np.hstack([scale * z[:, None], text_basis])
    with_page = np.hstack([shared, scale * html[:, None], page_basis])
    without = np.hstack([shared[html], np.zeros((int(html.sum()), 1 + page_basis.shape[1]))])
    both_weights = np.concatenate([np.where(html, 0.5 * weights, weights), 0.5 * weights[html]])
    signs = np.concatenate(
        [
            [0.0],
            np.repeat(_signs(text_columns, settings), settings.knots - 1),
            [0.0],
            np.repeat(_signs(page_columns, settings), settings.knots - 1),
        ]
    )
    prior = np.concatenate([[0.0], _prior(text, settings), [0.0], _prior(page, settings)])
    fitted = BoundedLogisticRegression(settings.c, signs, prior).fit(
        np.vstack([with_page, without]), np.concatenate([y, y[html]]), both_weights
    )
    w, intercept = fitted.coef_[0], float(fitted.intercept_[0])
    d, k = text.rises.shape
    at = 1 + d * k
    return Stack(
        AdditiveModel(text.columns, text.knots, w[1:at].reshape(d, k), text.reference),
        AdditiveModel(page.columns, page.knots, w[at + 1 :].reshape(page.rises.shape), page.reference),
        float(w[0] * scale),
        intercept,
        float(w[at] * scale),
    )
