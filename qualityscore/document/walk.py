"""One walk over a page's tree: text runs, links, images, metadata and facts about the markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from qualityscore.document.metadata import Head
from qualityscore.document.names import KNOWN, PLAIN
from qualityscore.document.places import Places
from qualityscore.document.runs import CELL_BORDER, Run, code_runs, collapse
from qualityscore.document.states import (
    BLOCK,
    BREAKS,
    DERIVED,
    LEFT_OUT,
    NAMED,
    READ,
    SKIPPED,
    SPEAKS,
    SPECIAL,
    TAGS,
    State,
)
from qualityscore.errors import LimitExceeded
from qualityscore.limits import Limits

LINK_TEXT = 200
ADDRESS = 2000

# No bold characters in front, no characters in links, and whether only bold text was met so far.
_FRESH = (0, 0, True)
_Lead = tuple[int, int, bool]


class Walk:
    """What one walk found, in document order.

    Attributes:
        head: metadata, scripts and frames.
        runs: text of the page, chrome included.
        links: (address, text, ``rel``, chrome root, bits of ``main``).
        images: (address, alternative text, chrome root, bits of ``main``).
        hidden: pieces of hidden text.
        tags: how often each tag occurs.
        places: chrome roots, and whether the page marks its main content.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.head = Head()
        self.runs: list[Run] = []
        self.links: list[tuple[str, str, str, int, int]] = []
        self.images: list[tuple[str, str, int, int]] = []
        self.hidden: list[str] = []
        self.tags: dict[str, int] = {}
        self.places = Places()
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
        skipped, enter = self.head.skipped, self.places.enter
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
                    inner = enter(tag, attributes, state, bool(pieces))
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

    def _other(self, node: Any, tag: str, state: State) -> State:
        if tag == "a":
            return self._link(node, state)
        if tag == "img" or tag == "amp-img":
            self._image(node.attributes, state)
        elif tag == "html":
            self.head.language = node.attributes.get("lang") or ""
        elif tag == "time":
            self.head.time(node.attributes.get("datetime") or "")
        return state

    def _image(self, attributes: Mapping[str, str | None], state: State) -> None:
        src = attributes.get("src") or ""
        if not src or src.startswith("data:"):
            src = attributes.get("data-src") or attributes.get("data-lazy-src") or src
        self.images.append((src[:ADDRESS], attributes.get("alt") or "", state.chrome, state.main))

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
            (href[:ADDRESS], text[:LINK_TEXT].strip(), attributes.get("rel") or "", state.chrome, state.main)
        )
        return self.places.in_link(href, attributes.get("style") or "", state)
