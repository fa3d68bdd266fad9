"""Numbers with a unit, a percent sign or a currency."""

import re

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
from qualityscore.signals.counts import counts
from qualityscore.signals.specificity._facts import CURRENCY, cite, facts

_SIGN = re.compile(r" ?(?:%|°[CF]?)")


@signal(
    id="numbers_with_units",
    family="specificity",
    why="A measured amount can be checked; filler prefers many, several and significant.",
    limits="Invented statistics and price lists are full of amounts; a novel has none.",
    sources=[
        Source(
            "Google: Creating helpful, reliable, people-first content",
            "https://developers.google.com/search/docs/fundamentals/creating-helpful-content",
        )
    ],
    features=[Feature("per_1k_words", "amounts / 1000 words of prose", found=False)],
    needs=Needs(min_words=30),
    fires=[
        Example(
            "The tank holds 340 litres and took 25 minutes to fill from the garden hose, which is a little slower than the maker says. After a week the level had dropped by 3 mm, and the water was at 18 °C in the shade of the wall.",
            ["340 litres", "25 minutes", "3 mm", "18 °C"],
            pad="none",
        ),
        Example(
            "Of the people who answered, 62% had moved within ten miles, and the rest paid about £750 for the van. The drive from the old house is 14 miles, so most of them were done in a day and slept well that night.",
            ["62%", "£750", "14 miles"],
            pad="none",
        ),
    ],
    quiet=[
        Example(
            "Good planning is an important part of any successful project. It helps people to stay on track and to reach their goals in time. With the right approach you can avoid many common problems and make the most of your resources.",
            pad="none",
        ),
        Example(
            "A healthy routine can make a big difference in daily life. Small changes often lead to lasting results, and with a little patience anyone can find a balance that works for them and their family.",
            pad="none",
        ),
    ],
    document_wide="a level that every page has; the passages quoted are what was counted",
)
def numbers_with_units(doc: Document) -> Measured:
    c, f = counts(doc), facts(doc)
    if not c.n_prose:
        return Measured({"per_1k_words": float("nan")})
    text, found = doc.folded, []
    for start, end in cite(doc, f.amounts):
        # Signs are no words, and without its sign the number quoted says nothing.
        if start and text[start - 1] in CURRENCY:
            start -= 1
        sign = _SIGN.match(text, end)
        found.append(Finding(start, sign.end() if sign else end))
    return Measured({"per_1k_words": per_1000(len(f.amounts), c.n_prose)}, found)
