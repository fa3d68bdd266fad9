"""Roundabout turns that spinning software puts for plain words."""

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


@signal(
    id="spinner_phrases",
    family="spinning",
    why="Article spinners replace small words with long turns: 'on the off chance that' for 'if'.",
    limits="Officials and older prose write roundabout; Indian English uses 'as per' freely.",
    sources=[
        Source("Cabanac, Labbe and Magazinov 2021: Tortured phrases", "https://arxiv.org/abs/2107.06751")
    ],
    features=[Feature("phrases_per_1k_words", "phrases / 1000 words")],
    needs=Needs(min_words=50),
    phrases={"phrase": phrase_file(__file__, "spinner_phrases.txt")},
    phrases_only=True,
    fires=[
        Example(
            "On the off chance that it rains, a portion of the fair moves indoors.",
            ["On the off chance that", "a portion of the"],
        ),
        Example("Keeping in mind the end goal to win, they practised.", ["Keeping in mind the end goal"]),
    ],
    quiet=[
        "If it rains, some of the fair moves indoors, and the chance of that is small.",
        "They kept the end in mind and ate their portions.",
    ],
)
def spinner_phrases(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["phrase"]]
    return Measured({"phrases_per_1k_words": per_1000(len(found), doc.n_words)}, found)
