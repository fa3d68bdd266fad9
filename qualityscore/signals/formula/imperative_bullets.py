"""Lines that open with a command of advice ("Choose…", "Ensure…")."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    per_1000,
    share,
    signal,
)
from qualityscore.signals.formula._shared import opening_words, word_set

_COMMANDS = word_set(
    "use consider choose ensure avoid check look start keep make try opt focus plan research compare review set "
    "track monitor invest prioritize create establish maintain read ask add select find get learn understand "
    "remember don't never always be stay take limit test verify practice incorporate explore engage encourage "
    "implement develop identify seek regularly schedule prepare stick leverage utilize adjust evaluate"
)


@signal(
    id="imperative_bullets",
    family="formula",
    why="Advice without experience comes as rows of commands: choose, ensure, avoid, consider.",
    limits="Recipes, manuals and safety rules are commands by nature.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[
        Feature("per_1k_words", "lines / 1000 words"),
        Feature("sentence_share", "share of sentences 0-1", high=1.0, found=False),
    ],
    needs=Needs(min_words=50),
    common="Manuals and recipes command as well; the rate tells.",
    fires=[
        Example("Choose a quiet room\n\nAvoid bright screens at night.", ["Choose", "Avoid"]),
        Example("\u2022 Consider your budget first.\n\u2022 Ensure good air.", ["Consider", "Ensure"]),
    ],
    quiet=["He told us to choose, and we did.", "Ample light came in."],
)
def imperative_bullets(doc: Document) -> Measured:
    words, lower = doc.words, doc.words.lower
    found = [
        Finding(words.starts[line.first], words.ends[line.first])
        for line in doc.article
        if line.first < line.last and line.n_words <= 40 and lower[line.first] in _COMMANDS
    ]
    n = sum(map(_COMMANDS.__contains__, opening_words(doc)))
    return Measured(
        {"per_1k_words": per_1000(len(found), doc.n_words), "sentence_share": share(n, len(doc.sentences))},
        found,
    )
