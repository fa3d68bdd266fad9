"""The web set scored by models that had not seen a page's network, and those models themselves."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import joblib
import numpy as np
import numpy.typing as npt

from qualityscore.fitting import pipeline
from qualityscore.fitting.assemble import assemble, plain_settings, probability, thresholds
from qualityscore.fitting.lexical import NgramCounts
from qualityscore.fitting.metrics import threshold_at
from qualityscore.fitting.pipeline import FitSettings
from qualityscore.fitting.table import Table
from qualityscore.model.bundle import Model
from training import caseless
from training.caseless import calibration
from training.corpora import Sample, web
from training.features import build_table
from training.settings import shipped_settings
from training.spun import cross_fit_taught, with_copies


@dataclass(frozen=True)
class OutOfFold:
    """Out-of-fold scores of the web set.

    Attributes:
        samples: all pages of the web set.
        table: their features.
        fold: shape (n,), -1 for pages outside (borderline networks).
        score: shape (n,), calibrated, out of fold; -1 for pages that get no score.
        measured: shape (n,), labelled pages of at least 100 words: what figures are about.
        threshold: score that 1 % of the measured human pages exceed.
        models: the model of every fold, calibrated, with thresholds.
    """

    samples: Sequence[Sample]
    table: Table
    fold: npt.NDArray[np.int64]
    score: npt.NDArray[np.float64]
    measured: npt.NDArray[np.bool_]
    threshold: float
    models: Sequence[Model]


def out_of_fold(data: Path, cache: Path | None, seed: int = 0) -> OutOfFold:
    """Fit one model a fold of networks, with the settings of the shipped model; kept in the cache."""
    samples = web(data)
    table = build_table(samples, cache)
    settings = dataclasses.replace(shipped_settings(), seed=seed)
    sha = hashlib.sha256(repr(plain_settings(settings)).encode())
    for path in (*sorted(Path(pipeline.__file__).parent.glob("*.py")), Path(caseless.__file__)):
        sha.update(path.read_bytes())
    key = f"{sha.hexdigest()} {joblib.hash([table.x, table.y, table.group])}"
    fit = joblib.Memory(cache, verbose=0).cache(_fitted, ignore=["samples", "table", "settings", "cache"])
    fold, score, models = fit(key, samples, table, settings, cache)
    measured = (table.y >= 0) & (table.n_words >= 100)
    limit = threshold_at(score[measured & (table.y == 0)], 0.01)
    return OutOfFold(samples, table, fold, score, measured, limit, models)


def _fitted(
    key: str, samples: Sequence[Sample], table: Table, settings: FitSettings, cache: Path | None
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64], list[Model]]:
    """Folds, out-of-fold scores and models; ``key`` is what the cache goes by."""
    del key
    usable = (table.y >= 0) & table.scored
    whole, copies = with_copies(samples, table, cache)
    counts = NgramCounts(whole, settings.lexical)
    crossed = cross_fit_taught(whole, counts, settings, usable, table.y >= 0, copies)
    slope, intercept = calibration(crossed, table, usable)
    part = caseless.Caseless.fitted(samples, table, settings, cache)
    score = part.merged(probability(slope * crossed.log_odds + intercept), table)
    score = np.where(table.scored, score, -1.0)
    human = usable & (table.y == 0)
    limits = thresholds(score[human], len(set(table.group[human])))
    told = {"version": "0", "prevalence": float(table.y[usable].mean())}
    models = [
        assemble(
            fitted, slope, intercept, limits, {**told, "name": f"fold {k}"}, caseless=part.of_fold(k, limits)
        )
        for k, fitted in enumerate(crossed.models)
    ]
    return crossed.fold, score, models


def spread(table: Table, mask: npt.NDArray[np.bool_], count: int, seed: int) -> npt.NDArray[np.int64]:
    """Rows of a mask, at most ``count``, taken in turn from networks in random order."""
    rng = np.random.default_rng(seed)
    rows = rng.permutation(np.flatnonzero(mask))
    turn: dict[str, int] = {}
    order = []
    for row in rows.tolist():
        name = str(table.group[row])
        turn[name] = turn.get(name, 0) + 1
        order.append((turn[name], row))
    # A stable sort by turn keeps the random order within a turn.
    return np.array([row for _, row in sorted(order, key=lambda item: item[0])[:count]], dtype=np.int64)
