"""Stock terms put through a thesaurus: tortured phrases."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Hits,
    Measured,
    Source,
    per_1000,
    phrase_file,
    signal,
)


@signal(
    id="tortured_phrase",
    family="spinning",
    why="Nobody writes 'counterfeit consciousness' for artificial intelligence but a program that swaps synonyms.",
    limits="A translator's slip or a page about spinning holds such phrases too.",
    sources=[
        Source("Cabanac, Labbé, Magazinov 2021: Tortured phrases", "https://arxiv.org/abs/2107.06751"),
    ],
    features=[Feature("per_1k_words", "phrases / 1000 words")],
    phrases={"phrase": phrase_file(__file__, "tortured_phrase.txt")},
    fires=[
        Example("The clinic uses counterfeit consciousness to plan its work.", ["counterfeit consciousness"]),
        Example(
            "Roofs with sun powered panels cut vitality utilization.", ["sun powered", "vitality utilization"]
        ),
    ],
    quiet=[
        "The clinic uses artificial intelligence to plan its work.",
        "The painter's counterfeit was found, and his consciousness of guilt grew.",
    ],
)
def tortured_phrase(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["phrase"]]
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)
