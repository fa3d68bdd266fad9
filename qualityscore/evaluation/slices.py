"""Figures of parts of the set: by source, kind, length, year and format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from qualityscore.evaluation.scored import LENGTHS
from qualityscore.fitting.ranking import GroupBootstrap, Ranking, interval, share_interval

Float = npt.NDArray[np.float64]
Int = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_MOST = 40
# Ranking figures of a slice need this many pages on each side.
_LEAST = 10
_LENGTH_ORDER = [name for _, name in LENGTHS]
UNKNOWN = "(unknown)"
OTHER = "(others)"


def by_facet(
    values: Sequence[str],
    y: Int,
    seen: Float,
    has_score: Mask,
    group: npt.NDArray[np.str_],
    flag: Mask,
    boot: GroupBootstrap,
) -> list[dict[str, Any]]:
    """One entry a value; empty if the facet says nothing. Rare values beyond 40 are one entry."""
    if not any(values):
        return []
    counts = Counter(values)
    named = [value for value, _ in counts.most_common(_MOST)]
    names = sorted(named, key=lambda v: (not v, _LENGTH_ORDER.index(v) if v in _LENGTH_ORDER else -1, v))
    place = {value: i for i, value in enumerate(names)}
    code = np.array([place.get(v, len(names)) for v in values], dtype=np.int64)
    if len(counts) > len(names):
        names = [*names, OTHER]
    shares = _shares(code, len(names), y, flag, boot)
    out = []
    for i, name in enumerate(names):
        mask = code == i
        entry: dict[str, Any] = {
            "value": name or UNKNOWN,
            "pages": int(mask.sum()),
            "groups": len(set(group[mask])),
            "coverage": round(float(has_score[mask].mean()), 6),
        }
        for side, label in (("positive", 1), ("negative", 0)):
            here = mask & (y == label)
            n = int(here.sum())
            bounds = share_interval(shares[side][i], len(set(group[here])))
            entry[side] = {
                "pages": n,
                "groups": len(set(group[here])),
                "flagged": int(flag[here].sum()),
                "share_flagged": round(float(flag[here].mean()), 6) if n else None,
                "interval": None if bounds is None else [round(b, 6) for b in bounds],
            }
        entry["ranking"] = _ranking(seen, y, mask, boot)
        out.append(entry)
    return out


def _shares(code: Int, size: int, y: Int, flag: Mask, boot: GroupBootstrap) -> dict[str, list[list[float]]]:
    """Share flagged of every slice in every round, by side."""
    out: dict[str, list[list[float]]] = {s: [[] for _ in range(size)] for s in ("positive", "negative")}
    rows = {"positive": np.flatnonzero(y == 1), "negative": np.flatnonzero(y == 0)}
    for weights in boot.weights():
        for side, where in rows.items():
            w = weights[where]
            total = np.bincount(code[where], w, size)
            hit = np.bincount(code[where], w * flag[where], size)
            for i in np.flatnonzero(total > 0).tolist():
                out[side][i].append(float(hit[i] / total[i]))
    return out


def _ranking(seen: Float, y: Int, mask: Mask, boot: GroupBootstrap) -> dict[str, Any] | None:
    """AUROC and recall of a slice against its own negatives, where both sides have pages enough."""
    here = y[mask]
    if min(int(here.sum()), int((here == 0).sum())) < _LEAST:
        return None
    ranking = Ranking(seen[mask], here)
    rounds = [ranking.measures(weights) for weights in boot.weights(mask)]
    out: dict[str, Any] = {}
    for name in ("auroc", "tpr_at_1pct", "tpr_at_5pct"):
        bounds = interval([r[name] for r in rounds])
        out[name] = {
            "value": round(ranking.measures()[name], 6),
            "interval": None if bounds is None else [round(b, 6) for b in bounds],
        }
    return out
