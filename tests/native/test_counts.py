"""Compiled counting against that in Python."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.document import Page, build_document
from qualityscore.signals.counts import number_types_in_python, prose_sentences_in_python
from tests.native.texts import TEXTS, needs_pages, page_texts, texts

native = pytest.importorskip("qualityscore.native.counts", reason="the compiled parts were not built")


def _same(found: tuple[object, ...], expected: tuple[object, ...]) -> None:
    for one, other in zip(found, expected, strict=True):
        if isinstance(other, np.ndarray):
            assert isinstance(one, np.ndarray)
            assert (one.dtype, one.tolist()) == (other.dtype, other.tolist())
        else:
            assert one == other


def _check(text: str) -> int:
    doc = build_document(Page(text, "text"))
    args = doc.sentences, doc.lines, doc.prose, doc.n_words
    found = native.prose_sentences(*args)
    _same(found, prose_sentences_in_python(*args))
    _same(native.number_types(doc.hashes), number_types_in_python(doc.hashes))
    return len(found[0])


@pytest.mark.parametrize("text", TEXTS)
def test_written(text: str) -> None:
    _check(text)


def test_written_ones_hold_prose() -> None:
    assert sum(map(_check, TEXTS)) > 5


@settings(max_examples=100, deadline=None)
@given(texts)
def test_generated(text: str) -> None:
    _check(text)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(st.integers(0, 3), st.integers(0, 2**32 - 1), st.integers(0, 2000).map(lambda n: n << 16))
    )
)
def test_any_hashes(values: list[int]) -> None:
    hashes = np.array(values, dtype=np.uint32)
    _same(native.number_types(hashes), number_types_in_python(hashes))


@needs_pages
def test_pages() -> None:
    for text in page_texts():
        _check(text)


def test_sentences_of_another_text_are_refused() -> None:
    doc = build_document(Page("The ferry left at noon with forty crates of pears on board.", "text"))
    with pytest.raises(ValueError, match="outside"):
        native.prose_sentences(doc.sentences, doc.lines, doc.prose, 3)
    with pytest.raises(IndexError):
        native.prose_sentences(doc.sentences, (), doc.prose, doc.n_words)
