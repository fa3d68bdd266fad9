"""Probabilities and log-odds."""

from __future__ import annotations

import math


def logistic(log_odds: float) -> float:
    """Probability in 0-1 of log-odds; never overflows."""
    if log_odds >= 0:
        return 1.0 / (1.0 + math.exp(-log_odds))
    grown = math.exp(log_odds)
    return grown / (1.0 + grown)


def logit(probability: float) -> float:
    """Log-odds of a probability, 0 and 1 taken as 1e-15 off."""
    clipped = min(max(probability, 1e-15), 1 - 1e-15)
    return math.log(clipped / (1 - clipped))
