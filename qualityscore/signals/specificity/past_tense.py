"""Share of the words that are verbs in the past tense."""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, share, signal
from qualityscore.signals.counts import counts
from qualityscore.signals.spelling import PAST


@signal(
    id="past_tense",
    family="specificity",
    why="What happened is told in the past tense; filler tells what is generally so.",
    limits="Manuals, definitions and laws are in the present tense for good reason.",
    sources=[
        Source("Biber 1988: Variation across Speech and Writing"),
        Source("Johnson and Raye 1981: Reality monitoring", "https://doi.org/10.1037/0033-295X.88.1.67"),
    ],
    features=[Feature("share", "share 0-1 of the words of prose", high=1.0, found=False)],
    needs=Needs(min_words=30),
    fires=[
        Example(
            "I walked down to the weir before breakfast and found the gate chained. We measured the gap twice with a broom handle, and then I sat on the wall and waited for somebody to come with a key to it.",
            pad="none",
        ),
        Example(
            "We took the slow train from Leeds with Marta Wolf and her dog, and it rained until Skipton. The guard, Colin Ames, let the dog ride in the van. Nobody at the station in Skipton knew when the bus to Malham would leave.",
            pad="none",
        ),
    ],
    quiet=[
        Example(
            "Good planning is an important part of any successful project. It helps people to stay on track and to reach their goals in time. With the right approach you can avoid many common problems and make the most of your resources.",
            pad="none",
        ),
        Example(
            "A healthy routine can make a big difference in daily life. Small changes often lead to lasting results, and with a little patience anyone can find a balance that works for them and their family.",
            pad="none",
        ),
    ],
    document_wide="every page has a level of this; no single passage carries it",
)
def past_tense(doc: Document) -> Measured:
    c = counts(doc)
    if not c.n_prose:
        return Measured({"share": float("nan")})
    return Measured({"share": share(c.prose_count(PAST), c.n_prose)})
