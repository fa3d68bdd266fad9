"""What the walk over a page's elements knows of each tag, and what an element hands down."""

from __future__ import annotations

from qualityscore.document.blocks import BlockKind

_SKIPPED = (
    "script style noscript template svg iframe object video audio canvas select button input "
    "textarea map math datalist progress meter frameset dialog title meta link".split()
)
_BLOCKS = (
    "address article aside blockquote body center dd details dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search "
    "section summary table tbody tfoot thead tr ul caption br".split()
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
MAIN_TAGS = frozenset(("main", "article"))
CHROME_TAGS = frozenset(("nav", "footer", "aside", "header"))
# Elements whose class or id may call them chrome.
NAMED_TAGS = frozenset("div section ul ol li aside header footer nav span table form dl main article".split())

# What the walk does with a tag. The first two say that nothing inside is text of the page.
IGNORED, SKIPPED, BLOCK, CELL, READ, NAMED, SPECIAL, OTHER = (1 << bit for bit in range(8))
LEFT_OUT = IGNORED | SKIPPED
BREAKS = BLOCK | CELL
SPEAKS = READ | OTHER


class _Tags(dict[str | None, int]):
    def __missing__(self, tag: str | None) -> int:
        """Comments, declarations and the like are ignored; any other element is a plain one."""
        return IGNORED if tag is None or tag[0] in "-!" else 0


TAGS = _Tags()
for _tags, _what in (
    (_SKIPPED, SKIPPED),
    (_BLOCKS, BLOCK),
    (("td", "th"), CELL),
    (NAMED_TAGS, READ | NAMED),
    # These are read as well, since authors hide them.
    ("p h1 h2 h3 h4 h5 h6 td".split(), READ),
    (MAIN_TAGS | CHROME_TAGS, SPECIAL),
    (("a", "img", "amp-img", "html", "time"), OTHER),
    (("-comment", "-doctype"), IGNORED),
):
    for _tag in _tags:
        TAGS[_tag] = TAGS.get(_tag, 0) | _what


class State:
    """What an element hands down to its children.

    Attributes:
        chrome: 0 none, else index into the list of chrome roots.
        main: bits: 1 inside an element named like main content, 2 in a main element.
        kind, level: of the block that its text is part of.
        lists: lists around it.
        bold, link, hidden: whether its text is.
        plain: its text is none of these, nor code.
        kids: states inside its children, by tag.
    """

    __slots__ = ("bold", "chrome", "hidden", "kids", "kind", "level", "link", "lists", "main", "plain")

    def __init__(self, of: State | None = None) -> None:
        if of is None:
            self.chrome = self.main = self.level = self.lists = 0
            self.kind: BlockKind = "paragraph"
            self.bold = self.link = self.hidden = False
            self.plain = True
        else:
            self.chrome, self.main, self.kind, self.level = of.chrome, of.main, of.kind, of.level
            self.bold, self.link, self.hidden, self.lists = of.bold, of.link, of.hidden, of.lists
            self.plain = of.plain
        self.kids: dict[str, State] = {}

    def copy(self) -> State:
        """A state like this one, to be changed."""
        return State(self)

    def by_tag(self, tag: str) -> State:
        """The state inside an element by its tag alone, made once for each state and tag."""
        if tag not in DERIVED:
            return self  # not kept: a state that holds itself would wait for the garbage collector
        known = self.kids.get(tag)
        if known is not None:
            return known
        inner = State(self)
        if tag in _HEADINGS:
            inner.kind, inner.level = "heading", _HEADINGS[tag]
        elif tag == "li":
            inner.kind, inner.level = "item", max(self.lists, 1)
        elif tag in _LISTS:
            inner.lists += 1
        elif tag == "a":
            inner.link = True
        elif tag in ("b", "strong"):
            inner.bold = True
        else:
            inner.kind, inner.level = _KINDS[tag], 0
        inner.plain = not (inner.link or inner.bold or inner.hidden or inner.kind == "code")
        self.kids[tag] = inner
        return inner


_LISTS = frozenset(("ul", "ol"))
_KINDS: dict[str, BlockKind] = {"tr": "row", "blockquote": "quote", "pre": "code"}
# Elements whose tag alone makes a state of its own.
DERIVED = frozenset((*_HEADINGS, *_LISTS, *_KINDS, "li", "a", "b", "strong"))
