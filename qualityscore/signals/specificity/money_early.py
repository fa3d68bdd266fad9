"""Amounts of money in the first 120 words."""

import numpy as np

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, Source, signal
from qualityscore.signals.counts import counts
from qualityscore.signals.spelling import NUMBER

_FIRST = 120
_SIGNS = frozenset("$£€₹")
_CODES = frozenset(("usd", "eur", "gbp", "inr", "rs"))
_NAMES = frozenset(("dollars", "euros", "pounds", "rupees", "usd", "eur", "gbp"))


@signal(
    id="money_early",
    family="specificity",
    why="Pages made to rank for a price lead with amounts: cost guides, loans, net worth, deals.",
    limits="Business news and price comparisons open with amounts honestly; so do charities.",
    sources=[
        Source(
            "Bevendorff et al. 2024: Is Google Getting Worse?", "https://doi.org/10.1007/978-3-031-56063-7_4"
        ),
        Source("Google: Spam policies", "https://developers.google.com/search/docs/essentials/spam-policies"),
    ],
    features=[Feature("amounts", "amounts of money")],
    needs=Needs(min_words=30),
    fires=[
        Example(
            "Rates start at $450 a month, and most drivers pay between $30 and $60 extra for glass cover. The form takes a few minutes to fill in, and an answer comes within a day or two.",
            ["$450", "$30", "$60"],
            pad="none",
        ),
        Example(
            "A new roof costs about €12,000 in most towns, which is more than many owners put aside. Those who wait pay for it later, since water finds its way into the beams and then into the walls.",
            ["€12,000"],
            pad="none",
        ),
    ],
    quiet=[
        Example(
            "Good planning is an important part of any successful project. It helps people to stay on track and to reach their goals in time. With the right approach you can avoid many common problems and make the most of your resources.",
            pad="none",
        ),
        Example(
            "The third edition costs more than the second one did, and nobody at the shop could tell us why. We bought the old one for the price of a lunch instead, and we have not missed the new plates so far.",
            pad="none",
        ),
    ],
    common="business news, shops and charities open with amounts honestly",
)
def money_early(doc: Document) -> Measured:
    words, text = doc.words, doc.folded
    found = []
    for i in np.flatnonzero(counts(doc).info[:_FIRST] & NUMBER).tolist():
        start, end = words.starts[i], words.ends[i]
        if text[start - 1 : start] in _SIGNS and start:
            found.append(Finding(start - 1, end))
        elif i and words.lower[i - 1] in _CODES and start - words.ends[i - 1] <= 2:
            found.append(Finding(words.starts[i - 1], end))
        elif i + 1 < len(words) and words.lower[i + 1] in _NAMES and words.starts[i + 1] - end == 1:
            found.append(Finding(start, words.ends[i + 1]))
    return Measured({"amounts": float(len(found))}, found)
