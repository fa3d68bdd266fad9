"""Pages that are nearly the same, and doorway sets: the same page but for a slot ("plumber in {city}").

Candidates come from MinHash signatures in an LSH index (datasketch) that holds a few pages of each
set, so that a thousand copies cost a thousand look-ups; each candidate is then compared exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from qualityscore.document.tokens import word_crc
from qualityscore.errors import MissingExtraError
from qualityscore.site.arrays import Ids, among, distinct, mix

FEWEST_WORDS = 30
RUN = 3
NEAR = 0.5
BUT_FOR_SLOT = 0.8
# Below `NEAR`, because every word in a slot spoils three runs.
_CANDIDATE = 0.3
_PERMUTATIONS = 64
# So many words may tell a page from its set's first one before they stop being a slot.
_SLOT_WORDS = 8
_DOORWAYS = 3
_MOST_CANDIDATES = 20
# Pages of one set that later ones are compared with, and from which likeness on one is as good as another.
_MOST_SEEDS, _SEED_BELOW = 16, 0.9
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
        similarity: mean share of runs of three words in common (Jaccard) with the page that brought
            a page into the set; slots left out for doorways.
        slot: ids of the words in the first page's slot.
    """

    kind: Literal["near_duplicate", "doorway"]
    pages: list[int]
    similarity: float
    slot: frozenset[int]


Slots = tuple[frozenset[int], frozenset[int]]
_NO_SLOTS: Slots = (frozenset(), frozenset())


@dataclass(slots=True)
class _Seed:
    """A page that later ones are compared with; ``set`` is the number of its set."""

    set: int
    text: Text
    runs: npt.NDArray[np.uint64]
    vocabulary: Ids
    sketch: npt.NDArray[np.uint64]


@dataclass(slots=True)
class _Member:
    """A page of a set, and how it is like the page that brought it there (``None`` for the first)."""

    page: int
    match: _Match | None


@dataclass(frozen=True, slots=True)
class _Match:
    """Likeness of two pages as they are, and with their slots masked; words in the slots of both titles."""

    raw: float
    masked: float
    slots: Slots

    @property
    def likeness(self) -> float:
        return max(self.raw, self.masked)

    @property
    def holds(self) -> bool:
        return self.raw >= NEAR or self.masked >= BUT_FOR_SLOT


_SAME = _Match(1.0, 1.0, _NO_SLOTS)


class _Sets:
    """Sets that grow and merge; numbers of merged ones lead to the one that took them in."""

    def __init__(self) -> None:
        self._into: list[int] = []
        self._members: dict[int, list[_Member]] = {}
        self._seeds: dict[int, int] = {}

    def begin(self, page: int) -> int:
        number = len(self._into)
        self._into.append(number)
        self._members[number] = [_Member(page, None)]
        self._seeds[number] = 1
        return number

    def find(self, number: int) -> int:
        while self._into[number] != number:
            self._into[number] = self._into[self._into[number]]
            number = self._into[number]
        return number

    def join(self, number: int, page: int, match: _Match) -> None:
        self._members[self.find(number)].append(_Member(page, match))

    def merge(self, a: int, b: int) -> None:
        first, second = sorted((self.find(a), self.find(b)))
        if first != second:
            self._into[second] = first
            self._members[first] += self._members.pop(second)
            self._seeds[first] += self._seeds.pop(second)

    def takes_seed(self, number: int) -> bool:
        """Whether one page more of a set may be compared with; a set of thousands needs a few."""
        root = self.find(number)
        if self._seeds[root] >= _MOST_SEEDS:
            return False
        self._seeds[root] += 1
        return True

    def finished(self) -> list[Set]:
        return [_finished(self._members[n]) for n in sorted(self._members) if len(self._members[n]) > 1]


