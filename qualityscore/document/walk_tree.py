"""Walking a parsed page: over what the parser writes it out as where that is compiled, else over its tree."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from qualityscore.document.metadata import INLINE_SCRIPT_EACH
from qualityscore.document.names import BEGINNINGS, KNOWN, read_names
from qualityscore.document.runs import code_runs
from qualityscore.document.states import DERIVED, TAGS
from qualityscore.document.walk import Walk, hides
from qualityscore.limits import Limits
from qualityscore.native import compiled

_compiled = compiled("walk")
_walker = _compiled and _compiled.Walker(
    tags=TAGS,
    derived=DERIVED,
    beginnings=BEGINNINGS,
    known_names=KNOWN,
    read_names=read_names,
    hides=hides,
    code_runs=code_runs,
    script_chars=INLINE_SCRIPT_EACH,
)


def walk_tree(tree: LexborHTMLParser, source: str, limits: Limits) -> Walk:
    """Walk a page parsed from ``source``.

    Raises:
        LimitExceeded: more than ``limits.max_nodes`` nodes.
    """
    # Of a declaration cut off at its beginning, Lexbor makes a comment that may even hold the end of one.
    if _walker is not None and not source.endswith("<!"):
        page = tree.html
        walk = Walk(limits)
        if page and _walker.walk(page, walk):
            return walk
    return walk_nodes(tree, limits)


def walk_nodes(tree: LexborHTMLParser, limits: Limits) -> Walk:
    """Walk a page node by node; raises as `walk_tree` does."""
    walk = Walk(limits)
    root = tree.root
    if root is not None:
        walk.walk(root)
    return walk
