"""The settings of the shipped model: which columns carry weight, and how the parts are fitted."""

from __future__ import annotations

from qualityscore.fitting.pipeline import FitSettings
from qualityscore.fitting.table import columns

# Evidence without weight: columns that measurement on unseen networks did not admit.
NOT_ADMITTED: frozenset[str] = frozenset()


def shipped_settings() -> FitSettings:
    """Settings of the shipped model."""
    return FitSettings(
        text_columns=tuple(c for c in columns("text") if c not in NOT_ADMITTED),
        page_columns=tuple(c for c in columns("page") if c not in NOT_ADMITTED),
    )
