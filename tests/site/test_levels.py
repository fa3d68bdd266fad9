"""Which way a signal is off."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from qualityscore.model.additive import AdditiveModel
from qualityscore.model.bundle import Model
from qualityscore.model.shipped import shipped_model_path
from qualityscore.site.levels import Levels, sentence
from tests.site.records import analysed, record


@pytest.fixture(scope="module")
def levels() -> Levels:
    return Levels(Model.load(shipped_model_path()))


def moved(column: str) -> tuple[float, float, float]:
    """Usual value of a column, and the values left and right of it where its part adds most."""
    model = Model.load(shipped_model_path())
    part: AdditiveModel = next(p for p in (model.text, model.page) if column in p.columns)
    row = list(part.columns).index(column)
    return float(part.reference[row]), float(part.knots[row, 0]), float(part.knots[row, -1])


def test_too_much_and_too_little_are_told_apart(levels: Levels) -> None:
    commas, few, _ = moved("punctuation_profile.commas_per_1k_words")
    dashes, _, many = moved("em_dash_rate.per_1k_words")
    less = levels.of("punctuation_profile", {"commas_per_1k_words": [few, few, few]})
    more = levels.of("em_dash_rate", {"per_1k_words": [many, many, dashes]})
    assert less is not None
    assert more is not None
    assert (less.direction, less.usual, less.here) == ("low", pytest.approx(commas), few)
    assert (more.direction, more.usual, more.here) == ("high", pytest.approx(dashes), many)


def test_usual_values_and_unknown_columns_say_nothing(levels: Levels) -> None:
    usual, *_ = moved("em_dash_rate.per_1k_words")
    assert levels.of("em_dash_rate", {"per_1k_words": [usual]}) is None
    assert levels.of("em_dash_rate", {"something_else": [9.0]}) is None
    assert levels.of("gone", {"per_1k_words": [9.0]}) is None
    assert all(np.isfinite(value) for value in levels.usual.values())


def test_reasons_tell_the_direction(levels: Levels, tmp_path: Path) -> None:
    dashes, _, many = moved("em_dash_rate.per_1k_words")
    signals = [{"id": "em_dash_rate", "contribution": 0.9, "values": {"per_1k_words": many}}]
    rows = [record("Some words.", f"{i}.html", score=0.95, signals=signals) for i in range(6)]
    report = analysed(rows, tmp_path, levels=levels).report
    (site,) = report["sites"]
    (reason,) = [r["text"] for r in site["reasons"] if r["code"] == "signal:em_dash_rate"]
    assert "too high. It raises the score of 100 % of the scored pages." in reason
    assert report["usual"]["em_dash_rate.per_1k_words"] == pytest.approx(dashes, rel=1e-4)


def test_the_sentence() -> None:
    signal = {"feature": "commas_per_1k_words", "median": 12.04, "usual": 52.0, "direction": "low"}
    assert sentence(signal) == "commas per 1,000 words 12, on human pages usually 52: too low"
    assert sentence({**signal, "usual": 0, "direction": "high"}).endswith("usually none: too high")
    assert sentence({**signal, "direction": None}) == ""
    assert sentence({}) == ""
