"""Section Headings in Title Case."""

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
from qualityscore.signals.formula._shared import MINOR, named_headings

_PLAIN, _CAPITAL = 1, 2


@signal(
    id="title_case_headings",
    family="formula",
    why="Language models capitalise every main word of a heading, whatever the house style of the site.",
    limits="American newspapers, academic journals and many companies use title case by rule.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("share", "share of headings 0-1", high=1.0)],
    needs=Needs(min_words=100),
    common="Title case is a house style of people too.",
    fires=[
        Example(
            "Choosing the Right Paint for Walls\n\nPaint comes in tins of two sizes and in a great many colours.\n\n"
            "Saving Money on Brushes\n\nBrushes last for years if they are washed and dried after use.",
            ["Choosing the Right Paint for Walls", "Saving Money on Brushes"],
        ),
        Example(
            "Why Your Roof Matters Most\n\nA roof keeps the rain out of the house and the warmth inside it.\n\n"
            "How we did it ourselves\n\nWe bought slates from a farm and nailed them on within a week.",
            ["Why Your Roof Matters Most"],
        ),
    ],
    quiet=[
        "Choosing the right paint\n\nPaint comes in tins of two sizes and in a great many colours.\n\n"
        "Saving money on brushes\n\nBrushes last for years if they are washed and dried after use.",
        "We read The Wind in the Willows aloud.",
    ],
)
def title_case_headings(doc: Document) -> Measured:
    found: list[Finding] = []
    judged = 0
    kinds = doc.words.described(_kind).tobytes()
    for line in named_headings(doc, 3):
        main = kinds[line.first + 1 : line.last]
        plain = main.count(_PLAIN)
        if plain + main.count(_CAPITAL) < 2:
            continue
        judged += 1
        if not plain:
            found.append(Finding(line.start, line.end))
    if judged < 2:
        return Measured({"share": float("nan")})
    return Measured({"share": share(len(found), judged)}, found)


def _kind(form: str) -> int:
    """Whether a word has a capital; 0 for those that no style looks at."""
    if form.lower() in MINOR or form[0].isdigit():
        return 0
    return _CAPITAL if form[0].isupper() else _PLAIN
