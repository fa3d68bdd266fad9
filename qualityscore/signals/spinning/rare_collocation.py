"""Words that fit their neighbours worse than their own synonyms would."""

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
from qualityscore.signals.tables import Floats, collocations

# The spinner assumed: it swaps a fifth of the words, each for any synonym alike.
_SWAPPED = 0.2
_MOST = 8.0  # nats that one word may count for
# Words, none of them swapped, that are added to every page: a few odd ones on a short page say little.
_ADDED = 60
# What people's own choice of words brings at most: one in a hundred of their pages reaches it.
_OWN = 0.14
# Shown is a word from so many nats that fits a neighbour at most so well, where a synonym fits at least so well:
# sure cases only, or more of them on a page whose words as a whole look swapped.
_SURE = (5.4, -0.5, 4.0)
_LIKELY = (4.0, 0.0, 2.0)
_NEITHER = -0.3  # a word that fits neither neighbour better than that needs no such good fit of a synonym
_FUNCTION = 1e-3  # share of all words from which a neighbour is no evidence: it pairs with anything
_SHOWN = 12
_SPACE = ord(" ")
_MIN_WORDS = 20


@signal(
    id="rare_collocation",
    family="spinning",
    why="Spinners swap a word for a synonym without looking at its neighbours, so common words meet that never meet.",
    limits="Literary prose, jargon and names pair words oddly too; words from outside WordNet's groups are missed.",
    sources=[
        Source("Cabanac et al. 2021, Tortured phrases", "https://arxiv.org/abs/2107.06751"),
        Source(
            "Church & Hanks 1990, Word association norms, mutual information",
            "https://aclanthology.org/J90-1003",
        ),
        Source("WordNet, the source of synonyms", "https://wordnet.princeton.edu/"),
    ],
    features=[
        Feature("shortfall", "nats a word for swapped synonyms, beyond what is usual", found=False),
        Feature("clashes_per_1k_words", "clashes / 1000 words"),
    ],
    needs=Needs(min_words=100),
    fires=[
        Example("My father had a heart assault that winter, but he lived.", ["heart assault"]),
        Example(
            "The bank will raise interest grades when climate switch is felt.",
            ["interest grades", "climate switch"],
        ),
    ],
    quiet=[
        "My father had a heart attack that winter, but he lived.",
        "The bank will raise interest rates when climate change is felt.",
    ],
    common="Everybody pairs two words in an unusual way now and then; the rate tells.",
)
def rare_collocation(doc: Document) -> Measured:
    """How much likelier the words are if some were swapped for synonyms (a noisy channel of word pairs)."""
    table = collocations()
    ids = doc.words.described(_id).astype(np.intp)
    unknown = len(table.crc) - 1
    many = np.diff(table.first)
    # Names are made of common words too, so capitals are left out.
    asked = np.flatnonzero((many[ids] > 0) & (doc.words.described(_starts_low) != 0))
    # Words are neighbours when a space stands between them: the parts of a compound with a hyphen pair freely.
    joined = np.zeros(len(ids) + 1, dtype=np.bool_)
    behind_word = doc.words.end_at[:-1]
    joined[1:-1] = (doc.words.start_at[1:] - behind_word == 1) & (doc.ascii[behind_word] == _SPACE)
    joined[[line.first for line in doc.article]] = False
    left = np.where(joined[asked], ids[asked - 1], unknown)
    right = np.where(joined[asked + 1], ids[np.minimum(asked + 1, len(ids) - 1)], unknown)
    word = ids[asked]
    # A word that a page uses often counts once, where it fits best: a term of the trade fits somewhere.
    before, behind = table.fit(left, word), table.fit(word, right)
    order = np.lexsort((-(before + behind), word))
    best = order[np.flatnonzero(np.diff(word[order], prepend=-1))]
    best.sort()
    asked, left, right, word = asked[best], left[best], right[best], word[best]
    before, behind = before[best], behind[best]
    size = len(word)
    if size < _MIN_WORDS:
        nan = float("nan")
        return Measured({"shortfall": nan, "clashes_per_1k_words": nan})
    # One entry a word and synonym, a word's entries together, beginning at `start`.
    number = many[word]
    start = np.cumsum(number) - number
    place = np.repeat(np.arange(size), number)
    other = table.synonyms[np.arange(len(place)) - np.repeat(start - table.first[word], number)]
    gain_left = table.fit(left[place], other) - before[place]
    gain_right = table.fit(other, right[place]) - behind[place]
    gain = gain_left + gain_right + table.log_count[other] - table.log_count[word][place]
    ratio: Floats = np.log(np.add.reduceat(np.exp(np.minimum(gain, 30.0)), start) / number)
    each = np.log1p(_SWAPPED * np.expm1(np.minimum(ratio, _MOST)))
    shortfall = max(float(each.sum()) / (size + _ADDED) - _OWN, 0.0)
    # Shown is a word that fits a neighbour badly beside which one of its synonyms is usual.
    side = (gain_right > gain_left).astype(np.intp)
    more = np.where(side, gain_right, gain_left)
    own = np.where(side, behind[place], before[place])
    beside = np.where(side, right[place], left[place])
    nats, bad, good = _LIKELY if shortfall else _SURE
    clear = (ratio[place] >= nats) & (own <= bad) & (own + more >= good)
    neither = np.maximum(before, behind)[place] <= _NEITHER
    clear |= (ratio[place] >= _SURE[0]) & neither & (own + more >= _LIKELY[2])
    clear &= table.count[beside] < _FUNCTION * table.total
    found: dict[int, tuple[float, int, int]] = {}
    for k in np.flatnonzero(clear).tolist():
        i, value = int(place[k]), float(gain[k])
        if i not in found or value > found[i][0]:
            found[i] = value, int(side[k]), k
    shown = sorted(found.items(), key=lambda item: -float(ratio[item[0]]))[:_SHOWN]
    findings = []
    for i, (_, at, k) in sorted(shown):
        first = int(asked[i]) + at - 1
        span = doc.words.starts[first], doc.words.ends[first + 1]
        findings.append(Finding(*span, f"usual: {table.words[other[k]]}"))
    return Measured(
        {"shortfall": shortfall, "clashes_per_1k_words": per_1000(len(found), doc.n_words)}, findings
    )


def _id(form: str) -> int:
    return collocations().id(form)


def _starts_low(form: str) -> int:
    return form[0].islower()
