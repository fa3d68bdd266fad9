"""An evaluation as tables for a reader at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from qualityscore.cli.console import visible
from qualityscore.cli.printer import Printer

_SLICES = 12
_NAMES = {
    "auroc": "AUROC",
    "average_precision": "average precision",
    "tpr_at_1pct": "recall at 1 % FPR",
    "tpr_at_5pct": "recall at 5 % FPR",
    "brier": "Brier score",
}


def print_evaluation(result: Mapping[str, Any], written: Sequence[Path]) -> None:
    """Print the figures that matter, the parts, the warnings, and where the rest is."""
    console = Printer(sys.stdout)
    figures = result["figures"]
    groups = figures["groups"]
    console.print(Text(f"{result['title']} (model {result['model']['id']})", "bold"))
    console.print(
        Text(
            f"{figures['positive']:,} positive pages of {groups['positive']:,} groups, "
            f"{figures['negative']:,} negative pages of {groups['negative']:,} groups."
        )
    )
    table = _table("measure", "value", "95 % interval")
    ranking, calibration = figures["ranking"], figures["calibration"]
    for name, measure in (
        (_NAMES["auroc"], ranking["auroc"]),
        (_NAMES["average_precision"], ranking["average_precision"]),
        (_NAMES["tpr_at_1pct"], ranking["tpr_at_1pct"]),
        (_NAMES["tpr_at_5pct"], ranking["tpr_at_5pct"]),
        ("calibration error", calibration["ece"]),
        ("calibration slope", calibration["slope"]),
        ("calibration intercept", calibration["intercept"]),
        (_NAMES["brier"], calibration["brier"]),
    ):
        table.add_row(name, _value(measure), _interval(measure))
    for at in figures["at_thresholds"]:
        for part in ("fpr", "recall", "precision"):
            label = "FPR" if part == "fpr" else part
            table.add_row(
                f"{label} at {at['name']} ({at['threshold']:.3f})", _value(at[part]), _interval(at[part])
            )
    for side in ("positive", "negative"):
        table.add_row(f"{side} pages scored", _share(figures["coverage"][side]["share"]), "")
    console.print(table)
    _baseline(console, result.get("baseline"))
    for facet, entries in figures["slices"].items():
        console.print(_slice(facet, entries))
    for line in result["warnings"]:
        console.print(Text(f"mind: {visible(line)}", "yellow"))
    for path in written:
        console.print(Text(f"wrote {visible(str(path))}", "dim"))


def _baseline(console: Printer, baseline: Mapping[str, Any] | None) -> None:
    if baseline is None:
        return
    console.print(Text(f"against {baseline['name']}", "bold"))
    table = _table("measure", "this", "baseline", "gain", "95 % interval")
    for name, row in baseline["measures"].items():
        gain = "–" if row["gain"] is None else f"{row['gain']:+.3f}"
        table.add_row(_NAMES[name], _number(row["this"]), _number(row["baseline"]), gain, _interval(row))
    console.print(table)


def _slice(facet: str, entries: Sequence[Mapping[str, Any]]) -> Table:
    table = _table(f"by {facet}", "pages", "groups", "positive flagged", "negative flagged", "AUROC")
    largest = sorted(entries, key=lambda e: -e["pages"])[:_SLICES]
    for e in [e for e in entries if e in largest]:
        auroc = "–" if e["ranking"] is None else _number(e["ranking"]["auroc"]["value"])
        cells = [
            "–" if not e[s]["pages"] else f"{_share(e[s]['share_flagged'])} of {e[s]['pages']:,}"
            for s in ("positive", "negative")
        ]
        table.add_row(Text(visible(e["value"])), f"{e['pages']:,}", f"{e['groups']:,}", *cells, auroc)
    if len(entries) > _SLICES:
        table.add_row(f"… {len(entries) - _SLICES} smaller", "", "", "", "", "")
    return table


def _table(*names: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column(names[0], overflow="fold")
    for name in names[1:]:
        table.add_column(name, justify="right")
    return table


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def _value(measure: Mapping[str, Any]) -> str:
    return _number(measure["value"])


def _interval(measure: Mapping[str, Any]) -> str:
    low_high = measure["interval"]
    # Adding zero takes the sign off a negative one.
    return "–" if low_high is None else " to ".join(f"{round(end, 3) + 0.0:.3f}" for end in low_high)
