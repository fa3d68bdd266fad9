"""`Document`: everything signals may look at, derived once and never changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt

from qualityscore.document.blocks import Block, Markup, Metadata, Parsed, RawBlock
from qualityscore.document.decode import decode_page
from qualityscore.document.fold import Folded, fold
from qualityscore.document.html import parse_html
from qualityscore.document.language import detect_language
from qualityscore.document.lines import Line, Words, split_lines
from qualityscore.document.markdown import has_front_matter, parse_markdown
from qualityscore.document.page import Page
from qualityscore.document.plain import parse_text, sniff
from qualityscore.document.sentences import Sentence, split_sentences
from qualityscore.document.tokens import Tokens, tokenise, word_crc
from qualityscore.document.words import code_points
from qualityscore.errors import DecodeError, LimitExceeded
from qualityscore.limits import DEFAULT_LIMITS, Limits
from qualityscore.native import compiled

T = TypeVar("T")
# The constructor of a named tuple is Python, that of a tuple is not.
_tuple = tuple.__new__
_TIGHT = frozenset(("item", "row", "code"))
_compiled, _compiled_lines = compiled("folding"), compiled("lines")


@dataclass(frozen=True)
class Document:
    """A parsed page. Views index `folded`; `original_span` maps a span back to `text`.

    Attributes:
        kind: ``html``, ``markdown`` or ``text``.
        text: main content as a reader sees it, blocks separated by newlines.
        fold: the text with evasion undone, what was undone, and the way back.
        lines: non-empty lines of the folded text; shape decided from the text alone.
        words: words and numbers of the article (chrome lines left out).
        blocks: what the markup says about each line of the main content.
        chrome: text of navigation, comments, share bars and footers that is not in `text`.
        meta: title, description, dates, author.
        markup: facts about the HTML, ``None`` for Markdown and plain text.
        language: ISO 639-1 code, ``""`` if it cannot be told.
        url: the page's address, ``""`` if unknown.
    """

    kind: str
    text: str
    fold: Folded
    lines: tuple[Line, ...]
    words: Words
    blocks: tuple[Block, ...]
    chrome: tuple[str, ...]
    meta: Metadata
    markup: Markup | None
    language: str
    url: str

    @property
    def folded(self) -> str:
        """The folded text; all offsets of the views point into it."""
        return self.fold.text

    @cached_property
    def lower(self) -> str:
        """`folded` in lower case, same length (letters that would grow keep their case)."""
        low = self.folded.lower() if _compiled is None else _compiled.lower(self.folded)
        if len(low) == len(self.folded):
            return low
        return "".join(c.lower() if len(c.lower()) == 1 else c for c in self.folded)

    @cached_property
    def ascii(self) -> npt.NDArray[np.uint8]:
        """ASCII code of every character of `folded`, 128 for all others; shape (len(folded),)."""
        return ascii_codes_in_python(self.folded) if _compiled is None else _compiled.ascii_codes(self.folded)

    @property
    def n_words(self) -> int:
        """Words and numbers of the article."""
        return len(self.words)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences of lines that are not headings."""
        return split_sentences(self.folded, self.lines, self.words)

    @cached_property
    def article(self) -> tuple[Line, ...]:
        """Lines that are not chrome."""
        return tuple([line for line in self.lines if not line.chrome])

    @cached_property
    def headings(self) -> tuple[Line, ...]:
        """Lines with the shape of a heading."""
        return tuple([line for line in self.lines if line.heading])

    @cached_property
    def prose(self) -> tuple[Line, ...]:
        """Article lines that hold prose: closed by punctuation with 6 words, or 12 words long."""
        return tuple(
            [
                line
                for line in self.article
                if not line.heading and (line.n_words >= 12 or (line.terminal and line.n_words >= 6))
            ]
        )

    @cached_property
    def prose_words(self) -> int:
        """Words in `prose` lines."""
        return sum(line.n_words for line in self.prose)

    @cached_property
    def hashes(self) -> npt.NDArray[np.uint32]:
        """CRC-32 of every lower-cased word, all numbers folded to ``0``; shape (n_words,)."""
        return self.words.described(word_crc).astype(np.uint32, copy=False)

    @cached_property
    def tokens(self) -> Tokens:
        """The token stream of the lexical model."""
        return tokenise(self.folded, self.lines, self.words)

    @cached_property
    def chrome_text(self) -> str:
        """All chrome in one string, one run a line: what is not in `text`, at most 20,000 characters."""
        return "\n".join(self.chrome)[:20_000]

    @cached_property
    def _derived(self) -> dict[Callable[[Document], object], object]:
        return {}

    def derive(self, build: Callable[[Document], T]) -> T:
        """What a pure function makes of the document; worked out on first use, then kept."""
        found = self._derived.get(build)
        if found is None:
            found = self._derived[build] = build(self)
        return cast(T, found)

    def slice(self, start: int, end: int) -> str:
        """The folded text between two offsets."""
        return self.folded[start:end]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into `text` for a span of the folded text."""
        return self.fold.span(start, end)


def ascii_codes_in_python(text: str) -> npt.NDArray[np.uint8]:
    """ASCII code of every character, 128 for all others."""
    codes = code_points(text)
    return codes if codes.dtype == np.uint8 else np.minimum(codes, 128).astype(np.uint8)


def build_document(page: Page, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Decode, parse and segment a page: `parse_page` and `segment` in a row.

    Raises:
        DecodeError: the content is binary, or neither text nor bytes.
        LimitExceeded: the page is larger than ``limits`` allow.
    """
    return segment(parse_page(page, limits), page.url, limits)


