"""Captions that credit a bare domain: 'Source: example.com', '… From example.com'."""

import re

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, per_1000, signal
from qualityscore.signals.boilerplate._labels import SPAM_POLICIES

_DOMAIN = r"(?:https?://)?(?:www\.)?(?:[a-z0-9-]{1,40}\.){1,3}[a-z]{2,12}/?"
_CAPTION = re.compile(
    r"(?:(?:image|picture|photo|img)[ ]{0,2})?(?:sources?|credits?|via|courtesy)[ ]{0,2}(?::|of|by)?[ ]{0,2}"
    + _DOMAIN
    + r"$",
    re.I,
)
_TAIL = re.compile(r"(?:from|via|source:?) {1,2}" + _DOMAIN + r"$", re.I)
_LONGEST = 260
_TAIL_LENGTH = 70


@signal(
    id="source_captions",
    family="boilerplate",
    why="Scrapers name the domain a picture was taken from, where an author would name the photographer.",
    limits="Bloggers who quote a press picture or a link credit it like this now and then.",
    sources=[SPAM_POLICIES],
    features=[Feature("captions_per_1k_words", "captions / 1000 words")],
    needs=Needs(min_words=50),
    fires=[
        Example("Source: www.example.com", ["Source: www.example.com"]),
        Example(
            "Garden Shed Paint Ideas Blue Shed Paint From example.org",
            ["From example.org"],
        ),
        Example("Image credit: pictures.example.com", ["Image credit: pictures.example.com"]),
    ],
    quiet=[
        "Source: Office for National Statistics, table 4",
        "Photo: Ann Dyer",
        "He had his parts from example.com and was glad of it.",
    ],
)
def source_captions(doc: Document) -> Measured:
    text = doc.folded
    found = []
    for line in doc.lines:
        if line.terminal or text.find(".", line.end - 14, line.end) < 0 or line.end - line.start > _LONGEST:
            continue
        match = _CAPTION.match(text, line.start, line.end)
        if match is None and line.n_words > 3:
            match = _TAIL.search(text, max(line.start, line.end - _TAIL_LENGTH), line.end)
            if match is not None and match.start() and text[match.start() - 1] != " ":
                match = None
        if match is not None:
            found.append(Finding(match.start(), match.end()))
    return Measured({"captions_per_1k_words": per_1000(len(found), doc.n_words)}, found)
