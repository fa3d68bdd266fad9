"""The title's words as a search query, verbatim, over and over."""

from typing import cast

import numpy as np

from qualityscore.document import Line
from qualityscore.native import compiled
from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    per_1000,
    share,
    signal,
)
from qualityscore.signals.counts import Bools, Ints, counts
from qualityscore.signals.repetition._grams import content, cover_in_python

_MULTIPLIER = np.uint64(0x100000001B3)
_N = 3
_WIDEST = 5
_compiled = compiled("grams")
Runs = tuple[list[int], list[tuple[int, int]]]


@signal(
    id="repeated_query",
    family="repetition",
    why="A page made for one search query repeats it word for word in paragraphs, captions and headings.",
    limits="Reference pages on a subject with a long name repeat the name.",
    sources=[
        Source(
            "Google spam policies: keyword stuffing",
            "https://developers.google.com/search/docs/essentials/spam-policies",
        ),
        Source(
            "Ntoulas et al. 2006: Detecting Spam Web Pages through Content Analysis",
            "https://doi.org/10.1145/1135777.1135794",
        ),
    ],
    features=[
        Feature("verbatim_per_1k_words", "repeats of three title words in a row / 1000 words"),
        Feature("line_openings", "share 0-1 of lines that open with three title words", high=1.0),
    ],
    needs=Needs(min_words=80),
    fires=[
        Example(
            "Cheap Garden Shed Paint\n\nCheap garden shed paint keeps the rain out of a wall for a year or two, they say.",
            ["Cheap garden shed paint"],
            pad="after",
        ),
        Example(
            "Best Time to Visit Wexby Harbour\n\nWe were asked for the best time to visit Wexby Harbour, and nobody on the quay knew.",
            ["best time to visit Wexby Harbour"],
            pad="after",
        ),
    ],
    quiet=[
        Example(
            "A Short Visit to Wexby\n\nThe harbour was shut when we came, and it rained for the whole day.",
            pad="after",
        ),
        Example(
            "Garden Paint\n\nGarden paint is dear this year, said the man in the shop by the mill.",
            pad="after",
        ),
    ],
    common="a title's phrase is often said once or twice in the text; the rate tells",
)
def repeated_query(doc: Document) -> Measured:
    article = doc.article
    title = next((line for line in article[:3] if not line.terminal and line.n_words <= 25), None)
    runs = None if title is None else _title_runs(doc, title)
    if title is None or runs is None:
        nan = float("nan")
        return Measured({"verbatim_per_1k_words": nan, "line_openings": nan})
    at, spans = runs
    if not at:
        return Measured({"verbatim_per_1k_words": 0.0, "line_openings": 0.0})
    starts, ends = doc.words.starts, doc.words.ends
    found = [Finding(starts[first], ends[last]) for first, last in spans]
    words_at = set(at)
    later = [line for line in article if line.first >= title.last and line.n_words >= _N]
    opened = [
        line for line in later if not words_at.isdisjoint(range(line.first, min(line.first + 3, line.last)))
    ]
    return Measured(
        {
            "verbatim_per_1k_words": per_1000(len(at), doc.n_words),
            "line_openings": share(len(opened), len(later)),
        },
        found,
    )


def _title_runs(doc: Document, title: Line) -> Runs | None:
    c, solid = counts(doc), content(doc)
    if _compiled is None:
        return title_runs_in_python(solid, c.ids, title.first, title.last, _WIDEST)
    return cast(
        Runs | None,
        _compiled.title_runs(solid.view(np.uint8), c.ids, title.first, title.last, _WIDEST),
    )


def title_runs_in_python(solid: Bools, ids: Ints, first: int, last: int, widest: int) -> Runs | None:
    """Runs of three content words of the title that come again.

    Args:
        solid: whether each word is a content word, shape (n,).
        ids: number of each word's type, shape (n,).
        first, last: words of the title.
        widest: how far the last word of a run may be from its first.

    Returns:
        The words at which such runs start, and first and last word of each passage that they make together;
        ``None`` if the title has no such run, or the page hardly a word.
    """
    at = np.flatnonzero(solid)
    first, last = np.searchsorted(at, (first, last)).tolist()
    if len(at) < _N + 1 or last - first < _N:
        return None
    own = ids[at].astype(np.uint64)
    codes = (own[:-2] * _MULTIPLIER + own[1:-1]) * _MULTIPLIER + own[2:]
    hits = (codes[first : last - _N + 1, None] == codes).any(axis=0)
    # A run of content words spread over many others is not the query any more.
    hits &= at[2:] - at[:-2] <= widest
    hits[:last] = False
    inside = cover_in_python(hits, _N, len(at))
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inside, [False])).astype(np.int8)))
    spans = [(int(at[a]), int(at[b - 1])) for a, b in edges.reshape(-1, 2).tolist()]
    return at[np.flatnonzero(hits)].tolist(), spans
