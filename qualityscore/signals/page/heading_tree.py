"""Sections cut to one size."""

import math

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, share, signal

_MIN_SECTIONS = 4
_NAN = float("nan")


@signal(
    id="heading_tree",
    family="page",
    scope="page",
    why="A generator fills an outline: many headings, a paragraph or two under each, all sections alike in length. "
    "Authors write long where they have something to say.",
    limits="Glossaries, manuals, minutes and reference pages have even sections too.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
        Source("Bevendorff et al., Is Google Getting Worse?, ECIR 2024"),
    ],
    features=[
        Feature("heading_share", "characters in headings / characters, 0-1", high=1.0, found=False),
        Feature("section_cv", "coefficient of variation of the length of h2 sections", found=False),
        Feature("paragraphs_per_heading", "paragraphs / headings", found=False),
    ],
    needs=Needs(html=True, min_words=100),
    document_wide="the outline of the whole page",
    fires=[
        Example(
            "<body><main><h1>Mill</h1>{neutral}<h2>One</h2>{neutral}<h2>Two</h2>{neutral}</main></body>",
            kind="html",
        ),
        Example("<body><main>" + "<h2>Part</h2>{neutral}" * 5 + "</main></body>", kind="html"),
    ],
    quiet=[
        Example("<body><main>{neutral}</main></body>", kind="html"),
        Example("<body><main><h1>Mill</h1>{neutral}</main></body>", kind="html"),
    ],
)
def heading_tree(doc: Document) -> Measured:
    headings = [b for b in doc.blocks if b.kind == "heading"]
    if not headings:
        return Measured({"heading_share": 0.0, "section_cv": _NAN, "paragraphs_per_heading": _NAN})
    size = sum([b.end - b.start for b in headings])
    per_heading = _NAN
    if len(headings) >= _MIN_SECTIONS:
        per_heading = [b.kind for b in doc.blocks].count("paragraph") / len(headings)
    return Measured(
        {
            "heading_share": share(size, sum([b.end - b.start for b in doc.blocks])),
            "section_cv": _section_cv([(b.level, b.start) for b in headings]),
            "paragraphs_per_heading": per_heading,
        }
    )


def _section_cv(headings: list[tuple[int, int]]) -> float:
    starts = [at for level, at in headings if level == 2]
    if len(starts) < _MIN_SECTIONS:
        return _NAN
    # What follows the last heading may be a footer; its length says nothing.
    sizes = [b - a for a, b in zip(starts, starts[1:], strict=False)]
    mean = sum(sizes) / len(sizes)
    return math.sqrt(sum([(s - mean) ** 2 for s in sizes]) / len(sizes)) / mean
