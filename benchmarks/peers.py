"""Other packages beside this one, on the same pages in the same run.

``python -m benchmarks.peers --data DIR --python VENV/bin/python [--cache DIR] [--pages 400]``

Install the peers into an environment of their own (`pip install is-it-slop sloplint unslopify zero-slop
slopcheck-cli slop-guard slopscore-lint lynote-ai`) and name its interpreter. Every one gets the same main
text of each page as plain text; this model is measured by models that had not seen the page's network, on
that text and, in a row of its own, on the page as it came. Peers that do not import are named with the
reason.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.out_of_fold import OutOfFold, out_of_fold, spread
from benchmarks.peer_runner import PEERS
from qualityscore import Page, Scorer, build_document
from qualityscore.fitting.ranking import GroupBootstrap, Ranking, interval

RUNNER = Path(__file__).with_name("peer_runner.py")


def ours(found: OutOfFold, rows: list[int], pages: list[Page]) -> dict[str, Any]:
    """Scores and CPU seconds of this package, by the models of the folds."""
    scorers = [Scorer(model, evidence=False) for model in found.models]
    scorers[0].score(pages[0])
    started = time.process_time()
    scores = [scorers[int(found.fold[row])].score(page).score for row, page in zip(rows, pages, strict=True)]
    return {"scores": scores, "failed": 0, "seconds": time.process_time() - started}


def peer(name: str, python: str, texts: list[str], timeout: float) -> dict[str, Any]:
    """Scores and CPU seconds of a peer, or its error."""
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    try:
        done = subprocess.run(
            [python, str(RUNNER), name],
            input=lines,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        return dict(json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        return {"error": f"not done after {timeout:g} s"}
    except (OSError, ValueError) as error:
        return {"error": f"did not run: {error}"}


def row(name: str, result: dict[str, Any], y: np.ndarray, boot: GroupBootstrap) -> str:
    """One line of the table."""
    if "error" in result:
        return f"| {name} | left out: {result['error']} | | | |"
    given = [s for s in result["scores"] if s is not None]
    lowest = min(given, default=0.0) - 1.0
    ranking = Ranking(np.array([lowest if s is None else s for s in result["scores"]]), y)
    point = ranking.measures()
    rounds = [ranking.measures(w) for w in boot.weights()]
    cells = []
    for measure in ("auroc", "tpr_at_1pct"):
        bounds = interval([r[measure] for r in rounds])
        cells.append(f"{point[measure]:.3f}" + (f" [{bounds[0]:.3f}, {bounds[1]:.3f}]" if bounds else ""))
    version = f" {result['version']}" if "version" in result else ""
    speed = len(y) / max(result["seconds"], 1e-9)
    return f"| {name}{version} | {cells[0]} | {cells[1]} | {point['tpr_at_5pct']:.3f} | {speed:.0f} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--python", required=True, help="interpreter of the environment that has the peers")
    parser.add_argument("--cache", type=Path, default=Path(".cache"))
    parser.add_argument(
        "--pages", type=int, default=400, help="pages, half of each side, in turn from networks"
    )
    parser.add_argument("--timeout", type=float, default=300.0, help="seconds a peer may take")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    found = out_of_fold(args.data, args.cache, args.seed)
    table = found.table
    rows = [
        row
        for label in (0, 1)
        for row in spread(table, found.measured & (table.y == label), args.pages // 2, args.seed).tolist()
    ]
    y, group = table.y[rows], table.group[rows]
    pages = [found.samples[row].page for row in rows]
    texts = [build_document(page).text for page in pages]
    boot = GroupBootstrap(group, y, 500, args.seed)
    print(f"{len(rows)} pages, {len(set(group[y == 0]))} human and {len(set(group[y == 1]))} farm networks\n")
    print("| package | AUROC | TPR at 1 % FPR | TPR at 5 % FPR | pages a CPU second |\n|---|---|---|---|---|")
    plain = [Page.from_text(text) for text in texts]
    print(
        row("qualityscore, out of fold, the page as it came", ours(found, rows, pages), y, boot), flush=True
    )
    print(row("qualityscore, out of fold, its plain text", ours(found, rows, plain), y, boot), flush=True)
    for name in PEERS:
        print(row(name, peer(name, args.python, texts, args.timeout), y, boot), flush=True)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
