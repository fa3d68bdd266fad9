"""Every heading is followed by the same small number of paragraphs."""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, share, signal


@signal(
    id="single_paragraph_sections",
    family="formula",
    why="Generated pages hang one paragraph under each heading; people who have more to say write on.",
    limits="Reference pages, directories and release notes are built of short sections too.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[
        Feature("share", "share 0-1 of sections that have exactly one paragraph", high=1.0, found=False),
        Feature("paragraphs", "mean paragraphs under a heading", high=1e4, found=False),
    ],
    needs=Needs(min_words=100),
    fires=[
        Example("Opening hours\n\nThe mill is open from nine to five on every day but Monday."),
        Example("The way there\n\nTake the bus to the mill and walk along the canal for a mile."),
    ],
    quiet=["One line.", "Another line."],
    document_wide="how the page is divided",
)
def single_paragraph_sections(doc: Document) -> Measured:
    prose = {line.first for line in doc.prose}
    sizes: list[int] = []
    for line in doc.article:
        if line.heading:
            sizes.append(0)
        elif sizes and line.first in prose:
            sizes[-1] += 1
    sizes = [size for size in sizes[1:] if size]
    if len(sizes) < 3:
        return Measured({"share": float("nan"), "paragraphs": float("nan")})
    return Measured(
        {"share": share(sizes.count(1), len(sizes)), "paragraphs": min(1e4, sum(sizes) / len(sizes))}
    )
