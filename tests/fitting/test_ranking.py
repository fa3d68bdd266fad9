from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

from qualityscore.fitting.metrics import tpr_at
from qualityscore.fitting.ranking import (
    GroupBootstrap,
    Ranking,
    calibration_line,
    interval,
    share_interval,
)


def some(n: int = 400, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2, n)
    # Rounded, so that there are ties.
    return np.round(rng.normal(size=n) + y, 1), y


@pytest.mark.parametrize("seed", range(4))
def test_measures_equal_scikit_learn_with_ties_and_weights(seed: int) -> None:
    score, y = some(seed=seed)
    ranking = Ranking(score, y)
    found = ranking.measures()
    assert found["auroc"] == pytest.approx(roc_auc_score(y, score))
    assert found["average_precision"] == pytest.approx(average_precision_score(y, score))
    for name, rate in (("tpr_at_1pct", 0.01), ("tpr_at_5pct", 0.05)):
        assert found[name] == pytest.approx(tpr_at(score, y, rate))
    weights = np.random.default_rng(seed).integers(0, 4, len(y)).astype(float)
    weighted, drawn = ranking.measures(weights), np.repeat(np.arange(len(y)), weights.astype(int))
    assert weighted["auroc"] == pytest.approx(roc_auc_score(y[drawn], score[drawn]))
    assert weighted["average_precision"] == pytest.approx(average_precision_score(y[drawn], score[drawn]))
    assert weighted["tpr_at_5pct"] == pytest.approx(tpr_at(score[drawn], y[drawn], 0.05))


def test_one_class_has_no_measures() -> None:
    assert np.isnan(list(Ranking(np.array([0.1, 0.2]), np.array([1, 1])).measures().values())).all()
    assert np.isnan(list(Ranking(np.empty(0), np.empty(0, dtype=np.int64)).measures().values())).all()


def test_bootstrap_draws_whole_groups_by_side_and_repeats() -> None:
    group = np.array(["a"] * 5 + ["b"] * 3 + ["c"] * 4 + ["mixed"] * 3)
    y = np.array([0] * 8 + [1] * 4 + [1, 1, 0])
    boot = GroupBootstrap(group, y, 50, seed=3)
    rounds = list(boot.weights())
    assert (np.array(rounds) == np.array(list(boot.weights()))).all()
    for w in rounds:
        for name in set(group):
            assert len(set(w[group == name])) == 1
        # Two groups are mostly negative and two mostly positive: as many are drawn on each side.
        assert w[0] + w[5] == 2
        assert w[8] + w[12] == 2
    assert len({tuple(w) for w in rounds}) > 3


def test_calibration_line_equals_unpenalised_logistic_regression() -> None:
    score, y = some()
    estimator = LogisticRegression(C=1e9, tol=1e-10, max_iter=1000).fit(score[:, None], y)
    slope, intercept = calibration_line(score, y)
    assert slope == pytest.approx(estimator.coef_[0, 0], abs=1e-3)
    assert intercept == pytest.approx(estimator.intercept_[0], abs=1e-3)
    assert np.isfinite(calibration_line(np.array([-1.0, 1.0]), np.array([0, 1]))).all()
    assert np.isnan(calibration_line(score, np.ones(len(y), dtype=np.int64))).all()


def test_intervals_of_shares_do_not_collapse() -> None:
    assert interval([1.0] * 19) is None
    assert interval([float("nan")] * 50) is None
    assert share_interval([0.0] * 100, 1) is None
    low, high = share_interval([0.0] * 100, 10) or (None, None)
    assert low == 0.0
    assert high == pytest.approx(1 - 0.025**0.1)
    assert (share_interval([1.0] * 100, 10) or (0, 0))[0] == pytest.approx(0.025**0.1)
    assert share_interval([0.2, 0.4] * 50, 10) == pytest.approx((0.2, 0.4))
