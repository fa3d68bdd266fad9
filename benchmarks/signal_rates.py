"""How often each signal fires on farm and on human pages, by network.

``python -m benchmarks.signal_rates --data DIR [--only ID,ID] [--every N] [--json FILE]``

For every feature: share of pages on which it fires (weighted so that every network counts the
same), networks on which it fires, and the AUROC of its value on the pages where it is measured.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpora import page, rows
from qualityscore.document import build_document
from qualityscore.errors import QualityscoreError
from qualityscore.signals import Runner


def measure(data: Path, only: list[str] | None, every: int) -> dict[str, Any]:
    """Fire rates and AUROC of every feature on the web pages below ``data``."""
    runner = Runner(only=only)
    features = {c: f for s in runner.signals for c, f in zip(s.columns, s.features, strict=True)}
    values: dict[str, list[float]] = {c: [] for c in features}
    sides: list[int] = []
    networks: list[str] = []
    for side, name in enumerate(("human", "farm")):
        for number, row in enumerate(rows(data / "web" / f"{name}.jsonl.gz")):
            if number % every:
                continue
            try:
                doc = build_document(page(row))
            except QualityscoreError:
                continue
            if doc.n_words < 100 or doc.language != "en":
                continue
            readings = {r.id: r for r in runner.run(doc, evidence=False, strict=True)}
            for column in features:
                signal_id, feature = column.split(".")
                values[column].append(readings[signal_id].values.get(feature, float("nan")))
            sides.append(side)
            networks.append(row["network"])
    y, net = np.array(sides), np.array(networks)
    _, inverse, counts = np.unique(net, return_inverse=True, return_counts=True)
    weight = 1.0 / counts[inverse]
    out: dict[str, Any] = {}
    for column, feature in features.items():
        v = np.array(values[column])
        ok = ~np.isnan(v)
        fired = ok & (v > feature.low)
        row_out: dict[str, Any] = {"found": feature.found}
        for side, name in enumerate(("human", "farm")):
            here = ok & (y == side)
            row_out[name] = _mean(fired[here], weight[here])
            row_out[f"{name}_networks"] = len(set(net[fired & (y == side)]))
            row_out[f"{name}_median"] = float(np.median(v[here])) if here.any() else float("nan")
        row_out["auroc"] = _auroc(v[ok], y[ok], weight[ok])
        row_out["measured"] = float(ok.mean())
        out[column] = row_out
    return out


def _mean(x: np.ndarray, w: np.ndarray) -> float:
    return float(np.average(x, weights=w)) if len(x) else float("nan")


def _auroc(v: np.ndarray, y: np.ndarray, w: np.ndarray) -> float:
    if len(set(y.tolist())) < 2:
        return float("nan")
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(y, v, sample_weight=w))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--every", type=int, default=1, help="read every n-th page only")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    result = measure(args.data, args.only.split(",") if args.only else None, args.every)
    print(
        f"{'feature':58} {'human %':>8} {'nets':>5} {'farm %':>8} {'nets':>5} {'AUROC':>6} {'medians human/farm':>20}"
    )
    for column, row in result.items():
        print(
            f"{column:58} {100 * row['human']:8.1f} {row['human_networks']:5d} {100 * row['farm']:8.1f} "
            f"{row['farm_networks']:5d} {row['auroc']:6.3f} {row['human_median']:9.3f} {row['farm_median']:9.3f}"
        )
    if args.json:
        args.json.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
