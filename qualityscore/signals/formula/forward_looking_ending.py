"""An ending that looks ahead and says nothing: 'the coming months will reveal …'."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Hits,
    Measured,
    Needs,
    Source,
    phrase_file,
    signal,
)

_LAST_PARAGRAPHS = 3


@signal(
    id="forward_looking_ending",
    family="formula",
    why="A rewrite that has run out of facts closes with what the coming months may bring.",
    limits="Columnists and annual reports look ahead in their last lines as well.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("phrases", "phrases in the last three paragraphs, at most 3", high=3.0)],
    needs=Needs(min_words=150),
    phrases={"phrase": phrase_file(__file__, "forward_looking_ending.txt")},
    fires=[
        Example("It remains to be seen what the mill will do.", ["remains to be seen"], pad="before"),
        Example(
            "As the town continues to grow, time will tell.",
            ["continues to grow", "time will tell"],
            pad="before",
        ),
    ],
    quiet=[
        Example("It remains to be seen what the mill will do.", pad="after"),
        Example("The miller went home for the weekend.", pad="before"),
    ],
)
def forward_looking_ending(doc: Document, hits: Hits) -> Measured:
    prose = doc.prose
    if len(prose) < 2:
        return Measured({"phrases": float("nan")})
    last = prose[-min(_LAST_PARAGRAPHS, (len(prose) + 1) // 2) :]
    start, end = last[0].start, last[-1].end
    found = [Finding(a, b) for a, b in hits["phrase"] if start <= a and b <= end]
    return Measured({"phrases": min(3.0, float(len(found)))}, found)