def parse_page(page: Page, limits: Limits = DEFAULT_LIMITS) -> Parsed:
    """Decode and parse a page; raises as `build_document` does."""
    if not isinstance(page.content, str | bytes | bytearray):
        # A null among the rows of a table costs its row, not the run.
        raise DecodeError(f"page has no text or bytes: its content is {type(page.content).__name__}")
    if len(page.content) > limits.max_bytes:
        raise LimitExceeded(
            f"page is {len(page.content) / 1e6:.1f} MB, the limit is {limits.max_bytes / 1e6:.1f} MB"
        )
    source = decode_page(page.content, page.headers)
    kind = sniff(source.text) if page.kind == "auto" else page.kind
    if kind == "text" and has_front_matter(source.text):
        kind = "markdown"  # whatever the field or file was called
    if kind == "html":
        return parse_html(source, limits)
    return parse_markdown(source.text, limits) if kind == "markdown" else parse_text(source.text)


def segment(parsed: Parsed, url: str | None, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Fold the text of a parsed page and split it into lines and words.

    Raises:
        LimitExceeded: the page has more words than ``limits`` allow.
    """
    text = parsed.text if parsed.text is not None else join_blocks(parsed.blocks)
    folded = fold(text)
    lines, words = split_lines(folded.text)
    if len(words) > limits.max_words:
        raise LimitExceeded(f"page has {len(words):,} words, the limit is {limits.max_words:,}")
    meta = parsed.meta
    if not meta.title and parsed.kind == "text":
        meta = Metadata(title=_first_title(lines, folded.text))
    return Document(
        kind=parsed.kind,
        text=text,
        fold=folded,
        lines=lines,
        words=words,
        blocks=_place(parsed.blocks, folded.text) if parsed.text is None else (),
        chrome=parsed.chrome,
        meta=meta,
        markup=parsed.markup,
        language=detect_language(words, folded.text if folded.confusable else text, meta.language),
        url=url or "",
    )


def join_blocks(blocks: tuple[RawBlock, ...]) -> str:
    """Text of blocks: items, rows and code lines of one list stand on adjacent lines, all else a line apart."""
    pieces: list[str] = []
    previous = None
    for block in blocks:
        kind = block.kind
        if previous is not None:
            pieces.append("\n" if kind == previous and kind in _TIGHT else "\n\n")
        pieces.append(block.text)
        previous = kind
    return "".join(pieces)


def _place(blocks: tuple[RawBlock, ...], folded: str) -> tuple[Block, ...]:
    """Give every block its offsets; folding keeps lines, and a block is one line."""
    starts, ends = (
        filled_lines_in_python(folded) if _compiled_lines is None else _compiled_lines.filled_lines(folded)
    )
    if len(starts) != len(blocks):
        # A line of nothing but invisible characters folded away.
        blocks = tuple(b for b in blocks if fold(b.text).text.strip())
    return tuple(
        [
            _tuple(Block, (block.kind, start, end, block.level, block.bold_lead, block.link_chars))
            for block, start, end in zip(blocks, starts, ends, strict=False)
        ]
    )


def filled_lines_in_python(text: str) -> tuple[list[int], list[int]]:
    """Starts and ends of all lines that are not blank, with white space at either end."""
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            starts.append(at)
            ends.append(at + len(line))
        at += len(line) + 1
    return starts, ends


def _first_title(lines: tuple[Line, ...], text: str) -> str:
    for line in lines:
        if line.chrome:
            continue
        if line.n_words <= 30 and not line.terminal:
            return text[line.start : line.end][:300]
        return ""
    return ""