def find_sets(texts: Iterable[Text]) -> list[Set]:
    """Group pages, in the order given; pages under 30 words are passed by.

    Pages of one set are alike directly or through others in it (Broder et al. 1997).

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
    # Weighted for recall: candidates are checked exactly anyway.
    index = MinHashLSH(threshold=_CANDIDATE, num_perm=_PERMUTATIONS, weights=(0.3, 0.7))
    base = MinHash(num_perm=_PERMUTATIONS, hashfunc=int)
    sets = _Sets()
    seeds: list[_Seed] = []
    exact: dict[bytes, tuple[int, _Match]] = {}
    for text in kept:
        key = text.words.tobytes()
        if key in exact:
            sets.join(exact[key][0], text.page, exact[key][1])
            continue
        sketch = base.copy()
        sketch.update_batch((_runs(text.words[~among(text.words, alone)]) >> np.uint64(32)).tolist())
        hashes = np.asarray(sketch.hashvalues)
        runs, vocabulary = _runs(text.words), distinct(text.words)
        near = _nearest(seeds, [int(name) for name in index.query(sketch)], hashes)
        matches = [(m, seed) for seed in near if (m := _match(seed, text, runs, vocabulary)).holds]
        if not matches:
            number = sets.begin(text.page)
            exact[key] = number, _SAME
            seed_it = True
        else:
            best, first = max(matches, key=lambda pair: pair[0].likeness)
            number = first.set
            sets.join(number, text.page, best)
            exact[key] = number, best
            for _, seed in matches:
                sets.merge(number, seed.set)
            seed_it = best.raw < _SEED_BELOW and sets.takes_seed(number)
        if seed_it:
            index.insert(str(len(seeds)), sketch)
            seeds.append(_Seed(number, text, runs, vocabulary, hashes))
    return sets.finished()


def _nearest(seeds: Sequence[_Seed], found: list[int], hashes: npt.NDArray[np.uint64]) -> list[_Seed]:
    """The candidates whose sketches agree most, at most twenty."""
    if len(found) > _MOST_CANDIDATES:
        agree = {n: int(np.count_nonzero(seeds[n].sketch == hashes)) for n in found}
        found = sorted(found, key=lambda n: (-agree[n], n))[:_MOST_CANDIDATES]
    return [seeds[n] for n in sorted(found)]


def _match(seed: _Seed, text: Text, runs: npt.NDArray[np.uint64], vocabulary: Ids) -> _Match:
    masked, slots = _but_for_slot(seed, text, vocabulary)
    return _Match(jaccard(seed.runs, runs), masked, slots)


def _but_for_slot(group: _Seed, text: Text, vocabulary: Ids) -> tuple[float, Slots]:
    """Likeness once the words that tell the two pages apart are a slot, and those words that their
    titles hold; 0 if they are more than a slot."""
    none = _NO_SLOTS
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


def _finished(members: Sequence[_Member]) -> Set:
    """A set half of whose pages differ in the slot of their titles, three ways or more, is a doorway set."""
    matches = [m.match for m in members if m.match is not None]
    filled = [m.slots[1] for m in matches if m.slots[1]]
    # Sister hosts have a page each for the same city, so fillers may come again.
    doorway = len(set(filled)) + 1 >= _DOORWAYS and len(filled) >= 0.5 * sum(m.raw < 1 for m in matches)
    return Set(
        kind="doorway" if doorway else "near_duplicate",
        pages=[m.page for m in members],
        similarity=float(np.mean([m.likeness if doorway else m.raw for m in matches])),
        slot=frozenset().union(*(m.slots[0] for m in matches)) if doorway else frozenset(),
    )


def jaccard(a: npt.NDArray[np.uint64], b: npt.NDArray[np.uint64]) -> float:
    """Share of common members of two sorted sets; 1 for two empty ones."""
    common = len(np.intersect1d(a, b, assume_unique=True))
    union = len(a) + len(b) - common
    return common / union if union else 1.0


def likeness_of(a: Text, b: Text) -> float:
    """Share of the runs of three words that two pages have in common (Jaccard), 0-1."""
    return jaccard(_runs(a.words), _runs(b.words))


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
