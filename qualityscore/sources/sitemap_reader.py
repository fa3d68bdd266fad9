"""One sitemap to its entries, as it streams: XML, an index, text, RSS or Atom, plain or gzip."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from xml.parsers import expat

from qualityscore.errors import InputError
from qualityscore.sources.address import MAX_ADDRESS_CHARS, is_address

Problem = Callable[[str], None]
"""Is told, in one line, about a part of a site that could not be used."""

MAX_SITEMAP_BYTES = 50_000_000
"""Of one sitemap, decompressed; the limit of the sitemap protocol."""
_PIECE = 65_536
_SNIFFED = 2_048
_LOC, _CDATA = b"<loc>", b"<![CDATA["
_GZIP = b"\x1f\x8b"
_HTML = re.compile(r"<!doctype\s+html\b|<html[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a sitemap names: the address of a page, or of another sitemap."""

    address: str
    sitemap: bool = False


class _Damaged(Exception):
    """The XML is not well-formed from some place on."""


def parse_sitemap(pieces: Iterable[bytes], on_problem: Problem | None = None) -> Iterator[Entry]:
    """Entries of one sitemap, as the data comes in.

    XML that is not well-formed is read on loosely, for its ``<loc>`` elements.

    Args:
        pieces: the file, plain or gzip.
        on_problem: is told of damage that did not stop the reading.

    Raises:
        InputError: it is an HTML page, or neither XML nor a list of addresses.
        FetchError: its gzip data is damaged.
    """
    report = on_problem or ignore
    head, pieces = _peek(pieces)
    if head.startswith(_GZIP):
        from qualityscore.sources.inflate import inflated

        head, pieces = _peek(inflated(pieces))
        if head.startswith(_GZIP):
            raise InputError("the sitemap is compressed more than once")
    pieces = _bounded(pieces, report)
    start = _text(head).lstrip("\ufeff\0 \t\r\n")
    if _HTML.search(start):
        raise InputError("this is an HTML page, not a sitemap")
    if start.startswith("<"):
        yield from _read_xml(_stripped(pieces), "<sitemapindex" in start, report)
    elif not start:
        raise InputError("the sitemap is empty")
    elif any(is_address(line.strip()) for line in start.splitlines()[:20]):
        yield from _read_lines(pieces)
    else:
        raise InputError("this is neither an XML sitemap nor a list of addresses")


def ignore(_: str) -> None:
    """For who does not want to be told."""


def _peek(pieces: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes, and all of them."""
    iterator = iter(pieces)
    head = b""
    for piece in iterator:
        head += piece
        if len(head.lstrip()) >= _SNIFFED:
            break
    return head[:_PIECE], chain([head], iterator)


def _text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8", "replace")


def _bounded(pieces: Iterable[bytes], report: Problem) -> Iterator[bytes]:
    left = MAX_SITEMAP_BYTES
    for piece in pieces:
        if len(piece) > left:
            yield piece[:left]
            report(f"larger than {MAX_SITEMAP_BYTES / 1e6:.0f} MB: the rest was left out")
            return
        left -= len(piece)
        yield piece


def _stripped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Without what servers put before the XML declaration, which may only stand first."""
    for piece in pieces:
        rest = piece.lstrip(b" \t\r\n\0").removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
        if rest:
            yield rest
            break
    yield from pieces


class _Reader:
    """Handlers of one XML document; finished entries wait in ``found``."""

    def __init__(self) -> None:
        self.found: list[Entry] = []
        self.index = False
        self.start = 0  # offset of the entry that is open
        self._path: list[str] = []
        self._text: list[str] | None = None
        self._chars = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self._data
        self.parser.EntityDeclHandler = self._entity

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2].lower()
        parent = self._path[-1] if self._path else ""
        self.index = self.index or name == "sitemapindex"
        if len(self._path) > 100:
            raise _Damaged("its elements are too deep")
        self._path.append(name)
        if name in ("url", "sitemap", "item", "entry"):
            self.start = self.parser.CurrentByteIndex
        if (name == "loc" and parent in ("url", "sitemap")) or (name == "link" and parent == "item"):
            self._text, self._chars = [], 0
        elif name == "link" and parent == "entry" and attributes.get("rel", "alternate") == "alternate":
            self._add(attributes.get("href", ""), False)

    def _data(self, text: str) -> None:
        if self._text is not None and self._chars <= MAX_ADDRESS_CHARS:
            self._text.append(text)
            self._chars += len(text)

    def _close(self, name: str) -> None:
        self._path.pop()
        if self._text is not None and name.rpartition(":")[2].lower() in ("loc", "link"):
            self._add("".join(self._text), self._path[-1] == "sitemap")
            self._text = None

    def _add(self, address: str, sitemap: bool) -> None:
        if address := address.strip():
            self.found.append(Entry(address, sitemap))

    def _entity(self, *_: object) -> None:
        # Entities can grow without bound and read files: a sitemap has no use for its own.
        raise _Damaged("it declares entities, which are not read")


def _read_xml(pieces: Iterator[bytes], index: bool, report: Problem) -> Iterator[Entry]:
    reader = _Reader()
    kept, kept_from = b"", 0  # the bytes from the entry that is open, and their offset
    for piece in chain(pieces, [b""]):
        kept += piece
        try:
            reader.parser.Parse(piece, not piece)
        except (expat.ExpatError, _Damaged, ValueError, LookupError) as error:
            yield from reader.found
            line = reader.parser.CurrentLineNumber
            report(f"read loosely from line {line} on: {str(error).partition(':')[0]}")
            rest = kept[max(reader.start - kept_from, 0) :]
            yield from _read_loosely(chain([rest], pieces), reader.index or index)
            return
        yield from reader.found
        reader.found.clear()
        drop = max(reader.start - kept_from, len(kept) - 2 * _PIECE, 0)
        kept, kept_from = kept[drop:], kept_from + drop


def _read_loosely(pieces: Iterable[bytes], index: bool) -> Iterator[Entry]:
    """What stands between ``<loc>`` and the next tag, whatever else there is."""
    rest = b""
    for piece in pieces:
        rest += piece
        at = 0
        while (start := rest.find(_LOC, at)) >= 0:
            begin = start + len(_LOC)
            end = rest.find(b"<", begin, begin + MAX_ADDRESS_CHARS)
            if end >= 0 and rest.startswith(_CDATA, end):
                begin = end + len(_CDATA)
                end = rest.find(b"]]>", begin, begin + MAX_ADDRESS_CHARS)
            if end < 0:
                if len(rest) - begin < MAX_ADDRESS_CHARS:
                    break  # more is to come
                end = begin + MAX_ADDRESS_CHARS
            elif written := html.unescape(rest[begin:end].decode("utf-8", "replace")).strip():
                yield Entry(written, index)
            at = end
        rest = rest[start if start >= 0 else max(at, len(rest) - len(_CDATA)) :]


def _read_lines(pieces: Iterable[bytes]) -> Iterator[Entry]:
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).replace(b"\r", b"\n").split(b"\n")
        for line in lines:
            yield from _line(line)
        rest = rest[: MAX_ADDRESS_CHARS + 1]
    yield from _line(rest)


def _line(line: bytes) -> Iterator[Entry]:
    address = line.decode("utf-8", "replace").strip("\ufeff \t")
    if is_address(address):
        yield Entry(address)
