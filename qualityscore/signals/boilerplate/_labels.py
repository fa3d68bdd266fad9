"""Where a phrase stands: at the opening of a line, as a label, as a title.

Decided from the text alone, so that every rendering of a page gives the same answer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from qualityscore.document import Document
from qualityscore.document.lines import Line
from qualityscore.signals.api import Finding, Source
from qualityscore.signals.counts import per_document
from qualityscore.signals.phrases import Span

SIGNS = Source(
    "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
)
SPAM_POLICIES = Source(
    "Google: spam policies for web search",
    "https://developers.google.com/search/docs/essentials/spam-policies",
)
PEOPLE_FIRST = Source(
    "Google: creating helpful, reliable, people-first content",
    "https://developers.google.com/search/docs/fundamentals/creating-helpful-content",
)
SEO_SPAM = Source(
    "Bevendorff et al.: Is Google Getting Worse? (ECIR 2024)", "https://doi.org/10.1007/978-3-031-56063-7_4"
)
NEWSGUARD = Source(
    "NewsGuard: AI-enabled misinformation tracking center",
    "https://www.newsguardtech.com/special-reports/ai-tracking-center/",
)

# Emphasis, quotes and brackets that markup or typesetting leaves around a label.
_WRAPPING = "*_\"')] "
_LEAD = 12


def line_at(doc: Document, offset: int) -> Line | None:
    """The article line that holds an offset; ``None`` in chrome and between lines."""
    at = bisect_right(doc.lines, offset, key=_start) - 1
    if at < 0:
        return None
    line = doc.lines[at]
    return None if line.chrome or offset >= line.end else line


def _start(line: Line) -> int:
    return line.start


def opened_line(doc: Document, start: int) -> Line | None:
    """The article line whose first letters stand at ``start``; emoji and asterisks do not count."""
    line = line_at(doc, start)
    if line is None or start - line.start > _LEAD:
        return None
    return None if any(map(str.isalpha, doc.folded[line.start : start])) else line


def is_title(doc: Document, line: Line, words: int = 16) -> bool:
    """Whether a line is short and not closed by a full stop, so that it may head something."""
    return line.n_words <= words and (not line.terminal or question_mark(doc, line))


def question_mark(doc: Document, line: Line) -> bool:
    """Whether a line ends in a question mark."""
    return doc.folded[max(line.start, line.end - 6) : line.end].rstrip(_WRAPPING).endswith("?")


@per_document
def asking_lines(doc: Document) -> list[int]:
    """Places in the article of the lines that hold a question mark."""
    text, lines = doc.folded, doc.article
    found: list[int] = []
    mark = text.find("?")
    if mark < 0:
        return found
    starts = [line.start for line in lines]
    while mark >= 0:
        at = bisect_right(starts, mark) - 1
        # Marks of chrome stand between the lines of the article.
        if at >= 0 and mark < lines[at].end:
            found.append(at)
        mark = text.find("?", lines[at + 1].start) if at + 1 < len(lines) else -1
    return found


def rest_of(doc: Document, line: Line, end: int) -> str:
    """What follows ``end`` on the line, without the emphasis, colon or stop behind it."""
    return doc.folded[end : line.end].strip("*_\"')]:?!.-–— ")


def labels(
    doc: Document, spans: Sequence[Span], marks: str = ":!?", lone: bool = True, before: bool = False
) -> list[Finding]:
    """Phrases used as the label of a box: they open a line and end in a mark, or fill the line.

    Args:
        marks: one of these closes a label on the line of its text.
        lone: whether a label alone on its line counts without a mark.
        before: whether one or two capitalised words stand in front ("Style Note:"), else none.
    """
    found: list[Finding] = []
    for start, end in spans:
        line = _after_capitals(doc, start) if before else opened_line(doc, start)
        if line is None:
            continue
        at = end
        while at < line.end and at < end + 4 and doc.folded[at] in _WRAPPING:
            at += 1
        if at < line.end and doc.folded[at] in marks:
            found.append(Finding(line.start if before else start, at + 1))
        elif lone and at >= line.end:
            found.append(Finding(line.start if before else start, end))
    return found


def _after_capitals(doc: Document, start: int) -> Line | None:
    line = line_at(doc, start)
    if line is None or not line.terminal or not 2 < start - line.start < 40:
        return None
    words = doc.folded[line.start : start].strip("*_ ").split(" ")
    return line if len(words) <= 2 and all(word[:1].isupper() for word in words) else None
