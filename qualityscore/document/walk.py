"""One walk over a page's tree: text runs, links, images, metadata and facts about the markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from qualityscore.document.metadata import Head
from qualityscore.document.names import COMMENTS, KNOWN, MAIN, PLAIN, WEAK, read_names
from qualityscore.document.runs import CELL_BORDER, Run, code_runs, collapse
from qualityscore.document.states import (
    BLOCK,
    BREAKS,
    CHROME_TAGS,
    DERIVED,
    LEFT_OUT,
    MAIN_TAGS,
    NAMED,
    NAMED_TAGS,
    READ,
    SKIPPED,
    SPEAKS,
    SPECIAL,
    TAGS,
    State,
)
from qualityscore.errors import LimitExceeded
from qualityscore.limits import Limits

_CHROME_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "complementary", "search", "menu", "dialog", "alertdialog")
)
_HIDDEN_STYLE = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|font-size\s{0,3}:\s{0,3}0(?![.\d])|"
    r"(?:text-indent|left|top)\s{0,3}:\s{0,3}-\d{3,}"
)
LINK_TEXT = 200

# No bold characters in front, no characters in links, and whether only bold text was met so far.
_FRESH = (0, 0, True)
_Lead = tuple[int, int, bool]


def hides(style: str) -> bool:
    """Whether an inline style hides its element."""
    return _HIDDEN_STYLE.search(style[:500].lower()) is not None


class Walk:
    """What one walk found, in document order.

    Attributes:
        head: metadata, scripts and frames.
        runs: text of the page, chrome included.
        links: (address, text, ``rel``, chrome root, bits of ``main``).
        images: (address, alternative text, chrome root, bits of ``main``).
        hidden: pieces of hidden text.
        tags: how often each tag occurs.
        roots: why each chrome root is chrome: a verdict of `read_names`, or 0 by tag or role; the first is none.
        firm: roots that are chrome whatever they hold.
        semantic_main: the page marks its main content.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.head = Head()
        self.runs: list[Run] = []
        self.links: list[tuple[str, str, str, int, int]] = []
        self.images: list[tuple[str, str, int, int]] = []
        self.hidden: list[str] = []
        self.tags: dict[str, int] = {}
        self.roots = [0]
        self.firm: set[int] = set()
        self.semantic_main = False
        self._pieces: list[str] = []

    def walk(self, root: Any) -> None:
        """Depth first without recursion; a frame is (next sibling, state outside, whether a block ends).

        Raises:
            LimitExceeded: more than ``max_nodes`` nodes.
        """
        stack: list[tuple[Any, State, int]] = []
        seen: list[str] = []
        state = State()
        node = root
        bold_lead, link_chars, in_lead = _FRESH
        max_depth = self.limits.max_depth
        # This loop sees every node of a page: names that are local make it faster.
        pieces, flush, tags, known, derived = self._pieces, self._flush, TAGS, KNOWN, DERIVED
        skipped = self.head.skipped
        for _ in range(self.limits.max_nodes + 1):
            while node is None:
                if not stack:
                    if pieces:
                        flush(state, bold_lead, link_chars)
                    self.tags = dict(Counter(seen))
                    return
                node, outer, block = stack.pop()
                if pieces and (block or outer.chrome != state.chrome):
                    bold_lead, link_chars, in_lead = flush(state, bold_lead, link_chars)
                state = outer
            tag = node.tag
            if tag == "-text":
                text = node.text_content
                if text and (pieces or not text.isspace()):
                    if state.plain:
                        pieces.append(text)
                        if in_lead and not text.isspace():
                            in_lead = False
                    else:
                        bold_lead, link_chars, in_lead = self._text(
                            text, state, (bold_lead, link_chars, in_lead)
                        )
                node = node.next
                continue
            what = tags[tag]
            if what & LEFT_OUT:
                if what & SKIPPED:
                    seen.append(tag)
                    skipped(node, tag)
                node = node.next
                continue
            seen.append(tag)
            if pieces and what & BREAKS:
                if what & BLOCK:
                    bold_lead, link_chars, in_lead = flush(state, bold_lead, link_chars)
                else:
                    pieces.append(CELL_BORDER)
            if what & READ:
                attributes = node.attributes
                # Most elements have a class only, and it says nothing.
                if not what & SPECIAL and (
                    not attributes
                    or (
                        len(attributes) == 1
                        and "class" in attributes
                        and (not what & NAMED or known.get(attributes["class"]) == PLAIN)
                    )
                ):
                    inner = state.by_tag(tag) if tag in derived else state
                else:
                    inner = self.enter(tag, attributes, state, bool(pieces))
            elif what & SPEAKS:
                inner = self._other(node, tag, state)
            else:
                inner = state.by_tag(tag) if tag in derived else state
            child = node.first_child
            if child is None:
                node = node.next
            elif len(stack) < max_depth:
                stack.append((node.next, state, what & BLOCK))
                node, state = child, inner
            else:
                lead = self._text(node.text(deep=True), inner, (bold_lead, link_chars, in_lead))
                if pieces and what & BLOCK:
                    lead = flush(inner, *lead[:2])
                bold_lead, link_chars, in_lead = lead
                node = node.next
        raise LimitExceeded(f"page has more than {self.limits.max_nodes:,} DOM nodes")

    def _text(self, text: str, state: State, lead: _Lead) -> _Lead:
        if state.hidden:
            if not text.isspace():
                self.hidden.append(text.strip())
            return lead
        self._pieces.append(text)
        if state.kind == "code":
            return lead
        bold_lead, link_chars, in_lead = lead
        if state.link:
            link_chars += len(text.strip())
        if in_lead:
            if state.bold:
                bold_lead += len(text)
            elif not text.isspace():
                in_lead = False
        return bold_lead, link_chars, in_lead

    def _flush(self, state: State, bold_lead: int, link_chars: int) -> _Lead:
        pieces = self._pieces
        raw = pieces[0] if len(pieces) == 1 else "".join(pieces)
        pieces.clear()
        if state.kind == "code":
            self.runs.extend(code_runs(raw, state))
        else:
            text = collapse(raw)
            if text:
                self.runs.append(Run(text, state, bold_lead, link_chars))
        return _FRESH

    def enter(self, tag: str, attributes: Mapping[str, str | None], state: State, begun: bool) -> State:
        """The state inside an element whose attributes may say something; ``begun``: a block has text already."""
        if attributes or tag in MAIN_TAGS:
            changed = self._read_attributes(tag, attributes, state, begun)
            if changed is not None:
                return changed.by_tag(tag)
        if tag in CHROME_TAGS:
            return self._chrome_tag(tag, state)
        return state.by_tag(tag)

    def _other(self, node: Any, tag: str, state: State) -> State:
        if tag == "a":
            return self._link(node, state)
        if tag == "img" or tag == "amp-img":
            self.image(node.attributes, state)
        elif tag == "html":
            self.head.language = node.attributes.get("lang") or ""
        elif tag == "time":
            self.head.time(node.attributes.get("datetime") or "")
        return state

    def image(self, attributes: Mapping[str, str | None], state: State) -> None:
        """Take an image."""
        src = attributes.get("src") or ""
        if not src or src.startswith("data:"):
            src = attributes.get("data-src") or attributes.get("data-lazy-src") or src
        self.images.append((src[:2000], attributes.get("alt") or "", state.chrome, state.main))

    def _link(self, node: Any, state: State) -> State:
        attributes = node.attributes
        href = attributes.get("href")
        if not href:
            return state
        child = node.first_child
        if child is None:
            text = ""
        elif child.next is None and child.tag == "-text":
            text = child.text_content or ""
        else:
            text = node.text(deep=True)
        self.links.append(
            (href[:2000], text[:LINK_TEXT].strip(), attributes.get("rel") or "", state.chrome, state.main)
        )
        return self.in_link(href, attributes.get("style") or "", state)

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
                if attributes.get("role") in _CHROME_ROLES:
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
