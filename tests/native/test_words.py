"""Compiled words against those in Python, and what is a letter or a digit against the module `re`."""

from __future__ import annotations

import gc
import re
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings

from qualityscore.document import words as in_python
from qualityscore.document.words import Vocabulary, find_words_in_python, words_at, words_at_in_python
from tests.native.texts import TEXTS, needs_pages, page_texts, texts

native = pytest.importorskip("qualityscore.native.words", reason="the compiled parts were not built")


def _check(text: str) -> None:
    starts, ends = native.find_words(text)
    expected = find_words_in_python(text)
    assert (starts.dtype, starts.tolist(), ends.tolist()) == (np.int64, *(at.tolist() for at in expected))
    mine, theirs = words_at(text, starts, ends), words_at_in_python(text, *expected)
    assert mine == theirs
    assert mine._numbers.dtype == theirs._numbers.dtype
    assert mine._numbers.tolist() == theirs._numbers.tolist()


@pytest.mark.parametrize("text", TEXTS)
def test_written(text: str) -> None:
    _check(text)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_generated(text: str) -> None:
    _check(text)


@needs_pages
def test_pages() -> None:
    for text in page_texts():
        _check(text)


def test_letters_and_digits_are_those_of_re() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    # A letter ends one place later the word in front of it, a digit starts the number behind it one earlier.
    starts, ends = native.find_words("\n".join(f"a{char}1" for char in everything))
    letters = ends[ends % 4 == 2] // 4
    digits = starts[starts % 4 == 1] // 4
    assert letters.tolist() == [m.start() for m in re.finditer(r"[^\W\d_]", everything)]
    assert digits.tolist() == [m.start() for m in re.finditer(r"\d", everything)]


def test_a_vocabulary_that_grows_and_is_shared() -> None:
    vocabulary = Vocabulary()
    assert vocabulary.index is not None
    text = " ".join(f"form{n % 9_000}" if n % 3 else "Oslo" for n in range(30_000)).replace("0", "o")
    starts, ends = native.find_words(text)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: vocabulary.index.look_up(text, starts, ends), range(4)))
    for raw, lower, numbers in found:
        assert [vocabulary.forms[n] for n in numbers.tolist()] == raw
        assert raw == [text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
        assert lower == [form.lower() for form in raw]
    assert len(set(vocabulary.forms)) == len(vocabulary.forms) == len(vocabulary)


def test_words_outside_the_text_are_refused() -> None:
    index = in_python._current().index
    assert index is not None
    for start, end in ((-1, 2), (2, 1), (0, 9)):
        with pytest.raises(ValueError, match="outside"):
            index.look_up("four", np.array([start]), np.array([end]))
    with pytest.raises(ValueError, match="as many"):
        index.look_up("four", np.array([0, 1]), np.array([1]))
    with pytest.raises(TypeError):
        native.find_words(b"bytes")


def test_an_outgrown_vocabulary_goes_at_once() -> None:
    vocabulary = in_python.Vocabulary()
    assert vocabulary.index is not None
    starts, ends = in_python.find_words("ferry ferries")
    assert vocabulary.index.look_up("ferry ferries", starts, ends)[0] == ["ferry", "ferries"]
    gone = weakref.ref(vocabulary)
    gc.disable()
    try:
        del vocabulary
        assert gone() is None
    finally:
        gc.enable()


@pytest.mark.parametrize("most", [1, 255, 256])
def test_words_of_a_kind(most: int) -> None:
    text = "Oslo and Bergen and Ulm"
    words = words_at(text, *native.find_words(text))

    def kind(form: str) -> int:
        return most * (form != "and")

    assert words.where(kind) == np.flatnonzero(words.described(kind)).tolist() == [0, 2, 4]


def test_numbers_outside_the_vocabulary_are_refused() -> None:
    column = np.zeros(3, dtype=np.uint8)
    for number in (-1, 3):
        with pytest.raises(IndexError):
            native.where(column, np.array([0, number], dtype=np.intp))
