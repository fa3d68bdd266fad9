"""What kind of farm page: a softmax over the same piecewise-linear functions as the score.

For kind ``c`` with intercept ``a_c``, the log-odds are ``a_c`` plus the sum of one function per
feature (see `qualityscore.model.additive`), and the probabilities are their softmax. They are
conditional: given that the page is a farm's, which of the kinds is it?
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from qualityscore.model.additive import ramps

Float = npt.NDArray[np.float64]

KINDS = ("machine_written", "spun_or_scraped", "template_or_doorway", "padded_copy")
# Below this the strongest kind is not named: measured on unseen networks, the pages above it are
# named rightly about three times in four.
MIN_PROBABILITY = 0.6


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a farm page.

    Attributes:
        name: the kind, ``None`` if none reaches `MIN_PROBABILITY`.
        probabilities: of every kind, in 0-1, summing to 1; given that the page is a farm's.
    """

    name: str | None
    probabilities: Mapping[str, float]


@dataclass(frozen=True)
class KindModel:
    """Additive log-odds per kind.

    Attributes:
        names: the kinds, c of them.
        columns: feature names, d of them.
        knots: shape (d, k + 1), not decreasing along each row.
        rises: shape (c, d, k), log-odds gained between neighbouring knots.
        reference: shape (d,), value at which a column says nothing.
        intercepts: shape (c,).
    """

    names: Sequence[str]
    columns: Sequence[str]
    knots: Float
    rises: Float
    reference: Float
    intercepts: Float

    @cached_property
    def _low(self) -> Float:
        return self.knots[:, :-1]

    @cached_property
    def _width(self) -> Float:
        return np.maximum(np.diff(self.knots, axis=1), 1e-12)

    @cached_property
    def _centre(self) -> Float:
        return ramps(self.reference, self._low, self._width)

    def probabilities(self, x: Float) -> Float:
        """Probabilities of rows, shape (n, c); ``x`` (n, d) with NaN where not measured."""
        basis = ramps(x, self._low, self._width) - self._centre
        basis[np.isnan(basis)] = 0.0
        log_odds = self.intercepts + np.einsum("ndk,cdk->nc", basis, self.rises)
        grown = np.exp(log_odds - log_odds.max(axis=1, keepdims=True))
        return np.asarray(grown / grown.sum(axis=1, keepdims=True))

    def kind(self, probabilities: Sequence[float]) -> Kind:
        """One row of probabilities with its name, if one is likely enough."""
        by_name = dict(zip(self.names, probabilities, strict=True))
        best = max(by_name, key=lambda name: by_name[name])
        return Kind(best if by_name[best] >= MIN_PROBABILITY else None, by_name)
