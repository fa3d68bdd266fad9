"""The title of the article coming back as a heading half-way down."""

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
from qualityscore.signals.automation._titles import repeats

_ALIKE = 0.6
_STORY = (
    "The council met on Tuesday evening in the hall beside the school, and the room was so full that people stood "
    "in the doors. The mayor read out the plan, which he had got on the same day, and asked for questions. Nobody "
    "spoke at first. Then a woman from the lower street said that the mill was the only thing the visitors came "
    "for, and that they would not walk over the bridge to see it. Others agreed with her. A man who had worked there "
    "for thirty years said that the beams would not stand the move. After two hours there was a vote, and the plan "
    "got three votes out of eleven. The mayor thanked all of them and closed the windows himself."
)


@signal(
    id="repeated_title",
    family="automation",
    why="Two rewrites of one story glued together carry the title twice, with a paragraph or more between.",
    limits="Guides that name their subject in every heading, and pages that end in a box with their own title.",
    sources=[
        Source(
            "Google spam policies: scaled content abuse",
            "https://developers.google.com/search/docs/essentials/spam-policies",
        ),
    ],
    features=[Feature("repeats", "title-like lines, 100 words and more after the title")],
    needs=Needs(min_words=150),
    fires=[
        Example(
            f"Harlow Council Rejects Plan to Move the Old Mill\n\n{_STORY}\n\n"
            f"Harlow Council Rejects Plan to Move Old Mill\n\n{_STORY}",
            ["Harlow Council Rejects Plan to Move Old Mill"],
            pad="after",
        ),
        Example(
            f"Harlow Envoy Ends Visit With Call for Trade Dialogue\n\n{_STORY}\n\n"
            f"Harlow Envoy Ends Visit With Call for Trade Dialog\n\n{_STORY}",
            ["Harlow Envoy Ends Visit With Call for Trade Dialog"],
            pad="after",
        ),
    ],
    quiet=[
        Example(
            "Harlow Council Rejects Plan to Move the Old Mill\n\nHarlow Council Rejects Plan to Move the Old Mill",
            pad="after",
        ),
        Example("Harlow Council Rejects Plan to Move the Old Mill", pad="after"),
    ],
)
def repeated_title(doc: Document) -> Measured:
    found = [Finding(line.start, line.end, "nearly the title again") for line in repeats(doc, _ALIKE)]
    # A title that comes back in every section is the name of a product or a series.
    if len(found) > 3:
        found = []
    return Measured({"repeats": float(len(found))}, found)
