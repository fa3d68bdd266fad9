"""The site model: from page scores to the probability that a site is a farm. Plain numbers."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualityscore.errors import ModelFormatError
from qualityscore.model.shipped import shipped_model_path
from qualityscore.site.rates import ErrorRates

NAME = "site-en.json"
FORMAT = "qualityscore-site-1"
FEWEST_SCORED = 5


def mean_score_log_odds(scores: Sequence[float]) -> float:
    """Log-odds of the mean page score, with half a page of doubt on either side.

    Bounded in every page: a few extreme pages cannot decide, and more pages leave less doubt.
    """
    share = (sum(scores) + 0.5) / (len(scores) + 1.0)
    return math.log(share / (1.0 - share))


@dataclass(frozen=True, slots=True)
class SiteModel:
    """Calibrated by `training.site` on networks the page model had not seen.

    Attributes:
        page_model: id of the page model whose scores it was fitted on.
        slope, intercept: of the probability's log-odds in `mean_score_log_odds`.
        low_quality, suspect: probabilities above which a site is called so.
        rates: error rates of the page model by threshold, thresholds increasing.
        networks: human and farm networks it was fitted on.
    """

    page_model: str
    slope: float
    intercept: float
    low_quality: float
    suspect: float
    rates: Sequence[tuple[float, ErrorRates]]
    networks: tuple[int, int]

    @classmethod
    def load(cls, path: Path | None = None) -> SiteModel:
        """Read a file; default: the shipped one.

        Raises:
            ModelFormatError: it is missing or damaged.
        """
        path = path or shipped_model_path().with_name(NAME)
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["format"] != FORMAT:
                raise ValueError(f"format {data['format']!r}")
            return cls._read(data)
        except OSError as error:
            raise ModelFormatError(f"cannot read site model {path}: {error.strerror or error}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise ModelFormatError(f"{path} is no site model: {error}") from error

    @classmethod
    def _read(cls, data: Mapping[str, Any]) -> SiteModel:
        rates = [
            (
                float(row["threshold"]),
                ErrorRates(
                    float(row["tpr"]),
                    float(row["fpr"]),
                    (float(row["tpr_range"][0]), float(row["tpr_range"][1])),
                    (float(row["fpr_range"][0]), float(row["fpr_range"][1])),
                    tuple(float(rate) for rate in row.get("tpr_networks", ())),
                    tuple(float(rate) for rate in row.get("fpr_networks", ())),
                ),
            )
            for row in data["page_rates"]
        ]
        if not rates or [t for t, _ in rates] != sorted(t for t, _ in rates):
            raise ValueError("malformed page_rates")
        return cls(
            page_model=str(data["page_model"]),
            slope=float(data["slope"]),
            intercept=float(data["intercept"]),
            low_quality=float(data["thresholds"]["low_quality"]),
            suspect=float(data["thresholds"]["suspect"]),
            rates=rates,
            networks=(int(data["networks"]["human"]), int(data["networks"]["farm"])),
        )

    def probability(self, scores: Sequence[float]) -> float:
        """Probability that a site with these page scores is a farm; give at least `FEWEST_SCORED`."""
        log_odds = self.slope * mean_score_log_odds(scores) + self.intercept
        return 1.0 / (1.0 + math.exp(-log_odds)) if log_odds > -700 else 0.0

    def band(self, score: float) -> str:
        """``ok``, ``suspect`` or ``low_quality``."""
        if score > self.low_quality:
            return "low_quality"
        return "suspect" if score > self.suspect else "ok"

    def error_rates(self, threshold: float) -> ErrorRates:
        """Error rates of page flags at a threshold, interpolated between those measured."""
        at = [t for t, _ in self.rates]
        if threshold <= at[0]:
            return self.rates[0][1]
        if threshold >= at[-1]:
            return self.rates[-1][1]
        i = next(k for k, t in enumerate(at) if t >= threshold)
        (low, a), (high, b) = self.rates[i - 1], self.rates[i]
        w = (threshold - low) / (high - low)

        def between(x: float, y: float) -> float:
            return x + w * (y - x)

        return ErrorRates(
            between(a.tpr, b.tpr),
            between(a.fpr, b.fpr),
            (between(a.tpr_range[0], b.tpr_range[0]), between(a.tpr_range[1], b.tpr_range[1])),
            (between(a.fpr_range[0], b.fpr_range[0]), between(a.fpr_range[1], b.fpr_range[1])),
            tuple(map(between, a.tpr_networks, b.tpr_networks)),
            tuple(map(between, a.fpr_networks, b.fpr_networks)),
        )
