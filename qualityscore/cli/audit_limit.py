"""``--fail-above`` of an audit: a count or a share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from qualityscore.errors import ConfigError


@dataclass(frozen=True, slots=True)
class FailAbove:
    """A limit on low-quality pages: a count, or a share of the scored pages (0-1)."""

    CODE: ClassVar[int] = 1
    count: int | None = None
    share: float | None = None

    @classmethod
    def parse(cls, text: str | None) -> FailAbove | None:
        """``10`` is a count; ``5%`` and ``0.05`` are shares.

        Raises:
            ConfigError: it is neither.
        """
        if text is None:
            return None
        given = text.strip()
        try:
            if given.isascii() and given.isdigit():
                return cls(count=int(given))
            share = float(given[:-1]) / 100 if given.endswith("%") else float(given)
        except ValueError:
            share = math.nan
        if not 0 <= share <= 1:
            raise ConfigError(
                f"--fail-above takes a count such as 10, or a share such as 5% or 0.05, not {text!r}"
            )
        return cls(share=share)

    def exceeded(self, flagged: int, scored: int) -> bool:
        """Whether so many flagged pages of so many scored ones are too many."""
        if self.count is not None:
            return flagged > self.count
        return self.share is not None and scored > 0 and flagged / scored > self.share
