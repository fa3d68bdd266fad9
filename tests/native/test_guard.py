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


@given(st.lists(st.sampled_from(PIECES)))
def test_same_counts(pieces: list[str]) -> None:
    source = "".join(pieces)
    assert guard.count_tags(source) == guard.count_tags_in_python(source)
    assert guard.count_tags(source, source.encode("utf-8", "replace")) == guard.count_tags_in_python(source)


def test_nothing_but_text_has_tags() -> None:
    with pytest.raises(TypeError):
        guard.count_tags(None)  # type: ignore[arg-type]


@given(st.lists(st.sampled_from([*PIECES, *TAGS, " "])))
def test_same_heavy_tags(pieces: list[str]) -> None:
    source = "".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "LONG_TAG", 6)
        assert guard.heavy_tags(source) == guard.heavy_tags_in_python(source)


@given(st.lists(st.sampled_from([*PIECES, "<" + "x" * 60, "</" + "x" * 60]), max_size=40), st.integers(0, 6))
def test_same_depth(pieces: list[str], most: int) -> None:
    source = "".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "_MAX_OPEN", most)
        assert guard.is_deep(source) == guard.is_deep_in_python(source)


@given(
    st.lists(st.sampled_from([*PIECES, *TAGS, "<STRONG\u2003", "</strong /", "<b/", " " * 501])),
    st.integers(0, 9),
)
def test_same_elements_made_again(pieces: list[str], most: int) -> None:
    source = "".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "_MAX_REMADE", most)
        assert guard.is_remade(source) == guard.is_remade_in_python(source)


@given(
    st.lists(st.sampled_from("<script </script <SCRIPT < </ s script é \U0001f600 > <script><".split(" "))),
    st.integers(0, 9),
    st.integers(0, 60),
)
def test_same_last_scripts(pieces: list[str], start: int, end: int) -> None:
    source = "".join(pieces)
    expected = guard.last_scripts_in_python(source, start, end)
    assert guard.last_scripts(source, start, end) == expected


@given(
    st.lists(
        st.sampled_from("< / option OPTION optgroup > x </option> <option\u2003 <opt é \U0001f600".split(" "))
    )
)
def test_same_page_without_options(pieces: list[str]) -> None:
    source = "".join(pieces)
    assert guard.without_options(source) == guard.without_options_in_python(source)
