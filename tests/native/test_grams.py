"""Compiled runs of words against those in Python."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualityscore.signals.repetition import _grams as python
from qualityscore.signals.repetition import repeated_ngrams, repeated_query

grams = pytest.importorskip("qualityscore.native.grams", reason="the compiled parts were not built")

TYPES = 8
HASHES = np.array([0, 1, 2, 3, (1 << 32) - 1, (1 << 32) - 2, 1 << 31, 77], dtype=np.uint32)
# Words by the number of their type, and whether each is in the mask.
pages = st.lists(st.tuples(st.integers(0, TYPES - 1), st.booleans()), max_size=80) | st.lists(
    st.tuples(st.integers(0, 2), st.booleans()), max_size=40
)


def _words(page: list[tuple[int, bool]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    ids = np.array([number for number, _ in page], dtype=np.int64)
    return HASHES[ids], ids, np.array([kept for _, kept in page], dtype=np.bool_)


@given(pages, st.sampled_from([(1, 1), (2, 2), (3, 2), (5, 0)]))
def test_the_most_frequent_run(page: list[tuple[int, bool]], run: tuple[int, int]) -> None:
    hashes, ids, mask = _words(page)
    assert grams.top_word(ids, TYPES, mask.view(np.uint8)) == python.top_word_in_python(ids, mask)
    found = grams.top_run(hashes, mask.view(np.uint8), *run)
    assert found == python.top_run_in_python(hashes, mask, *run)


def test_the_most_frequent_run_of_a_page() -> None:
    hashes, _, mask = _words([(n, n != 1) for n in (2, 3, 1, 2, 3, 4, 1, 4, 1, 4, 1, 2, 3)])
    for top_run in (python.top_run_in_python, grams.top_run):
        bits = mask if top_run is python.top_run_in_python else mask.view(np.uint8)
        assert top_run(hashes, bits, 2, 2) == (3, [0, 3, 11])
        assert top_run(hashes, bits, 1, 1) == (3, [0, 3, 11])
        assert top_run(hashes, bits, 9, 9) == (0, [])
        assert top_run(hashes, bits, 6, 4) == (1, [])


@given(pages, st.sampled_from([(1, 2), (2, 4), (5, 8), (2, 2)]), st.integers(0, 4))
def test_runs_that_come_again(page: list[tuple[int, bool]], sizes: tuple[int, int], most: int) -> None:
    hashes, _, _ = _words(page)
    found = grams.repeated_runs(hashes, *sizes, most)
    assert found == repeated_ngrams.repeated_runs_in_python(hashes, *sizes, most)


@given(pages, st.integers(0, 20), st.integers(0, 12), st.integers(2, 6))
def test_runs_of_the_title(page: list[tuple[int, bool]], first: int, size: int, widest: int) -> None:
    _, ids, mask = _words(page)
    first = min(first, len(page))
    bounds = first, min(first + size, len(page)), widest
    found = grams.title_runs(mask.view(np.uint8), ids, *bounds)
    assert found == repeated_query.title_runs_in_python(mask, ids, *bounds)


def test_what_does_not_fit_together_is_refused() -> None:
    hashes, ids, mask = _words([(1, True)] * 6)
    bits = mask.view(np.uint8)
    for wrong in (
        lambda: grams.top_run(hashes[:5], bits, 2, 2),
        lambda: grams.top_run(hashes, bits[:5], 2, 2),
        lambda: grams.top_run(hashes, bits, 0, 0),
        lambda: grams.repeated_runs(hashes, 0, 8, 9),
        lambda: grams.top_word(ids, TYPES, bits[:5]),
        lambda: grams.title_runs(bits[:5], ids, 0, 3, 5),
        lambda: grams.title_runs(bits, ids, 0, 7, 5),
        lambda: grams.title_runs(bits, ids, -1, 3, 5),
    ):
        with pytest.raises(ValueError, match=r"as many|among|so many"):
            wrong()
    for wrong_ids in (ids + TYPES, -ids):
        with pytest.raises(IndexError):
            grams.top_word(wrong_ids, TYPES, bits)
