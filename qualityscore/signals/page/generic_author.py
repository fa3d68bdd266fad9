"""A by-line that names no person."""

import re

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, Source, signal

_ROLE = re.compile(
    r"(?:the )?(?:admin|administrator|webmaster|root|user|author|guest|contributor|editor|editors|editorial|staff)$|"
    r".{1,60}\b(?:team|editorial|editorial staff|staff writer|content desk|experts?|admin|bot)$",
    re.I,
)
_ORGANISATION = "Organization"


def _page(author: str) -> str:
    return f'<head><meta name="author" content="{author}"></head><body><main>{{neutral}}</main></body>'


@signal(
    id="generic_author",
    family="page",
    scope="page",
    why="Farms sign with a role, a team or their own name, since nobody wrote the page.",
    limits="Public offices, agencies and encyclopedias sign as an organisation for good reasons.",
    sources=[
        Source(
            "Google: creating helpful, people-first content ('who created the content')",
            "https://developers.google.com/search/docs/fundamentals/creating-helpful-content",
        ),
        Source(
            "NewsGuard: tracking AI-generated news sites",
            "https://www.newsguardtech.com/special-reports/ai-tracking-center/",
        ),
    ],
    features=[Feature("generic", "0 or 1", high=1.0)],
    needs=Needs(html=True),
    fires=[
        Example(_page("admin"), ["admin"], "html"),
        Example(_page("Millsite Content Team"), ["Millsite Content Team"], "html"),
        Example(
            '<head><script type="application/ld+json">{"@type":"Article","author":{"@type":"Organization","name":"Millsite"}}'
            "</script></head><body><main>{neutral}</main></body>",
            ["Millsite"],
            "html",
        ),
    ],
    quiet=[
        Example(_page("Ann Dyer"), kind="html"),
        Example("<body><main>{neutral}</main></body>", kind="html"),
    ],
)
def generic_author(doc: Document) -> Measured:
    assert doc.markup is not None
    author = " ".join(doc.meta.author.split())[:100]
    if not author:
        return Measured({"generic": float("nan")})
    generic = _ROLE.match(author) is not None
    if not generic:
        for node in doc.markup.json_ld:
            signed = node.get("author")
            if isinstance(signed, dict):
                generic = signed.get("@type") == _ORGANISATION and signed.get("name") == doc.meta.author
                break
    return Measured(
        {"generic": float(generic)}, [Finding(0, 0, "author", "markup", author)] if generic else []
    )
