"""Figures of a cross-fit: the whole web set and its parts, the family, the wider kinds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from qualityscore.fitting.metrics import auroc, bootstrap, calibration_error, threshold_at, tpr_at
from qualityscore.fitting.table import Table
from training.corpora import Sample

Float = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
_RECENT = "2022-12"


def evaluate(samples: Sequence[Sample], table: Table, score: Float, rounds: int = 300) -> dict[str, Any]:
    """All figures; abstained farm pages count as missed, abstained human pages as not flagged.

    Args:
        score: calibrated probability of every sample, shape (n,), out of fold.
    """
    seen = np.where(table.scored, score, -1.0)
    sets = np.array([s.set for s in samples])
    dates = np.array([s.date for s in samples])
    kinds = np.array([s.kind for s in samples])
    formats = np.array([s.page.kind for s in samples])
    web = (sets == "web") & (table.y >= 0)
    # Pages that are not English prose of a sensible length are not what any figure is about.
    measured = web & (table.n_words >= 100)
    threshold = threshold_at(seen[measured & (table.y == 0)], 0.01)
    masks = {
        "web": measured,
        "recent": measured & (dates >= _RECENT),
        "html": measured & (formats == "html"),
        "markdown": measured & (formats == "markdown"),
    }
    out: dict[str, Any] = {"threshold_1pct": threshold}
    for name, mask in masks.items():
        out[name] = _measures(seen[mask], table.y[mask], table.group[mask], rounds)
    scored = measured & table.scored
    out["web"]["ece"] = calibration_error(score[scored], table.y[scored])
    out["web"]["brier"] = float(np.mean((score[scored] - table.y[scored]) ** 2))
    out["web"]["coverage"] = {
        side: float(table.scored[measured & (table.y == label)].mean())
        for label, side in enumerate(("human", "farm"))
    }
    out["kinds"] = _by_kind(seen, kinds, table, measured, threshold)
    macro = [k["flagged"] for k in out["kinds"]["farm"].values() if k["networks"] >= 5]
    out["macro_tpr_kinds_with_5_networks"] = float(np.mean(macro)) if macro else None
    out["sites"] = _sites(seen, table, measured)
    for tier in ("clean", "boxes", "full"):
        mask = (sets == "family") & np.array([s.tier == tier for s in samples])
        out[f"family_{tier}"] = _count(seen, mask, threshold)
    for label, name in ((1, "wider_farm"), (0, "wider_human_style")):
        out[name] = _count(seen, (sets == "wider") & (table.y == label), threshold)
    out["corpora"] = {
        str(name): _count(seen, (sets == name) & table.scored, threshold)
        for name in sorted(set(sets))
        if "/" in name
    }
    out["spared"] = _spared(seen, sets, kinds, table, measured, threshold)
    return out


def against_ngrams(
    samples: Sequence[Sample], table: Table, score: Float, lexical: Float, rounds: int = 300
) -> dict[str, Any]:
    """What the signals add to the n-grams alone, paired, with intervals by bootstrap over networks."""
    measured = np.array([s.set == "web" for s in samples]) & (table.y >= 0) & (table.n_words >= 100)
    lowest = float(np.nanmin(lexical[measured])) - 1.0
    whole = np.where(table.scored, score, -1.0)[measured]
    alone = np.where(table.scored, lexical, lowest)[measured]
    y, group = table.y[measured], table.group[measured]
    out: dict[str, Any] = {"auroc": auroc(alone, y), "tpr_at_1pct": tpr_at(alone, y, 0.01)}
    for name, measure in (("auroc", auroc), ("tpr_at_1pct", lambda s, t: tpr_at(s, t, 0.01))):
        out[f"{name}_gain"] = measure(whole, y) - measure(alone, y)
        out[f"{name}_gain_interval"] = bootstrap(
            lambda r, m=measure: m(whole[r], y[r]) - m(alone[r], y[r]),  # type: ignore[misc]
            y, group, rounds,
        )  # fmt: skip
    return out


# Honest kinds of page that farms imitate; false alarms on them are reported together.
_SPARED_KINDS = ("faq", "press-release", "textbook", "recipe", "gov", "non-native")
_SPARED_SETS = ("ellipse_nonnative/human", "liang_bias/human")


def _spared(
    seen: Float,
    sets: npt.NDArray[np.str_],
    kinds: npt.NDArray[np.str_],
    table: Table,
    measured: Mask,
    threshold: float,
) -> dict[str, int]:
    """Learners' English and institutions' pages flagged at the web set's threshold."""
    pages = measured & (table.y == 0) & np.isin(kinds, _SPARED_KINDS)
    return _count(seen, pages | (np.isin(sets, _SPARED_SETS) & table.scored), threshold)


