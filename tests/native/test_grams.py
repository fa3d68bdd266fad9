"""Compiled runs of words against those in Python."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualityscore.signals.repetition import _grams as python

grams = pytest.importorskip("qualityscore.native.grams", reason="the compiled parts were not built")

masked = st.lists(
    st.tuples(st.integers(0, 12) | st.integers((1 << 64) - 3, (1 << 64) - 1), st.booleans()), max_size=80
)


@given(st.lists(st.integers(0, (1 << 32) - 1), max_size=30))
def test_codes(hashes: list[int]) -> None:
    array = np.array(hashes, dtype=np.uint32)
    found, expected = grams.codes(array, (2, 3, 5, 8)), python.codes_in_python(array, (2, 3, 5, 8))
    assert {n: codes.tolist() for n, codes in found.items()} == {
        n: codes.tolist() for n, codes in expected.items()
    }


@given(masked)
def test_repeats_and_the_most_frequent(numbers: list[tuple[int, bool]]) -> None:
    codes = np.array([code for code, _ in numbers], dtype=np.uint64)
    mask = np.array([kept for _, kept in numbers], dtype=np.bool_)
    assert grams.most_frequent(codes, mask.view(np.uint8)) == python.most_frequent_in_python(codes[mask])
    for among in (None, mask):
        found = grams.repeated(codes, None if among is None else among.view(np.uint8))
        expected = python.repeated_in_python(codes, among)
        assert [part.tolist() for part in found] == [part.tolist() for part in expected]


def test_a_longer_mask_of_shorter_runs() -> None:
    codes, mask = np.array([4, 4, 9, 4], dtype=np.uint64), np.array([1, 0, 1, 1, 1, 1], dtype=np.bool_)
    before, shared = grams.repeated(codes, mask.view(np.uint8))
    assert (before.tolist(), shared.tolist()) == ([False, False, False, True], [True, False, False, True])
    with pytest.raises(ValueError, match="as many"):
        grams.repeated(codes, mask[:2].view(np.uint8))
    with pytest.raises(ValueError, match="ascend"):
        grams.codes(np.zeros(9, np.uint32), (3, 2))


@given(st.lists(st.booleans(), max_size=60), st.sampled_from([2, 3, 5, 8]))
def test_cover(starts: list[bool], n: int) -> None:
    mask, size = np.array(starts, dtype=np.bool_), len(starts) + n - 1
    found = grams.cover(mask.view(np.uint8), n, size)
    assert found.tolist() == python.cover_in_python(mask, n, size).tolist()
