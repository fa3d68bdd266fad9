"""Share of function words in the prose"""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, signal
from qualityscore.signals.shape._tally import tally


@signal(
    id="stop_words",
    family="shape",
    why="Keyword lists and telegraphic filler have few function words; connected prose is half made of them.",
    limits="Recipes, catalogues and reference tables are telegraphic too.",
    sources=[
        Source("Rae et al. 2021: Scaling Language Models (Gopher)", "https://arxiv.org/abs/2112.11446"),
        Source(
            "Ntoulas et al. 2006: Detecting Spam Web Pages through Content Analysis",
            "https://doi.org/10.1145/1135777.1135794",
        ),
    ],
    features=[Feature("share", "share 0-1", high=1.0, found=False)],
    needs=Needs(min_words=20),
    fires=[
        Example(
            "The cat sat on the mat and the dog lay by the door. Then we all had tea and cake, and we went to bed."
        ),
        Example(
            "Organisational transformation necessitates comprehensive stakeholder communication. Institutional accountability facilitates sustainable infrastructural development."
        ),
    ],
    quiet=[
        "The cat sat on the mat and the dog lay by the door. Then we all had tea and cake, and we went to bed.",
        "Organisational transformation necessitates comprehensive stakeholder communication. Institutional accountability facilitates sustainable infrastructural development.",
    ],
    document_wide="every page has a level of this; no single passage carries it",
)
def stop_words(doc: Document) -> Measured:
    found = tally(doc)
    return Measured({"share": found.stops / found.spelled if found.spelled else float("nan")})
