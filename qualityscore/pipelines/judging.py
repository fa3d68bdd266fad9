"""`Judge`: pages to what a filter keeps of their verdicts, the decision on each among it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualityscore.document.page import Page
from qualityscore.pipelines.policy import Policy, Summary, failed, score_all
from qualityscore.scorer import Scorer


@dataclass(frozen=True, slots=True)
class Judge:
    """A scorer and a policy. Immutable and picklable."""

    scorer: Scorer
    policy: Policy

    def outcomes(self, pages: Sequence[Page]) -> list[Summary]:
        """One outcome a page, in order; a page that cannot be scored has an error in it."""
        return [self.policy.summary(verdict) for verdict in score_all(self.scorer, pages)]

    def failure(self, page: Page | None, error: str) -> Summary:
        """The outcome of a page that could not be scored at all, or of a record that led to none."""
        return self.policy.summary(failed(self.scorer, error, page))
