"""The title's words as a search query, verbatim, over and over."""

import numpy as np

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
from qualityscore.signals.counts import counts
from qualityscore.signals.repetition._grams import content, cover

_MULTIPLIER = np.uint64(0x100000001B3)
_N = 3


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
    nan = float("nan")
    article = doc.article
    title = next((line for line in article[:3] if not line.terminal and line.n_words <= 25), None)
    c = counts(doc)
    at = np.flatnonzero(content(doc))
    nothing = Measured({"verbatim_per_1k_words": nan, "line_openings": nan})
    if title is None or len(at) < _N + 1:
        return nothing
    ids = c.ids[at].astype(np.uint64)
    codes = (ids[:-2] * _MULTIPLIER + ids[1:-1]) * _MULTIPLIER + ids[2:]
    first, last = np.searchsorted(at, (title.first, title.last)).tolist()
    if last - first < _N:
        return nothing
    hits = (codes[first : last - _N + 1, None] == codes).any(axis=0)
    # A run of content words spread over many others is not the query any more.
    hits &= at[2:] - at[:-2] <= 5
    hits[:last] = False
    where = np.flatnonzero(hits)
    if not len(where):
        return Measured({"verbatim_per_1k_words": 0.0, "line_openings": 0.0})
    inside = cover(hits, _N, len(at))
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inside, [False])).astype(np.int8)))
    starts, ends = doc.words.starts, doc.words.ends
    found = [
        Finding(starts[at[a]], ends[at[b - 1]])
        for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    ]
    words_at = set(at[where].tolist())
    later = [line for line in article if line.first >= title.last and line.n_words >= _N]
    opened = sum(
        any(w in words_at for w in range(line.first, min(line.first + 3, line.last))) for line in later
    )
    return Measured(
        {
            "verbatim_per_1k_words": per_1000(len(where), doc.n_words),
            "line_openings": share(opened, len(later)),
        },
        found,
    )
