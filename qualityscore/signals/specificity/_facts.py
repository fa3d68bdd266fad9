"""What a reader could check in a text: names, measured numbers, dates and quotations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import cast

import numpy as np

from qualityscore.document import Document
from qualityscore.native import compiled
from qualityscore.signals.counts import Bools, Counts, counts, per_document
from qualityscore.signals.spelling import CAPITAL, DAY, LOWER, MIXED, MONTH, NUMBER, SPEECH, STOP, UNIT, YEAR
from qualityscore.values import value

Span = tuple[int, int]
Names = dict[tuple[int, ...], Span]
CURRENCY = "$£€¥₹"
_OPENS = np.array([chr(i) in "\"'([:" for i in range(256)])
_compiled = compiled("facts")
_SPACE, _QUOTE = ord(" "), ord('"')
# Words around a quotation in which its speaker is looked for.
_REACH = 8
_TITLE_CASE = 0.6


@value
class Quotation:
    """A passage in double quotes: words ``first:last``, and whether a verb of speech is near."""

    first: int
    last: int
    spoken: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything checkable in the prose, as ranges of words.

    Attributes:
        names: how many runs of capitalised words there are that the page does not also use as common words.
        different: the first place of each different name, in order, by the types of its words.
        amounts: numbers with a unit, a percent sign or a currency.
        dates: years, and days and months with a number.
        quotations: passages in double quotes, in order.
        checkable: whether each prose sentence holds any of these, shape (n_sentences,).
    """

    names: int
    different: Mapping[tuple[int, ...], Span]
    amounts: tuple[Span, ...]
    dates: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    checkable: Bools


@per_document
def facts(doc: Document) -> Facts:
    """The document's facts, computed once."""
    c = counts(doc)
    named = _name_words(doc, c)
    names, different = _names(doc, c, named)
    amounts, dates = _numbers(doc, c)
    quotations = _quotations(doc, c)
    mask = named
    for first, last in (*amounts, *dates):
        mask[first:last] = True
    for q in quotations:
        if q.spoken:
            mask[q.first : q.last] = True
    return Facts(
        names=names,
        different=different,
        amounts=tuple(amounts),
        dates=tuple(dates),
        quotations=tuple(quotations),
        checkable=c.per_sentence(mask) > 0,
    )


def _name_words(doc: Document, c: Counts) -> Bools:
    """Words of names: seen capitalised inside a sentence at least as often as in lower case.

    A name that lost its capital elsewhere still counts there, and a capital that only a title or
    an erratic rewriter gave to a common word does not.
    """
    if _compiled is None:
        return name_words_in_python(doc, c)
    no_name = STOP | MONTH | DAY
    return cast(
        Bools,
        _compiled.name_words(
            c.info, c.prose.view(np.uint8), c.ids, c.n_types, c.firsts, c.lasts,
            doc.words.start_at, doc.ascii, _OPENS.view(np.uint8),
            (MIXED, no_name, no_name | NUMBER, STOP | NUMBER, LOWER), _TITLE_CASE,
        ),
    )  # fmt: skip


def name_words_in_python(doc: Document, c: Counts) -> Bools:
    """The words of names, without the compiled loop."""
    empty = np.zeros(len(c.info), dtype=np.bool_)
    if not len(c.firsts):
        return empty
    shaped = c.has(MIXED) & ~c.has(STOP | MONTH | DAY) & c.prose
    opening = empty.copy()
    opening[c.firsts] = True
    inside = shaped & ~opening
    # A word that opens a sentence is no candidate, so something stands in front of each.
    at = np.flatnonzero(inside)
    start = doc.words.start_at[at]
    before, further = doc.ascii[start - 1], doc.ascii[np.maximum(start - 2, 0)]
    inside[at[_OPENS[np.where(before == _SPACE, further, before)]]] = False
    content = c.per_sentence(c.prose & ~c.has(STOP | NUMBER))
    title_case = (content >= 6) & (c.per_sentence(shaped) > _TITLE_CASE * content)
    for k in np.flatnonzero(title_case).tolist():
        inside[c.firsts[k] : c.lasts[k]] = False
    capital = np.bincount(c.ids[inside], minlength=c.n_types)
    lower = np.bincount(c.ids[c.has(LOWER)], minlength=c.n_types)
    is_name = (capital > 0) & (capital >= lower)
    return np.asarray(is_name[c.ids] & c.prose & ~c.has(STOP | MONTH | DAY | NUMBER), dtype=np.bool_)


def _names(doc: Document, c: Counts, named: Bools) -> tuple[int, Names]:
    """Join words that stand side by side, one space apart, to one name: how many, and where each is first."""
    if _compiled is None:
        return names_in_python(doc, c, named)
    words = doc.words
    return cast(tuple[int, Names], _compiled.names(named.view(np.uint8), c.ids, words.start_at, words.end_at))