def _count(seen: Float, mask: Mask, threshold: float) -> dict[str, int]:
    return {"flagged": int((seen[mask] > threshold).sum()), "of": int(mask.sum())}


def _measures(
    score: Float, y: npt.NDArray[np.int64], group: npt.NDArray[np.str_], rounds: int
) -> dict[str, Any]:
    out: dict[str, Any] = {
        "pages": [int((y == 0).sum()), int((y == 1).sum())],
        "networks": [len(set(group[y == 0])), len(set(group[y == 1]))],
        "auroc": auroc(score, y),
        "tpr_at_1pct": tpr_at(score, y, 0.01),
        "tpr_at_5pct": tpr_at(score, y, 0.05),
    }
    if rounds:
        out["auroc_interval"] = bootstrap(lambda r: auroc(score[r], y[r]), y, group, rounds)
        out["tpr_at_1pct_interval"] = bootstrap(lambda r: tpr_at(score[r], y[r], 0.01), y, group, rounds)
    return out


def _by_kind(
    seen: Float, kinds: npt.NDArray[np.str_], table: Table, measured: Mask, threshold: float
) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for label, side in enumerate(("human", "farm")):
        out[side] = {}
        here = measured & (table.y == label)
        for kind in sorted(set(kinds[here])):
            mask = here & (kinds == kind)
            out[side][str(kind)] = {
                "flagged": float((seen[mask] > threshold).mean()),
                "pages": int(mask.sum()),
                "networks": len(set(table.group[mask])),
            }
    return out


def _sites(seen: Float, table: Table, measured: Mask) -> dict[str, Any]:
    names = np.array(sorted(set(table.group[measured])))
    means, labels = [], []
    for name in names:
        mask = measured & (table.group == name) & table.scored
        if mask.sum() >= 5:
            means.append(float(seen[mask].mean()))
            labels.append(int(table.y[mask][0]))
    y = np.array(labels)
    return {"auroc": auroc(np.array(means), y), "sites": [int((y == 0).sum()), int((y == 1).sum())]}


def summary(figures: dict[str, Any]) -> str:
    """The figures as a few lines of text."""
    lines = []
    for name in ("web", "recent", "html", "markdown"):
        m = figures[name]
        interval = m.get("tpr_at_1pct_interval")
        lines.append(
            f"{name:9} AUROC {m['auroc']:.4f}  TPR@1% {m['tpr_at_1pct']:.3f}"
            + (f" [{interval[0]:.3f}, {interval[1]:.3f}]" if interval else "")
            + f"  TPR@5% {m['tpr_at_5pct']:.3f}  pages {m['pages']} networks {m['networks']}"
        )
    web = figures["web"]
    lines.append(f"ECE {web['ece']:.4f}  Brier {web['brier']:.4f}  coverage {web['coverage']}")
    for side in ("farm", "human"):
        parts = [
            f"{kind} {k['flagged']:.2f} ({k['pages']}/{k['networks']})"
            for kind, k in figures["kinds"][side].items()
        ]
        lines.append(f"{side}: " + ", ".join(parts))
    lines.append(f"macro TPR {figures['macro_tpr_kinds_with_5_networks']:.3f}  sites {figures['sites']}")
    counts = ("family_clean", "family_boxes", "family_full", "wider_farm", "wider_human_style")
    lines.append("  ".join(f"{c} {figures[c]['flagged']}/{figures[c]['of']}" for c in counts))
    if "ngrams_alone" in figures:
        alone = figures["ngrams_alone"]
        lines.append(
            f"n-grams alone AUROC {alone['auroc']:.4f} TPR@1% {alone['tpr_at_1pct']:.3f}; gain AUROC "
            f"{alone['auroc_gain']:+.4f} {alone['auroc_gain_interval']}, TPR "
            f"{alone['tpr_at_1pct_gain']:+.3f} {alone['tpr_at_1pct_gain_interval']}"
        )
    if "caseless" in figures:
        c = figures["caseless"]
        lines.append(f"lower-cased copies: AUROC {c['auroc']:.4f} TPR {c['tpr']:.3f} FPR {c['fpr']:.4f}")
    if "farm_kinds" in figures:
        told = figures["farm_kinds"]
        parts = [f"{n} {k['named_rightly']}/{k['named']} of {k['pages']}" for n, k in told["kinds"].items()]
        lines.append(
            f"kinds: accuracy {told['accuracy']:.3f}, named {told['named']:.2f}: " + ", ".join(parts)
        )
    lines.append("spared {flagged}/{of}".format(**figures["spared"]))
    lines.append("  ".join(f"{name} {c['flagged']}/{c['of']}" for name, c in figures["corpora"].items()))
    return "\n".join(lines)
