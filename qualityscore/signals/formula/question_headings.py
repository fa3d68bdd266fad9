"""Section headings that are questions."""

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


@signal(
    id="question_headings",
    family="formula",
    why="Pages made for search engines turn what people type into headings, one question a section.",
    limits="Help pages of authorities and interviews are built of questions too.",
    sources=[
        Source(
            "Google: Creating helpful, reliable, people-first content",
            "https://developers.google.com/search/docs/fundamentals/creating-helpful-content",
        ),
    ],
    features=[Feature("per_1k_words", "headings / 1000 words")],
    needs=Needs(min_words=100),
    common="A question now and then heads a section anywhere; the rate tells.",
    fires=[
        Example(
            "What is a heat pump?\n\nA heat pump moves warmth from the air outside into the rooms.\n\n"
            "How long does it last?\n\nIt lasts for as long as the parts inside are kept clean and dry.",
            ["What is a heat pump?", "How long does it last?"],
        ),
        Example(
            "The parts\n\nThe parts are a fan, a coil and a box that makes rather a lot of noise.\n\n"
            "Is it worth the money?\n\nIt is worth the money for a house that stands in a cold valley.",
            ["Is it worth the money?"],
        ),
    ],
    quiet=[
        "What a heat pump is\n\nA heat pump moves warmth from the air outside into the rooms.\n\n"
        "How long it lasts\n\nIt lasts for as long as the parts inside are kept clean and dry.",
        "Is it worth the money? We thought so, and so did the neighbours when they saw the bill.",
    ],
)
def question_headings(doc: Document) -> Measured:
    found = [Finding(h.start, h.end) for h in doc.headings if h.n_words >= 3 and doc.folded[h.end - 1] == "?"]
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)
