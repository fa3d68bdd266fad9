"""Nouns of quality and process: -tion, -ment, -ity, -ness."""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, share, signal
from qualityscore.signals.counts import counts
from qualityscore.signals.spelling import ABSTRACT


@signal(
    id="abstract_nouns",
    family="specificity",
    why="Filler is built from abstractions such as optimisation, engagement and efficiency, because it has no thing to show.",
    limits="Law, philosophy and public administration cannot do without them.",
    sources=[
        Source("Biber 1988: Variation across Speech and Writing"),
        Source(
            "Brysbaert et al. 2014: Concreteness ratings for 40 thousand English words",
            "https://doi.org/10.3758/s13428-013-0403-5",
        ),
    ],
    features=[Feature("share", "share 0-1 of the words of prose", high=1.0, found=False)],
    needs=Needs(min_words=30),
    fires=[
        Example(
            "Good planning is an important part of any successful project. It helps people to stay on track and to reach their goals in time. With the right approach you can avoid many common problems and make the most of your resources.",
            pad="none",
        ),
        Example(
            "Effective communication and continuous improvement drive organisational development. The integration of innovation with sustainability ensures satisfaction, and the commitment of management to transparency and flexibility enables the realisation of every ambition that a community may have.",
            pad="none",
        ),
    ],
    quiet=[
        Example(
            "I walked down to the weir before breakfast and found the gate chained. We measured the gap twice with a broom handle, and then I sat on the wall and waited for somebody to come with a key to it.",
            pad="none",
        ),
        Example(
            "We took the slow train from Leeds with Marta Wolf and her dog, and it rained until Skipton. The guard, Colin Ames, let the dog ride in the van. Nobody at the station in Skipton knew when the bus to Malham would leave.",
            pad="none",
        ),
    ],
    document_wide="every page has a level of this; no single passage carries it",
)
def abstract_nouns(doc: Document) -> Measured:
    c = counts(doc)
    if not c.n_prose:
        return Measured({"share": float("nan")})
    return Measured({"share": share(c.prose_count(ABSTRACT), c.n_prose)})
