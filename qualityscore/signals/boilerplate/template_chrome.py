"""Leftovers of the site's template among the text."""

import re

from qualityscore.signals.api import Document, Example, Feature, Finding, Hits, Measured, Source, signal
from qualityscore.signals.boilerplate._labels import NEWSGUARD

_BYLINE = re.compile(
    r"by\s{1,3}[^\n|]{3,40}?\s{0,3}[-–—|,]\s{0,3}(?:world|news|sports?|business|health|technology|tech|politics|"
    r"entertainment|science|economy|finance|lifestyle|travel|culture|senior|chief|staff|managing)\s"
    r"(?:editor|reporter|writer|correspondent|desk|journalist)",
    re.I,
)


@signal(
    id="template_chrome",
    family="boilerplate",
    scope="rendering",
    why="It shows which ready-made template the page stands in; farms change nothing but the name.",
    limits="Hobby blogs use the same free templates; this is evidence for a reader and never moves a score.",
    sources=[
        NEWSGUARD,
        Source("Raffel et al.: C4, which drops lines of page furniture", "https://arxiv.org/abs/1910.10683"),
    ],
    features=[Feature("marks", "marks on the page")],
    chrome_phrases={
        "mark": [
            "you may also like",
            "you might also like",
            "this site uses akismet to reduce spam",
            "learn how your comment data is processed",
            "adblock detected",
            "ad blocker detected",
            "adblocker detected",
            "disabling your adblocker",
            "disable your adblocker",
            "disable your ad blocker",
            "save my name, email, and website in this browser",
            "facebooktwitterpinterest",
            "leave a comment cancel reply",
            "your email address will not be published",
            "required fields are marked",
            "proudly powered by wordpress",
            "powered by wordpress",
            "powered by blogger",
            "theme by",
            "all right reserved",
            "dmca policy",
            "dmca.com protection",
            "related articles you may like",
            "more from this author",
            "trending now",
            "don't miss",
        ]
    },
    fires=[
        Example(
            "You may also like\nThis site uses Akismet to reduce spam.",
            ["You may also like", "This site uses Akismet to reduce spam"],
            pad="before",
        ),
        Example(
            "Home » world » A bridge is closed\nby Ann Dyer - World Editor",
            ["Home » world » A bridge is closed", "by Ann Dyer - World Editor"],
            pad="after",
        ),
    ],
    quiet=[
        "You may also like the second lock, which has a heron.",
        "The bridge was closed by Ann Dyer, who had the key.",
    ],
    common="Every blog template leaves such marks; the count is shown to readers and never used for a score.",
)
def template_chrome(doc: Document, hits: Hits) -> Measured:
    text = doc.folded
    found = [
        Finding(start, end) for start, end in hits["mark"] if text[end : end + 1] in ("", "\n", ".", ":", "!")
    ]
    found += [Finding(0, 0, where="markup", text=quoted) for quoted in hits.chrome("mark")]
    for line in doc.lines[:12]:
        if line.chrome and "»" in text[line.start : line.start + 40]:
            found.append(Finding(line.start, line.end, "breadcrumb"))
        elif line.n_words <= 12 and _BYLINE.match(text, line.start, line.end):
            found.append(Finding(line.start, line.end, "generic by-line"))
    return Measured({"marks": float(len(found))}, found)
