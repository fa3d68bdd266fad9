"""Lines of thirty characters or fewer"""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, share, signal


@signal(
    id="short_lines",
    family="shape",
    why="Menus, tag clouds and label lists are left where a scraper or a template found no prose.",
    limits="Poems, recipes and tables of results have short lines.",
    sources=[
        Source("Penedo et al. 2024: The FineWeb Datasets", "https://arxiv.org/abs/2406.17557"),
        Source("Weber et al. 2024: RedPajama", "https://arxiv.org/abs/2411.12372"),
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
def short_lines(doc: Document) -> Measured:
    lines = doc.article
    short = [line for line in lines if line.end - line.start <= 30]
    return Measured({"share": share(len(short), len(lines))})
