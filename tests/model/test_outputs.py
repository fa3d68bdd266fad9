"""What stands beside the score: its interval, the kind of farm page, another base rate."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from qualityscore import ConfigError, Page, Scorer
from qualityscore.model.additive import AdditiveModel
from qualityscore.model.bundle import Model
from qualityscore.model.kinds import KINDS, MIN_PROBABILITY, KindModel
from qualityscore.model.spread import Spread, interval
from tests.pages import CAREFUL, FARM, SHORT, farm_html, small_model

HALF = Page.from_text(FARM.replace("In conclusion", "At last").replace("Did You Know? ", ""))


def logit(p: float) -> float:
    return math.log(p / (1 - p))


def test_the_interval_is_what_the_refits_say(model: Model) -> None:
    """Every refit as a model of its own gives the log-odds whose deviation makes the interval."""
    assert model.spread is not None
    page = Page.from_html(farm_html())
    verdict = Scorer(model).score(page)
    assert verdict.interval is not None and verdict.score is not None and verdict.parts is not None
    scores = []
    for i in range(3):
        other = replace(
            model,
            text=replace(model.text, rises=model.spread.text[i] / model.slope),
            page=replace(model.page, rises=model.spread.page[i]),
            intercept=float(model.spread.intercept[i]),
            page_intercept=float(model.spread.page_intercept[i]),
        )
        parts = Scorer(other).score(page).parts
        assert parts is not None
        lexical = verdict.parts["lexical"]
        scores.append(sum(parts.values()) + (model.spread.lexical[i] - 1) * lexical)
    low, high = verdict.interval
    middle = logit(verdict.score)
    assert low < verdict.score < high
    assert logit(high) - middle == pytest.approx(1.6448536 * np.std(scores), abs=1e-6)
    assert middle - logit(low) == pytest.approx(1.6448536 * np.std(scores), abs=1e-6)


def test_refits_that_agree_leave_no_doubt(model: Model) -> None:
    same = Spread(
        np.stack([model.text.rises] * 2),
        np.stack([model.page.rises] * 2),
        np.ones(2),
        np.zeros(2),
        np.zeros(2),
    )
    verdict = Scorer(replace(model, spread=same)).score(HALF)
    assert verdict.interval == pytest.approx((verdict.score, verdict.score))


def test_what_was_not_measured_adds_no_doubt() -> None:
    part = AdditiveModel(("a",), np.array([[0.0, 1.0]]), np.ones((1, 1)), np.zeros(1))
    spread = Spread(np.array([[[1.0]], [[3.0]]]), np.zeros((2, 1, 1)), np.ones(2), np.zeros(2), np.zeros(2))
    empty = np.full((3, 1), np.nan)
    x = np.array([[np.nan], [0.0], [1.0]])
    text, page = (part.centred(part.ramps(values)) for values in (x, empty))
    found = spread.deviations(np.zeros(3), text, page, np.zeros(3, bool))
    assert found.tolist() == [0.0, 0.0, 1.0]


def test_intervals_stay_in_range() -> None:
    low, high = interval(40.0, 5.0)
    assert 0 <= low < 1 and high <= 1
    assert interval(0.0, 0.0) == (0.5, 0.5)


def test_without_a_score_there_is_neither(model: Model) -> None:
    verdict = Scorer(model).score(Page.from_text(SHORT))
    assert verdict.score is None
    assert verdict.interval is None and verdict.kind is None
    assert verdict.to_dict()["interval"] is None and verdict.to_dict()["kind"] is None


def test_a_model_without_refits_and_kinds(model: Model, tmp_path: Path) -> None:
    plain = replace(model, spread=None, kinds=None)
    manifest = {k: v for k, v in model.manifest.items() if not k.startswith("kind")}
    plain = replace(plain, manifest={**manifest, "id": plain.digest()})
    plain.save(tmp_path / "m.npz")
    verdict = Scorer.load(tmp_path / "m.npz").score(Page.from_text(FARM))
    assert verdict.band == "low_quality"
    assert verdict.interval is None and verdict.kind is None
    assert verdict.score == Scorer(model).score(Page.from_text(FARM)).score


def test_the_kind_of_a_flagged_page_only(model: Model) -> None:
    flagged = Scorer(model).score(Page.from_text(FARM))
    assert flagged.kind is not None
    # truncated_ending.cut is 1 on this page: softmax of 2 and 0.5.
    expected = math.exp(2) / (math.exp(2) + math.exp(0.5))
    assert flagged.kind.probabilities["machine_written"] == pytest.approx(expected)
    assert flagged.kind.name == "machine_written"
    record = flagged.to_dict()["kind"]
    assert record["name"] == "machine_written" and sum(record["probabilities"].values()) == pytest.approx(1)
    assert Scorer(model).score(Page.from_text(CAREFUL)).kind is None


def test_a_kind_that_is_not_likely_is_not_named() -> None:
    model = KindModel(KINDS, ("a",), np.array([[0.0, 1.0]]), np.zeros((4, 1, 1)), np.zeros(1), np.zeros(4))
    (row,) = model.probabilities(np.array([[0.3]])).tolist()
    assert row == [0.25] * 4
    assert model.kind(row).name is None
    assert model.kind([MIN_PROBABILITY, 0.2, 0.1, 0.1]).name == KINDS[0]


def test_huge_log_odds_of_kinds_do_not_overflow() -> None:
    rises = np.array([[[5000.0]], [[-5000.0]]])
    model = KindModel(("a", "b"), ("x",), np.array([[0.0, 1.0]]), rises, np.zeros(1), np.zeros(2))
    assert model.probabilities(np.array([[1.0], [np.nan]])).tolist() == [[1.0, 0.0], [0.5, 0.5]]


@pytest.mark.parametrize("prevalence", [0.02, 0.3, 0.9])
def test_another_base_rate_moves_the_score_and_flags_the_same(model: Model, prevalence: float) -> None:
    for page in (HALF, Page.from_text(FARM), Page.from_html(farm_html()), Page.from_text(CAREFUL)):
        before, after = Scorer(model).score(page), Scorer(model, prevalence=prevalence).score(page)
        assert before.score is not None and after.score is not None and after.parts is not None
        shift = logit(prevalence) - logit(0.3)
        assert logit(after.score) == pytest.approx(logit(before.score) + shift)
        assert sum(after.parts.values()) == pytest.approx(logit(after.score))
        assert before.band == after.band
        assert after.interval is not None and after.interval[0] < after.score < after.interval[1]


def test_a_threshold_given_as_a_score_stays_where_it_is(model: Model) -> None:
    assert Scorer(model, threshold=0.7, prevalence=0.01).threshold == 0.7
    assert Scorer(model, prevalence=0.01).threshold < Scorer(model).threshold


@pytest.mark.parametrize("prevalence", [0, 1, -0.1, math.nan])
def test_base_rates_that_make_no_sense(prevalence: float) -> None:
    with pytest.raises(ConfigError, match="prevalence must lie above 0 and below 1"):
        Scorer(small_model(), prevalence=prevalence)


@pytest.mark.parametrize("settings", [{"disable": "trivia_box"}, {"explain": -1}])
def test_settings_that_make_no_sense(settings: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        Scorer(small_model(), **settings)  # type: ignore[arg-type]
