"""Showy synonyms that spinners put for plain words."""

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
    id="thesaurus_word",
    family="spinning",
    why="Spinners and padding models reach for the longer word: 'utilize' for use, 'numerous' for many.",
    limits="Officials, lawyers and old-fashioned writers like these words too.",
    sources=[Source("Wikipedia: Article spinning", "https://en.wikipedia.org/wiki/Article_spinning")],
    features=[Feature("per_1k_words", "words / 1000 words")],
    needs=Needs(min_words=50),
    phrases={"word": phrase_file(__file__, "thesaurus_word.txt")},
    phrases_only=True,
    fires=[
        Example("Numerous individuals utilize the lift each day.", ["Numerous", "individuals", "utilize"]),
        Example("It has a plethora of rooms.", ["plethora"]),
    ],
    quiet=["Many people use the lift each day.", "It has a lot of rooms, most of them small."],
    common="One such word a page is nothing; the rate tells.",
)
def thesaurus_word(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["word"]]
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)
