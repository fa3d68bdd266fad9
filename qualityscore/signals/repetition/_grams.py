"""n-grams and content words of a document as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from qualityscore.document import Document
from qualityscore.native import compiled
from qualityscore.signals.counts import STOP, Bools, Ints, counts, per_document, per_line

Hashes = npt.NDArray[np.uint32]
Codes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
_MULTIPLIER = np.uint64(0x100000001B3)
_MAX_PARAGRAPHS = 60
_MIN_CONTENT = 8
# Even a word that every paragraph uses says a little.
_FLOOR = 0.1


_compiled = compiled("grams")


def top_run(doc: Document, mask: Bools, n: int, least: int) -> tuple[int, list[int]]:
    """How often the most frequent run of ``n`` words occurs, and if it does twice, its first five places.

    Args:
        mask: words that count, shape (n_words,).
        least: how many of the words of a run must count.
    """
    c = counts(doc)
    if _compiled is None:
        return top_run_in_python(doc.hashes, c.ids, c.n_types, mask, n, least)
    return cast(
        tuple[int, list[int]],
        _compiled.top_run(doc.hashes, c.ids, c.n_types, mask.view(np.uint8), n, least),
    )


def top_run_in_python(
    hashes: Hashes, ids: Ints, n_types: int, mask: Bools, n: int, least: int
) -> tuple[int, list[int]]:
    """The most frequent run, the one with the smallest number of equals, without the compiled table."""
    if len(mask) < n:
        return 0, []
    enough = sliding_window_view(mask, n).sum(axis=1) >= least
    places, codes = _runs(hashes, ids, n_types, n)
    places, codes = places[enough[places]], codes[enough[places]]
    if not len(codes):
        return int(enough.any()), []
    numbers, times = np.unique(codes, return_counts=True)
    best = int(times.argmax())
    most = int(times[best])
    return most, places[codes == numbers[best]][:5].tolist() if most > 1 else []


def _runs(hashes: Hashes, ids: Ints, n_types: int, n: int) -> tuple[Ints, Codes]:
    """Runs of ``n`` words that may come more than once, as every word of theirs does: places and numbers of them."""
    often = np.bincount(ids, minlength=n_types)[ids] > 1
    if len(often) < n:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint64)
    places = np.flatnonzero(sliding_window_view(often, n).all(axis=1))
    codes = np.zeros(len(places), dtype=np.uint64)
    for k in range(n):
        codes = codes * _MULTIPLIER + hashes[places + k]
    return places, codes


def repeated(doc: Document, n: int, among: Bools | None = None) -> tuple[Bools, Bools] | None:
    """Which runs of ``n`` words have occurred before, and which occur more than once; ``None`` if none does.

    Args:
        among: the runs that are looked at, shape (n_words - n + 1,) or longer; by default all.
    """
    c = counts(doc)
    if _compiled is None:
        return repeated_in_python(doc.hashes, c.ids, c.n_types, n, among)
    bits = None if among is None else among.view(np.uint8)
    return cast(tuple[Bools, Bools] | None, _compiled.repeated(doc.hashes, c.ids, c.n_types, n, bits))


def repeated_in_python(
    hashes: Hashes, ids: Ints, n_types: int, n: int, among: Bools | None = None
) -> tuple[Bools, Bools] | None:
    """The repeated runs, without the compiled table."""
    places, codes = _runs(hashes, ids, n_types, n)
    if among is not None:
        places, codes = places[among[places]], codes[among[places]]
    order = np.argsort(codes, kind="stable")
    same = codes[order[1:]] == codes[order[:-1]]
    if not same.any():
        return None
    before, shared = np.zeros((2, len(ids) - n + 1), dtype=np.bool_)
    before[places[order[1:][same]]] = True
    shared[places[order[1:][same]]] = shared[places[order[:-1][same]]] = True
    return before, shared


def cover(starts: Bools, n: int, size: int) -> Bools:
    """Words that any run of ``n`` words starting at ``starts`` covers, shape (size,)."""
    if _compiled is None:
        return cover_in_python(starts, n, size)
    return cast(Bools, _compiled.cover(starts.view(np.uint8), n, size))


def cover_in_python(starts: Bools, n: int, size: int) -> Bools:
    """The words covered, without the compiled loop."""
    at = np.flatnonzero(starts)
    if not len(at):
        return np.zeros(size, dtype=np.bool_)
    edge = np.bincount(at, minlength=size + 1) - np.bincount(at + n, minlength=size + 1)
    return np.asarray(np.cumsum(edge)[:size] > 0)


@per_document
def content(doc: Document) -> Bools:
    """Words that are neither stop words nor single letters; numbers count."""
    c = counts(doc)
    return ~c.has(STOP) & (c.lengths > 1)


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Paragraphs as weighted sets of content words, for comparing them.

    Attributes:
        lines: index of each paragraph in `Document.lines`.
        similarity: cosines, 0 on the diagonal, shape (n, n).
    """

    lines: tuple[int, ...]
    similarity: npt.NDArray[np.float32]


