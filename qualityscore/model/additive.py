"""The signals' part: a sum of one piecewise-linear function per feature.

With knots ``t_0 < … < t_k`` and rises ``w_1 … w_k``, a feature contributes
``sum_i w_i * clip((x - t_{i-1}) / (t_i - t_{i-1}), 0, 1) - reference``, where ``reference`` is the
same sum at the feature's reference value (the median of human pages). So an ordinary value adds
nothing, and a value that could not be measured (NaN) adds nothing either. The function is
continuous and constant outside the knots: no cliffs, no runaway extremes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Float = npt.NDArray[np.float64]


def ramps(x: Float, low: Float, width: Float) -> Float:
    """Basis values ``clip((x - low) / width, 0, 1)``; ``x`` (…, d), result (…, d, k)."""
    # `numpy.clip` does the same and takes twice as long for the columns of one page.
    return np.minimum(np.maximum((x[..., None] - low) / width, 0.0), 1.0)


@dataclass(frozen=True)
class AdditiveModel:
    """Piecewise-linear functions of named columns.

    Attributes:
        columns: names, ``<signal id>.<feature>``, in order.
        knots: shape (d, k + 1), increasing along each row.
        rises: shape (d, k), log-odds gained between neighbouring knots.
        reference: shape (d,), value at which a column contributes nothing.
    """

    columns: Sequence[str]
    knots: Float
    rises: Float
    reference: Float

    @cached_property
    def _low(self) -> Float:
        return self.knots[:, :-1]

    @cached_property
    def _width(self) -> Float:
        return np.maximum(np.diff(self.knots, axis=1), 1e-12)

    @cached_property
    def _centre(self) -> Float:
        return ramps(self.reference, self._low, self._width)

    @cached_property
    def _offset(self) -> Float:
        return np.asarray(np.einsum("dk,dk->d", self._centre, self.rises))

    def ramps(self, x: Float) -> Float:
        """Basis values of every column; ``x`` (n, d), result (n, d, k), NaN where not measured."""
        return ramps(x, self._low, self._width)

    def centred(self, basis: Float) -> Float:
        """Basis values less those of the reference, 0 where not measured: the same for any rises."""
        centred = basis - self._centre
        centred[np.isnan(basis)] = 0.0
        return centred

    def contributions(self, x: Float) -> Float:
        """Log-odds of every column; ``x`` (n, d) with NaN where not measured, result (n, d)."""
        return self.weighed(self.ramps(x))

    def weighed(self, basis: Float) -> Float:
        """The same from basis values."""
        values: Float = np.einsum("ndk,dk->nd", basis, self.rises) - self._offset
        values[np.isnan(values)] = 0.0
        return values
