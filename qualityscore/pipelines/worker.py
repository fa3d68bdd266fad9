"""What runs in a process that scores for another one; it imports no engine."""

from __future__ import annotations

from qualityscore.document import Page
from qualityscore.own_process import settle
from qualityscore.pipelines.policy import score_all
from qualityscore.scorer import Scorer
from qualityscore.verdict import Verdict

_SCORER: Scorer | None = None


def start(scorer: Scorer) -> None:
    """Keep the scorer; called once in each process."""
    global _SCORER
    _SCORER = scorer
    settle()


def score(page: Page) -> Verdict:
    """The verdict on a page."""
    assert _SCORER is not None, "start() first"
    return score_all(_SCORER, [page])[0]
