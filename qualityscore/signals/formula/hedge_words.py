"""Hedges that keep a statement from being wrong ("can help", "typically", "depending on")."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Hits,
    Measured,
    Needs,
    Source,
    per_1000,
    phrase_file,
    signal,
)
from qualityscore.signals.formula._shared import expanded


@signal(
    id="hedge_words",
    family="formula",
    why="Who knows nothing about the case at hand writes what holds in general, often, or depending on needs.",
    limits="Careful science, medicine and law hedge because they must.",
    sources=[
        Source(
            "Hyland 1998: Hedging in Scientific Research Articles, John Benjamins",
            "https://doi.org/10.1075/pbns.54",
        ),
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("per_1k_words", "hedges / 1000 words")],
    needs=Needs(min_words=50),
    common="Everybody hedges; the rate tells.",
    phrases={"hedge": expanded(phrase_file(__file__, "hedge_words.txt"))},
    phrases_only=True,
    fires=[
        Example("Costs depend on various factors.", ["depend on", "various factors"]),
        Example("A walk can help, and results typically follow.", ["can help", "typically"]),
    ],
    quiet=["He opened the can and poured.", "The bus left at ten and came in at noon."],
)
def hedge_words(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["hedge"]]
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)
