"""'Quick Answer' boxes in front of an article."""

from qualityscore.signals.api import Document, Example, Feature, Hits, Measured, per_1000, signal
from qualityscore.signals.boilerplate._labels import PEOPLE_FIRST, SEO_SPAM, labels


@signal(
    id="quick_answer_box",
    family="boilerplate",
    why="The box is written for a search engine's answer panel; the article behind it only has to fill the page.",
    limits="Help pages of libraries and tax offices sometimes give the short answer first to save readers time.",
    sources=[PEOPLE_FIRST, SEO_SPAM],
    features=[Feature("boxes_per_1k_words", "boxes / 1000 words")],
    phrases={
        "label": [
            "quick answer",
            "the quick answer",
            "quick answers",
            "short answer",
            "the short answer",
            "direct answer",
            "the direct answer",
            "simple answer",
            "the simple answer",
            "brief answer",
            "immediate answer",
            "bottom line answer",
            "the honest answer",
            "honest answer",
            "fast answer",
            "quick verdict",
            "the quick verdict",
            "our verdict",
            "the verdict",
            "final verdict",
            "quick take",
            "quick picks",
            "our top pick",
            "our top picks",
            "top picks",
            "answer in brief",
            "answer first",
            "best overall",
            "the short answer is",
            "quick diagnosis",
            "quick decision guide",
            "quick fix",
        ]
    },
    phrases_only=True,
    fires=[
        Example("Quick Answer: Most people need about a week.", ["Quick Answer:"]),
        Example(
            "The Short Answer\n\nIt depends on the size of your room and on your budget.",
            ["The Short Answer"],
        ),
    ],
    quiet=[
        "He gave a short answer and hung up.",
        "Quick answers were not her way; she looked at the roof first.",
    ],
)
def quick_answer_box(doc: Document, hits: Hits) -> Measured:
    found = labels(doc, hits["label"])
    return Measured({"boxes_per_1k_words": per_1000(len(found), doc.n_words)}, found)
