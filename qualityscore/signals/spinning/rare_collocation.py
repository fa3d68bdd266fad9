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
from qualityscore.signals.tables import Collocations, Floats, Ids, collocations

# Weight of the neighbours' plain frequency against what was seen of the pair.
_PRIOR = 20.0
# A clash is a word never seen beside a neighbour where a synonym makes a collocation. How sure it is: how
# often that was seen, times how much oftener than by chance, times how often the word itself was due.
_SEEN = 4
_LIFT = 5.0
_DUE = 1.0
_SURE = 1e5
_FUNCTION = 1e-3  # share of all words from which a word pairs with anything
_SHOWN = 12
_MIN_WORDS = 20


@signal(
    id="rare_collocation",
    family="spinning",
    why="Spinners swap a word for a synonym without looking at its neighbours, so common words meet that never meet.",
    limits="Finds few of the swapped words. Jargon, names and learners' English pair words oddly too.",
    sources=[
        Source("Cabanac et al. 2021, Tortured phrases", "https://arxiv.org/abs/2107.06751"),
        Source("WordNet, the source of synonyms", "https://wordnet.princeton.edu/"),
    ],
    features=[
        Feature("shortfall", "nats a word behind its best synonym", found=False),
        Feature("clashes_per_1k_words", "clashes / 1000 words"),
    ],
    needs=Needs(min_words=100),
    fires=[
        Example("My father had a heart assault that winter, but he lived.", ["heart assault"]),
        Example(
            "The bank will raise interest grades when climate shift is felt.",
            ["interest grades", "climate shift"],
        ),
    ],
    quiet=[
        "My father had a heart attack that winter, but he lived.",
        "The bank will raise interest rates when climate change is felt.",
    ],
    common="Everybody pairs two words in an unusual way now and then; the rate tells.",
)
def rare_collocation(doc: Document) -> Measured:
    table = collocations()
    ids = doc.words.described(_id).astype(np.intp)
    unknown = len(table.crc) - 1
    asked = np.flatnonzero(table.has_synonyms[ids])
    # Words are neighbours when one character, a space or a hyphen, stands between them.
    joined = np.zeros(len(ids) + 1, dtype=np.bool_)
    joined[1:-1] = doc.words.start_at[1:] - doc.words.end_at[:-1] == 1
    joined[[line.first for line in doc.article]] = False
    left = np.where(joined[asked], ids[asked - 1], unknown)
    right = np.where(joined[asked + 1], ids[np.minimum(asked + 1, len(ids) - 1)], unknown)
    _, first = np.unique((ids[asked] * (unknown + 1) + left) * (unknown + 1) + right, return_index=True)
    first = first[(left[first] != unknown) | (right[first] != unknown)]
    first.sort()
    asked, left, right = asked[first], left[first, None], right[first, None]
    # Names are made of common words too, so the average leaves capitals out.
    plain = doc.words.described(_starts_low)[asked] != 0
    rows = table.synonyms[ids[asked]]
    if int(plain.sum()) < _MIN_WORDS:
        nan = float("nan")
        return Measured({"shortfall": nan, "clashes_per_1k_words": nan})
    # Both sides at once, the left-hand neighbour first: shape (2, words asked about, 1 + synonyms).
    beside = np.stack([left, right])
    seen = np.stack([table.met(left, rows), table.met(rows, right)])
    # A neighbour that is not known says nothing: its log-ratio becomes the same for all synonyms.
    lift = seen * (table.total / np.maximum(table.count[beside], 1))
    count = table.count[rows]
    fit = np.log((lift + _PRIOR) / (count + _PRIOR) * (beside != unknown) + (beside == unknown)).sum(axis=0)
    short = fit.max(axis=1) - fit[:, 0]
    lone = (seen[..., 0] == 0) & (beside != unknown)[..., 0]
    side, at = np.nonzero(lone & (table.count[beside[..., 0]] < _FUNCTION * table.total))
    every = table.all_synonyms[ids[asked[at]]]
    # Most words have few synonyms, so the padding is left out: one entry a place and synonym.
    place, which = np.nonzero(every != every[:, :1])
    word, other = every[place, 0], every[place, which]
    side, at = side[place], at[place]
    sure = _sureness(table, side, beside[side, at, 0], word, other)
    some = np.flatnonzero(sure >= _SURE)
    side, at, word, other, sure = side[some], at[some], word[some], other[some], sure[some]
    # A synonym never seen beside the other neighbour is most likely one of another sense.
    far = beside[1 - side, at, 0]
    fits = (far == unknown) | (_met(table, 1 - side, far, other) > 0)
    places: dict[int, tuple[float, str]] = {}
    for k in np.flatnonzero(fits).tolist():
        was, usual = table.words[word[k]], table.words[other[k]]
        # Short forms go with anything, as function words do; center and centre are one word.
        if "'" in table.words[beside[side[k], at[k], 0]] or sorted(was) == sorted(usual):
            continue
        first_word = int(asked[at[k]] + side[k]) - 1
        places[first_word] = max(places.get(first_word, (0.0, "")), (float(sure[k]), usual))
    findings = []
    for first_word in sorted(sorted(places, key=lambda i: -places[i][0])[:_SHOWN]):
        start, end = doc.words.starts[first_word], doc.words.ends[first_word + 1]
        findings.append(Finding(start, end, f"usual: {places[first_word][1]}"))
    return Measured(
        {"shortfall": float(short[plain].mean()), "clashes_per_1k_words": per_1000(len(places), doc.n_words)},
        findings,
    )


def _id(form: str) -> int:
    return collocations().id(form)


def _starts_low(form: str) -> int:
    return form[0].islower()


def _met(table: Collocations, side: Ids, beside: Ids, rows: Ids) -> Floats:
    """How often words were seen with the neighbour on their left (side 0) or right (side 1)."""
    return table.met(np.where(side == 0, beside, rows), np.where(side == 0, rows, beside))


def _sureness(table: Collocations, side: Ids, beside: Ids, word: Ids, other: Ids) -> Floats:
    """How sure it is that the other word, a synonym, belongs beside the neighbour."""
    seen, count = _met(table, side, beside, other), table.count[other]
    lift = seen * table.total / (count * table.count[beside])
    due = seen / count * table.count[word]
    sure: Floats = np.where((seen >= _SEEN) & (lift >= _LIFT) & (due >= _DUE), seen * lift * due, 0)
    return sure