def names_in_python(doc: Document, c: Counts, named: Bools) -> tuple[int, Names]:
    """The names, without the compiled loop."""
    starts, ends = doc.words.starts, doc.words.ends
    runs: list[Span] = []
    for i in np.flatnonzero(named).tolist():
        if runs and runs[-1][1] == i and starts[i] - ends[i - 1] == 1:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    different: Names = {}
    for first, last in runs:
        different.setdefault(tuple(c.ids[first:last].tolist()), (first, last))
    return len(runs), different


def _numbers(doc: Document, c: Counts) -> tuple[list[Span], list[Span]]:
    """Amounts and dates, as ranges of words."""
    if _compiled is None:
        return numbers_in_python(doc, c)
    words, flags = doc.words, (NUMBER, MONTH, YEAR, UNIT)
    return cast(
        tuple[list[Span], list[Span]],
        _compiled.numbers(
            doc.folded, c.info, c.prose.view(np.uint8), words.start_at, words.end_at, CURRENCY, flags
        ),
    )


def numbers_in_python(doc: Document, c: Counts) -> tuple[list[Span], list[Span]]:
    """The amounts and dates, without the compiled loop."""
    text, starts, ends, n = doc.folded, doc.words.starts, doc.words.ends, len(c.info)
    amounts: list[Span] = []
    dates: list[Span] = []
    at = np.flatnonzero(c.has(NUMBER) & c.prose)
    nearby = c.info[np.array([at - 1, at, np.minimum(at + 1, n - 1)])].T.tolist() if len(at) else []
    for i, (before, info, after) in zip(at.tolist(), nearby, strict=True):
        # A number that ends a paragraph has nothing to do with the month that opens the next.
        left = i > 0 and starts[i] - ends[i - 1] <= 2 and "\n" not in text[ends[i - 1] : starts[i]]
        right = i + 1 < n and starts[i + 1] - ends[i] <= 2 and "\n" not in text[ends[i] : starts[i + 1]]
        before, after = before if left else 0, after if right else 0
        if (before | after) & MONTH:
            span = (i - 1 if before & MONTH else i, i + 2 if after & MONTH else i + 1)
            if left and dates and span[0] <= dates[-1][1]:
                dates[-1] = (dates[-1][0], span[1])
            else:
                dates.append(span)
        elif info & YEAR and not after & UNIT and text[starts[i] - 1 : starts[i]] not in CURRENCY:
            if left and dates and dates[-1][1] == i:
                dates[-1] = (dates[-1][0], i + 1)
            else:
                dates.append((i, i + 1))
        elif after & UNIT or text[ends[i] : ends[i] + 2].lstrip()[:1] in ("%", "°"):
            amounts.append((i, i + 2 if after & UNIT else i + 1))
        elif starts[i] and text[starts[i] - 1] in CURRENCY:
            amounts.append((i, i + 1))
    return amounts, dates


def _quotations(doc: Document, c: Counts) -> list[Quotation]:
    """Passages of three words or more in double quotes."""
    if _compiled is None:
        return quotations_in_python(doc, c)
    found = _compiled.quotations(doc.ascii, c.info, doc.words.start_at, doc.prose, SPEECH, _REACH)
    return [Quotation(*one) for one in found]


def quotations_in_python(doc: Document, c: Counts) -> list[Quotation]:
    """The quotations, without the compiled loop."""
    text, starts = doc.folded, doc.words.starts
    found: list[Quotation] = []
    if '"' not in text:
        return found
    speech = np.flatnonzero(c.has(SPEECH)).tolist()
    all_marks = np.flatnonzero(doc.ascii == _QUOTE).tolist()
    end = 0
    for line in doc.prose:
        begin = bisect_left(all_marks, line.start, end)
        end = bisect_left(all_marks, line.end, begin)
        if begin == end:
            continue
        marks = all_marks[begin:end]
        if len(marks) % 2:
            # Speech that goes on in the next paragraph is closed there only.
            marks.append(line.end)
        for left, right in zip(marks[::2], marks[1::2], strict=True):
            first = bisect_left(starts, left)
            last = bisect_left(starts, right)
            if last - first >= 3:
                around = _any_between(speech, max(first - _REACH, line.first), first)
                around = around or _any_between(speech, last, min(last + _REACH, line.last))
                found.append(Quotation(first, last, around))
    return found


def _any_between(places: list[int], low: int, high: int) -> bool:
    at = bisect_left(places, low)
    return at < len(places) and places[at] < high


def cite(doc: Document, spans: Iterable[Span], limit: int = 12) -> list[Span]:
    """Character spans of the first word ranges, for findings."""
    starts, ends = doc.words.starts, doc.words.ends
    return [(starts[a], ends[b - 1]) for a, b in islice(spans, limit)]


__all__ = ["CAPITAL", "CURRENCY", "Facts", "Quotation", "cite", "facts"]
