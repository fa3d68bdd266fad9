"""Fit the site model: ``python -m training.site --data DIR``.

Takes out-of-fold page scores of the web set, makes one point of each network with five or more
scored pages, fits the probability that a network is a farm, and measures by cross-validation over
networks. Writes ``models/site-en.json``. With ``--folds DIR`` it also saves the page and site
models of each fold and which network each has not seen, for `benchmarks.sites`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

import qualityscore
from qualityscore.fitting.assemble import RATES, assemble, probability, thresholds
from qualityscore.fitting.metrics import auroc, calibration_error
from qualityscore.fitting.pipeline import CrossFit
from qualityscore.fitting.table import Table
from qualityscore.model.bundle import Model
from qualityscore.model.shipped import NAME as PAGE_MODEL
from qualityscore.site.model import FEWEST_SCORED, FORMAT, NAME, mean_score_log_odds
from training.caseless import Caseless, calibration
from training.corpora import web
from training.features import build_table
from training.settings import shipped_settings
from training.train import cross

Float = npt.NDArray[np.float64]
# Calling a whole site a farm asks for more than an even chance.
LOW_QUALITY, SUSPECT = 0.9, 0.5
_RIDGE = 10.0
_ROUNDS, _FOLDS = 20, 10
# Quantiles that stand for the rates of all networks of a side.
_NETWORK_RATES = 25


def network_points(
    score: Float, table: Table, mask: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.str_], Float, npt.NDArray[np.int64], list[Float]]:
    """Networks with enough scored pages: names, features, labels and page scores."""
    names = np.array(
        [
            n
            for n in sorted(set(table.group[mask].tolist()))
            if (mask & (table.group == n)).sum() >= FEWEST_SCORED
        ]
    )
    scores = [score[mask & (table.group == n)] for n in names]
    feature = np.array([mean_score_log_odds(s.tolist()) for s in scores])
    label = np.array([int(table.y[mask & (table.group == n)][0]) for n in names])
    return names, feature, label, scores


def fit_line(feature: Float, label: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Slope and intercept of the log-odds, lightly shrunk: some 170 points, nearly separable."""
    centre, scale = float(feature.mean()), float(feature.std())
    estimator = LogisticRegression(C=_RIDGE, max_iter=1000)
    estimator.fit(((feature - centre) / scale)[:, None], label)
    slope = float(estimator.coef_[0, 0]) / scale
    return slope, float(estimator.intercept_[0]) - slope * centre


def cross_validated(feature: Float, label: npt.NDArray[np.int64]) -> dict[str, Any]:
    """Figures of networks that the site model had not seen, mean over rounds."""
    losses, probabilities = [], np.zeros(len(label))
    for seed in range(_ROUNDS):
        out = np.zeros(len(label))
        split = StratifiedKFold(_FOLDS, shuffle=True, random_state=seed)
        for train, test in split.split(feature[:, None], label):
            slope, intercept = fit_line(feature[train], label[train])
            out[test] = probability(slope * feature[test] + intercept)
        losses.append(float(-np.mean(np.where(label == 1, np.log(out), np.log(1 - out)))))
        probabilities += out / _ROUNDS
    farm, human = probabilities[label == 1], probabilities[label == 0]
    return {
        "auroc": auroc(probabilities, label),
        "log_loss": float(np.mean(losses)),
        "ece": calibration_error(probabilities, label),
        "farm_above_0.95": int((farm >= 0.95).sum()),
        "farm_below_0.5": int((farm < 0.5).sum()),
        "human_below_0.05": int((human <= 0.05).sum()),
        "human_above_0.5": int((human > 0.5).sum()),
    }


