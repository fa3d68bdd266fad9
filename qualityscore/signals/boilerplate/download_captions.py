"""Captions of copied pictures: 'Free Printable', 'HD Wallpaper', 'Pin On'."""

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
    id="download_captions",
    family="boilerplate",
    why="Scraped pictures keep the captions of stock and pin sites, which offer them for download.",
    limits="Makers offer their own printables, and computing pages offer free downloads.",
    sources=[SPAM_POLICIES],
    features=[Feature("captions_per_1k_words", "phrases / 1000 words")],
    needs=Needs(min_words=50),
    phrases={"phrase": phrase_file(__file__, "download_captions.txt")},
    phrases_only=True,
    fires=[
        Example("Free Printable Shed Plans For Kids", ["Free Printable"]),
        Example("Pin On Garden\n\nMill Sunset HD Wallpaper", ["Pin On", "HD Wallpaper"]),
    ],
    quiet=[
        "He set the pin and the badge side by side on the shelf.",
        "The form was free and could be printed at the library.",
    ],
)
def download_captions(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["phrase"]]
    return Measured({"captions_per_1k_words": per_1000(len(found), doc.n_words)}, found)
