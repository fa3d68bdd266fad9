"""Lines that end with a full stop, question or exclamation mark"""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, share, signal


@signal(
    id="terminal_punctuation",
    family="shape",
    why="Prose closes its lines; menus, headings, labels and lists do not. Formula pages are headings and lists by half.",
    limits="Pages of headings and links by nature, such as indexes and link collections.",
    sources=[
        Source("Raffel et al. 2019: T5 and the C4 corpus", "https://arxiv.org/abs/1910.10683"),
        Source("Penedo et al. 2024: The FineWeb Datasets", "https://arxiv.org/abs/2406.17557"),
    ],
    features=[Feature("share", "share 0-1 of lines", high=1.0, found=False)],
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
def terminal_punctuation(doc: Document) -> Measured:
    lines = doc.article
    closed = [line for line in lines if line.terminal]
    return Measured({"share": share(len(closed), len(lines))})
