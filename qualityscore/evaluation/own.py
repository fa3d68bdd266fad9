"""Train on labelled pages and report, from scores of models that had not seen a page's group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import sklearn

import qualityscore
from qualityscore.evaluation.collect import Collected
from qualityscore.evaluation.figures import figures
from qualityscore.evaluation.labels import LabelFields, Labels
from qualityscore.evaluation.leaks import label_warnings
from qualityscore.evaluation.run import WORST, explainer, told
from qualityscore.evaluation.scored import Row, ScoredSet
from qualityscore.fitting.own import Method, Own, check, train_own
from qualityscore.fitting.ranking import GroupBootstrap, Ranking, interval
from qualityscore.fitting.table import Table
from qualityscore.model.bundle import Model
from qualityscore.model.thresholds import LOW_QUALITY_FPR, SUSPECT_FPR
from qualityscore.scorer import Scorer
from qualityscore.sources import Item

Float = npt.NDArray[np.float64]

METHOD = (
    "Every score is by a model that had not seen the page's group; its calibration and its thresholds come "
    "from the other groups, too. The model file itself is fitted on all pages.",
)


@dataclass(frozen=True)
class Outcome:
    """A trained model and everything the report needs.

    Attributes:
        own: model, folds, out-of-fold scores.
        scored: rows with out-of-fold scores.
        figures: as in ``evaluation.json``.
        baseline: the comparison with the base model.
        warnings: what an honest reader must know.
        worst: names of the worst rows, by side, with their fold.
    """

    own: Own
    scored: ScoredSet
    figures: Mapping[str, Any]
    baseline: Mapping[str, Any]
    warnings: Sequence[str]
    worst: Mapping[str, Sequence[tuple[Row, int]]]


def train(
    collected: Collected,
    labels: Labels,
    base: Model,
    method: Method,
    *,
    seed: int = 0,
    rounds: int = 500,
    progress: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Fit or recalibrate, and measure out of fold.

    Raises:
        TrainingError: no honest model can come from these labels.
    """
    table = collected.table()
    check(table, method)
    progress("looking for copies")
    rows = [n.labelled for n in collected.notes]
    formats = [n.format for n in collected.notes]
    warnings = [*labels.warnings(), *label_warnings(table, rows, formats)]
    if collected.copies:
        warnings.append(f"{collected.copies:,} rows repeat an id and its label: each id counts once")
    own = train_own(
        table,
        base,
        method,
        seed=seed,
        manifest=_manifest(table, base, method, labels.fields),
        progress=progress,
    )
    if not own.converged:
        warnings.append("a fit did not converge: its figures stand, but more or more varied pages would help")
    progress("measuring")
    scored = _scored(collected, own)
    limits = own.model.thresholds
    found = figures(
        scored,
        {
            "suspect": (limits.at(SUSPECT_FPR), SUSPECT_FPR),
            "low_quality": (limits.at(LOW_QUALITY_FPR), LOW_QUALITY_FPR),
        },
        rounds=rounds,
        seed=seed,
        flags=own.flags,
    )
    baseline = _compared(scored, own, base, method, rounds=found["bootstrap"]["rounds"], seed=seed)
    return Outcome(
        own, scored, found, baseline, [*warnings, *_verdict(baseline, found, method)], _worst(scored, own)
    )


def explained(outcome: Outcome, items: Iterable[Item]) -> dict[str, list[dict[str, Any]]]:
    """Read the worst pages again and say what spoke for and against them, by the model of their fold."""
    wanted = {row.name: (row, fold) for side in outcome.worst.values() for row, fold in side}
    scorers = {k: explainer(Scorer(m)) for k, m in enumerate(outcome.own.fold_models)}
    found: dict[str, dict[str, Any]] = {}
    for item in items:
        if len(found) == len(wanted):
            break
        if item.page is not None and item.name in wanted and item.name not in found:
            row, fold = wanted[item.name]
            found[item.name] = told(row, scorers[fold].score(item.page))
    return {
        side: [found[row.name] for row, _ in rows if row.name in found]
        for side, rows in outcome.worst.items()
    }


