"""Links from the article to other sites."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Measured,
    Needs,
    Source,
    per_1000,
    share,
    signal,
)
from qualityscore.signals.page._hosts import hosts, own_site, site

_PARAGRAPH = 80


@signal(
    id="outbound_source_links",
    family="page",
    scope="page",
    why="Somebody who looked something up links to it; filler has nothing to link to.",
    limits="Essays, manuals, school books and rules of law often link nowhere.",
    sources=[
        Source(
            "Ntoulas et al., Detecting spam web pages, WWW 2006", "https://doi.org/10.1145/1135777.1135794"
        ),
        Source("Bevendorff et al., Is Google Getting Worse?, ECIR 2024"),
    ],
    features=[
        Feature("hosts_per_1k_words", "other sites / 1000 words", found=False),
        Feature("linked_paragraphs", "share 0-1", high=1.0, found=False),
    ],
    needs=Needs(html=True, min_words=50),
    document_wide="the lack of links has no place",
    fires=[
        Example("<body><main>{neutral}</main></body>", kind="html"),
        Example('<body><main>{neutral}<p>See <a href="/more">more of it</a></p></main></body>', kind="html"),
    ],
    quiet=[
        Example(
            '<body><main>{neutral}<p><a href="https://example.org/a">A</a></p></main></body>', kind="html"
        ),
        Example(
            '<body><main>{neutral}<p><a href="https://example.net/">B</a></p></main></body>', kind="html"
        ),
    ],
)
def outbound_source_links(doc: Document) -> Measured:
    assert doc.markup is not None
    here = own_site(doc)
    sites = set(map(site, hosts([link.href for link in doc.markup.links if link.main])))
    sites.discard(here)
    paragraphs = [b for b in doc.blocks if b.kind == "paragraph" and b.end - b.start >= _PARAGRAPH]
    linked = sum([b.link_chars > 0 for b in paragraphs])
    return Measured(
        {
            "hosts_per_1k_words": per_1000(len(sites), doc.n_words),
            "linked_paragraphs": share(linked, len(paragraphs)) if len(paragraphs) >= 3 else float("nan"),
        }
    )
