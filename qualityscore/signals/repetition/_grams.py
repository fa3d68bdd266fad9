"""n-grams and content words of a document as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from qualityscore.document import Document, Line
from qualityscore.native import compiled
from qualityscore.signals.counts import Bools, Ints, counts, per_document, per_line_in_python
from qualityscore.signals.spelling import STOP

Hashes = npt.NDArray[np.uint32]
Codes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
_MULTIPLIER = np.uint64(0x100000001B3)
_MAX_PARAGRAPHS = 60
_MIN_CONTENT = 8
# Even a word that every paragraph uses says a little.
_FLOOR = 0.1


_compiled = compiled("grams")


def top_word(doc: Document, mask: Bools) -> tuple[int, int]:
    """How many words the mask has, and how often the most frequent of these occurs among them."""
    c = counts(doc)
    if _compiled is None:
        return top_word_in_python(c.ids, mask)
    return cast(tuple[int, int], _compiled.top_word(c.ids, c.n_types, mask.view(np.uint8)))


def top_word_in_python(ids: Ints, mask: Bools) -> tuple[int, int]:
    """The same without the compiled loop."""
    kept = ids[mask]
    return len(kept), int(np.bincount(kept).max(initial=0))


def top_run(doc: Document, mask: Bools, n: int, least: int) -> tuple[int, list[int]]:
    """How often the most frequent run of ``n`` words occurs, and if it does twice, its first five places.

    Args:
        mask: words that count, shape (n_words,).
        least: how many of the words of a run must count.
    """
    if _compiled is None:
        return top_run_in_python(doc.hashes, mask, n, least)
    return cast(tuple[int, list[int]], _compiled.top_run(doc.hashes, mask.view(np.uint8), n, least))


def top_run_in_python(hashes: Hashes, mask: Bools, n: int, least: int) -> tuple[int, list[int]]:
    """The most frequent run, the one with the smallest number of equals, without the compiled table."""
    codes = codes_in_python(hashes, n)
    places = np.flatnonzero(sum(mask[k : len(codes) + k].astype(np.int64) for k in range(n)) >= least)
    if not len(codes) or not len(places):
        return 0, []
    numbers, times = np.unique(codes[places], return_counts=True)
    best = int(times.argmax())
    most = int(times[best])
    return most, places[codes[places] == numbers[best]][:5].tolist() if most > 1 else []


def codes_in_python(hashes: Hashes, n: int) -> Codes:
    """A number for every run of ``n`` words, shape (n_words - n + 1,); equal runs, equal numbers."""
    size = max(len(hashes) - n + 1, 0)
    codes = np.zeros(size, dtype=np.uint64)
    for k in range(n):
        codes = codes * _MULTIPLIER + hashes[k : size + k]
    return codes


def repeated_in_python(hashes: Hashes, n: int, among: Bools | None = None) -> tuple[Bools, Bools] | None:
    """Which runs of ``n`` words have occurred before, and which occur more than once; ``None`` if none does.

    Args:
        among: the runs that are looked at, shape (n_words - n + 1,) or longer; by default all.
    """
    codes = codes_in_python(hashes, n)
    order = np.argsort(codes, kind="stable")
    if among is not None:
        order = order[among[order]]
    ranked = codes[order]
    same = ranked[1:] == ranked[:-1]
    if not same.any():
        return None
    before, shared = np.zeros((2, len(codes)), dtype=np.bool_)
    before[order[1:][same]] = True
    shared[order[1:][same]] = shared[order[:-1][same]] = True
    return before, shared


def cover_in_python(starts: Bools, n: int, size: int) -> Bools:
    """Words that any run of ``n`` words starting at ``starts`` covers, shape (size,)."""
    at = np.flatnonzero(starts)
    if not len(at):
        return np.zeros(size, dtype=np.bool_)
    edge = np.bincount(at, minlength=size + 1) - np.bincount(at + n, minlength=size + 1)
    return np.asarray(np.cumsum(edge)[:size] > 0)


@per_document
def content(doc: Document) -> Bools:
    """Words that are neither stop words nor single letters; numbers count."""
    return counts(doc).plain(STOP, 2)


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Paragraphs compared as weighted sets of content words.

    Attributes:
        lines: the paragraphs.
        nearest: cosine of each with the one most like it, shape (n,).
        alike: places of the two that are most alike.
    """

    lines: list[Line]
    nearest: Floats
    alike: tuple[int, int]