def page_rates(score: Float, table: Table, mask: npt.NDArray[np.bool_], limits: Any) -> list[dict[str, Any]]:
    """Error rates of page flags by threshold: over all pages, the central 95 % of networks, and how the
    rates of networks lie (quantiles)."""
    _, _, label, scores = network_points(score, table, mask)
    out = []
    for rate in sorted(RATES, reverse=True):
        threshold = limits.at(rate)
        flagged = score > threshold
        own = np.array([float((s > threshold).mean()) for s in scores])
        row: dict[str, Any] = {"threshold": threshold}
        for name, side in (("tpr", 1), ("fpr", 0)):
            row[name] = float(flagged[mask & (table.y == side)].mean())
            low, high = np.quantile(own[label == side], [0.025, 0.975])
            row[f"{name}_range"] = [min(float(low), row[name]), max(float(high), row[name])]
            middles = np.quantile(own[label == side], (np.arange(_NETWORK_RATES) + 0.5) / _NETWORK_RATES)
            row[f"{name}_networks"] = [round(float(rate), 4) for rate in middles]
        out.append(row)
    return out


def site_model(
    score: Float, table: Table, mask: npt.NDArray[np.bool_], limits: Any, page_model: str
) -> dict[str, Any]:
    """The site model's file."""
    _, feature, label, _ = network_points(score, table, mask)
    slope, intercept = fit_line(feature, label)
    return {
        "format": FORMAT,
        "version": qualityscore.__version__,
        "page_model": page_model,
        "feature": "log-odds of (sum of page scores + 0.5) / (scored pages + 1)",
        "slope": slope,
        "intercept": intercept,
        "thresholds": {"low_quality": LOW_QUALITY, "suspect": SUSPECT},
        "networks": {"human": int((label == 0).sum()), "farm": int((label == 1).sum())},
        "metrics": cross_validated(feature, label),
        "page_rates": page_rates(score, table, mask, limits),
    }


def save_folds(
    folder: Path,
    table: Table,
    crossed: CrossFit,
    caseless: Caseless,
    score: Float,
    usable: npt.NDArray[np.bool_],
) -> None:
    """Page and site models of each fold, calibrated without it, and the fold of each network."""
    folder.mkdir(parents=True, exist_ok=True)
    for k, fitted in enumerate(crossed.models):
        others = usable & (crossed.fold != k)
        slope, intercept = calibration(crossed, table, others)
        human = others & (table.y == 0)
        limits = thresholds(score[human], len(set(table.group[human].tolist())))
        manifest = {
            "name": f"fold-{k}",
            "version": qualityscore.__version__,
            "prevalence": float(table.y[others].mean()),
        }
        part = caseless.of_fold(k, limits)
        model = assemble(fitted, slope, intercept, limits, manifest, caseless=part)
        model.save(folder / f"fold-{k}.npz")
        _write(folder / f"fold-{k}.site.json", site_model(score, table, others, limits, model.id))
    # Networks outside all folds trained none of the models.
    folds = {str(n): int(f) for n, f in zip(table.group, crossed.fold, strict=True)}
    _write(folder / "folds.json", folds)


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """Cross-fit, fit, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--out", type=Path, default=Path("models"), help="where the page model is")
    parser.add_argument("--cache", type=Path, default=Path(".cache"))
    parser.add_argument("--folds", type=Path, help="save the models of the folds here")
    parser.add_argument("--dry-run", action="store_true", help="print the figures, write no site model")
    args = parser.parse_args()
    started = time.monotonic()

    def log(message: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {message}", file=sys.stderr, flush=True)

    samples = web(args.data)
    table = build_table(samples, args.cache)
    log("features extracted")
    settings = shipped_settings()
    crossed = cross(samples, table, settings, args.cache, log).result
    caseless = Caseless.fitted(samples, table, settings, args.cache, log)
    usable = (table.y >= 0) & table.scored
    slope, intercept = calibration(crossed, table, usable)
    score = caseless.merged(probability(slope * crossed.log_odds + intercept), table)
    shipped = Model.load(args.out / PAGE_MODEL)
    data = site_model(score, table, usable, shipped.thresholds, shipped.id)
    print(json.dumps({k: data[k] for k in ("slope", "intercept", "networks", "metrics")}, indent=1))
    if args.folds:
        save_folds(args.folds, table, crossed, caseless, score, usable)
        log(f"saved the folds' models in {args.folds}")
    if not args.dry_run:
        _write(args.out / NAME, data)
        log(f"wrote {args.out / NAME}")


if __name__ == "__main__":
    main()
