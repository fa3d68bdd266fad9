"""Counting tags before a page is parsed, compiled and in Python."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualityscore.document import guard

pytest.importorskip("qualityscore.native.guard", reason="the compiled parts were not built")

PIECES = "< </ <div </div> <DIV> <p> <b x=1> </B <OPTION> </optgroup <opt <a-1 <1 é 漢 \U0001f600 <İ \ud800 > -".split(
    " "
)


TAGS = "<a <B <i <strong <nobr <code <font <blink <ax href = == =\" =' \" ' > / x <p> </b> é \t \n \f \u00a0".split(
    " "
)


def utf8(pieces: list[str]) -> bytes:
    """Pieces side by side, halves of pairs among them: guards take bytes of any kind."""
    return "".join(pieces).encode("utf-8", "surrogatepass")


@given(st.lists(st.sampled_from(PIECES)))
def test_same_counts(pieces: list[str]) -> None:
    page = utf8(pieces)
    assert guard.count_tags(page) == guard.count_tags_in_python(page)


def test_nothing_but_bytes_has_tags() -> None:
    for page in (None, "<p>"):
        with pytest.raises(TypeError):
            guard.count_tags(page)  # type: ignore[arg-type]


@given(st.lists(st.sampled_from([*PIECES, *TAGS, " "])), st.integers(0, 60))
def test_same_heavy_tags(pieces: list[str], most: int) -> None:
    page = utf8(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "LONG_TAG", 6)
        heavy = guard.heavy_tags_in_python(page)
        for limit in (most, heavy - 1, heavy):
            assert guard.is_heavy(page, limit) == (heavy > limit)


@given(st.lists(st.sampled_from([*PIECES, "<" + "x" * 60, "</" + "x" * 60]), max_size=40), st.integers(0, 6))
def test_same_depth(pieces: list[str], most: int) -> None:
    page = utf8(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "_MAX_OPEN", most)
        assert guard.is_deep(page, guard.count_tags(page)) == guard.is_deep_in_python(page)


@given(
    st.lists(
        st.sampled_from(
            [
                *PIECES,
                *TAGS,
                "<STRONG\u2003",
                "<b\v1",
                "<b\v2",
                "<b\f",
                "</strong /",
                "<b/",
                " " * 501,
                "é" * 250,
            ]
        )
    ),
    st.integers(0, 9),
)
def test_same_elements_made_again(pieces: list[str], most: int) -> None:
    page = utf8(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "_MAX_REMADE", most)
        assert guard.is_remade(page, guard.count_tags(page)) == guard.is_remade_in_python(page)


@pytest.mark.parametrize("formatting", range(1, 8))
@pytest.mark.parametrize("others", range(1, 8))
def test_the_most_that_can_be_made_again_is_found(formatting: int, others: int) -> None:
    page = b"".join(b"<b x=%d>" % i for i in range(formatting)) + b"<p>" * others
    for most in (formatting * others - 1, formatting * others):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(guard, "_MAX_REMADE", most)
            made_again = guard.is_remade(page, guard.count_tags(page))
            assert made_again == guard.is_remade_in_python(page) == (most < formatting * others)


@given(
    st.lists(
        st.sampled_from(
            "< / option OPTION optgroup > x </option> <option\u2003 <option\f <option\v <opt é \U0001f600".split(
                " "
            )
        )
    )
)
def test_same_page_without_options(pieces: list[str]) -> None:
    page = utf8(pieces)
    assert guard.without_options(page) == guard.without_options_in_python(page)
