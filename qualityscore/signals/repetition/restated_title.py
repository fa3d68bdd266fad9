"""The words of the title, over and over in the text."""

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
from qualityscore.signals.counts import Bools, Counts, counts
from qualityscore.signals.spelling import NUMBER, STOP

_MOST = 12
_compiled = compiled("sharing")


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
    solid = c.plain(STOP | NUMBER, 3)
    if _compiled is None:
        words, held, total, whole = held_words_in_python(c, solid, title.first, title.last)
    else:
        masks = solid.view(np.uint8), c.prose.view(np.uint8)
        words, held, total, whole = _compiled.held_words(
            *masks, c.ids, c.n_types, title.first, title.last, c.firsts, c.lasts
        )
    if words < 2:
        return Measured(nan)
    chosen = [doc.sentences[c.sentences[k]] for k in whole[:_MOST]]
    found = [Finding(sentence.start, sentence.end) for sentence in chosen]
    return Measured({"density": share(held, total)}, found)


def held_words_in_python(c: Counts, solid: Bools, first: int, last: int) -> tuple[int, int, int, list[int]]:
    """How much of the prose a title holds.

    Args:
        solid: whether each word is a content word, shape (n,).
        first, last: words of the title.

    Returns:
        How many different content words it has, how many content words of prose are among these, how many there
        are, and which sentences of prose have all of its content words.
    """
    words = np.unique(c.ids[first:last][solid[first:last]])
    held = np.zeros(c.n_types, dtype=np.bool_)
    held[words] = True
    prose = c.ids[c.prose & solid]
    whole = np.full(len(c.firsts), len(words) > 0)
    for word in words.tolist():
        whole &= c.per_sentence(c.ids == word) > 0
    return len(words), int(np.count_nonzero(held[prose])), len(prose), np.flatnonzero(whole).tolist()
