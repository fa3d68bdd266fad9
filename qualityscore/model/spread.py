"""How sure a score is: the same stack fitted again on resampled networks.

A bootstrap over networks (Efron & Tibshirani 1993, chapter 8) refits the weights of the signals and
of the lexical sum; the standard deviation of a page's log-odds over the refits says how much its
score hangs on which sites were seen in training. The n-grams' own weights are not refitted, so the
interval is, if anything, too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualityscore.model.odds import logistic

Float = npt.NDArray[np.float64]
# Two-sided 90 % of a normal distribution.
_Z = 1.6448536269514722


@dataclass(frozen=True)
class Spread:
    """Calibrated weights of ``b`` refits, on the knots of the model itself.

    Attributes:
        text: shape (b, d, k), rises of the text columns.
        page: shape (b, d', k'), rises of the page columns.
        lexical: shape (b,), factor before the model's lexical log-odds.
        intercept, page_intercept: shape (b,).
    """

    text: Float
    page: Float
    lexical: Float
    intercept: Float
    page_intercept: Float

    def deviations(self, lexical: Float, text: Float, page: Float, html: npt.NDArray[np.bool_]) -> Float:
        """Standard deviation of the log-odds of pages, shape (n,).

        Args:
            lexical: the model's calibrated lexical log-odds, shape (n,).
            text, page: `AdditiveModel.centred` of a part of the model, shapes (n, d, k) and (n, d', k').
            html: which pages have a page part, shape (n,).
        """
        page_sums = _sums(page, self.page) + self.page_intercept
        total = self.intercept + lexical[:, None] * self.lexical + _sums(text, self.text)
        # Matrix products round differently in batches of other sizes; a page's interval must not.
        return np.asarray((total + np.where(html[:, None], page_sums, 0.0)).std(axis=1).round(9))


def _sums(centred: Float, rises: Float) -> Float:
    """Log-odds of a part under every refit, shape (n, b)."""
    return np.asarray(centred.reshape(len(centred), -1) @ rises.reshape(len(rises), -1).T)


def interval(log_odds: float, deviation: float) -> tuple[float, float]:
    """90 % interval of a score in 0-1, symmetric in log-odds."""
    low, high = log_odds - _Z * deviation, log_odds + _Z * deviation
    return logistic(low), logistic(high)
