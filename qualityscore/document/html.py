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
from qualityscore.document.walk_tree import walk_tree
from qualityscore.limits import Limits


def parse_html(source: str, limits: Limits, utf8: bytes | None = None) -> Parsed:
    """Parse an HTML page into main-content blocks, chrome text, metadata and markup facts.

    Args:
        utf8: the source in UTF-8, which the parser takes, if it is at hand.

    Raises:
        LimitExceeded: more than ``limits.max_nodes`` DOM nodes, elements open inside each other
            or attributes of one tag than the parser can take.
    """
    tags = count_tags(source, utf8)
    check_cost(source, tags)
    # Lexbor of selectolax 0.4.9 to 1.0.2 corrupts its heap on many options outside a select and takes
    # quadratic time inside one. A select is no text anyway, so its options are made void elements.
    tree = LexborHTMLParser(without_options(source) if tags.options else utf8 or source)
    walk = walk_tree(tree, source, limits)
    head = walk.head
    content = MainContent(walk, source)
    json_ld = head.json_ld()
    markup = Markup(
        size=len(source),
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
