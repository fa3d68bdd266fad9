"""Compiled sentences against those in Python."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.document import sentences as in_python
from qualityscore.document.lines import split_lines
from qualityscore.document.sentences import split_sentences, split_sentences_in_python
from tests.native.texts import TEXTS, needs_pages, page_texts, texts

native = pytest.importorskip("qualityscore.native.sentences", reason="the compiled parts were not built")


def _check(text: str) -> int:
    found, words = split_lines(text)
    sentences = split_sentences(text, found, words)
    assert sentences == split_sentences_in_python(text, found, words)
    return len(sentences)


@pytest.mark.parametrize("text", TEXTS)
def test_written(text: str) -> None:
    _check(text)


def test_written_ones_hold_what_is_looked_for() -> None:
    assert sum(map(_check, TEXTS)) > 20


@settings(max_examples=300, deadline=None)
@given(texts)
def test_generated(text: str) -> None:
    _check(text)


@settings(max_examples=300, deadline=None)
@given(st.text("aAI.!?\u2026\"') ]([\u00e9\u00c91", max_size=40))
def test_stops(text: str) -> None:
    _check(text + " a heading is shorter than this line of so many words as it has .")


@needs_pages
def test_pages() -> None:
    for text in page_texts():
        _check(text)


def test_lines_of_another_text_are_refused() -> None:
    text = "The ferry left at noon. It had forty crates on board."
    found, words = split_lines(text)
    assert in_python._splitter is not None
    with pytest.raises(ValueError, match="outside"):
        split_sentences(text[:30], found, words)
    with pytest.raises(ValueError, match="every word"):
        in_python._splitter.split(text, found, words.raw[1:], words.start_at)
