"""The words of the title, over and over in the text."""

import numpy as np

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
from qualityscore.signals.counts import NUMBER, STOP, Counts, Ints, counts


def _sentences(doc: Document, c: Counts, words: Ints) -> list[Finding]:
    every = np.ones(len(c.firsts), dtype=np.bool_)
    for word in words.tolist():
        every &= c.per_sentence(c.ids == word) > 0
        if not every.any():
            return []
    chosen = [doc.sentences[c.sentences[k]] for k in np.flatnonzero(every)[:12].tolist()]
    return [Finding(sentence.start, sentence.end) for sentence in chosen]


@signal(
    id="restated_title",
    family="repetition",
    why="A page made for one query repeats the words of its title throughout.",
    limits="An encyclopedia article has to name its subject often.",
    sources=[
        Source(
            "Ntoulas et al. 2006: Detecting Spam Web Pages through Content Analysis",
            "https://doi.org/10.1145/1135777.1135794",
        ),
        Source("Google: Spam policies", "https://developers.google.com/search/docs/essentials/spam-policies"),
    ],
    features=[
        Feature("density", "share 0-1 of content words of prose that the title holds", high=1.0, found=False)
    ],
    needs=Needs(min_words=60),
    fires=[
        Example(
            "Cheap Garden Sheds Online\n\nWe sell cheap garden sheds online. Nobody sells cheap garden sheds online for less. They come flat, and two people put one up in a day.",
            ["We sell cheap garden sheds online.", "Nobody sells cheap garden sheds online for less."],
            pad="after",
        ),
        Example(
            "Quiet Walks Near Kendal\n\nKendal has walks, and quiet ones, near the station too. The rest of this page is about where to eat afterwards.",
            ["Kendal has walks, and quiet ones, near the station too."],
            pad="after",
        ),
    ],
    quiet=["One line.", "Another line."],
    document_wide="a level that every page has; what is quoted repeats the whole title",
)
def restated_title(doc: Document) -> Measured:
    c = counts(doc)
    nan = {"density": float("nan")}
    title = next((line for line in doc.article[:3] if line.heading), None)
    if title is None or len(c.firsts) < 3:
        return Measured(nan)
    solid = ~c.has(STOP | NUMBER) & (c.lengths > 2)
    words = np.unique(c.ids[title.first : title.last][solid[title.first : title.last]])
    if len(words) < 2:
        return Measured(nan)
    held = np.zeros(c.n_types, dtype=np.bool_)
    held[words] = True
    prose = c.ids[c.prose & solid]
    density = share(int(np.count_nonzero(held[prose])), len(prose))
    return Measured({"density": density}, _sentences(doc, c, words))
