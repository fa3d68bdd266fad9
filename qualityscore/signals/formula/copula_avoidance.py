"""Grand verbs where a person writes "is" or "has" ("serves as", "boasts")."""

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
    id="copula_avoidance",
    family="formula",
    why="Language models avoid a plain 'is' or 'has': things serve as, stand as, boast and represent.",
    limits="Travel guides, estate agents and encyclopedias have always written like this.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("per_1k_words", "verbs / 1000 words")],
    needs=Needs(min_words=50),
    common="Ordinary verbs; the rate tells.",
    phrases={"verb": expanded(phrase_file(__file__, "copula_avoidance.txt"))},
    phrases_only=True,
    fires=[
        Example("The square serves as a meeting place.", ["serves as a"]),
        Example("The flat boasts a balcony and offers a view.", ["boasts a", "offers a"]),
    ],
    quiet=["He stood as if struck, and she served tea.", "The offer was good, and the features were fine."],
)
def copula_avoidance(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["verb"]]
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)
