"""From fitted parts to a model file: calibration folded in, thresholds, manifest."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from qualityscore.errors import ModelFormatError
from qualityscore.fitting.additive import AdditiveSettings
from qualityscore.fitting.lexical import LexicalSettings
from qualityscore.fitting.pipeline import FitSettings, Fitted
from qualityscore.fitting.spread import assemble_spread, recalibrated_spread
from qualityscore.fitting.table import Table
from qualityscore.model.additive import AdditiveModel
from qualityscore.model.bundle import CAPITALS, CASELESS_BELOW, FORMAT, Model
from qualityscore.model.kinds import KindModel
from qualityscore.model.lexical import known_ngrams, ngram_hashes
from qualityscore.model.thresholds import Thresholds

Float = npt.NDArray[np.float64]

RATES = (0.001, 0.002, 0.003, 0.005, 0.0075, *(r / 1000 for r in range(10, 100, 5)), 0.1, 0.15, 0.2, 0.3, 0.5)


def probability(log_odds: Float) -> Float:
    """Logistic function."""
    with np.errstate(over="ignore"):
        return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))


def thresholds(human: Float, networks: int) -> Thresholds:
    """Thresholds by false-positive rate.

    Args:
        human: scores of human pages that have one, out of fold, at least one.
        networks: how many networks they come from.
    """
    ranked = np.sort(human)[::-1]
    scores = [float(ranked[min(int(np.floor(rate * len(ranked))), len(ranked) - 1)]) for rate in RATES]
    return Thresholds(list(RATES), scores, len(ranked), networks)


def assemble(
    fitted: Fitted,
    slope: float,
    intercept: float,
    limits: Thresholds,
    manifest: Mapping[str, Any],
    kinds: KindModel | None = None,
    caseless: Model | None = None,
) -> Model:
    """Fold the calibration into one additive model.

    Args:
        manifest: needs ``prevalence``, the share of farm pages among those that calibrated.
        caseless: a model assembled from pages without capitals.
    """
    stack = fitted.stack
    lexical = dataclasses.replace(
        fitted.lexical,
        channels=tuple(
            dataclasses.replace(c, weights=(c.weights.astype(np.float64) * stack.lexical).astype(np.float32))
            for c in fitted.lexical.channels
        ),
    )
    page = AdditiveModel(stack.page.columns, stack.page.knots, stack.page.rises * slope, stack.page.reference)
    model = Model(
        lexical=lexical,
        text=stack.text,
        page=page,
        slope=slope,
        intercept=intercept + slope * stack.intercept,
        page_intercept=slope * stack.page_intercept,
        thresholds=limits,
        manifest={},
        spread=assemble_spread(stack, fitted.refits, slope, intercept) if fitted.refits else None,
        kinds=kinds,
        caseless=caseless,
    )
    return with_manifest(model, manifest)


def recalibrated(
    base: Model, slope: float, intercept: float, limits: Thresholds, manifest: Mapping[str, Any]
) -> Model:
    """The base model with its log-odds mapped to ``slope * log_odds + intercept``."""
    caseless = base.caseless and recalibrated(base.caseless, slope, intercept, limits, manifest)
    page = dataclasses.replace(base.page, rises=base.page.rises * slope)
    model = dataclasses.replace(
        base,
        page=page,
        slope=base.slope * slope,
        intercept=base.intercept * slope + intercept,
        page_intercept=base.page_intercept * slope,
        thresholds=limits,
        spread=None if base.spread is None else recalibrated_spread(base.spread, slope, intercept),
        caseless=caseless,
    )
    return with_manifest(model, manifest)


def with_manifest(model: Model, manifest: Mapping[str, Any]) -> Model:
    """The model with a manifest of these entries and of what loading needs."""
    kinds = model.kinds
    full = {
        **manifest,
        **model.described(),
        "format": FORMAT,
        "id": dataclasses.replace(model, manifest=manifest).digest(),
        "kinds": None if kinds is None else list(kinds.names),
        "kind_columns": None if kinds is None else list(kinds.columns),
        "thresholds": model.thresholds.to_manifest(),
    }
    caseless = model.caseless and dataclasses.replace(
        model.caseless, manifest=full, thresholds=model.thresholds
    )
    return dataclasses.replace(model, manifest=full, caseless=caseless)


def without_capitals(table: Table) -> npt.NDArray[np.bool_]:
    """Rows that a model's ``caseless`` part is for, shape (n,)."""
    return np.asarray(table.x[:, list(table.columns).index(CAPITALS)] < CASELESS_BELOW)


def model_log_odds(model: Model, table: Table, *, page: bool = True) -> Float:
    """Log-odds that a model gives the rows of a table, shape (n,); ``page=False`` as for plain text."""
    if model.caseless is not None:
        lost = without_capitals(table)
        found = model_log_odds(dataclasses.replace(model, caseless=None), table, page=page)
        if lost.any():
            found = np.where(lost, model_log_odds(model.caseless, table, page=page), found)
        return found
    places = {name: i for i, name in enumerate(table.columns)}
    lexical = np.zeros(len(table))
    for channel in model.lexical.channels:
        weights = channel.weights.astype(np.float64)
        for row, ids in enumerate(table.words if channel.stream == "words" else table.tokens):
            columns, values = known_ngrams(ngram_hashes(ids, channel.n), channel.keys)
            lexical[row] += float(weights[columns] @ values)
    text = model.text.contributions(table.x[:, [places[c] for c in model.text.columns]]).sum(axis=1)
    total = model.intercept + model.slope * (lexical + text)
    if not page:
        return np.asarray(total)
    extra = model.page.contributions(table.x[:, [places[c] for c in model.page.columns]]).sum(axis=1)
    return np.asarray(total + np.where(table.html, model.page_intercept + extra, 0.0))


def plain_settings(settings: FitSettings) -> Any:
    """Settings as JSON: sets as sorted lists, the same every time."""
    return _plain(dataclasses.asdict(settings))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return sorted(value) if isinstance(value, frozenset) else value


def settings_of(model: Model, **changes: Any) -> FitSettings:
    """The settings a model was fitted with, from its manifest; defaults where it has none.

    Raises:
        ModelFormatError: the manifest's settings are damaged.
    """
    told = model.manifest.get("settings") or {}
    try:
        lexical, additive = dict(told.get("lexical") or {}), dict(told.get("additive") or {})
        if "channels" in lexical:
            lexical["channels"] = tuple((str(stream), int(n)) for stream, n in lexical["channels"])
        for name in ("raises", "lowers", "expected"):
            if name in additive:
                additive[name] = frozenset(additive[name])
        return FitSettings(
            text_columns=tuple(model.text.columns),
            page_columns=tuple(model.page.columns),
            lexical=LexicalSettings(**lexical),
            additive=AdditiveSettings(**additive),
            **changes,
        )
    except (TypeError, ValueError, AttributeError) as error:
        raise ModelFormatError(f"the settings in the manifest of model {model.id} are damaged") from error
