"""Helpers shared by the signals of this family."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

from qualityscore.document.document import Document
from qualityscore.document.lines import Line
from qualityscore.signals.counts import COMMA, SPACE, gaps, per_document


def word_set(words: str) -> frozenset[str]:
    """The words of a string as a set."""
    return frozenset(words.split())


# Kept small by the title case of one style guide or another.
MINOR = word_set(
    "a an the and but or nor for so yet of in on at by to from with as into over per via vs is it's if "
    "than up out off your you"
)


def expanded(patterns: Iterable[str]) -> tuple[str, ...]:
    """Phrases of patterns in which each word may list alternatives (``a|the``; ``_`` for none)."""
    out: dict[str, None] = {}
    for pattern in patterns:
        for words in product(*(word.split("|") for word in pattern.split())):
            out[" ".join(word for word in words if word != "_")] = None
    return tuple(out)


@per_document
def opening_words(doc: Document) -> list[str]:
    """The first word of every sentence, in lower case."""
    lower = doc.words.lower
    return [lower[sentence.first] for sentence in doc.sentences]


def sentence_at(starts: Sequence[int], at: int) -> int:
    """Number of the last sentence that starts at or before an offset, -1 if there is none."""
    return bisect_right(starts, at) - 1


def named_headings(doc: Document, least: int) -> list[Line]:
    """Headings of at least ``least`` words, the first line of the article left out.

    The first line is the page's title, whose style is that of the trade and not of the writer.
    """
    first = doc.article[0] if doc.article else None
    return [line for line in doc.headings if line is not first and line.n_words >= least]


class ClosedList(NamedTuple):
    """A list "A, B and C" inside a sentence; positions are word numbers.

    Attributes:
        last_item: first word of B, the item after the last comma between items.
        joint: the "and" or "or" in front of C.
        serial_comma: a comma stands before the joint.
        longer: more items stand before A.
    """

    last_item: int
    joint: int
    serial_comma: bool
    longer: bool


@per_document
def closed_lists(doc: Document) -> list[ClosedList]:
    """Lists of three items or more whose last but one has at most three words."""
    before = gaps(doc)
    out: list[ClosedList] = []
    for joint in doc.words.where(_is_joint):
        if joint < 3 or joint + 1 >= len(before) or before[joint + 1] != SPACE or not before[joint]:
            continue
        for first in range(joint - 1, max(joint - 4, 1), -1):
            if before[first] == COMMA:
                longer = COMMA in before[max(first - 4, 0) + 1 : first]
                out.append(ClosedList(first, joint, before[joint] == COMMA, longer))
                break
            if before[first] != SPACE:
                break
    return out


def _is_joint(form: str) -> int:
    return form.lower() in ("and", "or")


def variation(sizes: Sequence[int]) -> float:
    """Coefficient of variation: standard deviation / mean, 0 if all are 0."""
    mean = sum(sizes) / len(sizes)
    if not mean:
        return 0.0
    return math.sqrt(sum([(size - mean) ** 2 for size in sizes]) / len(sizes)) / mean
