"""Copyright-complaint links of a site that expects complaints."""

from qualityscore.document import Link
from qualityscore.document.characters import lower
from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, Source, signal

# A headline about the law is longer than the name of a notice.
_LONGEST = 40


@signal(
    id="dmca_notice",
    family="page",
    scope="page",
    why="Sites that copy pictures and texts keep a form for complaints in every footer.",
    limits="Publishers, hosts and forums with uploads of their users need such a page by law.",
    sources=[
        Source(
            "Google spam policies: scraping",
            "https://developers.google.com/search/docs/essentials/spam-policies",
        )
    ],
    features=[Feature("links", "links")],
    needs=Needs(html=True),
    fires=[
        Example(
            '<body><main>{neutral}</main><footer><a href="/p/dmca">DMCA</a></footer></body>',
            ["/p/dmca"],
            "html",
        ),
        Example(
            '<body><main>{neutral}</main><footer><a href="/page/copyright">DMCA notice</a></footer></body>',
            ["/page/copyright"],
            "html",
        ),
    ],
    quiet=[
        Example(
            '<body><main>{neutral}</main><footer><a href="/privacy">Privacy</a></footer></body>', kind="html"
        ),
        Example("<body><main>{neutral}<p>The DMCA passed in 1998.</p></main></body>", kind="html"),
    ],
)
def dmca_notice(doc: Document) -> Measured:
    assert doc.markup is not None
    # In the article it is a subject; in the template it is a service.
    links = [link for link in doc.markup.links if not link.main]
    if "dmca" not in lower("\n".join([*[link.text for link in links], *[link.href for link in links]])):
        return Measured({"links": 0.0})
    found = {link.href for link in links if _is_notice(link)}
    return Measured(
        {"links": float(len(found))}, [Finding(0, 0, "link", "markup", href) for href in sorted(found)]
    )


def _is_notice(link: Link) -> bool:
    if "dmca" in link.text.lower():
        return len(link.text) <= _LONGEST
    page = link.href.lower().rstrip("/").rpartition("/")[2]
    return "dmca" in page and len(page) <= _LONGEST
