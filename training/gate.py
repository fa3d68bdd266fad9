"""Floors under the model's figures: ``python -m training.gate [--update]``.

Compares the shipped manifest with ``training/floors.json``. ``--update`` raises floors to what was
measured (less a margin for noise) and refuses to lower one, unless ``--lower NAME --reason TEXT`` says
which and why; the reason is kept beside the floor.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).resolve().parent / "floors.json"
MANIFEST = Path(__file__).resolve().parent.parent / "models" / "qualityscore-en.json"
_MARGIN = 0.01


def measured(metrics: Mapping[str, Any]) -> dict[str, float]:
    """Every figure that has a floor, larger is better."""
    out: dict[str, float] = {}
    for part in ("web", "recent", "html", "markdown"):
        out[f"{part}.auroc"] = metrics[part]["auroc"]
        out[f"{part}.tpr_at_1pct"] = metrics[part]["tpr_at_1pct"]
    for side in ("human", "farm"):
        out[f"web.coverage.{side}"] = metrics["web"]["coverage"][side]
    out["web.calibration"] = 1 - metrics["web"]["ece"]
    out["sites.auroc"] = metrics["sites"]["auroc"]
    for kind, row in metrics["kinds"]["farm"].items():
        out[f"farm.{kind}.flagged"] = row["flagged"]
    for kind, row in metrics["kinds"]["human"].items():
        if row["pages"] >= 50:
            out[f"human.{kind}.spared"] = 1 - row["flagged"]
    for name in ("family_clean", "family_boxes", "family_full", "wider_farm"):
        out[f"{name}.flagged"] = metrics[name]["flagged"] / metrics[name]["of"]
    human_style = metrics["wider_human_style"]
    out["wider_human_style.spared"] = 1 - human_style["flagged"] / human_style["of"]
    out["lower_cased.flagged"] = metrics["caseless"]["tpr"]
    out["lower_cased.spared"] = 1 - metrics["caseless"]["fpr"]
    out["spared"] = 1 - metrics["spared"]["flagged"] / metrics["spared"]["of"]
    return out


def failures(found: Mapping[str, float], floors: Mapping[str, Any]) -> list[str]:
    """One line for every figure below its floor, or without one it should have."""
    lines = []
    for name, floor in sorted(floors.items()):
        if name not in found:
            lines.append(f"{name} was not measured")
        elif found[name] < floor["floor"] - 1e-9:
            lines.append(f"{name} is {found[name]:.4f}, below its floor {floor['floor']:.4f}")
    return lines


def update(
    found: Mapping[str, float], floors: Mapping[str, Any], lower: set[str], reason: str
) -> dict[str, Any]:
    """New floors: raised where the figure allows, lowered only where named.

    Raises:
        ValueError: a floor would sink that was not named.
    """
    out: dict[str, Any] = {}
    for name, value in sorted(found.items()):
        new = max(0.0, round(value - _MARGIN, 4))
        old = floors.get(name)
        if old is None or new > old["floor"]:
            out[name] = {"floor": new}
        elif value >= old["floor"] and name not in lower:
            out[name] = dict(old)
        elif name in lower and reason:
            out[name] = {"floor": new, "lowered_because": reason}
        else:
            raise ValueError(
                f"{name} would sink from {old['floor']} to {new}: name it with --lower and say why"
            )
    return out


def main() -> int:
    """Check or update."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--manifest", type=Path, default=MANIFEST)
    parser.add_argument("--floors", type=Path, default=FLOORS)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--lower", action="append", default=[])
    parser.add_argument("--reason", default="")
    args = parser.parse_args()
    found = measured(json.loads(args.manifest.read_text(encoding="utf-8"))["metrics"])
    floors = json.loads(args.floors.read_text(encoding="utf-8")) if args.floors.exists() else {}
    if args.update:
        try:
            floors = update(found, floors, set(args.lower), args.reason)
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
        args.floors.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    lines = failures(found, floors)
    print("\n".join(lines) or f"{len(floors)} figures are at or above their floors")
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
