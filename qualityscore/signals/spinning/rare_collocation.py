"""Words that fit their neighbours worse than their own synonyms would."""

from typing import cast

import numpy as np
import numpy.typing as npt

from qualityscore.document.words import Described
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
from qualityscore.signals.tables import Collocations, Floats, Ids, collocations

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
Uses = tuple[Ids, Ids, Ids, Ids, Floats, Floats]
Swaps = tuple[Ids, Ids, Ids, Ids, Floats, Floats, Floats]


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
    asked, left, word, right, before, behind = _uses(doc, table)
    size = len(word)
    if size < _MIN_WORDS:
        nan = float("nan")
        return Measured({"shortfall": nan, "clashes_per_1k_words": nan})
    number, start, place, other, gain_left, gain_right, gain = _swaps(
        table, left, word, right, before, behind
    )
    ratio: Floats = np.log(np.add.reduceat(np.exp(np.minimum(gain, 30.0)), start) / number)
    each = np.log1p(_SWAPPED * np.expm1(np.minimum(ratio, _MOST)))
    shortfall = max(float(each.sum()) / (size + _ADDED) - _OWN, 0.0)
    # Shown is a word that fits a neighbour badly beside which one of its synonyms is usual.
    nats, bad, good = _LIKELY if shortfall else _SURE
    found: dict[int, tuple[float, int, int]] = {}
    odd = ratio >= nats
    if odd.any():
        at = np.flatnonzero(odd[place])
        where, left_more, right_more = place[at], gain_left[at], gain_right[at]
        side = (right_more > left_more).astype(np.intp)
        more = np.where(side, right_more, left_more)
        own = np.where(side, behind[where], before[where])
        beside = np.where(side, right[where], left[where])
        clear = (own <= bad) & (own + more >= good)
        neither = np.maximum(before, behind)[where] <= _NEITHER
        clear |= (ratio[where] >= _SURE[0]) & neither & (own + more >= _LIKELY[2])
        clear &= table.count[beside] < _FUNCTION * table.total
        for j in np.flatnonzero(clear).tolist():
            k = int(at[j])
            i, value = int(place[k]), float(gain[k])
            if i not in found or value > found[i][0]:
                found[i] = value, int(side[j]), k
    shown = sorted(found.items(), key=lambda item: -float(ratio[item[0]]))[:_SHOWN]
    findings = []
    for i, (_, to_right, k) in sorted(shown):
        first = int(asked[i]) + to_right - 1
        span = doc.words.starts[first], doc.words.ends[first + 1]
        findings.append(Finding(*span, f"usual: {table.words[other[k]]}"))
    return Measured(
        {"shortfall": shortfall, "clashes_per_1k_words": per_1000(len(found), doc.n_words)}, findings
    )


def _uses(doc: Document, table: Collocations) -> Uses:
    """The best uses of the page's words, as `uses_in_python` tells them."""
    known = doc.words.described(_known).astype(np.uint32, copy=False)
    places = doc.words.start_at, doc.words.end_at, doc.ascii
    if table.native is None:
        return uses_in_python(table, known, *places)
    return cast(Uses, table.native.uses(known, *places))


def uses_in_python(
    table: Collocations, known: Described, start_at: Ids, end_at: Ids, ascii: npt.NDArray[np.uint8]
) -> Uses:
    """Words that have synonyms, each where it fits its neighbours best.

    Words are neighbours when a space stands between them: the parts of a compound with a hyphen pair freely.
    Names are made of common words too, so capitals are left out. A word that a page uses often counts once,
    where it fits best: a term of the trade fits somewhere.

    Args:
        known: of every word what `_known` says.
        start_at, end_at: where the words stand.
        ascii: codes of all characters.

    Returns:
        Which words, in order; the id of the word on the left of each, its own, and that of the one on the right;
        how well it fits the one on the left, and the one on the right.
    """
    ids, asked = (known >> 1).astype(np.intp), np.flatnonzero(known & 1)
    unknown = len(table.crc) - 1
    joined = np.zeros(len(ids) + 1, dtype=np.bool_)
    joined[1:-1] = (start_at[1:] - end_at[:-1] == 1) & (ascii[end_at[:-1]] == _SPACE)
    left = np.where(joined[asked], ids[asked - 1], unknown)
    right = np.where(joined[asked + 1], ids[np.minimum(asked + 1, len(ids) - 1)], unknown)
    word = ids[asked]
    before, behind = table.fit(left, word), table.fit(word, right)
    best = best_uses(word, before, behind)
    return asked[best], left[best], word[best], right[best], before[best], behind[best]


def best_uses(word: Ids, before: Floats, behind: Floats) -> Ids:
    """Of all uses of each word the one that fits best, the first of equals; in the order of the uses."""
    order = np.lexsort((-(before + behind), word))
    return np.sort(order[np.flatnonzero(np.diff(word[order], prepend=-1))])


def _swaps(table: Collocations, left: Ids, word: Ids, right: Ids, before: Floats, behind: Floats) -> Swaps:
    if table.native is None:
        return swaps_in_python(table, left, word, right, before, behind)
    return cast(Swaps, table.native.swaps(left, word, right, before, behind))


def swaps_in_python(
    table: Collocations, left: Ids, word: Ids, right: Ids, before: Floats, behind: Floats
) -> Swaps:
    """Every synonym in the place of its word, one word's after another's.

    Returns:
        How many synonyms each word has and where they begin, shapes (n,); of each synonym the place of its word, its
        id, how much better it fits on the left, on the right, and in all, counting how frequent it is; shapes (m,).
    """
    first = table.first
    number = np.diff(first)[word]
    start = np.cumsum(number) - number
    place = np.repeat(np.arange(len(word)), number)
    other = table.synonyms[np.arange(len(place)) - np.repeat(start - first[word], number)]
    gain_left = table.fit(left[place], other) - before[place]
    gain_right = table.fit(other, right[place]) - behind[place]
    gain = gain_left + gain_right + table.log_count[other] - table.log_count[word][place]
    return number, start, place, other, gain_left, gain_right, gain


def _known(form: str) -> int:
    """Twice the id of a word in the table, and 1 if it is in lower case and has synonyms."""
    table = collocations()
    word = table.id(form)
    return 2 * word + (form[0].islower() and bool(table.first[word + 1] > table.first[word]))
