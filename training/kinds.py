"""The kinds of farm pages in the corpora, and how well they are told apart on unseen networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from qualityscore.fitting.kinds import KindSettings, cross_fit_kinds, fit_kinds
from qualityscore.fitting.table import Table, all_columns
from qualityscore.model.kinds import KINDS, MIN_PROBABILITY, KindModel
from training.corpora import Sample

Float = npt.NDArray[np.float64]
Int = npt.NDArray[np.int64]


def kind_of(sample: Sample) -> int:
    """Index into `KINDS`, or -1: by who wrote the words, doorways apart."""
    if sample.set != "web" or sample.label != 1:
        return -1
    if sample.kind == "spun" or sample.origin in ("spun", "scraped-mashup"):
        return KINDS.index("spun_or_scraped")
    if sample.kind == "doorway" or sample.origin == "template":
        return KINDS.index("template_or_doorway")
    if sample.origin == "llm":
        return KINDS.index("machine_written")
    # What is left are copywriters and unnamed affiliates.
    return KINDS.index("padded_copy")


def teach_kinds(
    samples: Sequence[Sample], table: Table, settings: KindSettings | None = None
) -> tuple[KindModel, dict[str, Any]]:
    """Fit the kinds on all farm pages; the figures are of networks left out."""
    settings = settings or KindSettings()
    kind = np.array([kind_of(s) for s in samples], dtype=np.int64)
    rows = np.flatnonzero((kind >= 0) & table.scored)
    names = tuple(all_columns())
    index = {name: i for i, name in enumerate(table.columns)}
    x = table.x[rows][:, [index[n] for n in names]]
    arguments = (x, names, kind[rows], table.group[rows], KINDS, settings)
    probabilities = cross_fit_kinds(*arguments)
    return fit_kinds(*arguments), figures(probabilities, kind[rows], table.group[rows])


def figures(probabilities: Float, kind: Int, group: npt.NDArray[np.str_]) -> dict[str, Any]:
    """Accuracy, log loss against that of the plain shares, and recall and precision by kind."""
    guess = probabilities.argmax(axis=1)
    named = probabilities.max(axis=1) >= MIN_PROBABILITY
    shares = np.bincount(kind, minlength=len(KINDS)) / len(kind)
    out: dict[str, Any] = {
        "accuracy": float((guess == kind).mean()),
        "largest_kind": float(shares.max()),
        "log_loss": float(-np.log(np.maximum(probabilities[np.arange(len(kind)), kind], 1e-9)).mean()),
        "log_loss_of_shares": float(-np.log(shares[kind]).mean()),
        "named": float(named.mean()),
        "accuracy_of_named": float((guess == kind)[named].mean()) if named.any() else None,
        "kinds": {},
    }
    for number, name in enumerate(KINDS):
        own, said = kind == number, (guess == number) & named
        out["kinds"][name] = {
            "pages": int(own.sum()),
            "networks": len(set(group[own])),
            "named": int(said.sum()),
            "named_rightly": int((said & own).sum()),
        }
    return out
