"""The bounded logistic regression: scikit-learn's where nothing binds, and what the stack's numbers say."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression

from qualityscore.fitting import additive
from qualityscore.fitting.additive import AdditiveSettings, fit_stack
from qualityscore.fitting.bounded import BoundedLogisticRegression

RNG = np.random.default_rng(3)
X = RNG.normal(size=(300, 4))
Y = (X @ [1.0, -1.0, 0.5, 0.0] + RNG.logistic(size=300) > 0).astype(np.int64)
WEIGHTS = RNG.random(300) + 0.5


def test_it_is_scikit_learns_where_nothing_binds() -> None:
    ours = BoundedLogisticRegression(0.05).fit(X, Y, WEIGHTS)
    plain = LogisticRegression(C=0.05, tol=1e-9, max_iter=1000).fit(X, Y, sample_weight=WEIGHTS)
    assert ours.coef_ == pytest.approx(plain.coef_, abs=1e-3)
    assert ours.intercept_ == pytest.approx(plain.intercept_, abs=1e-3)
    assert ours.predict_proba(X) == pytest.approx(plain.predict_proba(X), abs=1e-3)
    assert (ours.predict(X) == plain.predict(X)).mean() > 0.99
    assert clone(ours).get_params() == {"C": 0.05, "signs": None, "prior": None}


def test_coefficients_keep_their_signs_and_shrink_towards_the_prior() -> None:
    signed = BoundedLogisticRegression(0.05, np.array([1.0, 1.0, 0.0, 0.0])).fit(X, Y, WEIGHTS).coef_[0]
    assert signed[0] > 0 and signed[1] == 0
    strict = BoundedLogisticRegression(1e-9, prior=np.array([0.0, 0.0, 0.0, 2.0])).fit(X, Y).coef_[0]
    assert strict == pytest.approx([0, 0, 0, 2], abs=1e-3)


def test_one_class_is_refused() -> None:
    with pytest.raises(ValueError, match="two classes, not 1"):
        BoundedLogisticRegression().fit(X, np.ones(300))


def test_the_stacks_numbers_give_the_estimators_own_probabilities(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted: list[tuple[BoundedLogisticRegression, np.ndarray]] = []

    class Kept(BoundedLogisticRegression):
        def fit(self, X: np.ndarray, y: np.ndarray, sample_weight: np.ndarray | None = None) -> Kept:  # noqa: N803
            fitted.append((self, X))
            super().fit(X, y, sample_weight)
            return self

    monkeypatch.setattr(additive, "BoundedLogisticRegression", Kept)
    html = RNG.random(300) < 0.5
    x_text, x_page = np.abs(X[:, :2]), X[:, 2:]
    x_text[::7, 1] = np.nan
    settings = AdditiveSettings(raises=frozenset(("a.x",)), expected=frozenset(("a.x",)), prior=1.0)
    z = X[:, 0] + 0.1
    stack = fit_stack(z, x_text, ("a.x", "b.x"), x_page, ("c.x", "d.x"), html, Y, WEIGHTS, settings)
    ((estimator, rows),) = fitted
    # Every page comes once as it is, then HTML pages once more without their page part.
    probability = estimator.predict_proba(rows[:300])[:, 1]
    ours = 1 / (1 + np.exp(-stack.log_odds(z, x_text, x_page, html)))
    np.testing.assert_allclose(ours, probability, atol=1e-9)
    bare = 1 / (1 + np.exp(-stack.log_odds(z, x_text, x_page, html & False)[html]))
    np.testing.assert_allclose(bare, estimator.predict_proba(rows[300:])[:, 1], atol=1e-9)
    assert probability.std() > 0.1
