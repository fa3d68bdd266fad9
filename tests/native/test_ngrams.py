"""The compiled look-up of n-grams against the one in Python, to the bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.model import lexical
from qualityscore.model.lexical import Channel, ngram_hashes

ngrams = pytest.importorskip("qualityscore.native.ngrams", reason="the compiled parts were not built")


class _Doc:
    """As much of a document as a channel of words looks at."""

    def __init__(self, hashes: np.ndarray) -> None:
        self.hashes = hashes


def _channel(ids: np.ndarray, n: int, seed: int, known: float) -> Channel:
    rng = np.random.default_rng(seed)
    others = rng.integers(0, 1 << 32, 50, dtype=np.uint32)
    own = np.unique(ngram_hashes(ids, n))
    own = own[rng.random(len(own)) < known]
    keys = np.unique(np.concatenate([own, others]))
    return Channel("words", n, keys, rng.normal(size=len(keys)).astype(np.float32))


@settings(max_examples=60, deadline=None)
@given(
    size=st.integers(0, 300),
    kinds=st.integers(1, 80),
    n=st.integers(1, 3),
    seed=st.integers(0, 1000),
    known=st.floats(0, 1),
)
def test_same_log_odds(size: int, kinds: int, n: int, seed: int, known: float) -> None:
    rng = np.random.default_rng(seed)
    ids = rng.integers(0, 1 << 32, kinds, dtype=np.uint32)[rng.integers(0, kinds, size)]
    channel = _channel(ids, n, seed, known)
    docs = [_Doc(ids), _Doc(ids[: size // 2])]
    assert channel.log_odds(docs).tolist() == channel.log_odds_in_python(docs).tolist()  # type: ignore[arg-type]


def test_a_word_more_often_than_logarithms_are_kept_for() -> None:
    ids = np.full(lexical._LOG1P.size + 5, 7, dtype=np.uint32)
    channel = Channel("words", 1, np.array([7], np.uint32), np.array([2.0], np.float32))
    doc = _Doc(ids)
    assert channel.log_odds([doc]).tolist() == channel.log_odds_in_python([doc]).tolist() == [2.0]  # type: ignore[list-item]


def test_no_keys_and_too_few_words() -> None:
    empty = Channel("words", 1, np.empty(0, np.uint32), np.empty(0, np.float32))
    pair = Channel("words", 2, np.array([7], np.uint32), np.array([2.0], np.float32))
    doc = _Doc(np.array([7], np.uint32))
    assert empty.log_odds([doc]).tolist() == pair.log_odds([doc]).tolist() == [0.0]  # type: ignore[list-item]
