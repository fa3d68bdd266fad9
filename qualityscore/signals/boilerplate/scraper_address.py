"""A scraper addresses its visitor: 'you have come to the right blog'."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Hits,
    Measured,
    Needs,
    per_1000,
    phrase_file,
    signal,
)
from qualityscore.signals.boilerplate._labels import SPAM_POLICIES


@signal(
    id="scraper_address",
    family="boilerplate",
    why="Image scrapers and keyword doorways wrap copied material in the same few sentences to the visitor.",
    limits="Small blogs ask for bookmarks and shares too.",
    sources=[SPAM_POLICIES],
    features=[Feature("sentences_per_1k_words", "phrases / 1000 words")],
    needs=Needs(min_words=50),
    phrases={"phrase": phrase_file(__file__, "scraper_address.txt")},
    phrases_only=True,
    fires=[
        Example(
            "If you are looking for a shed you have come to the right place.", ["you have come to the right"]
        ),
        Example(
            "All pictures are copyrighted by their painters.",
            ["copyrighted by their"],
        ),
    ],
    quiet=[
        "You have come to the end of the lane when you see the mill.",
        "The copyright stays with the owner of the print, Ann Dyer.",
    ],
)
def scraper_address(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["phrase"]]
    return Measured({"sentences_per_1k_words": per_1000(len(found), doc.n_words)}, found)
