"""What parsing yields: blocks of main content, chrome, and facts about the markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol

BlockKind = Literal["heading", "paragraph", "item", "row", "quote", "code"]


class RawBlock(Protocol):
    """A block before it has a place in the text; a `Run` of the walk is one."""

    @property
    def kind(self) -> BlockKind:
        """What the markup says it is."""

    @property
    def text(self) -> str:
        """Its text, white space collapsed."""

    @property
    def level(self) -> int:
        """1-6 for headings, nesting depth for items, else 0."""

    @property
    def bold_lead(self) -> int:
        """Number of leading characters that are bold."""

    @property
    def link_chars(self) -> int:
        """Number of characters inside links."""


class Block(NamedTuple):
    """A block of the main content; ``start`` and ``end`` are offsets into the folded text."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    bold_lead: int = 0
    link_chars: int = 0


class Link(NamedTuple):
    """A hyperlink; ``main`` tells whether it stands in the main content."""

    href: str
    text: str
    rel: str
    main: bool


class Image(NamedTuple):
    """An image; ``main`` tells whether it stands in the main content."""

    src: str
    alt: str
    main: bool


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says about itself; empty strings and tuples where it says nothing.

    Attributes:
        title: ``<title>``, front matter or the first heading.
        og_title: ``og:title``.
        description: meta description.
        author: by-line from metadata.
        published, modified: dates as written, not parsed.
        language: declared language.
        site_name: ``og:site_name``.
        generator, canonical, robots, keywords: the meta elements of these names.
        address: ``og:url``.
        schema_types: ``@type`` of every JSON-LD node, in order.
    """

    title: str = ""
    og_title: str = ""
    description: str = ""
    author: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    site_name: str = ""
    generator: str = ""
    canonical: str = ""
    address: str = ""
    robots: str = ""
    keywords: str = ""
    schema_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Markup:
    """Facts about an HTML page that its text does not hold.

    Attributes:
        size: characters of the page's source.
        visible_chars: characters of all visible text, chrome included.
        hidden_chars: characters inside elements hidden by attribute or inline style.
        hidden_text: up to 2,000 of them.
        tags: how often each tag occurs.
        scripts: ``src`` of script elements.
        inline_script: the first 20,000 characters of inline scripts.
        iframes: ``src`` of iframes.
        links, images: in document order.
        json_ld: parsed JSON-LD objects, flattened out of lists and ``@graph``.
        semantic_main: whether the page marks its main content (main, article, …).
    """

    size: int = 0
    visible_chars: int = 0
    hidden_chars: int = 0
    hidden_text: str = ""
    tags: dict[str, int] = field(default_factory=dict)
    scripts: tuple[str, ...] = ()
    inline_script: str = ""
    iframes: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    json_ld: tuple[dict[str, Any], ...] = ()
    semantic_main: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """The outcome of parsing one page of any kind.

    Attributes:
        kind: ``html``, ``markdown`` or ``text``.
        blocks: main content in reading order; none of a plain text.
        chrome: text of navigation, comments, share bars, footers, in order.
        meta: metadata.
        markup: facts about the markup; ``None`` unless the page came as HTML.
        text: the reader's text if it is not simply the blocks (plain text pages).
    """

    kind: str
    blocks: tuple[RawBlock, ...]
    chrome: tuple[str, ...] = ()
    meta: Metadata = field(default_factory=Metadata)
    markup: Markup | None = None
    text: str | None = None

    @property
    def chars(self) -> int:
        """Characters of the main content."""
        return sum([len(block.text) for block in self.blocks]) if self.text is None else len(self.text)
