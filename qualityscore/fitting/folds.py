"""Folds by group: pages of one network never stand on both sides."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def group_folds(
    group: npt.NDArray[np.str_], y: npt.NDArray[np.int64], k: int, seed: int
) -> npt.NDArray[np.int64]:
    """Assign every row to one of ``k`` folds, shape (n,).

    Groups are shuffled, then the largest first go to the fold with the fewest pages of their side.
    A group with pages of both sides is placed once.
    """
    rng = np.random.default_rng(seed)
    names, inverse = np.unique(group, return_inverse=True)
    sizes = np.stack([np.bincount(inverse[y == side], minlength=len(names)) for side in (0, 1)])
    load = np.zeros((2, k))
    fold_of = np.zeros(len(names), dtype=np.int64)
    order = rng.permutation(len(names))
    # Large groups first keeps folds even; a stable sort keeps the shuffle among equals.
    total = sizes.sum(axis=0)
    order = order[np.argsort(-total[order], kind="stable")]
    for name in order:
        side = int(sizes[1, name] > sizes[0, name])
        choice = int(np.argmin(load[side] + rng.random(k) * 1e-3))
        fold_of[name] = choice
        load[:, choice] += sizes[:, name]
    return fold_of[inverse]


def group_weights(
    group: npt.NDArray[np.str_], y: npt.NDArray[np.int64], power: float = 0.5
) -> npt.NDArray[np.float64]:
    """Weights ``size(group) ** -power``, scaled so that both sides weigh half of ``n``; shape (n,)."""
    _, inverse, counts = np.unique(group, return_inverse=True, return_counts=True)
    weights = counts[inverse].astype(np.float64) ** -power
    for side in (0, 1):
        mask = y == side
        if mask.any():
            weights[mask] *= len(y) / 2 / weights[mask].sum()
    return weights


def resampled_weights(
    group: npt.NDArray[np.str_], y: npt.NDArray[np.int64], seed: int
) -> npt.NDArray[np.float64]:
    """Group weights of one bootstrap sample of the groups, drawn within each side; shape (n,).

    Rows of groups that were not drawn weigh nothing, those of groups drawn twice count twice. A
    group with pages of both sides is drawn with the side of most of its pages.
    """
    rng = np.random.default_rng(seed)
    names, inverse = np.unique(group, return_inverse=True)
    sizes = np.stack([np.bincount(inverse[y == side], minlength=len(names)) for side in (0, 1)])
    side_of = (sizes[1] > sizes[0]).astype(int)
    drawn = np.zeros(len(names))
    for side in (0, 1):
        own = np.flatnonzero(side_of == side)
        if len(own):
            drawn += np.bincount(rng.choice(own, size=len(own)), minlength=len(names))
    weights = group_weights(group, y) * drawn[inverse]
    for side in (0, 1):
        mask = y == side
        if weights[mask].sum() > 0:
            weights[mask] *= len(y) / 2 / weights[mask].sum()
    return weights
