"""Compiled lines against those in Python."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.document import lines
from qualityscore.document.document import filled_lines_in_python
from qualityscore.document.lines import Line, split_lines, split_lines_in_python
from tests.native.texts import TEXTS, needs_pages, page_texts, texts

native = pytest.importorskip("qualityscore.native.lines", reason="the compiled parts were not built")


def _check(text: str) -> tuple[Line, ...]:
    assert native.filled_lines(text) == filled_lines_in_python(text)
    found, words = split_lines(text)
    expected, other = split_lines_in_python(text)
    assert (found, words) == (expected, other)
    assert [type(x) for line in found for x in (line.start, line.n_words, line.terminal, line.heading, line.chrome)] == [
        int, int, bool, bool, bool
    ] * len(found)  # fmt: skip
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_written(text: str) -> None:
    _check(text)


def test_written_ones_hold_what_is_looked_for() -> None:
    found = [line for text in TEXTS for line in _check(text)]
    assert any(line.chrome for line in found)
    assert any(line.heading for line in found)
    assert {"1. ", "(2) ", "# ", "\u2022 ", "-\t"} <= {line.marker for line in found}


@settings(max_examples=300, deadline=None)
@given(texts)
def test_generated(text: str) -> None:
    _check(text)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("w", "W", "w ", "comments", "Home > ", "Home \u00bb ")),
            st.integers(0, 18),
            st.sampled_from(("", ".", "?", ":", ",", '."', "::")),
        ),
        max_size=24,
    )
)
def test_lines_of_all_sizes(drafts: list[tuple[str, int, str]]) -> None:
    _check("\n".join(head + " w" * size + end for head, size, end in drafts))


@needs_pages
def test_pages() -> None:
    for text in page_texts():
        _check(text)


def test_a_text_that_is_none_is_refused() -> None:
    assert lines._splitter is not None
    with pytest.raises(TypeError):
        lines._splitter.split(None)
