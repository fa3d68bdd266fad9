"""A title or heading cut off by an ellipsis or in the middle of a phrase."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    signal,
)

_DANGLING = frozenset(
    "a an the and or but nor of with from into onto than because although while whose my your our their its "
    "every several such as between during without towards among".split()
)


@signal(
    id="truncated_title",
    family="automation",
    why="Programs cut titles to a length, and the cut title is published as the heading of the article.",
    limits="Playful titles end in an ellipsis; so do teasers of other articles on the page.",
    sources=[
        Source(
            "Google spam policies: scaled content abuse",
            "https://developers.google.com/search/docs/essentials/spam-policies",
        ),
    ],
    features=[Feature("cut_headings", "headings")],
    needs=Needs(min_words=100),
    fires=[
        Example(
            "The Complete Guide to Mending Old Stone Walls With\n\nA wall that stands in water will not last, so dig a "
            "trench in front of it first.",
            ["The Complete Guide to Mending Old Stone Walls With"],
        ),
        Example(
            "Why the Mill of Harlow Was Closed to Visitors and the\n\nThe miller shows the mill to everybody who asks, "
            "and it has been so for years.",
            ["Why the Mill of Harlow Was Closed to Visitors and the"],
        ),
    ],
    quiet=[
        "Where We Come From\n\nThe miller shows the mill to everybody who asks, and it has been so for years.",
        "What to Look For\n\nA wall that stands in water will not last, so dig a trench in front of it first.",
    ],
)
def truncated_title(doc: Document) -> Measured:
    low, text = doc.words.lower, doc.folded
    found = []
    for line in doc.headings:
        if line.n_words < 5 or line.first == line.last:
            continue
        cut = low[line.last - 1] in _DANGLING and text[line.end - 1].isalpha() and text[line.start].isupper()
        if cut:
            found.append(Finding(line.start, line.end, "stops mid-phrase"))
    return Measured({"cut_headings": float(len(found))}, found)
