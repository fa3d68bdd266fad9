"""Dates and years that something in the text happened."""

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
from qualityscore.signals.specificity._facts import cite, facts


@signal(
    id="dated_facts",
    family="specificity",
    why="A date ties a statement to something that happened; filler happens recently, over the years and in an ever-changing world.",
    limits="Timeless subjects such as mathematics or cooking need no dates; a guide may repeat the year it was made for.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        )
    ],
    features=[
        Feature("per_1k_words", "dates / 1000 words of prose", found=False),
        Feature("variety", "different dates / dates, 0-1", high=1.0, found=False),
    ],
    needs=Needs(min_words=30),
    fires=[
        Example(
            "The mill burned down on 4 May 1871 and was rebuilt within two summers by the sons of the owner. A second fire followed in 1902. On March 12 of the next year the parish bought the ruin for the price of its stones.",
            ["4 May 1871", "1902", "March 12"],
            pad="none",
        ),
        Example(
            "She joined the choir in September 2011 and stayed until the hall closed. In 1998 nobody would have thought that it might last so long, least of all the people who paid for the roof and the stove.",
            ["September 2011", "1998"],
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
def dated_facts(doc: Document) -> Measured:
    c, f = counts(doc), facts(doc)
    if not c.n_prose:
        return Measured({"per_1k_words": float("nan"), "variety": float("nan")})
    spans = cite(doc, f.dates, limit=200)
    variety = len({doc.lower[a:b] for a, b in spans}) / len(spans) if len(spans) >= 3 else float("nan")
    found = [Finding(a, b) for a, b in spans]
    return Measured({"per_1k_words": per_1000(len(f.dates), c.n_prose), "variety": variety}, found)
