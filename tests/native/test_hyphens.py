"""The compiled tree of hyphenation patterns against the automaton in Python."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.signals import spelling

hyphens = pytest.importorskip("qualityscore.native.hyphens", reason="the compiled parts were not built")

_PARTS = st.sampled_from(
    "tion ing un re able ment ol og y é ' ’ - . hyph en at ex am ple x ß 東 \U0001f600".split()
)


@settings(max_examples=400, deadline=None)
@given(word=st.lists(st.one_of(_PARTS, st.characters()), max_size=14).map("".join))
def test_same_syllables(word: str) -> None:
    word = word[:40]
    assert 1 + spelling._patterns().breaks(word, 2, 2) == spelling.syllables_in_python(word)


@pytest.mark.parametrize(
    ("left", "right", "found"), [(1, 1, 2), (2, 2, 0), (3, 1, 1), (9, 0, 0), (-5, -5, 4), (0, 90, 0)]
)
def test_a_break_keeps_its_distance_from_both_ends(left: int, right: int, found: int) -> None:
    # Points in front of each letter and behind the last.
    patterns = hyphens.Patterns({"abcd": (0, (1, 1, 2, 1, 1)), ".a": (1, (1,)), "é": (0, (2, 1))})
    assert patterns.breaks("abcd", left, right) == found
    assert patterns.breaks("", left, right) == 0


def test_the_higher_number_wins() -> None:
    assert hyphens.Patterns({"ab": (1, (3,)), "b": (0, (4,))}).breaks("ab", 1, 1) == 0
    assert hyphens.Patterns({"ab": (1, (5,)), "b": (0, (4,))}).breaks("ab", 1, 1) == 1


def test_without_patterns_nothing_breaks() -> None:
    assert hyphens.Patterns({}).breaks("word", 0, 0) == 0


def test_what_would_lead_out_of_bounds_is_refused() -> None:
    for pattern, effect in {"ab": (0, (1, 1, 1, 1)), "a": (-1, (1,)), "": (0, ())}.items():
        with pytest.raises(ValueError, match="does not fit"):
            hyphens.Patterns({pattern: effect})
    with pytest.raises(ValueError, match="too long"):
        hyphens.Patterns({"a": (0, (1,))}).breaks("a" * 41, 1, 1)
