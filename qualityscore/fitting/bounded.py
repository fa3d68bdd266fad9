"""Logistic regression whose coefficients keep a sign and shrink towards a prior, as a scikit-learn estimator."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.base import BaseEstimator, ClassifierMixin

Float = npt.NDArray[np.float64]


class BoundedLogisticRegression(ClassifierMixin, BaseEstimator):
    """Logistic regression of two classes, ridge around a prior, with bounds on signs.

    Minimises ``sum(weights * loss) + |coef - prior|^2 / (2 C)`` by L-BFGS-B; the intercept is not penalised.
    Coefficients of columns that are 0 on every row are 0. Without signs and prior it is scikit-learn's
    ``LogisticRegression(C=C)``.

    Args:
        C: inverse regularisation strength, above 0.
        signs: shape (d,): 1 for coefficients of at least 0, -1 for at most 0, 0 for any; default: all 0.
        prior: shape (d,): what coefficients shrink towards; default: all 0.

    Attributes:
        classes_: the two classes, sorted; shape (2,).
        coef_: shape (1, d).
        intercept_: shape (1,).
    """

    def __init__(self, C: float = 1.0, signs: Float | None = None, prior: Float | None = None) -> None:  # noqa: N803
        self.C = C
        self.signs = signs
        self.prior = prior

    def fit(
        self,
        X: Float,  # noqa: N803
        y: npt.NDArray[np.generic],
        sample_weight: Float | None = None,
    ) -> BoundedLogisticRegression:
        """Fit to rows ``X`` (n, d) of classes ``y`` (n,).

        Raises:
            ValueError: there are not two classes.
        """
        self.classes_ = np.unique(y)
        if len(self.classes_) != 2:
            raise ValueError(f"needs two classes, not {len(self.classes_)}")
        weights = np.ones(len(X)) if sample_weight is None else sample_weight
        signs = np.zeros(X.shape[1]) if self.signs is None else self.signs
        prior = np.zeros(X.shape[1]) if self.prior is None else self.prior
        kept = np.flatnonzero(X.any(axis=0))
        design = np.hstack([X[:, kept], np.ones((len(X), 1))])
        sign, centre = signs[kept], np.append(prior[kept], 0.0)
        penalty = np.append(np.full(len(kept), 1.0 / self.C), 0.0)
        side = np.where(y == self.classes_[1], 1.0, -1.0)

        def objective(w: Float) -> tuple[float, Float]:
            margin = side * (design @ w)
            loss = np.logaddexp(0.0, -margin)
            # The derivative of the loss, written so that nothing overflows.
            pull = weights * side * np.exp(-margin - loss)
            off = w - centre
            value = float(weights @ loss + 0.5 * (penalty * off) @ off)
            return value, penalty * off - design.T @ pull

        bounds = [(0.0 if s > 0 else None, 0.0 if s < 0 else None) for s in sign] + [(None, None)]
        options = {"maxiter": 2000, "maxfun": 3000, "maxcor": 30, "ftol": 1e-10, "gtol": 1e-4}
        found = minimize(objective, centre, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
        self.coef_ = np.zeros((1, X.shape[1]))
        self.coef_[0, kept] = found[:-1]
        self.intercept_ = found[-1:]
        return self

    def decision_function(self, X: Float) -> Float:  # noqa: N803
        """Log-odds of the second class, shape (n,)."""
        return np.asarray(X @ self.coef_[0] + self.intercept_[0])

    def predict_proba(self, X: Float) -> Float:  # noqa: N803
        """Probabilities of both classes, shape (n, 2)."""
        second = np.exp(-np.logaddexp(0.0, -self.decision_function(X)))
        return np.column_stack([1.0 - second, second])

    def predict(self, X: Float) -> npt.NDArray[np.generic]:  # noqa: N803
        """The likelier class of each row, shape (n,)."""
        return np.asarray(self.classes_[(self.decision_function(X) > 0).astype(int)])
