"""Pages that are nearly the same, and doorway sets: the same page but for a slot ("plumber in {city}").

Candidates come from MinHash signatures in an LSH index (datasketch) that holds one page of each set,
so that a thousand copies cost a thousand look-ups; each candidate is then compared exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from qualityscore.document.tokens import word_crc
from qualityscore.errors import MissingExtraError
from qualityscore.site.arrays import Ids, among, distinct, mix

FEWEST_WORDS = 30
RUN = 3
NEAR = 0.7
BUT_FOR_SLOT = 0.8
# Candidates below `NEAR`, because every word in a slot spoils three runs.
_CANDIDATE = 0.35
_PERMUTATIONS = 64
# So many words may tell a page from its set's first one before they stop being a slot.
_SLOT_WORDS = 8
_DOORWAYS = 3
_MOST_CANDIDATES = 20
_SLOT_ID = np.uint32(0)
_CALENDAR = frozenset(
    word_crc(w)
    for w in "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday today tomorrow 1".split()
)


@dataclass(slots=True)
class Text:
    """What is compared of a page: word ids of its article and of its title."""

    page: int
    words: Ids
    title: Ids


@dataclass(slots=True)
class Set:
    """Pages that are one page.

    Attributes:
        kind: ``doorway`` if a slot in title and text is all that differs.
        pages: in order, at least two.
        similarity: mean share of runs of three words in common with the first page (Jaccard), slots
            left out for doorways.
        slot: ids of the words in the first page's slot.
    """

    kind: Literal["near_duplicate", "doorway"]
    pages: list[int]
    similarity: float
    slot: frozenset[int]


@dataclass(slots=True)
class _Group:
    """A set while it grows; ``raw`` and ``masked`` are likenesses to its first page."""

    text: Text
    runs: npt.NDArray[np.uint64]
    vocabulary: Ids
    pages: list[int] = field(default_factory=list)
    raw: list[float] = field(default_factory=list)
    masked: list[float] = field(default_factory=list)
    slots: list[tuple[frozenset[int], frozenset[int]]] = field(default_factory=list)


def find_sets(texts: Iterable[Text]) -> list[Set]:
    """Group pages, in the order given; pages under 30 words are passed by.

    Raises:
        MissingExtraError: datasketch is not installed.
    """
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        raise MissingExtraError("datasketch", "audit") from None
    kept = [t for t in texts if len(t.words) >= FEWEST_WORDS]
    # Words that one page alone has are what it is about: without them doorway pages look alike.
    alone = _on_one_page(kept)
    # Equal weights would trade recall for fewer candidates, which are checked exactly anyway.
    index = MinHashLSH(threshold=_CANDIDATE, num_perm=_PERMUTATIONS, weights=(0.3, 0.7))
    base = MinHash(num_perm=_PERMUTATIONS, hashfunc=int)
    groups: list[_Group] = []
    exact: dict[bytes, tuple[int, int]] = {}
    for text in kept:
        key = text.words.tobytes()
        if key in exact:
            _join_twin(groups, *exact[key], text)
            continue
        shared = text.words[~among(text.words, alone)]
        sketch = base.copy()
        sketch.update_batch((_runs(shared) >> np.uint64(32)).tolist())
        found = sorted(int(name) for name in index.query(sketch))[:_MOST_CANDIDATES]
        runs, vocabulary = _runs(text.words), distinct(text.words)
        place = _best(groups, found, text, runs, vocabulary)
        if place is None:
            exact[key] = len(groups), -1
            index.insert(str(len(groups)), sketch)
            groups.append(_Group(text, runs, vocabulary))
            groups[-1].pages.append(text.page)
        else:
            exact[key] = place, len(groups[place].raw) - 1
    return [_finished(g) for g in groups if len(g.pages) > 1]


def _best(
    groups: list[_Group], found: list[int], text: Text, runs: npt.NDArray[np.uint64], vocabulary: Ids
) -> int | None:
    """Join the most similar of the candidate sets; its number, or ``None``."""
    best: tuple[float, int, float, float, tuple[frozenset[int], frozenset[int]]] | None = None
    for number in found:
        group = groups[number]
        raw = jaccard(group.runs, runs)
        masked, slots = _but_for_slot(group, text, vocabulary)
        if raw >= NEAR or masked >= BUT_FOR_SLOT:
            likeness = max(raw, masked)
            if best is None or likeness > best[0]:
                best = (likeness, number, raw, masked, slots)
    if best is None:
        return None
    _, number, raw, masked, slots = best
    _join(groups[number], text, raw, masked, slots)
    return number


def _join_twin(groups: list[_Group], place: int, twin: int, text: Text) -> None:
    """A page with the very words of another is as like the set's first page as that one (-1: is it)."""
    group = groups[place]
    if twin < 0:
        _join(group, text, 1.0, 1.0, (frozenset(), frozenset()))
    else:
        _join(group, text, group.raw[twin], group.masked[twin], group.slots[twin])


