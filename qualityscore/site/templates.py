"""Titles, headings and sentences that recur over a site's pages with slots: "The Importance of {}".

Words that few pages share are what a page is about; words that many share are the template. Each
unit is masked at several levels of "many", runs of masked words become slots, and units with the
same skeleton are one candidate: a few passes over arrays, linear in the words. Candidates then
claim their units, those that explain most words first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from qualityscore.document.tokens import FUNCTION_WORDS, NUMBER, word_crc
from qualityscore.site.arrays import Ids, among, distinct, mix, powers

Kind = Literal["title", "heading", "sentence"]
Rows = npt.NDArray[np.int32]
Small = npt.NDArray[np.uint8]
UInt64 = npt.NDArray[np.uint64]

_SLOT = np.uint64(1)
_FUNCTION = np.array(sorted(word_crc(w) for w in FUNCTION_WORDS), dtype=np.uint32)
MOST_WORDS = 60
_WIDEST = 0.7
_CHUNK_WORDS = 200_000


@dataclass(frozen=True, slots=True)
class Rules:
    """When a skeleton counts as a template.

    Attributes:
        share: smallest share of the pages, beside three pages.
        content, fixed: fewest words it fixes: those that carry meaning, and all.
        verbatim_share: smallest share of the pages if it has no slot.
    """

    share: float
    content: int
    fixed: int
    verbatim_share: float


RULES: dict[Kind, Rules] = {
    "title": Rules(share=0.02, content=1, fixed=2, verbatim_share=0.02),
    "heading": Rules(share=0.02, content=1, fixed=2, verbatim_share=0.05),
    "sentence": Rules(share=0.01, content=3, fixed=5, verbatim_share=0.01),
}
FEWEST = 3


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Units of one kind, in the order of their pages.

    Attributes:
        words: word ids of all units, one after the other, shape (n,).
        sizes: words of each, 1 to 60, shape (m,).
        page: the page of each, from 0, shape (m,).
        place: which of the page's units each is, -1 for its title, shape (m,).
        pages: how many pages have a text.
    """

    words: Ids
    sizes: Rows
    page: Rows
    place: Rows
    pages: int


