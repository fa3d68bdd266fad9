from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.fitting.folds import group_folds, group_weights


def labels(sizes: list[int]) -> tuple[np.ndarray, np.ndarray]:
    group = np.repeat([f"net{i}" for i in range(len(sizes))], sizes)
    y = np.repeat([i % 2 for i in range(len(sizes))], sizes)
    return group.astype(np.str_), y.astype(np.int64)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=10, max_size=30), st.integers(0, 5))
def test_no_group_is_on_both_sides_of_a_fold(sizes: list[int], seed: int) -> None:
    group, y = labels(sizes)
    fold = group_folds(group, y, 5, seed)
    for name in set(group):
        assert len(set(fold[group == name])) == 1
    for k in range(5):
        assert {0, 1} <= set(y[fold != k])


def test_folds_are_even_and_repeatable() -> None:
    group, y = labels([20, 20, 5, 5, 5, 5, 5, 5, 5, 5, 2, 2, 2, 2, 2, 2, 2, 2])
    fold = group_folds(group, y, 4, 7)
    assert (fold == group_folds(group, y, 4, 7)).all()
    assert (fold != group_folds(group, y, 4, 8)).any()
    counts = [int(((fold == k) & (y == 0)).sum()) for k in range(4)]
    assert max(counts) <= 20


def test_weights_balance_the_sides_and_damp_large_groups() -> None:
    group, y = labels([100, 4, 1, 1])
    weights = group_weights(group, y)
    assert weights[y == 0].sum() == pytest.approx(weights[y == 1].sum())
    large, small = weights[group == "net0"], weights[group == "net2"]
    assert large[0] == pytest.approx(small[0] / 10)
    assert large.sum() == pytest.approx(10 * small.sum())