def paragraphs(doc: Document) -> Paragraphs | None:
    """The first sixty paragraphs that have eight content words, compared pair by pair; ``None`` of fewer than three.

    Words weigh by how few of the paragraphs use them, so that the page's subject, which all of them
    name, does not make them look alike.
    """
    c = counts(doc)
    # One column is always empty; without it the norms would be summed in another order.
    lines, present, used = _presence(
        content(doc).view(np.uint8), c.ids, c.n_types + 1, doc.prose, _MIN_CONTENT, _MAX_PARAGRAPHS
    )
    n = len(lines)
    if n < 3:
        return None
    uses = np.maximum(np.arange(n + 1, dtype=np.float32), 1)
    weight = (np.log((n + 1.0) / uses) + _FLOOR).astype(np.float32)[used]
    norms = np.sqrt(present @ (weight * weight))
    # A word of one paragraph alone lengthens its vector and meets no other.
    matrix = _weighted(present, used, weight, norms)
    nearest, one, other = _closest(matrix @ matrix.T)
    return Paragraphs(lines, nearest, (one, other))


def presence_in_python(
    mask: npt.NDArray[np.uint8], ids: Ints, n_types: int, lines: Sequence[Line], least: int, most: int
) -> tuple[list[Line], Floats, Ints]:
    """Which types the lines have that have content.

    Args:
        mask: whether each word is a content word, shape (n,).
        ids: number of each word's type, shape (n,).
        least: how many content words a line must have.
        most: how many lines are looked at, the first ones.

    Returns:
        The lines; whether each has each type among its content words, as 0 and 1, shape (lines, n_types); and how
        many lines have it, shape (n_types,).
    """
    solid = mask != 0
    kept = [line for line, n in zip(lines, per_line_in_python(solid, lines), strict=True) if n >= least][
        :most
    ]
    present = np.zeros((len(kept), n_types), dtype=np.float32)
    for row, line in zip(present, kept, strict=True):
        row[ids[line.first : line.last][solid[line.first : line.last]]] = 1.0
    return kept, present, present.sum(axis=0).astype(np.int64)


def weighted_in_python(present: Floats, used: Ints, weight: Floats, norms: Floats) -> Floats:
    """The columns used more than once, each times its weight, over the norm of the row; column by column in memory."""
    columns = np.flatnonzero(used > 1)
    least: Floats = np.maximum(norms, np.float32(1e-6))
    return present[:, columns] * weight[columns] / least[:, None]


def closest_in_python(similarity: Floats) -> tuple[Floats, int, int]:
    """How much each is like the one most like it, shape (n,), and which two are most alike, the first of equals.

    Args:
        similarity: of any two, shape (n, n).
    """
    n = len(similarity)
    others = np.minimum(similarity, np.float32(1.0))
    others.flat[:: n + 1] = 0.0
    one, other = divmod(int(others.argmax()), n)
    return others.max(axis=1), one, other


_sharing = compiled("sharing")
_presence = presence_in_python if _sharing is None else _sharing.presence
_weighted = weighted_in_python if _sharing is None else _sharing.weighted
_closest = closest_in_python if _sharing is None else _sharing.closest


def gaps(ids: Ints) -> tuple[Ints, Ints]:
    """Positions whose word occurred before, and how far back, both in order of the word's type."""
    # Sorting numbers of 16 bits is much faster, and almost every page has fewer types.
    small = ids.astype(np.uint16) if len(ids) < 1 << 16 else ids
    order = np.argsort(small, kind="stable")
    ranked = ids[order]
    same = ranked[1:] == ranked[:-1]
    later = order[1:][same]
    return later, later - order[:-1][same]
