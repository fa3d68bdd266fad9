"""Fit the shipped model: ``python -m training.train --data DIR``.

Reads the corpora, extracts features, cross-fits by network, calibrates on out-of-fold scores, sets
thresholds, fits on everything, and writes the model, its manifest and its card to ``models/``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import sklearn

import qualityscore
from qualityscore.fitting.assemble import assemble, plain_settings, probability, thresholds
from qualityscore.fitting.lexical import NgramCounts
from qualityscore.fitting.pipeline import CrossFit, FitSettings, fit
from qualityscore.fitting.spread import REFITS
from qualityscore.fitting.table import Table
from qualityscore.model.shipped import NAME
from training.card import write_card
from training.caseless import Caseless, calibration
from training.corpora import Sample, data_hash, synthetic, text_corpora, web
from training.evaluate import against_ngrams, evaluate, summary
from training.features import build_table
from training.kinds import teach_kinds
from training.settings import shipped_settings
from training.spun import cross_fit_taught, with_copies


@dataclass(frozen=True)
class Crossed:
    """A cross-fit, and what the model is then fitted on.

    Attributes:
        result: of the samples.
        table, counts: of the samples and of the spun copies behind them.
        copies: rows of the copies.
    """

    result: CrossFit
    table: Table
    counts: NgramCounts
    copies: npt.NDArray[np.int64]


def cross(
    samples: list[Sample], table: Table, settings: FitSettings, cache: Path | None, log: Any = print
) -> Crossed:
    """Cross-fit the web set; everything else is scored by models that have not seen it."""
    whole, copies = with_copies(samples, table, cache)
    counts = NgramCounts(whole, settings.lexical)
    is_web = np.array([s.set == "web" for s in samples])
    labelled = is_web & (table.y >= 0)
    result = cross_fit_taught(whole, counts, settings, labelled & table.scored, labelled, copies, log)
    return Crossed(result, whole, counts, copies)


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
    taught = cross(samples, table, settings, args.cache, log)
    crossed = taught.result
    is_web = np.array([s.set == "web" for s in samples]) & (table.y >= 0)
    usable = is_web & table.scored
    slope, intercept = calibration(crossed, table, usable)
    log("lower-cased copies")
    caseless = Caseless.fitted(samples, table, settings, args.cache, log)
    score = caseless.merged(probability(slope * crossed.log_odds + intercept), table)
    figures = evaluate(samples, table, score)
    figures["ngrams_alone"] = against_ngrams(samples, table, score, crossed.lexical)
    figures["caseless"] = caseless.figures(figures["threshold_1pct"])
    kinds, figures["farm_kinds"] = teach_kinds(samples, table)
    print(summary(figures))
    if args.dry_run:
        return
    fitted = fit(taught.table, taught.counts, np.flatnonzero(usable), settings, REFITS, log, taught.copies)
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
        "settings": plain_settings(settings),
        "metrics": figures,
    }
    # Abstained human pages are not counted at all.
    human = usable & (table.y == 0)
    limits = thresholds(score[human], len(set(table.group[human])))
    log("fitting on lower-cased copies")
    part = caseless.whole(settings, limits, log)
    model = assemble(fitted, slope, intercept, limits, manifest, kinds, part)
    args.out.mkdir(parents=True, exist_ok=True)
    path = args.out / NAME
    model.save(path)
    text = json.dumps(model.manifest, indent=1, sort_keys=True, ensure_ascii=False)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    write_card(path.with_suffix(".md"), model.manifest)
    log(f"wrote {path} ({path.stat().st_size / 1e6:.1f} MB), model {model.id}")


if __name__ == "__main__":
    main()
