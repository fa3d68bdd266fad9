"""Sections of one length under one heading after another."""

from itertools import pairwise

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, signal
from qualityscore.signals.formula._shared import variation

_LEAST_HEADINGS = 4


@signal(
    id="even_section_length",
    family="formula",
    why="An outline filled in by a machine gives each heading the same number of words, and a heading to every few.",
    limits="Catalogues, directories and style guides have even sections by design.",
    sources=[
        Source(
            "Desaire et al. 2023, Cell Reports Physical Science", "https://doi.org/10.1016/j.xcrp.2023.101426"
        ),
    ],
    features=[
        Feature("variation", "coefficient of variation", found=False),
        Feature("headings_per_1k_words", "headings / 1000 words", found=False),
    ],
    needs=Needs(min_words=100),
    document_wide="the length of sections is a matter of the whole page",
    fires=[
        Example("The hall is large and light in spring."),
        Example("The tea is hot and the jam is sweet."),
    ],
    quiet=["He left.", "She stayed for a week because the roads were closed."],
)
def even_section_length(doc: Document) -> Measured:
    headings = doc.headings
    rate = 1000.0 * len(headings) / doc.n_words
    if len(headings) < _LEAST_HEADINGS:
        return Measured({"variation": float("nan"), "headings_per_1k_words": rate})
    edges = [*(h.first for h in headings), doc.n_words]
    sizes = [after - before for before, after in pairwise(edges)]
    return Measured({"variation": variation(sizes), "headings_per_1k_words": rate})
