"""Share of characters that are digits"""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, share, signal
from qualityscore.signals.shape._chars import characters


@signal(
    id="digit_share",
    family="shape",
    why="Price lists, phone directories and doorway pages are dense in digits, filler has none.",
    limits="Statistics, recipes and sports results are dense in digits honestly.",
    sources=[
        Source("Weber et al. 2024: RedPajama", "https://arxiv.org/abs/2411.12372"),
        Source("Raffel et al. 2019: T5 and the C4 corpus", "https://arxiv.org/abs/1910.10683"),
    ],
    features=[Feature("share", "share 0-1 of characters", high=1.0, found=False)],
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
def digit_share(doc: Document) -> Measured:
    found = characters(doc)
    return Measured({"share": share(sum(found.ascii[48:58]), found.total)})
