"""Questions and requests to the reader that ask for comments."""

import re
from bisect import bisect_left

from qualityscore.document.lines import Line
from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Hits,
    Measured,
    per_1000,
    phrase_file,
    signal,
)
from qualityscore.signals.boilerplate._labels import NEWSGUARD, SIGNS, asking_lines, is_title, question_mark

_OPINION_WORDS = (
    "think thought thoughts believe opinion opinions feel agree disagree idea ideas view views take experience "
    "experiences favorite favourite prefer reaction reactions expect imagine predict love excited"
)
_OPINION = frozenset(_OPINION_WORDS.split())
_YOU = frozenset(("you", "your", "you're"))
_FULL_STOP = re.compile(r"[.!](?=\s)")


@signal(
    id="engagement_bait",
    family="boilerplate",
    why="Generated articles close by asking the reader's opinion, because comments count as engagement.",
    limits="Bloggers with a real audience ask for comments too, and so do surveys and class handouts.",
    sources=[NEWSGUARD, SIGNS],
    features=[
        Feature("calls_per_1k_words", "requests / 1000 words"),
        Feature("closing_questions_per_1k_words", "closing paragraphs that ask the reader / 1000 words"),
    ],
    phrases={"call": phrase_file(__file__, "engagement_bait.txt")},
    fires=[
        Example(
            "Share your thoughts in the comments below!", ["Share your thoughts", "in the comments below"]
        ),
        Example(
            "What are your thoughts on the new bridge? Do you believe it will last?",
            ["What are your thoughts on the new bridge? Do you believe it will last?"],
            pad="before",
        ),
    ],
    quiet=[
        "What do you think he did then? He sold the boat and kept the oars.",
        '"What do you think of it?" she asked.',
        "He left his comments on the second page of the form.",
    ],
)
def engagement_bait(doc: Document, hits: Hits) -> Measured:
    calls = [Finding(start, end) for start, end in hits["call"]]
    asked: list[Finding] = []
    lines = doc.article
    starts = [call.start for call in calls]
    for i in asking_lines(doc):
        line = lines[i]
        if 4 <= line.n_words <= 60 and not line.heading and _closes(doc, lines, i, starts):
            asked.append(Finding(line.start, line.end))
    return Measured(
        {
            "calls_per_1k_words": per_1000(len(calls), doc.n_words),
            "closing_questions_per_1k_words": per_1000(len(asked), doc.n_words),
        },
        [*calls, *asked],
    )


def _closes(doc: Document, lines: tuple[Line, ...], i: int, calls: list[int]) -> bool:
    """Whether a paragraph asks "you", and nothing but a new title or a call follows it."""
    text, line = doc.folded, lines[i]
    mark = text.find("?", line.start, line.end)
    if mark < 0 or text[line.start] in "\"'" or _FULL_STOP.search(text, line.start, mark):
        return False
    words = doc.words.lower[line.first : line.last]
    if _YOU.isdisjoint(words) or "i" in words:
        return False
    at = bisect_left(calls, line.start)
    if at < len(calls) and calls[at] < line.end:
        return True
    if not question_mark(doc, line) or _OPINION.isdisjoint(words) or _FULL_STOP.search(text, mark, line.end):
        return False
    if i + 1 == len(lines):
        return True
    after = lines[i + 1]
    if not is_title(doc, after, 20) or after.n_words < 4:
        return False
    # A question between questions is one of a worksheet's.
    return not question_mark(doc, after) or (i > 0 and not question_mark(doc, lines[i - 1]))
