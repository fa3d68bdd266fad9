"""Sentences of one length: no short ones, no long ones."""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, signal
from qualityscore.signals.counts import counts
from qualityscore.signals.formula._shared import variation

_LEAST_SENTENCES = 10
_LONG = 30


@signal(
    id="even_sentence_length",
    family="formula",
    why="People mix short sentences with long ones; generated prose keeps to a middle length.",
    limits="Textbooks, encyclopedias and edited news are even as well; lists and code disturb the measure.",
    sources=[
        Source(
            "Desaire et al. 2023, Cell Reports Physical Science", "https://doi.org/10.1016/j.xcrp.2023.101426"
        ),
    ],
    features=[
        Feature("variation", "coefficient of variation", found=False),
        Feature("long_share", "share of sentences 0-1", high=1.0, found=False),
    ],
    needs=Needs(min_words=100, min_sentences=10),
    document_wide="rhythm is a matter of the whole page",
    fires=[
        Example("The hall is large and light. The yard is wide and green."),
        Example("The tea is hot. The jam is sweet."),
    ],
    quiet=["He left.", "She stayed for a week because the roads were closed."],
)
def even_sentence_length(doc: Document) -> Measured:
    c = counts(doc)
    sizes = (c.lasts - c.firsts).tolist()
    if len(sizes) < _LEAST_SENTENCES:
        return Measured({"variation": float("nan"), "long_share": float("nan")})
    long = sum([size >= _LONG for size in sizes])
    return Measured({"variation": variation(sizes), "long_share": long / len(sizes)})
