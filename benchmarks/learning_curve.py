"""What more networks would bring: ``python -m benchmarks.learning_curve --data DIR [--cache DIR]``.

In every fold the model is fitted on a random share of the networks that are left, and scores the same
held-out networks. ``--side farm`` or ``human`` thins one side only. Features come from the cache of
``training.train``.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from qualityscore.fitting.lexical import NgramCounts
from qualityscore.fitting.ranking import Ranking
from qualityscore.fitting.table import Table
from training.corpora import web
from training.features import build_table
from training.settings import shipped_settings
from training.spun import cross_fit_taught, with_copies

SHARES = (0.25, 0.5, 0.75, 1.0)
SIDES = {"both": (0, 1), "human": (0,), "farm": (1,)}


def thinned(table: Table, share: float, sides: tuple[int, ...], seed: int) -> npt.NDArray[np.bool_]:
    """Rows whose network is in a random share of its side's networks, shape (n,)."""
    rng = np.random.default_rng(seed)
    keep = np.ones(len(table), dtype=bool)
    for side in sides:
        names = np.unique(table.group[table.y == side])
        # The smaller shares are parts of the larger ones: the curve moves by what is added.
        kept = rng.permutation(names)[: max(2, round(share * len(names)))]
        keep &= (table.y != side) | np.isin(table.group, kept)
    return keep


def curve(
    table: Table,
    whole: Table,
    copies: npt.NDArray[np.int64],
    seeds: int,
    sides: tuple[int, ...],
    shares: Sequence[float] = SHARES,
) -> list[dict[str, Any]]:
    """One entry a share: measures by seed and the networks that were left to fit on.

    Args:
        table: the pages.
        whole, copies: the pages with spun copies behind them, and the rows of these (`training.spun`).
    """
    settings = shipped_settings()
    counts = NgramCounts(whole, settings.lexical)
    labelled = table.y >= 0
    usable = labelled & table.scored
    measured = labelled & (table.n_words >= 100)
    out = []
    for share in shares:
        entry: dict[str, Any] = {
            "share": share,
            "networks": [],
            "auroc": [],
            "tpr_at_1pct": [],
            "tpr_at_5pct": [],
        }
        for seed in range(seeds):
            keep = usable & thinned(table, share, sides, seed)
            own = dataclasses.replace(settings, seed=seed)
            crossed = cross_fit_taught(whole, counts, own, keep, labelled, copies)
            lowest = float(np.nanmin(crossed.log_odds)) - 1.0
            score = np.where(table.scored, crossed.log_odds, lowest)[measured]
            found = Ranking(score, table.y[measured]).measures()
            for name in ("auroc", "tpr_at_1pct", "tpr_at_5pct"):
                entry[name].append(found[name])
            entry["networks"].append([len(set(table.group[keep & (table.y == side)])) for side in (0, 1)])
            _say(f"{share:.2f} seed {seed}: AUROC {found['auroc']:.4f} TPR at 1 % {found['tpr_at_1pct']:.3f}")
        out.append(entry)
    return out


def shown(entries: list[dict[str, Any]], folds: int) -> str:
    """The curve as a Markdown table; means over seeds, lowest and highest in brackets."""
    lines = [
        "| share | human / farm networks fitted on | AUROC | TPR at 1 % FPR | TPR at 5 % FPR |",
        "|---|---|---|---|---|",
    ]
    for e in entries:
        # A fold leaves its own networks out.
        human, farm = (round(float(n) * (folds - 1) / folds) for n in np.mean(e["networks"], axis=0))
        cells = [
            f"{np.mean(e[name]):.3f} [{min(e[name]):.3f}, {max(e[name]):.3f}]"
            for name in ("auroc", "tpr_at_1pct", "tpr_at_5pct")
        ]
        lines.append(f"| {100 * e['share']:.0f} % | {human} / {farm} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".cache"))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--side", choices=sorted(SIDES), default="both", help="which side's networks to thin")
    parser.add_argument("--shares", type=float, nargs="+", default=SHARES, help="shares of networks, 0 to 1")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    args = parser.parse_args()
    samples = web(args.data)
    table = build_table(samples, args.cache)
    entries = curve(
        table, *with_copies(samples, table, args.cache), args.seeds, SIDES[args.side], args.shares
    )
    print(shown(entries, shipped_settings().folds))
    if args.json:
        args.json.write_text(
            json.dumps({"side": args.side, "curve": entries}, indent=1) + "\n", encoding="utf-8"
        )


_STARTED = time.monotonic()


def _say(message: str) -> None:
    print(f"{time.monotonic() - _STARTED:6.0f} s  {message}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
