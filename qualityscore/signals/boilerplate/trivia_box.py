"""'Did You Know?' trivia boxes pasted into an article."""

from qualityscore.signals.api import Document, Example, Feature, Hits, Measured, per_1000, signal
from qualityscore.signals.boilerplate._labels import NEWSGUARD, SIGNS, labels


@signal(
    id="trivia_box",
    family="boilerplate",
    why="Automated rewrites pad an article with a trivia box that restates what everybody knows.",
    limits="Children's encyclopedias and museums use such boxes honestly, with a fact in them.",
    sources=[SIGNS, NEWSGUARD],
    features=[Feature("boxes_per_1k_words", "boxes / 1000 words")],
    phrases={
        "label": [
            "did you know",
            "fun fact",
            "fun facts",
            "quick fact",
            "quick facts",
            "interesting fact",
            "interesting facts",
            "surprising fact",
            "bonus fact",
            "fast fact",
            "fast facts",
            "trivia time",
        ],
        "fact": ["fact", "facts", "trivia"],
    },
    phrases_only=True,
    fires=[
        Example("Did You Know? Bridges have connected people for centuries.", ["Did You Know?"]),
        Example("Fun Fact: Many gardeners enjoy growing roses at home.", ["Fun Fact:"]),
        Example("\U0001f4a1 **Did you know?** Tea is enjoyed in many places.", ["Did you know?"]),
    ],
    quiet=[
        "Did you know him well? I asked, and she said no.",
        "The fun fact of it was lost on us.",
        "Did you know that the ferry stops at Brant on Sundays?",
    ],
)
def trivia_box(doc: Document, hits: Hits) -> Measured:
    found = labels(doc, hits["label"])
    seen = {finding.end for finding in found}
    found += [f for f in labels(doc, hits["fact"], lone=False, before=True) if f.end not in seen]
    return Measured({"boxes_per_1k_words": per_1000(len(found), doc.n_words)}, found)
