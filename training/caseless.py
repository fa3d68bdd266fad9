"""The part of the model for pages without capitals, fitted on lower-cased copies of the web set.

Lower-casing a page costs its author nothing and hides names and headings from the n-grams, which know
both by their capitals. Copies beside the pages themselves help such pages too little and cost the
others (docs/model.md); weights of their own leave all other pages as they are.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from qualityscore.document import Page
from qualityscore.fitting.assemble import assemble, probability, without_capitals
from qualityscore.fitting.lexical import NgramCounts
from qualityscore.fitting.metrics import auroc
from qualityscore.fitting.pipeline import CrossFit, FitSettings, calibrate, fit
from qualityscore.fitting.spread import REFITS
from qualityscore.fitting.table import Table
from qualityscore.model.bundle import Model
from qualityscore.model.thresholds import Thresholds
from training.corpora import Sample
from training.features import build_table
from training.spun import cross_fit_taught, joined, spun_copies
from training.texts import on_text

Float = npt.NDArray[np.float64]
# A part of a model is read with the manifest of the whole.
_TOLD = {"name": "caseless", "version": "0", "prevalence": 0.5}


def calibration(crossed: CrossFit, table: Table, rows: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and intercept on out-of-fold scores of rows, HTML pages with their page part and without."""
    both = np.concatenate([crossed.log_odds[rows], crossed.text_log_odds[rows]])
    return calibrate(both, np.concatenate([table.y[rows]] * 2))


def lower_cased(sample: Sample) -> Sample:
    """The sample with all its words in lower case."""
    page = sample.page
    raw = page.content if isinstance(page.content, str) else page.content.decode("utf-8", "replace")
    lowered = on_text(raw, page.kind, str.lower)
    return dataclasses.replace(sample, page=Page(lowered, page.kind, page.url, page.source))


@dataclass(frozen=True)
class Caseless:
    """Lower-cased copies of the labelled pages of the web set, cross-fitted on the same folds.

    Attributes:
        rows: shape (m,), the row of the whole table that each copy was made from.
        table, crossed: of the copies.
        usable: shape (m,), copies that get a score.
        taught, counts: of the copies and of lower-cased spun copies behind them.
        spun: rows of ``taught`` with spun copies that get a score.
        slope, intercept: calibration on all of them.
    """

    rows: npt.NDArray[np.int64]
    table: Table
    crossed: CrossFit
    usable: npt.NDArray[np.bool_]
    taught: Table
    counts: NgramCounts
    spun: npt.NDArray[np.int64]
    slope: float
    intercept: float

    @classmethod
    def fitted(
        cls,
        samples: Sequence[Sample],
        table: Table,
        settings: FitSettings,
        cache: Path | None,
        progress: Any = lambda _: None,
    ) -> Caseless:
        """Make the copies and cross-fit them; the same labels and networks give the same folds."""
        rows = np.array([i for i, s in enumerate(samples) if s.set == "web" and s.label >= 0], dtype=np.int64)
        copies = build_table([lower_cased(samples[i]) for i in rows.tolist()], cache)
        taught = joined(copies, build_table([lower_cased(s) for s in spun_copies(samples)], cache))
        spun = np.arange(len(copies), len(taught))
        spun = spun[taught.scored[spun]]
        counts = NgramCounts(taught, settings.lexical)
        usable = copies.scored
        everything = np.ones(len(rows), dtype=bool)
        crossed = cross_fit_taught(taught, counts, settings, usable, everything, spun, progress)
        line = calibration(crossed, copies, usable)
        return cls(rows, copies, crossed, usable, taught, counts, spun, *line)

    def merged(self, score: Float, table: Table) -> Float:
        """Out-of-fold scores with those of this part where a page came without capitals."""
        own = probability(self.slope * self.crossed.log_odds + self.intercept)
        here = without_capitals(table)[self.rows] & self.usable
        out = score.copy()
        out[self.rows[here]] = own[here]
        return out

    def figures(self, threshold: float) -> dict[str, Any]:
        """What the clean web set's threshold finds among the copies, abstained ones counting as not flagged."""
        own = np.where(self.usable, probability(self.slope * self.crossed.log_odds + self.intercept), -1.0)
        measured, farm = self.table.n_words >= 100, self.table.y == 1
        return {
            "tpr": float((own[measured & farm] > threshold).mean()),
            "fpr": float((own[measured & ~farm] > threshold).mean()),
            "auroc": auroc(own[measured], self.table.y[measured]),
        }

    def of_fold(self, fold: int, limits: Thresholds) -> Model:
        """The part of a fold's model, calibrated without the fold."""
        others = self.usable & (self.crossed.fold != fold)
        line = calibration(self.crossed, self.table, others)
        return assemble(self.crossed.models[fold], *line, limits, _TOLD)

    def whole(self, settings: FitSettings, limits: Thresholds, progress: Any) -> Model:
        """The part of the shipped model."""
        fitted = fit(
            self.taught, self.counts, np.flatnonzero(self.usable), settings, REFITS, progress, self.spun
        )
        return assemble(fitted, self.slope, self.intercept, limits, _TOLD)
