"""Pictures described by the page's title."""

import re

from qualityscore.document.characters import letters
from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, Source, signal

_MIN_LETTERS = 20
_COMPARED = 40
_BRAND = re.compile(r"\s[|–—-]\s[^|–—]{0,80}$")


def _page(title: str, alt: str) -> str:
    return f'<head><title>{title}</title></head><body><main>{{neutral}}<img src="a.jpg" alt="{alt}"></main></body>'


@signal(
    id="title_as_alt_text",
    family="page",
    scope="page",
    why="A template that knows nothing about its pictures fills in the title, which is also the keyword.",
    limits="Some publishing systems do so for the picture at the top of an honest article.",
    sources=[
        Source(
            "Google: image SEO best practices (alt text)",
            "https://developers.google.com/search/docs/appearance/google-images",
        )
    ],
    features=[Feature("images", "images")],
    needs=Needs(html=True),
    fires=[
        Example(
            _page("Best stone mills for small farms", "Best stone mills for small farms"),
            ["Best stone mills for small farms"],
            "html",
        ),
        Example(
            _page("How to dress a millstone | Millsite", "How to Dress a Millstone"),
            ["How to Dress a Millstone"],
            "html",
        ),
    ],
    quiet=[
        Example(_page("How to dress a millstone", "A pick lying on the upper stone"), kind="html"),
        Example(_page("Harlow Mill", "Harlow Mill"), kind="html"),
    ],
)
def title_as_alt_text(doc: Document) -> Measured:
    assert doc.markup is not None
    images = [image for image in doc.markup.images if image.main and len(image.alt) >= _MIN_LETTERS]
    if not images:
        return Measured({"images": 0.0})
    title = doc.meta.title[:300]
    titles = {letters(title), letters(_BRAND.sub("", title))}
    starts = {text[:_COMPARED] for text in titles if len(text) >= _MIN_LETTERS}
    found = [
        Finding(0, 0, "alt text", "markup", image.alt)
        for image in images
        if letters(image.alt[:300])[:_COMPARED] in starts
    ]
    return Measured({"images": float(len(found))}, found)
