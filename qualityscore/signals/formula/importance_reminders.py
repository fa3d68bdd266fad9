"""Reminders that something matters ("it's important to note", "when it comes to")."""

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
    id="importance_reminders",
    family="formula",
    why="Filler tells its reader what to keep in mind, and how crucial it all is, before it says anything.",
    limits="Teachers, doctors and safety notices remind because they have to.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("per_1k_words", "phrases / 1000 words")],
    needs=Needs(min_words=50),
    common="Teachers remind as well; the rate tells.",
    phrases={"reminder": expanded(phrase_file(__file__, "importance_reminders.txt"))},
    phrases_only=True,
    fires=[
        Example("When it comes to tea, water is key to taste.", ["When it comes to", "is key to"]),
        Example(
            "It's important to note that rates change. By following the steps, all is well.",
            ["It's important to note", "By following"],
        ),
    ],
    quiet=["It was an important note, and I kept it.", "She remembered to lock the gate."],
)
def importance_reminders(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["reminder"]]
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)
