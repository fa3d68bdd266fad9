"""Runs of keywords without grammar: lists of search queries, chained captions."""

import re

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
from qualityscore.signals.counts import counts, per_line
from qualityscore.signals.repetition._grams import content
from qualityscore.signals.spelling import NUMBER, STOP

_PUNCTUATION = re.compile(r"[.,;:!?\"()|=/<>{}\[\]_\t•·#&%$+–—]")
_SHORTEST = 7
# Prose has about half function words; a query or a list of them has few.
_STOP_SHARE = 0.34
_AGAIN = 0.2


@signal(
    id="keyword_lists",
    family="repetition",
    why="Doorway pages list search queries and chain picture titles that repeat the same few words.",
    limits="Lists of tags, product names and exercises; lines of code.",
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
    features=[Feature("share", "share 0-1 of words", high=1.0)],
    needs=Needs(min_words=50),
    fires=[
        Example(
            "garden shed plans garden shed kits garden shed paint cheap garden shed near me",
            ["garden shed plans garden shed kits garden shed paint cheap garden shed near me"],
        ),
        Example(
            "Oak Table Round Oak Table Small Kitchen Table Kitchen Ideas 2020",
            ["Oak Table Round Oak Table Small Kitchen Table Kitchen Ideas 2020"],
        ),
    ],
    quiet=[
        "Chapter Nine In Which the Miller Meets His Match",
        "red, green, red, blue, green, red, blue, black, red, green",
        "It is what it is and it was what it was and so it goes",
    ],
)
def keyword_lists(doc: Document) -> Measured:
    c = counts(doc)
    lines = [line for line in doc.article if not line.terminal and line.n_words >= _SHORTEST]
    if not lines:
        return Measured({"share": 0.0})
    solid = content(doc)
    found, words = [], 0
    for line, stops in zip(lines, per_line(c.has(STOP), lines), strict=True):
        size = line.last - line.first
        if stops > _STOP_SHARE * size:
            continue
        if _PUNCTUATION.search(doc.folded, line.start, line.end):
            continue
        ids = c.ids[line.first : line.last][solid[line.first : line.last]]
        # A title says its words once; lines of figures are tables.
        again = len(ids) - len(set(ids.tolist()))
        if again < 2 or again < _AGAIN * len(ids):
            continue
        if np.count_nonzero(c.info[line.first : line.last] & NUMBER) > 0.3 * size:
            continue
        words += size
        found.append(Finding(line.start, line.end))
    return Measured({"share": share(words, doc.n_words)}, found)
