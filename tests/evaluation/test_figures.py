"""The figures on sets whose answers are known."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from qualityscore.evaluation.figures import figures
from qualityscore.evaluation.report import mixed_groups, set_warnings
from qualityscore.evaluation.scored import Row, ScoredSet, length_class
from qualityscore.fitting.metrics import calibration_error

LIMITS = {"suspect": (0.3, 0.05), "low_quality": (0.6, 0.01)}


def row(n: int, y: int, score: float | None, **more: Any) -> Row:
    return Row(f"r{n}", "farm" if y else "human", y, score, **{"group": f"g{n}", "words": 400, **more})


def scores(n: int = 300, seed: int = 0) -> ScoredSet:
    """A calibrated set: a page is positive with the probability of its score."""
    rng = np.random.default_rng(seed)
    p = rng.random(n)
    y = (rng.random(n) < p).astype(int)
    kinds = ["spun", "doorway", ""]
    return ScoredSet(
        [
            row(i, int(y[i]), float(p[i]), group=f"g{i // 3}", kind=kinds[i % 3], year=str(2020 + i % 2))
            for i in range(n)
        ]
    )


def test_a_calibrated_set() -> None:
    found = figures(scores(3000), LIMITS, rounds=100)
    calibration = found["calibration"]
    low, high = calibration["slope"]["interval"]
    assert low < 1 < high
    low, high = calibration["intercept"]["interval"]
    assert low < 0 < high
    assert calibration["ece"]["value"] < 0.05
    assert len(calibration["bins"]) == 15
    assert {b["pages"] for b in calibration["bins"]} == {200}
    json.dumps(found, allow_nan=False)


def test_ece_is_that_of_training() -> None:
    s = scores(457)
    found = figures(s, LIMITS, rounds=100)
    assert found["calibration"]["ece"]["value"] == pytest.approx(calibration_error(s.score, s.y), abs=1e-6)


def test_pages_without_a_score_count_as_not_flagged() -> None:
    rows = [row(i, 1, 0.9) for i in range(6)] + [row(6 + i, 1, None, no_score="too_short") for i in range(2)]
    rows += [row(10 + i, 0, 0.1) for i in range(7)] + [
        row(20, 0, None, no_score="failed", error="binary", words=0)
    ]
    found = figures(ScoredSet(rows), LIMITS, rounds=100)
    strict = found["at_thresholds"][-1]
    assert (strict["true_positives"], strict["missed"], strict["spared"]) == (6, 2, 8)
    assert strict["recall"]["value"] == 0.75
    assert strict["precision"]["value"] == 1
    assert found["ranking"]["tpr_at_1pct"]["value"] == 0.75
    assert found["ranking_of_scored"]["auroc"] == 1
    # The two missed rank with the failed one and below seven negatives.
    assert found["ranking"]["auroc"]["value"] == pytest.approx((6 * 8 + 2 * 0.5) / 64)
    assert found["coverage"]["positive"]["no_score"] == {"too_short": 2}
    assert found["coverage"]["negative"] == {
        "scored": 7, "share": 0.875, "share_from_100_words": 1.0, "no_score": {"failed": 1},
    }  # fmt: skip
    assert strict["fpr"]["interval"][1] > 0.2, "none of eight groups proves no rate of zero"


def test_intervals_are_over_groups_not_pages() -> None:
    # Two positive groups, one always found and one never: any recall from 0 to 1 is possible.
    rows = [row(i, 1, 0.9, group="a") for i in range(50)] + [row(i, 1, 0.1, group="b") for i in range(50)]
    rows += [row(100 + i, 0, 0.05) for i in range(100)]
    by_group = figures(ScoredSet(rows), LIMITS, rounds=200)["at_thresholds"][-1]["recall"]
    assert by_group == {"value": 0.5, "interval": [0.0, 1.0]}
    alone = [row(i, r.y, r.score) for i, r in enumerate(rows)]
    by_page = figures(ScoredSet(alone), LIMITS, rounds=200)["at_thresholds"][-1]["recall"]["interval"]
    assert 0.35 < by_page[0] < by_page[1] < 0.65


def test_slices() -> None:
    found = figures(scores(300), LIMITS, rounds=100)["slices"]
    assert list(found) == ["kind", "length", "year"]
    assert [e["value"] for e in found["kind"]] == ["doorway", "spun", "(unknown)"]
    assert sum(e["pages"] for e in found["year"]) == 300
    spun = found["kind"][1]
    assert spun["positive"]["flagged"] <= spun["positive"]["pages"]
    assert spun["ranking"]["auroc"]["interval"][0] < spun["ranking"]["auroc"]["value"]


def test_rare_values_are_taken_together() -> None:
    rows = [row(i, i % 2, 0.5, source=f"s{i:03}" if i < 60 else "big") for i in range(120)]
    entries = figures(ScoredSet(rows), LIMITS, rounds=100)["slices"]["source"]
    assert len(entries) == 41
    assert entries[-1]["value"] == "(others)"
    assert sum(e["pages"] for e in entries) == 120


def test_the_curve_is_monotone_and_ends_in_the_corner() -> None:
    curve = figures(scores(3000), LIMITS, rounds=100)["curve"]
    assert len(curve) < 900
    fpr, tpr = [p["fpr"] for p in curve], [p["tpr"] for p in curve]
    assert fpr == sorted(fpr)
    assert tpr == sorted(tpr)
    assert (fpr[-1], tpr[-1]) == (1, 1)


def test_same_seed_same_figures() -> None:
    assert figures(scores(), LIMITS, rounds=100, seed=4) == figures(scores(), LIMITS, rounds=100, seed=4)
    assert figures(scores(), LIMITS, rounds=100, seed=4) != figures(scores(), LIMITS, rounds=100, seed=5)


def test_warnings_that_follow_from_figures() -> None:
    found = figures(scores(12), LIMITS, rounds=100)
    lines = set_warnings(found)
    assert any("groups of positive pages" in line for line in lines)
    assert any("1 % is not certified by" in line and "1,000 pages are needed" in line for line in lines)


def test_length_classes() -> None:
    assert [length_class(n) for n in (0, 99, 100, 1199, 5000)] == [
        "under 100 words", "under 100 words", "100-299", "600-1199", "1200 and more",
    ]  # fmt: skip


def test_groups_with_both_labels_are_named() -> None:
    y, group = np.array([0, 1, 0, 1]), np.array(["a", "a", "b", "c"])
    assert mixed_groups(y, group) == ["one group has pages of both labels (a): it is drawn and folded whole"]
    assert mixed_groups(y, np.array(["a", "a", "b", "b"]))[0].startswith(
        "2 groups have pages of both labels (a, b)"
    )
    assert mixed_groups(y, np.array(list("abcd"))) == []


def test_no_page_has_a_score() -> None:
    rows = [row(i, i % 2, None, no_score="too_short", words=3) for i in range(10)]
    found = figures(ScoredSet(rows), LIMITS, rounds=100)
    assert found["ranking"]["auroc"]["value"] == 0.5
    assert found["ranking_of_scored"]["auroc"] is None
    assert found["calibration"]["ece"] == {"value": None, "interval": None}
    assert found["calibration"]["bins"] == []
    json.dumps(found, allow_nan=False)