@per_document
def paragraphs(doc: Document) -> Paragraphs:
    """The first sixty paragraphs that have eight content words, compared pair by pair.

    Words weigh by how few of the paragraphs use them, so that the page's subject, which all of them
    name, does not make them look alike.
    """
    c = counts(doc)
    mask = content(doc)
    prose = {line.first for line in doc.prose}
    lines = [
        (i, line)
        for i, line in enumerate(doc.lines)
        if line.first in prose and not line.heading and not line.chrome
    ]
    many = per_line(mask, [line for _, line in lines])
    lines = [one for one, content_words in zip(lines, many, strict=True) if content_words >= _MIN_CONTENT]
    lines = lines[:_MAX_PARAGRAPHS]
    n = len(lines)
    firsts = np.array([line.first for _, line in lines], dtype=np.int64)
    lasts = np.array([line.last for _, line in lines], dtype=np.int64)
    # One column is always empty; without it the norms would be summed in another order.
    present = _presence(mask.view(np.uint8), c.ids, c.n_types + 1, firsts, lasts)
    used = present.sum(axis=0)
    weight = (np.log((n + 1.0) / np.maximum(used, 1)) + _FLOOR).astype(np.float32)
    norms = np.sqrt(present @ (weight * weight))
    # A word of one paragraph alone lengthens its vector and meets no other.
    shared = np.flatnonzero(used > 1)
    matrix = _weighted(present, shared, weight, np.maximum(norms, np.float32(1e-6)))
    similarity = matrix @ matrix.T
    similarity.flat[:: n + 1] = 0.0
    return Paragraphs(tuple(i for i, _ in lines), np.minimum(similarity, np.float32(1.0)))


def presence_in_python(
    mask: npt.NDArray[np.uint8], ids: Ints, n_types: int, firsts: Ints, lasts: Ints
) -> Floats:
    """Whether each range of words has each type among the words of the mask, as 0 and 1, shape (ranges, n_types)."""
    present = np.zeros((len(firsts), n_types), dtype=np.float32)
    for row, first, last in zip(present, firsts.tolist(), lasts.tolist(), strict=True):
        row[ids[first:last][mask[first:last] != 0]] = 1.0
    return present


def weighted_in_python(present: Floats, columns: Ints, weight: Floats, norms: Floats) -> Floats:
    """Some columns of ``present``, each times its weight, over the norm of the row; column by column in memory."""
    return present[:, columns] * weight[columns] / norms[:, None]


_sharing = compiled("sharing")
_presence = presence_in_python if _sharing is None else _sharing.presence
_weighted = weighted_in_python if _sharing is None else _sharing.weighted


def gaps(ids: Ints) -> tuple[Ints, Ints]:
    """Positions whose word occurred before, and how far back, both in order of the word's type."""
    # Sorting numbers of 16 bits is much faster, and almost every page has fewer types.
    small = ids.astype(np.uint16) if len(ids) < 1 << 16 else ids
    order = np.argsort(small, kind="stable")
    ranked = ids[order]
    same = ranked[1:] == ranked[:-1]
    later = order[1:][same]
    return later, later - order[:-1][same]
