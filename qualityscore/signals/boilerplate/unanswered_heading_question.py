"""A question posed as a heading that the text below never takes up."""

import re

from qualityscore.document.lines import Line
from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, per_1000, signal
from qualityscore.signals.boilerplate._labels import PEOPLE_FIRST, asking_lines, question_mark

_STEM = 5
_BODY_WORDS = 200
_FEW_WORDS = 8
_ASKS_WORDS = (
    "how what which why who when where can could will would should might is are do does did has have"
)
_ASKS = frozenset(_ASKS_WORDS.split())
# Questions of people about themselves: chat, interviews, forums, forms.
_PERSONAL_WORDS = (
    "i i'm my me we us our you your you're he she his her him it it's its they them their this that these those "
    "there anyone anybody someone"
)
_PERSONAL = frozenset(_PERSONAL_WORDS.split())
_COMMON_WORDS = (
    "about after also been being both could does doing done from have here into just like make many might "
    "more most much must only other over really shall should some such than that their them then there these "
    "they this those very were what when where which while whom whose will with would your yours"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_STOP = re.compile(r"[.!?:](?=\s)")


@signal(
    id="unanswered_heading_question",
    family="boilerplate",
    why="Pipelines paste searched-for questions in as headings, whether or not the text has anything to say on them.",
    limits="An answer in other words shares no word with its question; textbooks pose questions for the class.",
    sources=[PEOPLE_FIRST],
    features=[Feature("per_1k_words", "questions, each weighted by how little is taken up / 1000 words")],
    fires=[
        Example(
            "How might the ambassador's accusations affect public trust in newspapers?\n\n"
            "We walked home along the canal, and it rained until the evening of that day.",
            ["How might the ambassador's accusations affect public trust in newspapers?"],
        ),
        Example(
            "Which vitamins protect elderly gardeners against winter infections?\n\n"
            "Sheds come in all sizes. A good one has a window and a door that closes well.",
            ["Which vitamins protect elderly gardeners against winter infections?"],
        ),
    ],
    quiet=[
        "How is the old millstone dressed in spring?\n\n"
        "A pick is used to dress the millstone in spring, and the miller takes a day over it.",
        "Can you tell me which bus goes from Leeds to Harlow?\n\nAnn did, as her father had done before her.",
        "Which county has the longest canal?\n\nWhich canal has the deepest lock?\n\nWhich lock has a keeper?",
    ],
)
def unanswered_heading_question(doc: Document) -> Measured:
    lines = doc.article
    found: list[Finding] = []
    total = 0.0
    for i in asking_lines(doc):
        line = lines[i]
        if line.terminal and 6 <= line.n_words <= 24 and question_mark(doc, line):
            missing = _missing(doc, lines, i)
            if missing > 0.0:
                total += missing
                found.append(Finding(line.start, line.end))
    return Measured({"per_1k_words": per_1000(total, doc.n_words)}, found)


def _missing(doc: Document, lines: tuple[Line, ...], i: int) -> float:
    """1 if none of the question's content words is taken up below, 0 from 40 % of them."""
    line, words = lines[i], doc.words.lower
    question = words[line.first : line.last]
    if (
        question[0] not in _ASKS
        or not doc.folded[line.start].isupper()
        or not _PERSONAL.isdisjoint(question)
        or _STOP.search(doc.folded, line.start, line.end - 1)
    ):
        return 0.0
    asked = {w[:_STEM] for w in question if len(w) > 3 and w not in _COMMON}
    after = words[line.last : line.last + _BODY_WORDS]
    if len(asked) < 3 or len(after) < _FEW_WORDS:
        return 0.0
    if question_mark(doc, lines[i + 1]) or (i and _is_impersonal_question(doc, lines[i - 1])):
        # One of a list of questions: a worksheet or a survey is not meant to answer.
        return 0.0
    below = lines[i + 1]
    if below.n_words < 4 and not below.heading:
        # The first of the options of a quiz.
        return 0.0
    covered = len(asked.intersection([w[:_STEM] for w in after])) / len(asked)
    # With a title straight below, whatever the next article mentions is no answer.
    return max(0.0, 1.0 - covered if _is_headline(doc, below) else 1.0 - 2.5 * covered)


def _is_headline(doc: Document, line: Line) -> bool:
    if line.terminal or not 5 <= line.n_words <= 20:
        return False
    return sum(map(str.istitle, doc.words.raw[line.first : line.last])) >= 0.6 * line.n_words


def _is_impersonal_question(doc: Document, line: Line) -> bool:
    return question_mark(doc, line) and _PERSONAL.isdisjoint(doc.words.lower[line.first : line.last])