def _manifest(table: Table, base: Model, method: Method, fields: LabelFields) -> dict[str, Any]:
    usable = (table.y >= 0) & table.scored
    sides = (("human", 0), ("farm", 1))
    manifest = {
        "name": "own labels",
        "version": qualityscore.__version__,
        "sklearn": sklearn.__version__,
        "numpy": np.__version__,
        "method": method,
        "base": {"id": base.id, "version": base.version},
        "labels": {"positive": fields.positive, "negative": sorted(fields.negative)},
        "pages": {side: int((usable & (table.y == y)).sum()) for side, y in sides},
        "networks": {side: len(set(table.group[usable & (table.y == y)])) for side, y in sides},
    }
    if method == "calibrate":
        manifest["settings"] = base.manifest.get("settings")
    return manifest


def _scored(collected: Collected, own: Own) -> ScoredSet:
    out = ScoredSet()
    for note, features, score in zip(collected.notes, collected.features, own.score.tolist(), strict=True):
        row = note.labelled
        out.rows.append(
            Row(
                name=row.name,
                label=row.label,
                y=row.y,
                score=None if np.isnan(score) else score,
                no_score="failed" if features.error else features.abstained,
                error=features.error,
                words=features.n_words,
                format="" if features.error else note.format,
                id=row.id,
                group=row.group,
                kind=row.kind,
                source=row.source,
                year=row.year,
                url=row.url,
            )
        )
    for name, error in collected.unread:
        out.leave_out(name, error)
    out.set_aside = collected.set_aside
    return out


def _compared(
    scored: ScoredSet, own: Own, base: Model, method: Method, *, rounds: int, seed: int
) -> dict[str, Any]:
    """This model out of fold against the base model, paired."""
    y, has = scored.y, ~np.isnan(scored.score)
    pair = [np.where(has, s, -1.0) for s in (own.score, own.baseline)]
    rankings = [Ranking(s, y) for s in pair]

    def measures(weights: Float | None) -> list[dict[str, float]]:
        w = (np.ones(len(y)) if weights is None else weights)[has]
        return [
            {**r.measures(weights), "brier": float(w @ (s[has] - y[has]) ** 2 / max(w.sum(), 1e-9))}
            for r, s in zip(rankings, pair, strict=True)
        ]

    this, other = measures(None)
    rounds_of = [measures(w) for w in GroupBootstrap(scored.group, y, rounds, seed).weights()]
    out: dict[str, Any] = {}
    for name in ("auroc", "average_precision", "tpr_at_1pct", "tpr_at_5pct", "brier"):
        bounds = interval([a[name] - b[name] for a, b in rounds_of])
        out[name] = {
            "this": round(this[name], 6),
            "baseline": round(other[name], 6),
            "gain": round(this[name] - other[name], 6),
            "interval": None if bounds is None else [round(b, 6) for b in bounds],
        }
    note = "Both on the same pages, this model out of fold. The smaller Brier score is the better one. The model it is " \
           "compared with may have been fitted on pages like these."  # fmt: skip
    return {"name": f"model {base.id} as it was", "note": note, "measures": out}


def _verdict(baseline: Mapping[str, Any], found: Mapping[str, Any], method: Method) -> list[str]:
    out = []
    auroc = found["ranking"]["auroc"]["value"]
    gain = baseline["measures"]["auroc"]
    if auroc is not None and auroc < 0.6:
        out.append(f"the scores hardly tell the labels apart (AUROC {auroc:.2f} out of fold)")
    if method == "refit" and gain["interval"] is not None and gain["interval"][0] <= 0:
        out.append(
            f"the refit is not shown to rank better than the model it started from (AUROC {gain['this']:.3f} against "
            f"{gain['baseline']:.3f}, difference {gain['interval'][0]:+.3f} to {gain['interval'][1]:+.3f}): "
            "--calibrate-only may serve you better"
        )
    return out


def _worst(scored: ScoredSet, own: Own) -> dict[str, list[tuple[Row, int]]]:
    flagged = own.flags["low_quality"]
    rows = [
        (row, int(fold), bool(flag))
        for row, fold, flag in zip(scored.rows, own.fold, flagged, strict=True)
        if row.score is not None
    ]
    false = sorted((r for r in rows if r[0].y == 0 and r[2]), key=lambda r: -(r[0].score or 0.0))
    missed = sorted((r for r in rows if r[0].y == 1 and not r[2]), key=lambda r: r[0].score or 0.0)
    return {
        "false_positives": [(row, fold) for row, fold, _ in false[:WORST]],
        "misses": [(row, fold) for row, fold, _ in missed[:WORST]],
    }
