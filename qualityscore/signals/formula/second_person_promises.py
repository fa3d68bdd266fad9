"""Promises to the reader ("you'll discover", "take your skills to the next level")."""

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
    id="second_person_promises",
    family="formula",
    why="Search-engine copy talks of your journey and what you'll discover in place of what there is to know.",
    limits="Course pages, coaches and adverts promise as well.",
    sources=[
        Source(
            "Google: Creating helpful, reliable, people-first content",
            "https://developers.google.com/search/docs/fundamentals/creating-helpful-content",
        ),
    ],
    features=[
        Feature("per_1k_words", "phrases / 1000 words"),
        Feature("you_per_1k_words", "words / 1000 words", found=False),
    ],
    needs=Needs(min_words=50),
    common="Teachers and shops address the reader too; the rate tells.",
    phrases={
        "promise": expanded(phrase_file(__file__, "second_person_promises.txt")),
        "you": ["you", "your", "you're", "you'll", "you've", "yourself"],
    },
    phrases_only=True,
    fires=[
        Example("In the end you'll discover how to bake.", ["you'll discover"]),
        Example(
            "It will ensure your success and help you on your journey.",
            ["ensure your", "help you", "your journey"],
        ),
    ],
    quiet=["Where did you put the key?", "I sent you the photos of Tom."],
)
def second_person_promises(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["promise"]]
    return Measured(
        {
            "per_1k_words": per_1000(len(found), doc.n_words),
            "you_per_1k_words": per_1000(len(hits["you"]), doc.n_words),
        },
        found,
    )
