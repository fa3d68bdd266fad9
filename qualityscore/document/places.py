"""Where elements stand by what their attributes and tags say: in chrome, in main content, or hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qualityscore.document.names import COMMENTS, MAIN, PLAIN, WEAK, read_names
from qualityscore.document.states import CHROME_TAGS, MAIN_TAGS, NAMED_TAGS, State

CHROME_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "complementary", "search", "menu", "dialog", "alertdialog")
)
_HIDDEN_STYLE = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|font-size\s{0,3}:\s{0,3}0(?![.\d])|"
    r"(?:text-indent|left|top)\s{0,3}:\s{0,3}-\d{3,}"
)


def hides(style: str) -> bool:
    """Whether an inline style hides its element."""
    return _HIDDEN_STYLE.search(style[:500].lower()) is not None


class Places:
    """What was met on one page; ``places.pxi`` has a compiled twin that fills it.

    Attributes:
        roots: why each chrome root is chrome: a verdict of `read_names`, or 0 by tag or role; the first is none.
        firm: roots that are chrome whatever they hold.
        semantic_main: the page marks its main content.
    """

    def __init__(self) -> None:
        self.roots = [0]
        self.firm: set[int] = set()
        self.semantic_main = False

    def enter(self, tag: str, attributes: Mapping[str, str | None], state: State, begun: bool) -> State:
        """The state inside an element whose attributes may say something; ``begun``: a block has text already."""
        if attributes or tag in MAIN_TAGS:
            changed = self._read_attributes(tag, attributes, state, begun)
            if changed is not None:
                return changed.by_tag(tag)
        if tag in CHROME_TAGS:
            return self._chrome_tag(tag, state)
        return state.by_tag(tag)

    def in_link(self, href: str, style: str, state: State) -> State:
        """The state inside a link."""
        if style and hides(style):
            state = state.copy()
            state.hidden, state.plain = True, False
        if href[0] == "#" and state.kind == "heading":
            # A heading that links to itself is no navigation.
            return state
        return state.by_tag("a")

    def _read_attributes(
        self, tag: str, attributes: Mapping[str, str | None], state: State, begun: bool
    ) -> State | None:
        """The state inside an element whose attributes say something; ``None`` if they do not."""
        chrome, main, hidden = state.chrome, state.main, state.hidden
        style = attributes.get("style")
        if "hidden" in attributes or (style and hides(style)):
            hidden = True
        if (
            tag in MAIN_TAGS
            or attributes.get("role") == "main"
            or attributes.get("itemprop") == "articleBody"
        ):
            main |= 2
            self.semantic_main = True
        if tag in NAMED_TAGS:
            names = attributes.get("class") or ""
            identity = attributes.get("id")
            if identity:
                names = f"{names} {identity}"
            verdict = read_names(names) if names else PLAIN
            if verdict == MAIN:
                main |= 1
                if chrome and self.roots[chrome] == WEAK:
                    chrome = 0
            elif chrome == 0:
                if attributes.get("role") in CHROME_ROLES:
                    chrome = self._root(0, firm=True)
                elif verdict == WEAK:
                    # Page builders call each part of an article a widget.
                    chrome = 0 if main & 1 or tag in MAIN_TAGS else self._root(verdict)
                elif verdict and (
                    # A post is called by its tags and topics; a comment is an article too.
                    verdict == COMMENTS if tag in MAIN_TAGS else tag != "span" or not begun
                ):
                    chrome = self._root(verdict)
        if chrome == 0 == state.chrome and tag in CHROME_TAGS:
            chrome = self._chrome_tag(tag, state).chrome
        if chrome == state.chrome and main == state.main and hidden == state.hidden:
            return None
        inner = state.copy()
        inner.chrome, inner.main, inner.hidden = chrome, main, hidden
        inner.plain = state.plain and not hidden
        return inner

    def _chrome_tag(self, tag: str, state: State) -> State:
        # The header of an article holds its title; that of the page its name and menu.
        if state.chrome or (tag == "header" and state.main):
            return state
        inner = state.copy()
        inner.chrome = self._root(0, firm=tag == "nav")
        return inner

    def _root(self, why: int, firm: bool = False) -> int:
        self.roots.append(why)
        if firm:
            self.firm.add(len(self.roots) - 1)
        return len(self.roots) - 1
