"""Words beside their synonyms, compiled and in Python, to the bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.signals.spinning import rare_collocation as python
from qualityscore.signals.tables import collocations
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


@given(
    st.lists(st.tuples(st.integers(0, 9) | st.integers(0, 1 << 40), st.integers(-3, 3), st.integers(-3, 3)))
)
def test_same_best_uses(uses: list[tuple[int, int, int]]) -> None:
    word = np.array([use[0] for use in uses], dtype=np.int64)
    before, behind = (np.array([use[k] for use in uses], dtype=np.float32) / 4 for k in (1, 2))
    assert (
        spun.best_uses(word, before, behind).tolist()
        == python.best_uses_in_python(word, before, behind).tolist()
    )


@settings(max_examples=60, deadline=None)
@given(texts)
def test_same_neighbours_and_swaps(text: str) -> None:
    table, doc = collocations(), document(text)
    ids, asked = python._ids(doc), doc.words.described(python._is_asked).astype(np.uint8)
    unknown = len(table.crc) - 1
    openings = [line.first for line in doc.article]
    found = spun.neighbours(ids, asked, unknown, doc.words.start_at, doc.words.end_at, doc.ascii, openings)
    expected = python.neighbours_in_python(doc, ids, asked, openings, unknown)
    assert [part.tolist() for part in found] == [part.tolist() for part in expected]
    _, left, word, right = found
    swaps = word, left, right, table.first, table.synonyms
    expected = python.swaps_in_python(*swaps)
    assert [part.tolist() for part in spun.swaps(*swaps)] == [part.tolist() for part in expected]


def test_what_the_table_does_not_have_is_refused() -> None:
    table = collocations()
    none, far = np.array([0]), np.array([len(table.crc)])
    for left, right in ((none, far), (far, none), (none, np.array([-1])), (none + (1 << 32), none)):
        with pytest.raises(IndexError):
            spun.levels(left, right, table.crc, table.rate, table.pairs, 4)
    with pytest.raises(IndexError):
        spun.swaps(far, none, none, table.first, table.synonyms)
    with pytest.raises(ValueError, match="fit together"):
        spun.levels(none, none, table.crc, table.rate, table.pairs[:-1], 4)
