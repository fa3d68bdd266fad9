"""What every engine shares: pages out of rows, verdicts that never end a run, what is said about a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

from qualityscore.document import Page
from qualityscore.document.page import PAGE_KINDS, PageKind
from qualityscore.errors import ConfigError, QualityscoreError
from qualityscore.rules import Rules
from qualityscore.scorer import Scorer
from qualityscore.sources.rows import page_kind, page_title
from qualityscore.verdict import Band, Verdict

Answer = Literal["keep", "drop"]

# Pages scored together: enough to share the model's matrices, few enough to hold their texts.
BATCH = 32
TOP_REASONS = 5
NOTHING: Mapping[str, object] = {}


class Summary(TypedDict):
    """What engines keep of a verdict.

    Keys:
        score: calibrated probability in 0-1, every digit of it; ``None`` if abstained or failed.
        band: ``ok``, ``suspect``, ``low_quality`` or ``abstained``.
        abstained: why there is no score.
        reason: why the page is to be dropped: ``low_quality``, ``rule <name>``, ``abstained_<why>`` or
            ``error``; ``None``: keep it.
        error: one line if the page could not be read.
        words, language: of the article.
        reasons: ids of signals that raise the score, those that quote the page first, at most five.
        model: id of the model.
    """

    score: float | None
    band: Band
    abstained: str | None
    reason: str | None
    error: str | None
    words: int
    language: str
    reasons: list[str]
    model: str


@dataclass(frozen=True, slots=True)
class Policy:
    """Which pages to drop: those a rule rejects or, without rules, those in band ``low_quality``.

    Attributes:
        rules: rules of a file, in place of the band.
        on_abstain, on_error: what becomes of pages without a score.
    """

    rules: Rules | None = None
    on_abstain: Answer = "keep"
    on_error: Answer = "keep"

    def __post_init__(self) -> None:
        for name in ("on_abstain", "on_error"):
            if getattr(self, name) not in ("keep", "drop"):
                raise ConfigError(f"{name} must be keep or drop, not {getattr(self, name)!r}")

    def reason(self, verdict: Verdict) -> str | None:
        """Why to drop a page; ``None``: keep it."""
        if verdict.error is not None:
            return "error" if self.on_error == "drop" else None
        rule = self.rules.check(verdict) if self.rules is not None else None
        if rule is not None:
            return f"rule {rule}"
        if verdict.abstained is not None:
            return f"abstained_{verdict.abstained}" if self.on_abstain == "drop" else None
        return "low_quality" if self.rules is None and verdict.band == "low_quality" else None

    def summary(self, verdict: Verdict) -> Summary:
        """What engines keep of a verdict."""
        raised = sorted((s for s in verdict.signals if s.contribution > 0), key=lambda s: -s.contribution)
        return {
            "score": verdict.score,
            "band": verdict.band,
            "abstained": verdict.abstained,
            "reason": self.reason(verdict),
            "error": verdict.error,
            "words": verdict.words,
            "language": verdict.language,
            "reasons": [s.reading.id for s in raised[:TOP_REASONS]],
            "model": verdict.model["id"],
        }


def check_kind(kind: PageKind | None) -> PageKind | None:
    """A kind of pages as given; ``None``: each as its row tells.

    Raises:
        ConfigError: there is no such kind.
    """
    if kind is not None and kind not in PAGE_KINDS:
        raise ConfigError(f"kind must be one of {', '.join(PAGE_KINDS)}, not {kind!r}")
    return kind


def make_page(
    content: object,
    kind: PageKind | None,
    *,
    field: str = "",
    row: Mapping[str, object] = NOTHING,
    url: object = None,
    content_type: object = None,
) -> Page | str:
    """A page, or one line that says why a value is none.

    Args:
        kind: ``None``: as the name of the field says, else the row, else the content.
        field: name of the content's field.
        row: the fields beside it; they tell the page's title and kind as they do in files of rows.
    """
    if isinstance(content, (bytearray, memoryview)):
        content = bytes(content)
    if not isinstance(content, (str, bytes)):
        return "has no content" if content is None else f"content is no text but {type(content).__name__}"
    headers = {"content-type": content_type} if isinstance(content_type, str) else {}
    address = url if isinstance(url, str) and url else None
    found = page_kind(field, row) if kind is None else kind
    return Page(content, found, address, address, headers, page_title(row))


def score_all(scorer: Scorer, pages: Sequence[Page | str]) -> list[Verdict]:
    """Verdicts in order; a text in place of a page is the error of its verdict.

    A page on which the scorer itself breaks gets a verdict with that error, and the others their scores.

    Raises:
        InputError, SignalError: only with a strict scorer.
    """
    good = [page for page in pages if isinstance(page, Page)]
    try:
        verdicts = iter(list(scorer.score_many(good)))
    except QualityscoreError:
        raise
    except Exception:
        verdicts = iter([_score(scorer, page) for page in good])
    return [next(verdicts) if isinstance(page, Page) else failed(scorer, page) for page in pages]


def _score(scorer: Scorer, page: Page) -> Verdict:
    try:
        return scorer.score(page)
    except QualityscoreError:
        raise
    except Exception as error:
        # A fault of this package on one page in a billion must not end the run; the row says what it was.
        return failed(scorer, f"internal error: {type(error).__name__}: {error}", page)


def failed(scorer: Scorer, error: str, page: Page | None = None) -> Verdict:
    """The verdict on something that could not be scored."""
    return scorer.failed(error, page.source if page else None, page.url if page else None)
