"""Compiled token streams against those in Python."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.document.lines import split_lines
from qualityscore.document.tokens import _gap, _mark_ids, tokenise, tokenise_in_python
from tests.native.texts import TEXTS, needs_pages, page_texts, texts

native = pytest.importorskip("qualityscore.native.tokens", reason="the compiled parts were not built")


def _check(text: str) -> int:
    lines, words = split_lines(text)
    found, expected = tokenise(text, lines, words), tokenise_in_python(text, lines, words)
    for name in ("ids", "starts", "ends"):
        one, other = getattr(found, name), getattr(expected, name)
        assert (one.dtype, one.tolist()) == (other.dtype, other.tolist()), name
    return len(found.ids)


@pytest.mark.parametrize("text", TEXTS)
def test_written(text: str) -> None:
    _check(text)


def test_written_ones_hold_what_is_looked_for() -> None:
    assert sum(map(_check, TEXTS)) > 200


@settings(max_examples=300, deadline=None)
@given(texts)
def test_generated(text: str) -> None:
    _check(text)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            (
                "Ada",
                "boat",
                "The",
                "1",
                " ",
                "  ",
                "-",
                ".",
                "..",
                "\u2026",
                ":",
                '"',
                "\u2013",
                "\n",
                " " * 21,
            )
        ),
        max_size=40,
    )
)
def test_names_and_marks(pieces: list[str]) -> None:
    _check("".join(pieces))


@needs_pages
def test_pages() -> None:
    for text in page_texts():
        _check(text)


def test_the_same_marks() -> None:
    ids = _mark_ids().tolist()
    for code in range(0x3000):
        assert _gap(chr(code))[0] == ((ids[code],) if code < len(ids) and ids[code] else ())


def test_lines_of_another_text_are_refused() -> None:
    text = "The ferry left at noon. It had forty crates on board."
    lines, words = split_lines(text)
    with pytest.raises(ValueError, match="outside"):
        tokenise(text[:30], lines, words)
    with pytest.raises(ValueError, match="outside"):
        tokenise(text, lines, split_lines("Two words")[1])
