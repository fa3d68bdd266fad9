"""Section titles out of a stock: 'The Importance of …', 'Why … Matters'."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Hits,
    Measured,
    per_1000,
    phrase_file,
    share,
    signal,
)
from qualityscore.signals.boilerplate._labels import SEO_SPAM, SIGNS, line_at, opened_line, rest_of

_FEW = 4


@signal(
    id="stock_section_titles",
    family="boilerplate",
    why="Outlines made by a prompt fall back on the same section titles, whatever the article is about.",
    limits="Student essays, health leaflets and company pages use titles such as 'Benefits of …' honestly.",
    sources=[SIGNS, SEO_SPAM],
    features=[
        Feature("titles_per_1k_words", "titles / 1000 words"),
        Feature("share_of_titles", "share 0-1 of the headings, fewer than 4 count as 4", high=1.0),
    ],
    phrases={
        "opening": phrase_file(__file__, "stock_section_titles.txt"),
        "ending": [
            "matters",
            "matter",
            "considerations",
            "you should know",
            "you need to know",
            "to avoid",
            "to consider",
            "and beyond",
            "for success",
            "in action",
            "explained",
            "demystified",
            "unveiled",
            "challenges and opportunities",
            "challenges and solutions",
            "and implications",
            "the road ahead",
            "the bigger picture",
            "pros and cons",
            "made simple",
            "made easy",
            "best practices",
            "step by step",
        ],
    },
    phrases_only=True,
    fires=[
        Example(
            "The Importance of Garden Sheds\n\nSheds are of use to everybody who owns a garden and some tools.",
            ["The Importance of"],
        ),
        Example(
            "Why Good Paint Matters\n\nPaint is of use to everybody who owns a shed and wants it dry.",
            ["Why Good Paint Matters"],
        ),
    ],
    quiet=[
        "The importance of the mill was plain to us when we saw the queue at its gate that morning.",
        "What to pack\n\nTake a warm coat, two tins of soup and the key for the lower lock.",
    ],
)
def stock_section_titles(doc: Document, hits: Hits) -> Measured:
    found: list[Finding] = []
    for start, end in hits["opening"]:
        line = opened_line(doc, start)
        if line is not None and line.heading:
            found.append(Finding(start, end))
    seen = {finding.start for finding in found}
    for start, end in hits["ending"]:
        line = line_at(doc, start)
        if line is None or not line.heading or line.n_words < 3 or rest_of(doc, line, end):
            continue
        opening = doc.words.starts[line.first]
        if opening not in seen:
            seen.add(opening)
            found.append(Finding(opening, end))
    return Measured(
        {
            "titles_per_1k_words": per_1000(len(found), doc.n_words),
            "share_of_titles": share(len(found), max(len(doc.headings), _FEW)),
        },
        found,
    )
