"""Intervals, the corrected share, and the site model."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from qualityscore.errors import ModelFormatError
from qualityscore.model.bundle import Model
from qualityscore.model.shipped import shipped_model_path
from qualityscore.site.model import SiteModel, mean_score_log_odds
from qualityscore.site.rates import ErrorRates, corrected, wilson

RATES = ErrorRates(0.8, 0.02, (0.4, 1.0), (0.0, 0.1))


def test_wilson_against_published_values() -> None:
    # Newcombe 1998, table I, method 3.
    for hits, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert wilson(hits, n) == pytest.approx((low, high), abs=5e-5)
    assert wilson(7, 7)[1] == 1.0


def test_the_correction_undoes_the_errors() -> None:
    truth = 0.3
    flagged = truth * RATES.tpr + (1 - truth) * RATES.fpr
    found = corrected(round(10_000 * flagged), 10_000, RATES)
    assert found is not None
    share, (low, high) = found
    assert share == pytest.approx(truth, abs=1e-4)
    assert low < flagged - 0.005 < share < flagged + 0.05 < high
    none = corrected(0, 1_000, RATES)
    assert none is not None
    assert none[0] == none[1][0] == 0.0


def test_no_correction_where_flags_do_not_tell() -> None:
    assert corrected(5, 10, ErrorRates(0.3, 0.25, (0, 1), (0, 1))) is None


def test_few_networks_found_give_no_false_precision() -> None:
    found = corrected(50, 100, ErrorRates(0.9, 0.01, (0.05, 1.0), (0.0, 0.2)))
    assert found is not None
    assert found[1][1] == 1.0


def test_an_interval_by_networks_covers_and_is_narrower() -> None:
    """Sites mixed of an unseen farm and an unseen human network, whose rates vary as those known."""
    draw = np.random.default_rng(5)
    tpr, fpr = draw.beta(4, 1, 2_000), draw.beta(0.3, 12, 2_000)
    levels = (np.arange(25) + 0.5) / 25
    bare = ErrorRates(
        float(tpr.mean()),
        float(fpr.mean()),
        (float(np.quantile(tpr, 0.025)), float(np.quantile(tpr, 0.975))),
        (float(np.quantile(fpr, 0.025)), float(np.quantile(fpr, 0.975))),
    )
    full = replace(
        bare,
        tpr_networks=tuple(np.quantile(tpr, levels).tolist()),
        fpr_networks=tuple(np.quantile(fpr, levels).tolist()),
    )
    covered, width = 0, {"bare": 0.0, "full": 0.0}
    for _ in range(400):
        farm_pages = int(draw.integers(0, 101))
        flagged = int(
            draw.binomial(farm_pages, draw.choice(tpr)) + draw.binomial(100 - farm_pages, draw.choice(fpr))
        )
        for name, rates in (("bare", bare), ("full", full)):
            found = corrected(flagged, 100, rates)
            assert found is not None
            low, high = found[1]
            width[name] += high - low
            covered += name == "full" and low - 1e-9 <= farm_pages / 100 <= high + 1e-9
    assert covered >= 0.93 * 400
    assert width["full"] < 0.95 * width["bare"]


def test_the_shipped_site_model_belongs_to_the_shipped_page_model() -> None:
    assert SiteModel.load().page_model == Model.load(shipped_model_path()).id


def test_more_farm_pages_mean_more_probability() -> None:
    model = SiteModel.load()
    probabilities = [model.probability([0.02] * (20 - k) + [0.98] * k) for k in range(21)]
    assert probabilities == sorted(probabilities)
    assert probabilities[0] < 0.05
    assert probabilities[-1] > 0.95
    assert [model.band(p) for p in (0.1, 0.6, 0.95)] == ["ok", "suspect", "low_quality"]


def test_a_few_extreme_pages_do_not_decide() -> None:
    model = SiteModel.load()
    assert model.probability([0.03] * 95 + [0.9999] * 5) < 0.2


def test_more_pages_leave_less_doubt() -> None:
    assert mean_score_log_odds([0.0] * 5) > mean_score_log_odds([0.0] * 500)
    assert mean_score_log_odds([0.5] * 9) == pytest.approx(0.0)
    assert math.isfinite(mean_score_log_odds([1.0] * 100_000))


def test_error_rates_between_thresholds() -> None:
    model = SiteModel.load()
    at = [t for t, _ in model.rates]
    assert model.error_rates(0.0) == model.rates[0][1]
    assert model.error_rates(1.0) == model.rates[-1][1]
    (low, a), (high, b) = model.rates[3:5]
    middle = model.error_rates((low + high) / 2)
    assert middle.tpr == pytest.approx((a.tpr + b.tpr) / 2)
    assert at == sorted(at)
    assert a.tpr >= b.tpr
    assert a.fpr >= b.fpr


@pytest.mark.parametrize("text", ["{", "[]", '{"format": "other"}', '{"format": "qualityscore-site-1"}'])
def test_a_damaged_site_model_is_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "s.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelFormatError, match="site model"):
        SiteModel.load(tmp_path / "s.json")
    with pytest.raises(ModelFormatError, match="cannot read site model"):
        SiteModel.load(tmp_path / "none.json")


def test_rates_out_of_order_are_refused(tmp_path: Path) -> None:
    data = json.loads(shipped_model_path().with_name("site-en.json").read_text(encoding="utf-8"))
    data["page_rates"].reverse()
    (tmp_path / "s.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ModelFormatError, match="malformed page_rates"):
        SiteModel.load(tmp_path / "s.json")
