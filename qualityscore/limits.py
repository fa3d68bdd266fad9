"""Bounds on what one page may cost. Pages are hostile input; every bound is here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one page. Exceeding one raises `LimitExceeded` (a row with an error).

    Attributes:
        max_bytes: size of the raw page in bytes.
        max_nodes: DOM nodes visited.
        max_depth: nesting depth below which DOM nodes are read as one flat level.
        max_words: words of main content.
        max_evidence: evidence spans kept per signal (the counts stay exact).
        max_evidence_chars: characters quoted per evidence span.
        max_seconds: time for one page, checked between stages and signals.
    """

    max_bytes: int = 10_000_000
    max_nodes: int = 400_000
    max_depth: int = 1_000
    max_words: int = 200_000
    max_evidence: int = 25
    max_evidence_chars: int = 300
    max_seconds: float = 30.0


DEFAULT_LIMITS = Limits()
