"""Runs of three or more questions with answers of one to four sentences."""

import re

from qualityscore.document.lines import Line
from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Source, per_1000, signal
from qualityscore.signals.boilerplate._labels import SIGNS, asking_lines, is_title, question_mark

_STOPS = re.compile(r"[.!?…](?=[\"')\]*_]{0,3}(?:\s|$))")
_ASKS = re.compile(
    r"(?:q(?:uestion)?\s?\d{0,2}\s?[:.)]\s{0,3})?[*_]{0,3}(?:what|who|whom|whose|which|when|where|why|how|is|are|was|"
    r"were|do|does|did|can|could|will|would|should|has|have|may|must)\b",
    re.I,
)
_INNER_STOP = re.compile(r"[.!…][\"')]?\s")
_ANSWER_LABEL = re.compile(r"(?:a|answer|ans)\s?[:.)]\s{0,3}", re.I)
_MAX_QUESTION = 200
_MAX_ANSWER_WORDS = 90
_MAX_SENTENCES = 4
# One stray line (a rule, a long answer's second paragraph) does not end a run.
_GAP = 1
_RUN = 3


@signal(
    id="generated_faq",
    family="boilerplate",
    why="Generated articles end in a list of made-up questions, each answered in a line or two.",
    limits="Institutions answer real questions in the same form, and so do short interviews.",
    sources=[
        SIGNS,
        Source(
            "Google: changes to HowTo and FAQ rich results",
            "https://developers.google.com/search/blog/2023/08/howto-faq-changes",
        ),
    ],
    features=[
        Feature("pairs_per_1k_words", "pairs / 1000 words"),
        Feature("vague_pairs_per_1k_words", "pairs without a number or a name / 1000 words"),
    ],
    fires=[
        Example(
            "What is a garden shed? A garden shed is a small building for tools.\n"
            "Why do people like sheds? People like sheds because they are useful.\n"
            "Can a shed be painted? Yes, a shed can be painted in many colours.",
            ["What is a garden shed?", "Why do people like sheds?", "Can a shed be painted?"],
        ),
        Example(
            "How long does paint take to dry?\n\nPaint dries in its own time, and that varies.\n\n"
            "Is it safe to repaint a door?\n\nYes, it is safe if you take care.\n\n"
            "Q: Should doors be sanded first?\n\nA: Most experts agree that sanding helps the paint.",
            [
                "How long does paint take to dry?",
                "Is it safe to repaint a door?",
                "Q: Should doors be sanded first?",
            ],
        ),
    ],
    quiet=[
        "Why did he leave? Nobody could say. The door stood open all night.",
        '"Where were you?" she asked.\n\n"At the mill," said Tom, and sat down.\n\n"Why so late?" she asked.\n\n"The bus."',
        "What did we learn?\n\nWhat would we change?\n\nWho will pay for it?",
    ],
)
def generated_faq(doc: Document) -> Measured:
    asking = asking_lines(doc)
    if len(asking) < _RUN:
        return Measured({"pairs_per_1k_words": 0.0, "vague_pairs_per_1k_words": 0.0})
    lines = doc.article
    runs: list[list[tuple[Finding, bool]]] = [[]]
    last = following = -9
    for i in asking:
        if i < following:
            continue
        size, pair = _pair(doc, lines, i)
        if pair is not None:
            if i - last > _GAP:
                runs.append([])
            runs[-1].append(pair)
            last = i + size
        following = i + size
    pairs = [pair for run in runs if len(run) >= _RUN for pair in run]
    return Measured(
        {
            "pairs_per_1k_words": per_1000(len(pairs), doc.n_words),
            "vague_pairs_per_1k_words": per_1000(sum(vague for _, vague in pairs), doc.n_words),
        },
        [finding for finding, _ in pairs],
    )


def _pair(doc: Document, lines: tuple[Line, ...], i: int) -> tuple[int, tuple[Finding, bool] | None]:
    """Lines taken by the pair that opens at line ``i``, and the pair."""
    text, line = doc.folded, lines[i]
    mark = text.find("?", line.start, min(line.end, line.start + _MAX_QUESTION))
    if mark < 0 or not _ASKS.match(text, line.start) or not 3 <= text.count(" ", line.start, mark) + 1 <= 25:
        return 0, None
    stop = _INNER_STOP.search(text, line.start + 4, mark)
    if stop is not None and not text[stop.start() - 1].isupper():
        return 0, None
    question = Finding(line.start, mark + 1)
    after = mark + 1
    while after < line.end and text[after] in "*_\"') :-–—+":
        after += 1
    if after < line.end:
        return 1, _answered(doc, line, question, after)
    if i + 1 == len(lines):
        return 1, None
    answer = lines[i + 1]
    if is_title(doc, answer, 4) or answer.heading or question_mark(doc, answer):
        return 1, None
    pair = _answered(doc, answer, question, answer.start)
    return (2, pair) if pair else (1, None)


def _answered(doc: Document, line: Line, question: Finding, start: int) -> tuple[Finding, bool] | None:
    text = doc.folded
    label = _ANSWER_LABEL.match(text, start, line.end)
    if label:
        start = label.end()
    answer = text[start : line.end]
    if answer[:1] in ("", '"', "'", "(") or not answer[0].isalnum():
        return None
    words = answer.split(None, _MAX_ANSWER_WORDS + 1)
    if not 3 <= len(words) <= _MAX_ANSWER_WORDS or "?" in answer or "I" in words:
        return None
    if not 1 <= len(_STOPS.findall(answer)) <= _MAX_SENTENCES:
        return None
    return question, _is_vague(answer, words)


def _is_vague(answer: str, words: list[str]) -> bool:
    if any(map(str.isdigit, answer)):
        return False
    previous = "."
    for word in words:
        if word[0].isupper() and word not in ("I", "I'm", "I'll") and previous[-1] not in ".!?:":
            return False
        previous = word
    return True
