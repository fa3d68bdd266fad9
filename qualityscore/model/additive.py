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
    return np.clip((x[..., None] - low) / width, 0.0, 1.0)


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
    def _offset(self) -> Float:
        return np.asarray(np.einsum("dk,dk->d", ramps(self.reference, self._low, self._width), self.rises))

    def contributions(self, x: Float) -> Float:
        """Log-odds of every column; ``x`` (n, d) with NaN where not measured, result (n, d)."""
        values = np.einsum("ndk,dk->nd", ramps(x, self._low, self._width), self.rises) - self._offset
        return np.where(np.isnan(x), 0.0, values)
