"""Mean length of a word"""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, signal
from qualityscore.signals.shape._tally import tally


@signal(
    id="mean_word_length",
    family="shape",
    why="Filler and keyword pages use longer words than people who tell something.",
    limits="German loan words, chemistry and code identifiers raise it.",
    sources=[
        Source("Rae et al. 2021: Scaling Language Models (Gopher)", "https://arxiv.org/abs/2112.11446"),
        Source(
            "Ntoulas et al. 2006: Detecting Spam Web Pages through Content Analysis",
            "https://doi.org/10.1145/1135777.1135794",
        ),
    ],
    features=[Feature("letters", "characters / word", high=1023.0, found=False)],
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
def mean_word_length(doc: Document) -> Measured:
    found = tally(doc)
    return Measured({"letters": found.letters / found.all_spelled if found.all_spelled else float("nan")})
