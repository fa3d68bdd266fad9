"""Walking a parsed page: over what the parser writes it out as where that is compiled, else over its tree."""

from __future__ import annotations

from functools import partial

from selectolax.lexbor import LexborHTMLParser, LexborNode

from qualityscore.document.metadata import INLINE_SCRIPT_EACH, META_NAMES
from qualityscore.document.names import BEGINNINGS, RANKED, WORDS, read_names
from qualityscore.document.places import CHROME_ROLES, hides
from qualityscore.document.runs import code_runs
from qualityscore.document.states import CHROME_TAGS, DERIVED, MAIN_TAGS, TAGS
from qualityscore.document.walk import Walk
from qualityscore.limits import Limits
from qualityscore.native import compiled

_compiled = compiled("walk")
_walker = _compiled and _compiled.Walker(
    tags=TAGS,
    derived=DERIVED,
    main_tags=MAIN_TAGS,
    chrome_tags=CHROME_TAGS,
    meaning=_compiled.Meaning(WORDS, BEGINNINGS, RANKED),
    read_names=read_names,
    chrome_roles=CHROME_ROLES,
    hides=hides,
    meta_names=META_NAMES,
    code_runs=code_runs,
    script_chars=INLINE_SCRIPT_EACH,
)
# Elements whose text is written without escapes, in SVG and MathML too.
_RAW = "script, style, xmp, iframe, noembed, noframes"
_MOST_STEPS = 10_000


def walk_tree(tree: LexborHTMLParser, source: bytes, limits: Limits) -> Walk:
    """Walk a page parsed from ``source``, which is UTF-8.

    Raises:
        LimitExceeded: more than ``limits.max_nodes`` nodes.
    """
    # Of a declaration cut off at its beginning, Lexbor makes a comment that may even hold the end of one.
    if _walker is not None and not source.endswith(b"<!"):
        page = tree.html
        walk = Walk(limits)
        if page and _walker.walk(page, walk, partial(foreign_is_plain, tree)):
            return walk
    return walk_nodes(tree, limits)


def foreign_is_plain(tree: LexborHTMLParser) -> bool:
    """Whether no style or script in SVG or MathML holds a ``<``, so that it ends with the next one in the written page.

    What is in templates is not looked at. False, too, where it would take long to find out.
    """
    steps = 0
    for node in tree.css(_RAW):
        if not _has_tag(node):
            continue
        above = node.parent
        while above is not None:
            steps += 1
            if above.tag in ("svg", "math") or steps > _MOST_STEPS:
                return False
            above = above.parent
    return True


def _has_tag(node: LexborNode) -> bool:
    child = node.first_child
    if child is None:
        return False
    return child.next is not None or child.tag != "-text" or "<" in (child.text_content or "")


def walk_nodes(tree: LexborHTMLParser, limits: Limits) -> Walk:
    """Walk a page node by node; raises as `walk_tree` does."""
    walk = Walk(limits)
    root = tree.root
    if root is not None:
        walk.walk(root)
    return walk
