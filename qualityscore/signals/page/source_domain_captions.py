"""Captions that credit a bare domain."""

import re

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    per_1000,
    signal,
)
from qualityscore.signals.page._hosts import own_site, site

_CAPTION = re.compile(
    r"(?:image |picture |photo )?(?:source|sources|credit|credits|via|courtesy)\s{0,2}:\s{0,2}(?:https?://)?(?:www\.)?"
    r"((?:[a-z0-9-]{1,40}\.){1,3}[a-z]{2,12})/?\.?\s{0,2}$",
    re.I,
)
_LONGEST = 90


@signal(
    id="source_domain_captions",
    family="page",
    scope="page",
    why="Scrapers put the domain a picture was taken from under it, where an author would name the photographer.",
    limits="Bloggers who quote a press picture credit it like this now and then.",
    sources=[
        Source(
            "Google spam policies: scraping",
            "https://developers.google.com/search/docs/essentials/spam-policies",
        )
    ],
    features=[Feature("captions_per_1k_words", "captions / 1000 words")],
    needs=Needs(html=True),
    fires=[
        Example(
            "<body><main>{neutral}<p>Source: www.example.com</p></main></body>",
            ["Source: www.example.com"],
            "html",
        ),
        Example(
            "<body><main>{neutral}<p>Image source : pictures.example.org</p></main></body>",
            ["Image source : pictures.example.org"],
            "html",
        ),
    ],
    quiet=[
        Example(
            "<body><main>{neutral}<p>Source: Office for National Statistics, table 4</p></main></body>",
            kind="html",
        ),
        Example("<body><main>{neutral}<p>Photo: Ann Dyer</p></main></body>", kind="html"),
    ],
)
def source_domain_captions(doc: Document) -> Measured:
    here = ""
    found: list[Finding] = []
    for line in doc.lines:
        if line.end - line.start <= _LONGEST and line.n_words <= 10:
            match = _CAPTION.match(doc.folded, line.start, line.end)
            if match:
                here = here or own_site(doc) or "?"
                if site(match.group(1).lower()) != here:
                    found.append(Finding(line.start, line.end))
    # Template and menu detection can take a caption that is one link.
    found.extend(
        Finding(0, 0, "caption", "markup", run)
        for run in doc.chrome
        if len(run) <= _LONGEST and _CAPTION.match(run)
    )
    return Measured({"captions_per_1k_words": per_1000(len(found), doc.n_words)}, found)
