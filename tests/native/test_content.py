"""Deciding which runs are main content, compiled and in Python."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from qualityscore.document.blocks import Image
from qualityscore.document.content import _FORUM_MARKS, Survey, has_forum_mark_in_python, placed_in_python
from qualityscore.document.runs import Run
from qualityscore.document.states import State
from qualityscore.document.walk_tree import walk_tree
from qualityscore.limits import DEFAULT_LIMITS

content = pytest.importorskip("qualityscore.native.content", reason="the compiled parts were not built")


def _run(kind: str, level: int, size: int, links: int, chrome: int, main: int) -> Run:
    state = State()
    state.kind, state.level, state.chrome, state.main = kind, level, chrome, main  # type: ignore[assignment]
    return Run("x" * size, state, 0, links)


RUNS = st.lists(
    st.builds(
        _run,
        st.sampled_from(["heading", "heading", "paragraph", "item"]),
        st.integers(0, 3),
        st.sampled_from([1, 10, 39, 40, 41, 100, 120, 121, 650]),
        st.sampled_from([0, 7, 8, 30, 70, 100, 700]),
        st.integers(0, 3),
        st.integers(0, 3),
    )
)


@given(RUNS, st.sets(st.integers(0, 3)))
def test_same_decisions(runs: list[Run], rescued: set[int]) -> None:
    ours, reference = content.Survey(runs), Survey(runs)
    assert ours.chars(4) == reference.chars(4)
    assert ours.visible_chars() == reference.visible_chars()
    assert ours.titles() == reference.titles()
    assert ours.mask(rescued) == reference.mask(rescued)
    for mask in (0, 2, 3):
        keep, expected = ours.keep(rescued, mask), reference.keep(rescued, mask)
        assert keep == expected
        ours.drop_teasers(keep)
        reference.drop_teasers(expected)
        assert keep == expected
        assert ours.split(keep) == reference.split(keep)


@given(
    st.lists(st.tuples(st.text(max_size=2), st.integers(0, 3), st.integers(0, 3))), st.sampled_from([0, 2, 3])
)
def test_same_places(found: list[tuple[str, int, int]], mask: int) -> None:
    images = [(src, "alt", chrome, main) for src, chrome, main in found]
    ours, reference = (
        content.placed(Image, images, {0, 2}, mask),
        placed_in_python(Image, images, {0, 2}, mask),
    )
    assert ours == reference
    assert all(type(image) is Image and type(image.main) is bool for image in [*ours, *reference])


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="as many"):
        content.Survey([]).drop_teasers([True])
    with pytest.raises(ValueError, match="as many"):
        content.Survey([]).split([True])
    assert content.Survey([]).chars(0) == []
    with pytest.raises(IndexError):
        content.Survey([_run("item", 0, 5, 0, 3, 0)]).chars(3)


@given(
    st.lists(
        st.sampled_from("phpBB php BB vBulletin.php Inv ision Invision é 漢 \U0001f600 s d \x00".split(" "))
    )
)
def test_same_marks(pieces: list[str]) -> None:
    page = "".join(pieces).encode()
    assert content.Marks(_FORUM_MARKS).any_in(page) == has_forum_mark_in_python(page)


def test_a_mark_is_found_wherever_it_stands_and_needs_five_characters() -> None:
    marks = content.Marks(["abcde", "xyzxyz"])
    for before in ("", "a", "xy", "xyz", "é", "漢ab", "\U0001f600xyzx"):
        for behind in ("", "e", "xy", "漢", "\U0001f600"):
            for mark in ("abcde", "xyzxyz"):
                assert marks.any_in((before + mark + behind).encode())
                for text in (before + mark[:-1] + "-" + behind, before + "-" + mark[1:], mark[:-1], mark[1:]):
                    assert marks.any_in(text.encode()) == ("abcde" in text or "xyzxyz" in text)
    with pytest.raises(ValueError, match="five"):
        content.Marks(["abcd"])
    with pytest.raises(ValueError, match="root"):
        content.placed(Image, [("a",)], {0}, 0)
    with pytest.raises(TypeError, match="tuples"):
        content.placed(list, [], {0}, 0)


def test_compiled_runs_are_read_alike() -> None:
    menu = "<nav><a href=/a>One</a></nav><h2><a href=/b>Two</a></h2><main><p>" + "Words of the text. " * 20
    walk = walk_tree(LexborHTMLParser(menu), menu.encode(), DEFAULT_LIMITS)
    ours, reference = content.Survey(walk.runs), Survey(walk.runs)
    assert ours.visible_chars() == reference.visible_chars()
    assert ours.chars(len(walk.places.roots)) == reference.chars(len(walk.places.roots))
    keep = ours.keep({0}, ours.mask({0}))
    assert keep == reference.keep({0}, reference.mask({0}))
    assert ours.split(keep) == reference.split(keep)
