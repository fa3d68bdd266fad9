"""Paragraphs of one length."""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, signal
from qualityscore.signals.formula._shared import variation

_LEAST_PARAGRAPHS = 5


@signal(
    id="even_paragraph_length",
    family="formula",
    why="A generator gives every point the same room; a writer dwells on what matters.",
    limits="News in one-sentence paragraphs and short notices are even too.",
    sources=[
        Source(
            "Desaire et al. 2023, Cell Reports Physical Science", "https://doi.org/10.1016/j.xcrp.2023.101426"
        ),
    ],
    features=[Feature("variation", "coefficient of variation", found=False)],
    needs=Needs(min_words=100),
    document_wide="the length of paragraphs is a matter of the whole page",
    fires=[
        Example("The hall is large and light in spring."),
        Example("The tea is hot and the jam is sweet."),
    ],
    quiet=["He left.", "She stayed for a week because the roads were closed."],
)
def even_paragraph_length(doc: Document) -> Measured:
    sizes = [line.n_words for line in doc.prose]
    return Measured({"variation": variation(sizes) if len(sizes) >= _LEAST_PARAGRAPHS else float("nan")})
