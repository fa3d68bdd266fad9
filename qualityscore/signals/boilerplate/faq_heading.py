"""An FAQ section appended to an article."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Hits,
    Measured,
    Source,
    share,
    signal,
)
from qualityscore.signals.boilerplate._labels import SIGNS, is_title, line_at, opened_line, rest_of


@signal(
    id="faq_heading",
    family="boilerplate",
    why="Articles made for search engines end in an FAQ section, whatever they are about.",
    limits="Products and institutions have honest FAQ pages; there the heading stands on top, not behind an article.",
    sources=[
        SIGNS,
        Source(
            "Google: changes to HowTo and FAQ rich results",
            "https://developers.google.com/search/blog/2023/08/howto-faq-changes",
        ),
    ],
    features=[
        Feature("depth", "share 0-1 of the article's words in front of the last FAQ heading", high=1.0)
    ],
    phrases={
        "heading": [
            "frequently asked questions",
            "frequently asked question",
            "frequently inquired questions",
            "frequently requested questions",
            "commonly asked questions",
            "most asked questions",
            "common questions",
            "popular questions",
            "faq",
            "faqs",
            "f.a.q.",
            "people also ask",
            "questions and answers",
            "questions & answers",
            "quick q&a",
            "your questions answered",
            "questions answered",
            "questions people ask",
            "frequently asked",
            "often asked",
            "often asked questions",
            "often inquired",
            "frequently inquired",
            "quick questions",
            "quick inquiries",
            "reader q&a",
            "readers' questions",
            "your questions, answered",
            "your inquiries, answered",
            "top questions",
            "burning questions",
        ]
    },
    phrases_only=True,
    fires=[
        Example(
            "Frequently Asked Questions about Sheds\n\nSheds are asked about by a great many people.",
            ["Frequently Asked Questions"],
        ),
        Example("Garden Shed FAQs\n\nSheds are asked about by a great many people.", ["FAQs"]),
    ],
    quiet=[
        "He read the frequently asked questions before he called the bank.",
        "The FAQ of the project answers that, and it was last changed in May.",
    ],
)
def faq_heading(doc: Document, hits: Hits) -> Measured:
    found: list[Finding] = []
    depth = 0.0
    for start, end in hits["heading"]:
        line = line_at(doc, start)
        if line is None or not is_title(doc, line, 14):
            continue
        # "Garden Shed FAQs" is a title; "for more, please refer to the FAQ" is the tail of a sentence.
        if opened_line(doc, start) is None and (
            rest_of(doc, line, end) or doc.folded.count(" ", line.start, start) > 4
        ):
            continue
        found.append(Finding(start, end))
        depth = max(depth, share(line.first, doc.n_words))
    return Measured({"depth": depth}, found)
