"""Sentences built on the same frame with other words filled in."""

from collections import Counter
from typing import cast

import numpy as np

from qualityscore.native import compiled
from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    share,
    signal,
)
from qualityscore.signals.counts import Counts, counts
from qualityscore.signals.spelling import STOP

_compiled = compiled("sharing")
_MULTIPLIER = np.uint64(0x100000001B3)
_SHORTEST = 8  # words of a sentence
_LEAST = 5  # stop words of a frame


def _shared(codes: list[int]) -> list[int]:
    """Places of the codes that occur more than once."""
    if len(set(codes)) == len(codes):
        return []
    times = Counter(codes)
    return [place for place, code in enumerate(codes) if times[code] > 1]


@signal(
    id="repeated_sentence_frames",
    family="repetition",
    why="A template with slots gives sentence after sentence in one mould: the X of Y is a Z for W.",
    limits="Definitions, lists of results and legal clauses share frames on purpose.",
    sources=[
        Source("Rae et al. 2021: Scaling Language Models (Gopher)", "https://arxiv.org/abs/2112.11446"),
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("share", "share 0-1 of sentences of 8 words or more", high=1.0)],
    needs=Needs(min_words=60),
    fires=[
        Example(
            "The city of Alby is a good place for a short stay in the spring. The harbour of Wexby is a fine spot for a quick lunch in the winter. We took the slow train from Leeds with Marta and her dog, and it rained until Skipton. The guard let the dog ride in the van. Nobody at the station knew when the bus would leave, so they drank tea under the clock and watched pigeons.",
            ["The harbour of Wexby is a fine spot for a quick lunch in the winter."],
            pad="none",
        ),
        Example(
            "There is a small museum in the old town for visitors. There is a big market in the main square for farmers. A quiet lane leads past orchards, barns and one shut pub towards the quarry. Swallows nest above green water there, and rusted cranes lean over heaps of spoil like herons. My uncle worked that hole for thirty winters.",
            ["There is a big market in the main square for farmers."],
            pad="none",
        ),
    ],
    quiet=[
        Example(
            "We took the slow train from Leeds with Marta and her dog, and it rained until Skipton. The guard let the dog ride in the van. Nobody at the station knew when the bus would leave, so they drank tea under the clock and watched pigeons.",
            pad="none",
        ),
        Example(
            "A quiet lane leads past orchards, barns and one shut pub towards the quarry. Swallows nest above green water there, and rusted cranes lean over heaps of spoil like herons. My uncle worked that hole for thirty winters.",
            pad="none",
        ),
    ],
)
def repeated_sentence_frames(doc: Document) -> Measured:
    c = counts(doc)
    fit, numbers = _frames(c)
    if len(fit) < 3:
        return Measured({"share": float("nan")})
    found = []
    seen: dict[int, list[int]] = {}
    for place in _shared(numbers):
        k = fit[place]
        words = c.ids[c.firsts[k] : c.lasts[k]].tolist()
        # A sentence printed twice is another signal's business.
        if seen.setdefault(numbers[place], words) != words:
            sentence = doc.sentences[c.sentences[k]]
            found.append(Finding(sentence.start, sentence.end))
    return Measured({"share": share(len(found), len(fit))}, found)


def _frames(c: Counts) -> tuple[list[int], list[int]]:
    if _compiled is None:
        return frames_in_python(c)
    return cast(
        tuple[list[int], list[int]],
        _compiled.frames(c.info, c.ids, c.firsts, c.lasts, STOP, _SHORTEST, _LEAST),
    )


def frames_in_python(c: Counts) -> tuple[list[int], list[int]]:
    """Sentences long enough to have a frame, and a number for the frame of each.

    A frame is a sentence's stop words in order, every run of other words being one slot.
    """
    stop = c.has(STOP)
    kept = stop.copy()
    kept[1:] |= stop[:-1]
    kept[c.firsts] = True
    tokens = np.where(stop, c.ids + 2, 1).astype(np.uint64)
    rank = np.cumsum(kept)
    base = np.zeros(len(stop), dtype=np.int64)
    sizes = c.lasts - c.firsts
    base[c.prose] = np.repeat(rank[c.firsts], sizes)
    powers = np.cumprod(np.full(int(sizes.max(initial=0)) + 1, _MULTIPLIER, dtype=np.uint64))
    value = np.where(kept & c.prose, tokens * powers[np.where(c.prose, rank - base, 0)], np.uint64(0))
    total = np.concatenate(([np.uint64(0)], np.cumsum(value)))
    fit = np.flatnonzero((sizes >= _SHORTEST) & (c.per_sentence(stop) >= _LEAST))
    return fit.tolist(), (total[c.lasts] - total[c.firsts])[fit].tolist()
