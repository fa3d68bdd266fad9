"""From refitted stacks to the numbers that `qualityscore.model.spread` reads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualityscore.fitting.additive import Stack
from qualityscore.model.spread import Spread

# The standard deviation of so many refits is good to about 15 %.
REFITS = 24


def assemble_spread(whole: Stack, refits: Sequence[Stack], slope: float, intercept: float) -> Spread:
    """Calibrated weights of the refits; the lexical factor is relative to that of the whole.

    Args:
        slope, intercept: the calibration of the whole, in log-odds.
    """
    return Spread(
        text=slope * np.array([r.text.rises for r in refits]),
        page=slope * np.array([r.page.rises for r in refits]),
        lexical=np.array([r.lexical for r in refits]) / whole.lexical,
        intercept=intercept + slope * np.array([r.intercept for r in refits]),
        page_intercept=slope * np.array([r.page_intercept for r in refits]),
    )


def recalibrated_spread(base: Spread, slope: float, intercept: float) -> Spread:
    """The refits with their log-odds mapped to ``slope * log_odds + intercept``."""
    return Spread(
        text=slope * base.text,
        page=slope * base.page,
        lexical=base.lexical,
        intercept=slope * base.intercept + intercept,
        page_intercept=slope * base.page_intercept,
    )
