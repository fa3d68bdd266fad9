"""'Whether you're a beginner or a pro': addressing everybody at once."""

from qualityscore.signals.api import Document, Example, Feature, Finding, Hits, Measured, per_1000, signal
from qualityscore.signals.boilerplate._labels import SIGNS

_REACH = 140


@signal(
    id="whether_you_are",
    family="boilerplate",
    why="Text written for nobody in particular greets every kind of reader in one sentence.",
    limits="Advertising and welcome pages of clubs and schools speak to several groups the same way.",
    sources=[SIGNS],
    features=[Feature("per_1k_words", "phrases / 1000 words")],
    phrases={
        "opening": [
            "whether you are",
            "whether you're",
            "whether youre",
            "whether you want",
            "whether you need",
            "whether you prefer",
            "whether you plan",
            "whether you love",
            "whether you seek",
            "whether you choose",
            "whether you run",
            "whether you own",
            "whether it's your first",
            "whether your goal is",
            "whether you have",
            "whether you've",
            "whether you live",
            "whether you work",
        ]
    },
    phrases_only=True,
    fires=[
        Example(
            "Whether you're a beginner or a seasoned pro, there is a rake for you.",
            ["Whether you're a beginner or"],
        ),
        Example("It helps, whether you want to relax or to work.", ["whether you want to relax or"]),
    ],
    quiet=[
        "She asked whether you are coming to dinner on Friday.",
        "Tell us whether you're free. Or call Ann.",
        "Check whether you are registered or not.",
    ],
)
def whether_you_are(doc: Document, hits: Hits) -> Measured:
    found: list[Finding] = []
    low = doc.lower
    for start, end in hits["opening"]:
        tail = low[end : end + _REACH]
        for stop in (". ", "? ", "! ", "\n", "; "):
            cut = tail.find(stop)
            if cut >= 0:
                tail = tail[:cut]
        at = tail.find(" or ")
        # "whether you are … or not" is a plain condition.
        if at > 0 and not tail.startswith("not", at + 4):
            found.append(Finding(start, end + at + 3))
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)
