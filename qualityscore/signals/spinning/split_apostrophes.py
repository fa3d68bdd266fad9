"""Words whose apostrophe was stripped: 'isn t', 'you re', 'here s'."""

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
    signal,
)

_SPLIT = {
    tail: frozenset(heads.split())
    for tail, heads in {
        "t": "isn doesn don didn won wasn aren couldn can wouldn haven hasn weren shouldn ain",
        "s": "it that here there what let he she who how where today everyone world women children men "
        "year people mother father valentine",
        "re": "you we they",
        "ve": "you we they i",
        "ll": "you we they i it he she that",
        "m": "i",
        "d": "you we they i he she",
    }.items()
}
_FUSED = frozenset(
    "doesnt didnt isnt wasnt arent couldnt wouldnt shouldnt havent hasnt weren youre theyre youve theyve "
    "youll theyll dont thats heres theres whats im ive".split()
)

_IS_TAIL, _IS_FUSED = 1, 2


def _kind(form: str) -> int:
    word = form.lower()
    return _IS_TAIL if word in _SPLIT else _IS_FUSED if word in _FUSED else 0


@signal(
    id="split_apostrophes",
    family="spinning",
    why="Scrapers and spinners strip punctuation from what they copy, and contractions fall apart.",
    limits="Chat logs, old forum posts and transcripts of badly encoded files do so too.",
    sources=[
        Source(
            "Google spam policies: scraping",
            "https://developers.google.com/search/docs/essentials/spam-policies",
        )
    ],
    features=[
        Feature("split_per_1k_words", "contractions with a space / 1000 words"),
        Feature("fused_per_1k_words", "contractions without apostrophe / 1000 words"),
    ],
    needs=Needs(min_words=50),
    fires=[
        Example("If it isn t dry you re in luck.", ["isn t", "you re"]),
        Example("Here s what they dont tell you.", ["Here s", "dont"]),
    ],
    quiet=[
        "It isn't dry, you're late, and here's why; don't wait.",
        "Point t lies on line s, and we call the unit m; take step d.",
    ],
)
def split_apostrophes(doc: Document) -> Measured:
    lower = doc.words.lower
    starts, ends, text = doc.words.starts, doc.words.ends, doc.folded
    split, fused = [], []
    kinds = doc.words.described(_kind)
    for i in np.flatnonzero(kinds).tolist():
        if kinds[i] == _IS_FUSED:
            fused.append(Finding(starts[i], ends[i]))
        elif i and lower[i - 1] in _SPLIT[lower[i]] and text[ends[i - 1] : starts[i]] == " ":
            split.append(Finding(starts[i - 1], ends[i]))
    n = doc.n_words
    return Measured(
        {"split_per_1k_words": per_1000(len(split), n), "fused_per_1k_words": per_1000(len(fused), n)},
        sorted(split + fused, key=lambda f: f.start),
    )
