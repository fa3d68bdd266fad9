"""HTML to blocks: one Lexbor tree, one walk over it.

Main content is what is left after three passes over the walk's text runs: elements that are
chrome by tag, role or class name; everything outside the page's main element (``main``,
``article`` or a class like ``entry-content``) where that holds most of the words; and short
blocks made of links. A class name is a hint, not a proof: an element that only its name calls
chrome stays when little would be left without it. Comments are chrome, unless the page is a forum.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from qualityscore.document.blocks import Image, Link, Markup, Parsed
from qualityscore.document.content import MainContent
from qualityscore.document.guard import check_cost, count_tags, without_options
from qualityscore.document.source import Source
from qualityscore.document.walk_tree import walk_tree
from qualityscore.limits import Limits


def parse_html(source: Source, limits: Limits) -> Parsed:
    """Parse an HTML page into main-content blocks, chrome text, metadata and markup facts.

    Raises:
        LimitExceeded: more than ``limits.max_nodes`` DOM nodes, elements open inside each other
            or attributes of one tag than the parser can take.
    """
    page = source.utf8
    tags = count_tags(page)
    check_cost(page, tags)
    # Lexbor of selectolax 0.4.9 to 1.0.2 corrupts its heap on many options outside a select and takes
    # quadratic time inside one. A select is no text anyway, so its options are made void elements.
    tree = LexborHTMLParser(without_options(page) if tags.options else page)
    walk = walk_tree(tree, page, limits)
    head = walk.head
    content = MainContent(walk, page)
    json_ld = head.json_ld()
    markup = Markup(
        size=source.size,
        visible_chars=content.visible_chars,
        hidden_chars=sum(map(len, walk.hidden)),
        hidden_text=" ".join(walk.hidden)[:2000],
        tags=walk.tags,
        scripts=tuple(head.scripts),
        inline_script="\n".join(head.inline_scripts),
        iframes=tuple(head.iframes),
        links=content.placed(Link, walk.links),
        images=content.placed(Image, walk.images),
        json_ld=json_ld,
        semantic_main=walk.places.semantic_main,
    )
    meta = head.metadata(json_ld, content.first_heading())
    return Parsed("html", tuple(content.blocks), tuple(content.chrome), meta, markup)
