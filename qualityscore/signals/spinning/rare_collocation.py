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
from qualityscore.signals.tables import collocations

# Weight of the neighbours' plain frequency against what was seen of the pair.
_PRIOR = 20.0
# A clash is a word never seen beside either neighbour where a synonym makes a collocation: seen this often,
# that many times as often as by chance, so that the word itself was due.
_SEEN = 5
_LIFT = 10.0
_DUE = 1.0
_WORST = 2.0
_FUNCTION = 1e-3  # share of all words from which a word pairs with anything
_SHOWN = 12
_MIN_WORDS = 20


@signal(
    id="rare_collocation",
    family="spinning",
    why="Spinners swap a word for a synonym without looking at its neighbours, so common words meet that never meet.",
    limits="Jargon, names made of common words and learners' English pair words in unusual ways too.",
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
    ids = table.ids(doc.hashes)
    unknown = len(table.crc) - 1
    asked = np.flatnonzero(table.has_synonyms[ids])
    starts = np.array(doc.words.starts)
    # Words are neighbours when one character, a space or a hyphen, stands between them.
    joined = np.zeros(len(ids) + 1, dtype=np.bool_)
    joined[1:-1] = starts[1:] - np.array(doc.words.ends)[:-1] == 1
    joined[[line.first for line in doc.article]] = False
    left = np.where(joined[asked], ids[asked - 1], unknown)
    right = np.where(joined[asked + 1], ids[np.minimum(asked + 1, len(ids) - 1)], unknown)
    _, first = np.unique((ids[asked] * (unknown + 1) + left) * (unknown + 1) + right, return_index=True)
    first = first[(left[first] != unknown) | (right[first] != unknown)]
    first.sort()
    asked, left, right = asked[first], left[first, None], right[first, None]
    # Names are made of common words too, so the average leaves capitals out.
    raw = doc.words.raw
    plain = np.array([raw[i][0].islower() for i in asked.tolist()])
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
    worst = np.flatnonzero(short >= _WORST)
    lift, seen, count, often = lift[:, worst], seen[:, worst], count[worst], table.count[beside[:, worst]]
    usual = lift > _LIFT * count
    # What the word's own count beside this neighbour would be, were it as usual as its synonym.
    due = np.where(
        usual & (seen >= _SEEN) & (often < _FUNCTION * table.total), seen / count * count[:, :1], 0
    )
    due[(seen[..., 0] > 0) | usual[::-1, :, 0]] = 0
    most = due.max(axis=(0, 2))
    clash = np.flatnonzero(most >= _DUE)
    findings = []
    for i in np.sort(clash[np.argsort(-most[clash], kind="stable")[:_SHOWN]]).tolist():
        at = int(asked[worst[i]])
        side, which = divmod(int(due[:, i].argmax()), due.shape[2])
        note = f"usual: {table.words[rows[worst[i], which]]}"
        findings.append(Finding(doc.words.starts[at + side - 1], doc.words.ends[at + side], note))
    return Measured(
        {"shortfall": float(short[plain].mean()), "clashes_per_1k_words": per_1000(len(clash), doc.n_words)},
        findings,
    )
