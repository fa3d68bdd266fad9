"""What the arrays and the manifest of a model file must satisfy before anything uses them.

Every function raises `ValueError`, `KeyError` or `TypeError`, which `Model.load` turns into its one
error: a file that breaks a rule is no model, whoever wrote it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from qualityscore.model.additive import AdditiveModel
from qualityscore.model.kinds import KindModel
from qualityscore.model.lexical import Channel
from qualityscore.model.spread import Spread

Float = npt.NDArray[np.float64]

STREAMS = ("words", "tokens")
_MAX_N = 8


def names(value: Any) -> tuple[str, ...]:
    """A list of distinct texts."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError("not a list of names")
    if len(set(value)) != len(value):
        raise ValueError("a name twice")
    return tuple(value)


def number(value: Any) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError("not a finite number")
    return float(value)


def array(value: Any, shape: Sequence[int | None]) -> Float:
    """Finite real numbers of a shape, ``None`` for any size, as float64."""
    if value.dtype.kind != "f" or value.ndim != len(shape) or not np.isfinite(value).all():
        raise ValueError("not an array of finite numbers")
    if any(wanted is not None and wanted != size for wanted, size in zip(shape, value.shape, strict=True)):
        raise ValueError("an array of another shape")
    return np.asarray(value, dtype=np.float64)


def channel(spec: Mapping[str, Any], keys: Any, weights: Any) -> Channel:
    """One channel of n-grams; its keys are looked up by bisection, so they must be in order."""
    n = spec["n"]
    if spec["stream"] not in STREAMS or not isinstance(n, int) or not 1 <= n <= _MAX_N:
        raise ValueError("malformed channel")
    if keys.dtype != np.uint32 or keys.ndim != 1 or keys.shape != weights.shape:
        raise ValueError("malformed keys")
    if len(keys) > 1 and not (keys[1:] > keys[:-1]).all():
        raise ValueError("keys out of order")
    if weights.dtype != np.float32 or not np.isfinite(weights).all():
        raise ValueError("malformed weights")
    return Channel(spec["stream"], n, keys, weights)


def _knots(value: Any, d: int) -> Float:
    knots = array(value, (d, None))
    if knots.shape[1] < 2 or (np.diff(knots, axis=1) < 0).any():
        raise ValueError("knots out of order")
    return knots


def additive(arrays: Mapping[str, Any], name: str, columns: tuple[str, ...]) -> AdditiveModel:
    """One additive part."""
    d = len(columns)
    knots = _knots(arrays[f"{name}_knots"], d)
    rises = array(arrays[f"{name}_rises"], (d, knots.shape[1] - 1))
    return AdditiveModel(columns, knots, rises, array(arrays[f"{name}_reference"], (d,)))


def spread(arrays: Mapping[str, Any], text: AdditiveModel, page: AdditiveModel) -> Spread | None:
    """The refits, if the file has them."""
    if "spread_lexical" not in arrays:
        return None
    lexical = array(arrays["spread_lexical"], (None,))
    b = len(lexical)
    if b < 2:
        raise ValueError("too few refits")
    return Spread(
        text=array(arrays["spread_text"], (b, *text.rises.shape)),
        page=array(arrays["spread_page"], (b, *page.rises.shape)),
        lexical=lexical,
        intercept=array(arrays["spread_intercept"], (b,)),
        page_intercept=array(arrays["spread_page_intercept"], (b,)),
    )


def kinds(arrays: Mapping[str, Any], manifest: Mapping[str, Any]) -> KindModel | None:
    """The kinds, if the file has them."""
    if "kind_knots" not in arrays:
        return None
    kind_names, columns = names(manifest["kinds"]), names(manifest["kind_columns"])
    c, d = len(kind_names), len(columns)
    if c < 2:
        raise ValueError("too few kinds")
    knots = _knots(arrays["kind_knots"], d)
    return KindModel(
        kind_names,
        columns,
        knots,
        array(arrays["kind_rises"], (c, d, knots.shape[1] - 1)),
        array(arrays["kind_reference"], (d,)),
        array(arrays["kind_intercepts"], (c,)),
    )
