from __future__ import annotations

import numpy as np
import pytest

from qualityscore.fitting.metrics import auroc, bootstrap, calibration_error, threshold_at, tpr_at


def test_threshold_lets_at_most_the_rate_through_even_with_ties() -> None:
    human = np.array([0.1] * 90 + [0.9] * 10)
    for rate in (0.01, 0.05, 0.1, 0.2):
        assert (human > threshold_at(human, rate)).mean() <= rate
    assert threshold_at(human, 0.1) == 0.1
    assert threshold_at(np.empty(0), 0.01) == float("inf")


def test_tpr_counts_only_what_lies_strictly_above() -> None:
    y = np.array([0] * 100 + [1] * 4)
    score = np.concatenate([np.linspace(0, 0.5, 100), [0.5, 0.6, 0.7, 0.1]])
    assert tpr_at(score, y, 0.01) == 0.75
    assert np.isnan(tpr_at(score[:100], y[:100], 0.01))


def test_auroc_of_one_class_is_not_a_number() -> None:
    assert np.isnan(auroc(np.array([0.1, 0.2]), np.array([1, 1])))
    assert auroc(np.array([0.1, 0.2, 0.9]), np.array([0, 0, 1])) == 1.0


def test_calibration_error_of_a_constant() -> None:
    y = np.array([0, 1] * 150)
    assert calibration_error(np.full(300, 0.5), y) == pytest.approx(0.0)
    assert calibration_error(np.full(300, 0.9), y) == pytest.approx(0.4)


def test_bootstrap_resamples_groups_not_pages() -> None:
    # One farm network of two is always right: by page the interval would be narrow.
    group = np.array(["h"] * 50 + ["a"] * 50 + ["b"] * 50)
    y = np.array([0] * 50 + [1] * 100)
    score = np.array([0.1] * 50 + [0.9] * 50 + [0.0] * 50)
    low, high = bootstrap(lambda r: tpr_at(score[r], y[r], 0.01), y, group, rounds=200)
    assert (low, high) == (0.0, 1.0)
    assert bootstrap(lambda r: float("nan"), y, group, rounds=3) == pytest.approx(
        (np.nan, np.nan), nan_ok=True
    )
