"""Compiled names and numbers against those in Python."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings

from qualityscore.signals.counts import Counts
from qualityscore.signals.specificity import _facts
from tests.native.documents import document, texts

pytest.importorskip("qualityscore.native.facts", reason="the compiled parts were not built")


@settings(max_examples=100, deadline=None)
@given(texts)
@example("2019 was a year of rain in the north, and nobody said that it was dry at all.")
@example(
    "It cost $12 on 3 May 2019 and £1850 in June, 40 % more than in 2018, at 20\u2003° and with 7 kg of rice."
)
@example(
    "In the evening we met Anna Berg, Anna's aunt and The Old Mill House Of Green Water Lane there.\n\nMay 4"
)
@example(
    'He told us "that it was late" and "so it was" and "nothing else that day, as we said to him and to all.'
)
@example(
    "The end of all prose is a number of at least twelve words, and it is 7\n\nMarch came late, and it rained."
)
def test_same_names_and_numbers(text: str) -> None:
    doc = document(text)
    c = Counts(doc)
    named = _facts._name_words(doc, c)
    assert named.tolist() == _facts.name_words_in_python(doc, c).tolist()
    count, different = _facts._names(doc, c, named)
    expected = _facts.names_in_python(doc, c, named)
    assert (count, list(different.items())) == (expected[0], list(expected[1].items()))
    assert _facts._numbers(doc, c) == _facts.numbers_in_python(doc, c)
    assert _facts._quotations(doc, c) == _facts.quotations_in_python(doc, c)
