"""Fit the shipped model: ``python -m training.train --data DIR``.

Reads the corpora, extracts features, cross-fits by network, calibrates on out-of-fold scores, sets
thresholds, fits on everything, and writes the model, its manifest and its card to ``models/``.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import sklearn

import qualityscore
from qualityscore.fitting.additive import Stack
from qualityscore.fitting.lexical import NgramCounts
from qualityscore.fitting.pipeline import CrossFit, FitSettings, Fitted, calibrate, cross_fit, fit
from qualityscore.fitting.spread import assemble_spread
from qualityscore.fitting.table import Table
from qualityscore.model.additive import AdditiveModel
from qualityscore.model.bundle import FORMAT, Model
from qualityscore.model.kinds import KindModel
from qualityscore.model.shipped import NAME
from qualityscore.model.thresholds import Thresholds
from training.card import write_card
from training.corpora import Sample, data_hash, synthetic, text_corpora, web
from training.evaluate import against_ngrams, evaluate, summary
from training.features import build_table
from training.kinds import teach_kinds
from training.settings import shipped_settings

# Refits for the interval of a score: the standard deviation of so many is good to about 15 %.
REFITS = 24
RATES = (0.001, 0.002, 0.003, 0.005, 0.0075, *(r / 1000 for r in range(10, 100, 5)), 0.1, 0.15, 0.2, 0.3, 0.5)


def probability(log_odds: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Logistic function."""
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))


def thresholds(score: npt.NDArray[np.float64], table: Table, mask: npt.NDArray[np.bool_]) -> Thresholds:
    """Thresholds by false-positive rate; abstained human pages are not counted at all."""
    human = np.sort(score[mask & (table.y == 0) & table.scored])[::-1]
    scores = [float(human[min(int(np.floor(rate * len(human))), len(human) - 1)]) for rate in RATES]
    networks = len(set(table.group[mask & (table.y == 0) & table.scored]))
    return Thresholds(list(RATES), scores, len(human), networks)


def assemble(
    fitted: Fitted,
    slope: float,
    intercept: float,
    limits: Thresholds,
    manifest: dict[str, Any],
    kinds: KindModel | None = None,
) -> Model:
    """Fold the calibration into one additive model."""
    stack: Stack = fitted.stack
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
        manifest={"prevalence": manifest["prevalence"]},
        spread=assemble_spread(stack, fitted.refits, slope, intercept) if fitted.refits else None,
        kinds=kinds,
    )
    full = {
        **manifest,
        "format": FORMAT,
        "id": model.digest(),
        "kinds": None if kinds is None else list(kinds.names),
        "kind_columns": None if kinds is None else list(kinds.columns),
        "channels": [{"stream": c.stream, "n": c.n} for c in lexical.channels],
        "text_columns": list(stack.text.columns),
        "page_columns": list(stack.page.columns),
        "slope": model.slope,
        "intercept": model.intercept,
        "page_intercept": model.page_intercept,
        "thresholds": limits.to_manifest(),
    }
    return dataclasses.replace(model, manifest=full)


def _plain(value: Any) -> Any:
    """Sets as sorted lists, so that a manifest is JSON and the same every time."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return sorted(value) if isinstance(value, frozenset) else value


def cross(
    samples: list[Sample], table: Table, settings: FitSettings, log: Any = print
) -> tuple[NgramCounts, CrossFit]:
    """Cross-fit the web set; everything else is scored by models that have not seen it."""
    counts = NgramCounts(table, settings.lexical)
    is_web = np.array([s.set == "web" for s in samples])
    usable = is_web & (table.y >= 0) & table.scored
    return counts, cross_fit(table, counts, settings, usable, is_web & (table.y >= 0), log)


def main() -> None:
    """Train, evaluate, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--cache", type=Path, default=Path(".cache"))
    parser.add_argument("--dry-run", action="store_true", help="print the figures, write nothing")
    args = parser.parse_args()
    started = time.monotonic()

    def log(message: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {message}", file=sys.stderr, flush=True)

    samples = web(args.data) + synthetic(args.data) + text_corpora(args.data)
    log(f"{len(samples)} pages read")
    table = build_table(samples, args.cache)
    log("features extracted")
    settings = shipped_settings()
    counts, crossed = cross(samples, table, settings, log)
    is_web = np.array([s.set == "web" for s in samples]) & (table.y >= 0)
    usable = is_web & table.scored
    # Both views of an HTML page calibrate: with and without its page part.
    both = np.concatenate([crossed.log_odds[usable], crossed.text_log_odds[usable]])
    slope, intercept = calibrate(both, np.concatenate([table.y[usable]] * 2))
    score = probability(slope * crossed.log_odds + intercept)
    figures = evaluate(samples, table, score)
    figures["ngrams_alone"] = against_ngrams(samples, table, score, crossed.lexical)
    kinds, figures["farm_kinds"] = teach_kinds(samples, table)
    print(summary(figures))
    if args.dry_run:
        return
    fitted = fit(table, counts, np.flatnonzero(usable), settings, REFITS, log)
    log("fitted on everything")
    manifest = {
        "name": "qualityscore-en",
        "version": qualityscore.__version__,
        "sklearn": sklearn.__version__,
        "numpy": np.__version__,
        "data_hash": data_hash(args.data),
        "prevalence": float(table.y[usable].mean()),
        "pages": {
            "human": int((usable & (table.y == 0)).sum()),
            "farm": int((usable & (table.y == 1)).sum()),
        },
        "networks": {
            side: len(set(table.group[usable & (table.y == label)]))
            for label, side in enumerate(("human", "farm"))
        },
        "settings": _plain(dataclasses.asdict(settings)),
        "metrics": figures,
    }
    model = assemble(fitted, slope, intercept, thresholds(score, table, is_web), manifest, kinds)
    args.out.mkdir(parents=True, exist_ok=True)
    path = args.out / NAME
    model.save(path)
    text = json.dumps(model.manifest, indent=1, sort_keys=True, ensure_ascii=False)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    write_card(path.with_suffix(".md"), model.manifest)
    log(f"wrote {path} ({path.stat().st_size / 1e6:.1f} MB), model {model.id}")


if __name__ == "__main__":
    main()
