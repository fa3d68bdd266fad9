"""Answers to questions that only say again what the body said."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import numpy as np

from qualityscore.document import Line
from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    per_1000,
    signal,
)
from qualityscore.signals.counts import counts
from qualityscore.signals.repetition._grams import content

_KNOWN = 0.6
_LONGEST = 70
_OPENERS = frozenset(
    (
        "what",
        "what's",
        "why",
        "how",
        "who",
        "when",
        "where",
        "which",
        "is",
        "are",
        "was",
        "were",
        "do",
        "does",
        "did",
    )
    + (
        "can",
        "could",
        "should",
        "will",
        "would",
        "has",
        "have",
        "had",
        "may",
        "must",
        "whose",
        "if",
        "in",
        "q",
    )
)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A question with its answer, in words: question ``begin:first``, answer ``first:last``."""

    begin: int
    first: int
    last: int


def _answers(doc: Document) -> list[_Pair]:
    """Short answers straight after questions, where two or more such pairs follow one another."""
    lower = doc.lower
    mark = lower.find("?")
    if lower.find("?", mark + 1) < 0:
        return []
    lines = [line for line in doc.article if line.first < line.last]
    line_starts = [line.start for line in lines]
    runs: list[list[_Pair]] = []
    behind = -1
    while mark >= 0:
        i = bisect_right(line_starts, mark) - 1
        if i < 0 or mark >= lines[i].end:
            # Between lines, or in one of the template: there may be millions.
            mark = lower.find("?", line_starts[i + 1]) if i + 1 < len(lines) else -1
            continue
        pair, step = _pair(doc, lines, i, mark)
        if pair is not None:
            if i != behind:
                runs.append([])
            runs[-1].append(pair)
            behind = i + step
        mark = lower.find("?", lines[i].end)
    return [pair for run in runs if len(run) >= 2 for pair in run]


def _pair(doc: Document, lines: list[Line], i: int, mark: int) -> tuple[_Pair | None, int]:
    """The question and answer that a line with its first question mark there begins, and how many lines they take."""
    line, lower = lines[i], doc.lower
    if doc.words.lower[line.first] not in _OPENERS or lower.find(". ", line.start, mark) >= 0:
        return None, 1
    first, last, step = bisect_left(doc.words.starts, mark, line.first, line.last), line.last, 1
    if not 3 <= first - line.first <= 25:
        return None, 1
    if first == last and i + 1 < len(lines):
        answer, step = lines[i + 1], 2
        first, last = answer.first, answer.last
        open_question = lower.find("?", answer.start, answer.end) >= 0
    else:
        open_question = lower.find("?", mark + 1, line.end) >= 0
    if not 4 <= last - first <= _LONGEST or open_question:
        return None, 1
    return _Pair(line.first, first, last), step


@signal(
    id="faq_repeats_body",
    family="repetition",
    why="A generated list of questions at the end of an article has nothing new to answer.",
    limits="Honest summaries for hurried readers repeat the body as well.",
    sources=[
        Source(
            "Bevendorff et al. 2024: Is Google Getting Worse?", "https://doi.org/10.1007/978-3-031-56063-7_4"
        ),
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[
        Feature("answers_per_1k_words", "answers / 1000 words, weighted by how much the body held already")
    ],
    needs=Needs(min_words=60),
    fires=[
        Example(
            "The council has approved a new cycle path along the northern canal. Work on the cycle path begins in spring, and the council expects that the canal bridge will close for six weeks. Residents asked for better lighting along the path, and the council has promised new lamps.\n\nWhen does work on the cycle path begin?\n\nWork on the new cycle path along the canal begins in spring.\n\nWhat has the council promised residents?\n\nThe council has promised residents better lighting and new lamps along the path.",
            [
                "Work on the new cycle path along the canal begins in spring",
                "The council has promised residents better lighting and new lamps along the path",
            ],
            pad="before",
        ),
        Example(
            "Sourdough bread needs a lively starter, strong flour and a long cold rest. Bakers shape the dough twice, and they bake it in a heavy iron pot so that steam keeps the crust soft while the loaf rises.\n\nWhat does sourdough bread need?\n\nSourdough bread needs a lively starter, strong flour and a long rest.\n\nWhy do bakers use an iron pot?\n\nBakers bake the dough in a heavy iron pot so that steam keeps the crust soft.",
            [
                "Sourdough bread needs a lively starter, strong flour and a long rest",
                "Bakers bake the dough in a heavy iron pot so that steam keeps the crust soft",
            ],
            pad="before",
        ),
    ],
    quiet=[
        "What is new? Everything.",
        "Who built the bridge?\n\nAn engineer from Ghent, whom nobody had heard of before.\n\nWho paid for it?\n\nA duchess sold three emeralds to a Genoese banker.",
    ],
)
def faq_repeats_body(doc: Document) -> Measured:
    pairs = _answers(doc)
    if not pairs:
        return Measured({"answers_per_1k_words": 0.0})
    c = counts(doc)
    solid = content(doc)
    inside = np.zeros(len(solid), dtype=np.bool_)
    for pair in pairs:
        inside[pair.begin : pair.last] = True
    body = np.zeros(c.n_types, dtype=np.bool_)
    body[c.ids[~inside & solid]] = True
    found = []
    weight = 0.0
    for pair in pairs:
        words = np.unique(c.ids[pair.first : pair.last][solid[pair.first : pair.last]])
        if len(words) < 4:
            continue
        known = float(body[words].mean())
        if known >= _KNOWN:
            weight += (known - _KNOWN) / (1.0 - _KNOWN)
            found.append(
                Finding(
                    doc.words.starts[pair.first],
                    doc.words.ends[pair.last - 1],
                    f"{known:.0%} of its words are in the body",
                )
            )
    return Measured({"answers_per_1k_words": per_1000(weight, doc.n_words)}, found)
