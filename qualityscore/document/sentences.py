"""Sentences of the article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from qualityscore.document.lines import Line
from qualityscore.document.words import Words
from qualityscore.native import compiled
from qualityscore.values import value

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sr jr st vs etc inc ltd co corp no nos vol pp fig figs eq al gen sen rep gov col "
    "capt lt sgt rev hon pres jan feb mar apr jun jul aug sep sept oct nov dec mt ave blvd rd approx "
    "est dept univ assn bros ph ed eds cf viz e.g i.e a.m p.m u.s u.k u.n d.c".split()
)
_STARTERS = frozenset(
    "The A An It Its This That These Those He She They We I You In On At For But And As If When While "
    "However After Before Since Some Many Most His Her Their Our There What Why How".split()
)
_STOP = re.compile(r"[.!?…]+[\"')\]]*(?=\s|$|[A-Z][a-z])")


@value
class Sentence:
    """A sentence of a line that is not a heading; words are ``words[first:last]``."""

    start: int
    end: int
    first: int
    last: int
    line: int


_compiled = compiled("sentences")
_splitter = None if _compiled is None else _compiled.Splitter(Sentence, _ABBREVIATIONS, _STARTERS)


def split_sentences(text: str, lines: Sequence[Line], words: Words) -> tuple[Sentence, ...]:
    """Sentences of all article lines that are not headings.

    A full stop without a space behind it ends a sentence too if a capitalised word follows
    ("cancelled.Despite"), so that a lost space does not hide two sentences.
    """
    if _splitter is None:
        return split_sentences_in_python(text, lines, words)
    sentences: tuple[Sentence, ...] = _splitter.split(text, lines, words.raw, words.start_at)
    return sentences


def split_sentences_in_python(text: str, lines: Sequence[Line], words: Words) -> tuple[Sentence, ...]:
    """As `split_sentences`."""
    out: list[Sentence] = []
    raw, lower, starts, ends = words.raw, words.lower, words.starts, words.ends
    for number, line in enumerate(lines):
        if line.chrome or line.heading or line.first == line.last:
            continue
        begin, first = line.start, line.first
        for stop in _STOP.finditer(text, line.start, line.end):
            dot, end = stop.span()
            last = bisect_left(starts, end, first, line.last)
            if end < line.end and text[dot] == ".":
                before = raw[last - 1] if last > first and ends[last - 1] == dot else ""
                if before.isalpha() and text[starts[last - 1] - 1] != ".":
                    # The common case: one plain word stands in front of the stop.
                    if (
                        before != "I"
                        if len(before) == 1 and before.isupper()
                        else (lower[last - 1] in _ABBREVIATIONS and end == dot + 1)
                    ):
                        continue
                elif _is_abbreviation(
                    text, line.start, dot, raw[last] if last < line.last else "", end - dot
                ):
                    continue
            if last > first:
                out.append(Sentence(begin, end, first, last, number))
                first = last
                begin = starts[last] if last < line.last else end
                # Keep an opening quote or bracket with its sentence.
                while begin > end and text[begin - 1] in "\"'([":
                    begin -= 1
        if first < line.last:
            out.append(Sentence(begin, line.end, first, line.last, number))
    return tuple(out)


def _is_abbreviation(text: str, low: int, dot: int, following: str, stops: int) -> bool:
    start = dot
    while start > low and (text[start - 1].isalpha() or text[start - 1] == ".") and dot - start < 12:
        start -= 1
    word = text[start:dot]
    if len(word) == 1 and word.isupper():
        return word != "I"
    if "." in word and len(word) <= 5:
        # "U.S." ends a sentence only before a word that starts one; names follow it as often.
        return following not in _STARTERS
    return word.lower() in _ABBREVIATIONS and stops == 1