@dataclass(frozen=True, slots=True)
class Template:
    """A recurring skeleton.

    Attributes:
        fixed_words: how many words it fixes.
        units: rows of the units that follow it, in order.
        pages: pages they stand on, in order, each once.
        keep: ids of the words that are fixed at its level, sorted.
    """

    fixed_words: int
    units: Rows
    pages: Rows
    keep: Ids


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A skeleton before it has claimed its units; ``varied`` if its slots are."""

    gain: int
    fixed: int
    varied: bool
    members: Rows
    keep: Ids


def mine(kind: Kind, units: UnitTable) -> list[Template]:
    """Find the templates among units of one kind, those that explain most words first."""
    rules = RULES[kind]
    fewest = max(FEWEST, math.ceil(rules.share * units.pages))
    if len(units.sizes) < fewest:
        return []
    vocabulary, spread = _spread(units)
    # "Many pages" is not known beforehand: the fewest, twice as many, and so on.
    levels = [fewest << i for i in range(32) if i == 0 or fewest << i <= _WIDEST * units.pages]
    kept = [(spread >= level) & (vocabulary != NUMBER) for level in levels]
    function = among(vocabulary, _FUNCTION)
    masked: list[list[Skeletons]] = [[] for _ in levels]
    for rows, words in _chunks(units):
        place = np.searchsorted(vocabulary, words).astype(np.int32)
        sizes = units.sizes[rows.start : rows.stop]
        left = np.arange(rows.start, rows.stop, dtype=np.int32)
        for level, keep in enumerate(kept):
            stays = keep[place]
            firsts = np.cumsum(sizes) - sizes
            enough = np.add.reduceat(stays & ~function[place], firsts, dtype=np.uint8) >= rules.content
            enough &= np.add.reduceat(stays, firsts, dtype=np.uint8) >= rules.fixed
            if not enough.all():
                # Every level keeps fewer words: what has too few now is done with.
                within = np.repeat(enough, sizes)
                left, sizes = left[enough], sizes[enough]
                words, place, stays = words[within], place[within], stays[within]
            if not len(left):
                break
            found = skeletons(words, stays, function[place], sizes)
            good = (found.content >= rules.content) & (found.fixed >= rules.fixed)
            # One word with meaning needs company, and a skeleton is not mostly slots.
            good &= (found.content >= 2) | (found.slots <= 1)
            good &= found.fixed >= 2 * found.slots
            masked[level].append(found.at(np.flatnonzero(good), left))
    candidates: list[_Candidate] = []
    for keep, parts in zip(kept, masked, strict=True):
        if not parts:
            break
        candidates += _candidates(Skeletons.joined(parts), vocabulary[keep], units, rules, fewest)
    return _claim(candidates, units, fewest, rules)


def _spread(units: UnitTable) -> tuple[Ids, Rows]:
    """The vocabulary, sorted, and on how many pages each word stands."""
    edges = np.flatnonzero(np.diff(units.page, prepend=-1, append=-1))
    offsets = np.concatenate([[0], np.cumsum(units.sizes)])
    words = np.sort(
        np.concatenate(
            [distinct(units.words[offsets[a] : offsets[b]]) for a, b in zip(edges, edges[1:], strict=False)]
        )
    )
    first = np.flatnonzero(np.concatenate([[True], words[1:] != words[:-1]]))
    return words[first], np.diff(first, append=len(words))


def _chunks(units: UnitTable) -> Iterator[tuple[range, Ids]]:
    """Runs of units with some 200,000 words, so that no more is masked at once."""
    ends = np.cumsum(units.sizes)
    first = 0
    done = 0
    while first < len(ends):
        last = max(first + 1, int(np.searchsorted(ends, done + _CHUNK_WORDS, side="right")))
        yield range(first, last), units.words[done : ends[last - 1]]
        first, done = last, int(ends[last - 1])


def _candidates(found: Skeletons, keep: Ids, units: UnitTable, rules: Rules, fewest: int) -> list[_Candidate]:
    """Skeletons of one level that enough pages have."""
    if not len(found.ids):
        return []
    order = np.argsort(found.ids, kind="stable")
    ordered = found.ids[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    sizes = np.diff(starts, append=len(ordered))
    out: list[_Candidate] = []
    for group in np.flatnonzero(sizes >= fewest).tolist():
        own = order[starts[group] : starts[group] + sizes[group]]
        members = found.rows[own]
        count = len(distinct(units.page[members]))
        varied = bool(found.slots[own[0]]) and bool((found.filled[own] != found.filled[own[0]]).any())
        if count < _least(rules, fewest, varied, units.pages):
            continue
        fixed = int(found.fixed[own[0]])
        out.append(_Candidate(count * fixed, fixed, varied, members, keep))
    return out


def _least(rules: Rules, fewest: int, varied: bool, pages: int) -> float:
    return fewest if varied else max(fewest, rules.verbatim_share * pages)


def _claim(candidates: list[_Candidate], units: UnitTable, fewest: int, rules: Rules) -> list[Template]:
    taken = np.zeros(len(units.sizes), dtype=bool)
    out: list[Template] = []
    for candidate in sorted(candidates, key=lambda c: (-c.gain, -c.fixed, int(c.members[0]))):
        free = candidate.members[~taken[candidate.members]]
        if len(free) < fewest:
            continue
        own = distinct(units.page[free])
        if len(own) < _least(rules, fewest, candidate.varied, units.pages):
            continue
        taken[free] = True
        out.append(Template(candidate.fixed, free, own, candidate.keep))
    return sorted(out, key=lambda t: (-len(t.pages) * t.fixed_words, int(t.units[0])))


@dataclass(frozen=True, slots=True)
class Skeletons:
    """Skeletons of units, arrays of shape (units,).

    Attributes:
        rows: rows of the units.
        ids: the same for the same fixed words and slots in the same order.
        filled: the same for the same words in the slots.
        fixed, content, slots: fixed words, those of them with meaning, slots.
    """

    rows: Rows
    ids: UInt64
    filled: UInt64
    fixed: Small
    content: Small
    slots: Small

    def at(self, places: npt.NDArray[np.int64], numbers: Rows) -> Skeletons:
        """Some of them; ``numbers`` are the rows of all."""
        rows = numbers[self.rows[places]]
        return Skeletons(
            rows,
            self.ids[places],
            self.filled[places],
            self.fixed[places],
            self.content[places],
            self.slots[places],
        )

    @classmethod
    def joined(cls, parts: Sequence[Skeletons]) -> Skeletons:
        """One after the other."""
        return cls(*(np.concatenate([getattr(p, name) for p in parts]) for name in cls.__slots__))


def fixed_words(ids: Ids, keep: Ids) -> npt.NDArray[np.bool_]:
    """Which words of one unit stay: kept ones, without function words that touch nothing but slots and ends."""
    return _fixed(among(ids, keep), among(ids, _FUNCTION), np.array([len(ids)]))


def _fixed(
    kept: npt.NDArray[np.bool_], function: npt.NDArray[np.bool_], sizes: npt.NDArray[np.integer]
) -> npt.NDArray[np.bool_]:
    content = kept & ~function
    doubtful = kept & function
    n = len(kept)
    at = np.arange(n, dtype=np.int32)
    ends = np.cumsum(sizes)
    first = np.repeat(ends - sizes, sizes)
    last = np.repeat(ends - 1, sizes)
    left = np.maximum.accumulate(np.where(doubtful, np.int32(-1), at))
    right = np.minimum.accumulate(np.where(doubtful, np.int32(n), at)[::-1])[::-1]
    touches = (left >= first) & content[left]
    touches |= (right <= last) & content[np.minimum(right, n - 1)]
    return np.asarray(content | (doubtful & touches))


def skeletons(
    words: Ids,
    kept: npt.NDArray[np.bool_],
    function: npt.NDArray[np.bool_],
    sizes: npt.NDArray[np.integer],
) -> Skeletons:
    """Skeletons of units that stand one after the other; ``kept`` tells which words may be fixed."""
    fixed = _fixed(kept, function, sizes)
    ends = np.cumsum(sizes)
    firsts = ends - sizes
    opens = ~fixed
    opens[1:] &= fixed[:-1] | (np.bincount(firsts[1:], minlength=len(words))[1:] > 0)
    shown = fixed | opens
    rank = np.cumsum(shown) - 1
    rank -= np.repeat(rank[firsts] - shown[firsts] + 1, sizes)
    power = powers(MOST_WORDS + 1)
    mixed = mix(words.astype(np.uint64))
    value = np.where(fixed, mixed | np.uint64(2), _SLOT)
    place = np.arange(len(words)) - np.repeat(firsts, sizes)
    return Skeletons(
        rows=np.arange(len(sizes), dtype=np.int32),
        ids=mix(np.add.reduceat(np.where(shown, value * power[rank], np.uint64(0)), firsts)),
        filled=np.add.reduceat(np.where(fixed, np.uint64(0), mixed * power[place]), firsts),
        fixed=np.add.reduceat(fixed, firsts, dtype=np.uint8),
        content=np.add.reduceat(fixed & ~function, firsts, dtype=np.uint8),
        slots=np.add.reduceat(opens, firsts, dtype=np.uint8),
    )
