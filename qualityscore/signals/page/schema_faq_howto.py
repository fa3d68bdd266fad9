"""FAQ and how-to markup made for search results."""

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, Source, signal

_TYPES = frozenset(("FAQPage", "HowTo"))
_FAQ = '<script type="application/ld+json">{"@context":"https://schema.org","@type":"FAQPage","mainEntity":[]}</script>'
_HOWTO = '<script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":"HowTo","name":"x"}]}</script>'
_NEWS = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Mill opens"}</script>'


@signal(
    id="schema_faq_howto",
    family="page",
    scope="page",
    why="Articles built for search carry FAQ and how-to markup to take more room in the results.",
    limits="Banks, shops, public offices and help pages mark up real questions of their customers.",
    sources=[
        Source("schema.org: FAQPage", "https://schema.org/FAQPage"),
        Source("schema.org: HowTo", "https://schema.org/HowTo"),
    ],
    features=[Feature("nodes", "JSON-LD nodes")],
    needs=Needs(html=True),
    fires=[
        Example(f"<head>{_FAQ}</head><body>{{neutral}}</body>", ["FAQPage"], "html"),
        Example(f"<body>{{neutral}}{_HOWTO}{_FAQ}</body>", ["FAQPage", "HowTo"], "html"),
    ],
    quiet=[
        Example(f"<head>{_NEWS}</head><body>{{neutral}}</body>", kind="html"),
        Example("<body>{neutral}<p>FAQPage and HowTo are types.</p></body>", kind="html"),
    ],
)
def schema_faq_howto(doc: Document) -> Measured:
    found = [kind for kind in doc.meta.schema_types if kind in _TYPES]
    return Measured(
        {"nodes": float(len(found))},
        [Finding(0, 0, "JSON-LD", "markup", kind) for kind in sorted(set(found))],
    )
