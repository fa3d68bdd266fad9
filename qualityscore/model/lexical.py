"""The lexical part: hashed n-grams with weights, a sum of named contributions.

For each channel the log-odds are ``scale * sum(weight[g] * log1p(count[g]) / norm)`` over the
n-grams ``g`` the channel knows, ``norm`` the Euclidean norm of the ``log1p(count)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from qualityscore.document import Document
from qualityscore.native import compiled

Stream = Literal["words", "tokens"]
UInt32 = npt.NDArray[np.uint32]
Float = npt.NDArray[np.float64]

# An n-gram of a document of a batch: its hash above the number of the document.
_OWNER_BITS = np.uint64(16)
_MOST_DOCS = 1 << 16
_OWNER = np.uint64(_MOST_DOCS - 1)
# Most n-grams occur a few times: looked up, their logarithms cost no look at the mathematics library.
_LOG1P = np.log1p(np.arange(1024.0))
# Keys are found by these first bits, then among the few that share them.
_REST_BITS = 18
_compiled = compiled("ngrams")


def _log1p(count: npt.NDArray[np.int64]) -> Float:
    """``log(1 + count)`` of counts."""
    few = _LOG1P[np.minimum(count, len(_LOG1P) - 1)]
    return few if not len(count) or count.max() < len(_LOG1P) else np.log1p(count)


def ngram_hashes(ids: UInt32, n: int) -> UInt32:
    """Hash every n-gram of a sequence of 32-bit ids; shape (len(ids) - n + 1,), or empty."""
    if len(ids) < n:
        return np.empty(0, dtype=np.uint32)
    size = len(ids) - n + 1
    value = ids[:size].astype(np.uint32)
    for k in range(1, n):
        value = value * np.uint32(0x9E3779B1) + ids[k : k + size] * np.uint32(0x85EBCA77)
        value += np.uint32(0x165667B1)
        value ^= value >> np.uint32(15)
        value *= np.uint32(0x2C1B3C6D)
        value ^= value >> np.uint32(13)
    return value


def stream_ids(doc: Document, stream: Stream) -> UInt32:
    """Ids of one of the two streams: plain words, or tokens with names folded and marks kept."""
    return doc.hashes if stream == "words" else doc.tokens.ids


@dataclass(frozen=True, slots=True)
class Channel:
    """The n-grams of one stream and length.

    Attributes:
        stream: ``words`` or ``tokens``.
        n: length of the n-grams.
        keys: their hashes, sorted, shape (m,).
        weights: log-odds per unit of their normalised value, shape (m,).
    """

    stream: Stream
    n: int
    keys: UInt32
    weights: npt.NDArray[np.float32]
    _begins: npt.NDArray[np.int32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        counts = np.bincount(self.keys >> _REST_BITS, minlength=1 << 32 - _REST_BITS)
        begins = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        object.__setattr__(self, "_begins", begins)

    def known(self, doc: Document) -> tuple[npt.NDArray[np.int64], Float]:
        """Columns of the known n-grams of a document and their normalised values."""
        return known_ngrams(ngram_hashes(stream_ids(doc, self.stream), self.n), self.keys)

    def log_odds(self, docs: Sequence[Document]) -> Float:
        """Log-odds of several documents, shape (len(docs),); of each the same to the bit in any batch.

        Raises:
            ValueError: more documents than can be numbered, 65,536.
        """
        if _compiled is None:
            return self.log_odds_in_python(docs)
        found = np.zeros(len(docs))
        for i, doc in enumerate(docs):
            ids = stream_ids(doc, self.stream)
            one = _compiled.log_odds(ids, self.n, self.keys, self.weights, self._begins, _REST_BITS, _LOG1P)
            found[i] = self.log_odds_in_python([doc])[0] if one is None else one
        return found

    def log_odds_in_python(self, docs: Sequence[Document]) -> Float:
        """As `log_odds`: all n-grams are sorted together, so that the keys are gone through once a batch."""
        if len(docs) > _MOST_DOCS:
            raise ValueError(f"at most {_MOST_DOCS:,} documents at once, not {len(docs):,}")
        streams = [stream_ids(doc, self.stream) for doc in docs]
        owner = np.repeat(np.arange(len(docs)), [len(ids) for ids in streams])
        hashes = ngram_hashes(np.concatenate(streams), self.n)
        last = self.n - 1
        if not len(hashes) or not len(self.keys):
            return np.zeros(len(docs))
        inside = owner[: len(hashes)] == owner[last:]  # not begun in one document and ended in the next
        marked = hashes[inside].astype(np.uint64) << _OWNER_BITS | owner[last:][inside].astype(np.uint64)
        if not len(marked):
            return np.zeros(len(docs))
        marked.sort()
        edges = np.flatnonzero(np.concatenate(([True], marked[1:] != marked[:-1], [True])))
        ranked = marked[edges[:-1]]
        found = (ranked >> _OWNER_BITS).astype(np.uint32)
        where = np.minimum(np.searchsorted(self.keys, found), len(self.keys) - 1)
        known = np.flatnonzero(self.keys[where] == found)
        values = _log1p(np.diff(edges)[known])
        of = (ranked[known] & _OWNER).astype(np.intp)
        norms = np.sqrt(np.bincount(of, values * values, len(docs)))
        sums = np.bincount(of, self.weights[where[known]] * values, len(docs))
        return np.asarray(sums / np.where(norms > 0, norms, 1.0), dtype=np.float64)


def known_ngrams(hashes: UInt32, keys: UInt32) -> tuple[npt.NDArray[np.int64], Float]:
    """Indices into ``keys`` of the n-grams that occur, and their normalised ``log1p(count)``."""
    if not len(hashes) or not len(keys):
        return np.empty(0, dtype=np.int64), np.empty(0)
    # In order, the n-grams are counted by their edges and looked up in neighbouring places.
    ranked = np.sort(hashes)
    edges = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1], [True])))
    found = ranked[edges[:-1]]
    where = np.minimum(np.searchsorted(keys, found), len(keys) - 1)
    known = keys[where] == found
    values = np.log1p(np.diff(edges)[known])
    norm = np.sqrt(values @ values)
    return where[known], values / norm if norm > 0 else values


@dataclass(frozen=True, slots=True)
class NgramContribution:
    """What one n-gram adds to the log-odds, and where it stands (spans of the folded text)."""

    ngram: str
    contribution: float
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class LexicalModel:
    """Channels whose log-odds add up."""

    channels: Sequence[Channel]

    def log_odds(self, docs: Sequence[Document]) -> Float:
        """The lexical part of documents' log-odds, without intercept, shape (len(docs),)."""
        total = np.zeros(len(docs))
        if docs:
            for channel in self.channels:
                total += channel.log_odds(docs)
        return total

    def explain(self, doc: Document, top: int, scale: float = 1.0) -> list[NgramContribution]:
        """The ``top`` n-grams by size of contribution, strongest first."""
        found: list[tuple[float, Channel, int]] = []
        for channel in self.channels:
            columns, values = channel.known(doc)
            parts = channel.weights[columns].astype(np.float64) * values
            for i in np.argsort(-np.abs(parts))[:top]:
                if parts[i]:
                    found.append((float(parts[i]), channel, int(columns[i])))
        found.sort(key=lambda item: -abs(item[0]))
        return [_contribution(doc, channel, column, value * scale) for value, channel, column in found[:top]]


def _contribution(doc: Document, channel: Channel, column: int, value: float) -> NgramContribution:
    hashes = ngram_hashes(stream_ids(doc, channel.stream), channel.n)
    places = np.flatnonzero(hashes == channel.keys[column])[:10]
    if channel.stream == "words":
        starts, ends = doc.words.starts, doc.words.ends
    else:
        starts, ends = doc.tokens.starts.tolist(), doc.tokens.ends.tolist()
    spans = tuple((starts[i], ends[i + channel.n - 1]) for i in places.tolist())
    start, end = spans[0]
    return NgramContribution(" ".join(doc.folded[start:end].split()), value, spans)
