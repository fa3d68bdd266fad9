"""Words beside their synonyms, compiled and in Python, to the bit."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.signals.spinning import rare_collocation as python
from qualityscore.signals.tables import collocations, unseen_pairs
from tests.native.documents import document, texts

spun = pytest.importorskip("qualityscore.native.spun", reason="the compiled parts were not built")


@given(st.integers(0, 400), st.integers(0, 1000))
def test_same_fit(size: int, seed: int) -> None:
    table = collocations()
    left, right = np.random.default_rng(seed).integers(0, len(table.crc), (2, size))
    # Common words come first, and pairs of them are known.
    left, right = left % 300, np.where(left % 3, right % 300, right)
    found, expected = table.fit(left, right), table.fit_in_python(left, right)
    assert found.dtype == expected.dtype and found.tobytes() == expected.tobytes()


@settings(max_examples=80, deadline=None)
@given(texts)
def test_same_uses_and_swaps(text: str) -> None:
    table, doc = collocations(), document(text)
    pure = dataclasses.replace(table, native=None)
    known = doc.words.described(python._known).astype(np.uint32)
    places = doc.words.start_at, doc.words.end_at, doc.ascii
    found, expected = table.native.uses(known, *places), python.uses_in_python(pure, known, *places)
    _assert_same(found, expected)
    _assert_same(table.native.swaps(*found[1:]), python.swaps_in_python(pure, *found[1:]))


@given(st.integers(0, 300), st.integers(0, 1000))
def test_same_best_uses(size: int, seed: int) -> None:
    """Words that come again and again, with neighbours that fit each time another way."""
    table, rng = collocations(), np.random.default_rng(seed)
    asked = np.flatnonzero(np.diff(table.first))[:40]
    known = np.where(rng.random(size) < 0.5, rng.choice(asked, size) * 2 + 1, rng.integers(0, 600, size) * 2)
    end_at = np.cumsum(rng.integers(2, 4, size))
    places = end_at - 1, end_at, np.full(int(end_at[-1]) if size else 0, ord(" "), dtype=np.uint8)
    known = known.astype(np.uint32)
    found = table.native.uses(known, *places)
    _assert_same(found, python.uses_in_python(dataclasses.replace(table, native=None), known, *places))


def _assert_same(found: Sequence[np.ndarray], expected: Sequence[np.ndarray]) -> None:
    assert [part.dtype for part in found] == [part.dtype for part in expected]
    assert [part.tobytes() for part in found] == [part.tobytes() for part in expected]


def test_what_the_table_does_not_have_is_refused() -> None:
    table = collocations()
    none, far = np.array([0]), np.array([len(table.crc)])
    fits = np.zeros(1, dtype=np.float32)
    for left, right in ((none, far), (far, none), (none, np.array([-1])), (none + (1 << 32), none)):
        with pytest.raises(IndexError):
            table.native.fit(left, right)
        with pytest.raises(IndexError):
            table.native.swaps(left, none, right, fits, fits)
    with pytest.raises(IndexError):
        table.native.swaps(none, far, none, fits, fits)
    ascii = np.zeros(4, dtype=np.uint8)
    for known, end in ((2 * far, none), (none, none + 5), (none, none - 1)):
        with pytest.raises(IndexError):
            table.native.uses(known.astype(np.uint32), none, end, ascii)


def test_a_damaged_table_is_refused() -> None:
    table = collocations()
    kind, unseen = unseen_pairs(table.rate)
    parts = {
        "crc": table.crc, "pairs": table.pairs, "kind": kind, "unseen": unseen, "log_count": table.log_count,
        "first": table.first, "synonyms": table.synonyms, "level_of_0": 4,
    }  # fmt: skip
    spun.Table(**parts)
    for name, wrong in (
        ("pairs", table.pairs[:-1]),
        ("kind", kind + np.uint8(1)),
        ("unseen", unseen[:-1]),
        ("log_count", table.log_count[:-1]),
        ("first", table.first[:-1]),
        ("first", table.first[::-1].copy()),
        ("synonyms", table.synonyms[:-1]),
        ("synonyms", table.synonyms - 100),
    ):
        with pytest.raises(ValueError, match=r"table|together|power|word"):
            spun.Table(**parts | {name: wrong})
