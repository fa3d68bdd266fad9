"""A comma before the last item of every list ("red, white, and blue")."""

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
from qualityscore.signals.formula._shared import closed_lists

_LEAST_LISTS = 3


@signal(
    id="serial_comma",
    family="formula",
    why="Language models set the serial comma without fail; people follow a house style or none, and waver.",
    limits="Edited American prose has it by rule, so on its own it says nothing about a writer.",
    sources=[
        Source("Wikipedia: Serial comma", "https://en.wikipedia.org/wiki/Serial_comma"),
    ],
    features=[Feature("share", "share of lists 0-1", high=1.0)],
    needs=Needs(min_words=100),
    common="Half of all writers set it; only together with other formula does it say anything.",
    fires=[
        Example(
            "We saw red, white, and blue. There was tea, milk, and cake. He ate, drank, and slept.",
            ["white, and", "milk, and", "drank, and"],
        ),
        Example(
            "They sell nails, screws, and bolts. Bring salt, oil, or lard. Ask Ann, Bert, or Carl. It was cold, wet and dark.",
            ["screws, and", "oil, or", "Bert, or"],
        ),
    ],
    quiet=[
        "We saw red, white and blue. There was tea, milk and cake. He ate, drank and slept.",
        "He came late, and she left. It rained, and we ran.",
    ],
)
def serial_comma(doc: Document) -> Measured:
    lists = closed_lists(doc)
    if len(lists) < _LEAST_LISTS:
        return Measured({"share": float("nan")})
    words = doc.words
    found = [
        Finding(words.starts[item.joint - 1], words.ends[item.joint]) for item in lists if item.serial_comma
    ]
    return Measured({"share": share(len(found), len(lists))}, found)
