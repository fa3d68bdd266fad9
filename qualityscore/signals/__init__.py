"""Signals: one file each, discovered, documented and tested by their metadata."""

from qualityscore.signals.api import FAMILIES, Signal
from qualityscore.signals.registry import Evidence, Reading, Runner, all_signals

__all__ = ["FAMILIES", "Evidence", "Reading", "Runner", "Signal", "all_signals"]