def _join(
    group: _Group, text: Text, raw: float, masked: float, slots: tuple[frozenset[int], frozenset[int]]
) -> None:
    group.pages.append(text.page)
    group.raw.append(raw)
    group.masked.append(masked)
    group.slots.append(slots)


def _but_for_slot(
    group: _Group, text: Text, vocabulary: Ids
) -> tuple[float, tuple[frozenset[int], frozenset[int]]]:
    """Likeness once the words that tell the two pages apart are a slot, and those words that their
    titles hold; 0 if they are more than a slot."""
    none: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
    ours = np.setdiff1d(vocabulary, group.vocabulary, assume_unique=True)
    theirs = np.setdiff1d(group.vocabulary, vocabulary, assume_unique=True)
    if max(len(ours), len(theirs)) > _SLOT_WORDS:
        return 0.0, none
    # A page that links to its sisters holds their words too: then the titles tell.
    our_title = np.setdiff1d(text.title, group.text.title, assume_unique=True)
    their_title = np.setdiff1d(group.text.title, text.title, assume_unique=True)
    if max(len(our_title), len(their_title)) > _SLOT_WORDS:
        return 0.0, none
    alike = len(np.intersect1d(text.title, group.text.title, assume_unique=True))
    masked_ours = _masked(text.words, distinct(np.concatenate([ours, our_title])))
    masked_theirs = _masked(group.text.words, distinct(np.concatenate([theirs, their_title])))
    slots = none
    if alike >= max(len(our_title), len(their_title)):
        slots = (_filled(their_title, group.text.words), _filled(our_title, text.words))
    return jaccard(_runs(masked_theirs), _runs(masked_ours)), slots


def _filled(slot: Ids, words: Ids) -> frozenset[int]:
    """Words of a title's slot that the text says again and again; days and months are no topic."""
    return frozenset(w for w in slot.tolist() if w not in _CALENDAR and np.count_nonzero(words == w) >= 2)


def _masked(words: Ids, slot: Ids) -> Ids:
    """The words with every run of slot words as one mark."""
    hidden = among(words, slot)
    first = hidden & ~np.concatenate([[False], hidden[:-1]])
    return np.asarray(np.where(hidden, _SLOT_ID, words)[~hidden | first])


def _finished(group: _Group) -> Set:
    """A set whose pages differ in their titles' slots, three ways or more, is a doorway set."""
    filled = [ours for _, ours in group.slots if ours]
    # Sister hosts have a page each for the same city, so fillers may come again.
    doorway = len(set(filled)) + 1 >= _DOORWAYS and len(filled) >= 0.8 * sum(r < 1 for r in group.raw)
    likeness = group.masked if doorway else group.raw
    theirs = [t for t, _ in group.slots if t]
    return Set(
        kind="doorway" if doorway else "near_duplicate",
        pages=group.pages,
        similarity=float(np.mean([max(m, r) for m, r in zip(likeness, group.raw, strict=True)])),
        slot=frozenset.union(*theirs) if doorway and theirs else frozenset(),
    )


def jaccard(a: npt.NDArray[np.uint64], b: npt.NDArray[np.uint64]) -> float:
    """Share of common members of two sorted sets; 1 for two empty ones."""
    common = len(np.intersect1d(a, b, assume_unique=True))
    union = len(a) + len(b) - common
    return common / union if union else 1.0


def _runs(words: Ids) -> npt.NDArray[np.uint64]:
    """Ids of all runs of three words, sorted, each once."""
    if len(words) < RUN:
        return np.empty(0, dtype=np.uint64)
    wide = mix(words.astype(np.uint64))
    turned = [wide[i : len(wide) - RUN + 1 + i] * np.uint64(2 * i + 1) for i in range(RUN)]
    return distinct(mix(turned[0] + turned[1] + turned[2]))


def _on_one_page(texts: Sequence[Text]) -> Ids:
    """Words that only one page has, sorted."""
    if not texts:
        return np.empty(0, dtype=np.uint32)
    words = np.sort(np.concatenate([distinct(t.words) for t in texts]))
    differs = np.concatenate([[True], words[1:] != words[:-1], [True]])
    return np.asarray(words[differs[1:] & differs[:-1]])
