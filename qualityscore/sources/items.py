"""`read_items`: records of any input, lazily and in bounded memory."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Literal

from qualityscore.document.page import PAGE_SUFFIXES, Page, PageKind, kind_of_suffix
from qualityscore.errors import InputError
from qualityscore.limits import DEFAULT_LIMITS, Limits
from qualityscore.sources.address import is_address
from qualityscore.sources.files import MAGIC, STDIN, FileInput, expand, read_page
from qualityscore.sources.item import DEFAULT_FIELDS, Bookmark, FieldNames, Item
from qualityscore.sources.jsonl import looks_like_json, read_jsonl
from qualityscore.sources.parquet import read_parquet
from qualityscore.sources.raw import Damaged, Raw
from qualityscore.sources.streams import Unpacked
from qualityscore.sources.table import read_csv
from qualityscore.sources.warc import read_warc

Format = Literal["page", "jsonl", "csv", "parquet", "warc", "arc", "unknown"]
_FORMAT_BY_SUFFIX: dict[str, Format] = {
    **dict.fromkeys(PAGE_SUFFIXES, "page"),
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jl": "jsonl",
    ".csv": "csv", ".tsv": "csv",
    ".parquet": "parquet", ".pq": "parquet",
    ".warc": "warc", ".wet": "warc", ".wat": "warc", ".arc": "arc",
}  # fmt: skip
_PACKED = (".gz", ".zst", ".zstd")
_KEYED = re.compile(rb'\s{0,20}\{\s{0,20}"[^"\n]{0,200}"\s{0,20}:')
_SNIFFED = 4096


def format_of(name: str) -> Format:
    """What a file holds, going by its suffix; ``unknown`` if that does not tell."""
    stem, suffix = os.path.splitext(name.lower())
    if suffix in _PACKED:
        suffix = os.path.splitext(stem)[1]
    return _FORMAT_BY_SUFFIX.get(suffix, "unknown")


def is_several(arguments: Sequence[str]) -> bool:
    """Whether arguments may stand for more than one page, however many there are today."""
    if len(arguments) != 1:
        return True
    (argument,) = arguments
    if is_address(argument) and not os.path.lexists(argument):
        return False
    if format_of(argument) not in ("page", "unknown"):
        return True
    return os.path.isdir(argument) or (not os.path.lexists(argument) and bool(MAGIC.search(argument)))


def read_items(
    inputs: Sequence[str],
    *,
    fields: FieldNames = DEFAULT_FIELDS,
    kind: PageKind = "auto",
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Item]:
    """Read pages from files, folders and patterns: one `Item` a record, in order, lazily.

    Files of pages (HTML, Markdown, text), JSON lines, CSV, Parquet, WARC and WET, each but Parquet also
    compressed with gzip or zstd; ``-`` is standard input. The suffix tells the format, and the content
    where the suffix does not. What cannot be read is an item with an error and ends nothing.

    Args:
        inputs: paths, folders (searched for files of pages), patterns, or ``-``.
        fields: names of fields and columns where they are not the usual ones.
        kind: kind of all pages; ``auto`` goes by field name, format field, media type or suffix.
        limits: bounds on one page. A line of JSON may have four times ``max_bytes``.

    Raises:
        MissingExtraError: a Parquet file, and pyarrow is not installed.
    """
    for found in expand(inputs):
        yield from items_of(found, fields=fields, kind=kind, limits=limits)


def items_of(
    found: FileInput,
    *,
    fields: FieldNames = DEFAULT_FIELDS,
    kind: PageKind = "auto",
    limits: Limits = DEFAULT_LIMITS,
    after: Bookmark | None = None,
) -> Iterator[Item]:
    """The items of one file that `expand` found, all or those after a bookmark; see `read_items`."""
    name = found.name
    packed = name.lower().endswith(_PACKED)
    form = format_of(name)
    if found.error or (form == "page" and not packed):
        yield _page_item(found, kind, limits)
        return
    if form == "parquet" and not packed:
        yield from read_parquet(name, fields, kind)
        return
    try:
        with _opened(name) as file:
            yield from _records(name, form, file, fields, kind, limits, after)
    except OSError as error:
        yield Item(name, None, f"cannot be read: {error.strerror or error}")


class _Stdin:
    """Standard input as a context that does not close it."""

    def __enter__(self) -> BinaryIO:
        return sys.stdin.buffer

    def __exit__(self, *_: object) -> None:
        pass


def _opened(name: str) -> BinaryIO | _Stdin:
    return _Stdin() if name == STDIN else open(name, "rb", buffering=1 << 18)


def _records(
    name: str,
    form: Format,
    file: BinaryIO,
    fields: FieldNames,
    kind: PageKind,
    limits: Limits,
    after: Bookmark | None,
) -> Iterator[Item]:
    told = form != "unknown"
    try:
        source = Unpacked(Raw(file), keep=2 * limits.max_bytes)
        if not told:
            form = _sniffed(name, source)
    except Damaged as damage:
        yield Item(name, None, str(damage))
        return
    if form == "jsonl":
        yield from read_jsonl(name, source, fields, kind, limits, after)
    elif form == "csv":
        yield from read_csv(name, source, fields, kind, limits)
    elif form == "warc":
        yield from read_warc(name, source, kind, limits, after)
    elif form == "parquet":
        if name == STDIN or source.compressed:
            yield Item(
                name, None, "Parquet is read from a file that is not compressed as a whole: save it first"
            )
        else:
            yield from read_parquet(name, fields, kind)
    elif form == "arc":
        yield Item(
            name,
            None,
            "ARC files are not read: convert it first  (warcio recompress FILE.arc.gz FILE.warc.gz)",
        )
    else:
        item = _one_page(name, source, kind, limits)
        # Nothing came through a pipe: that is no page, where an empty file called a page is one.
        if told or item.page is None or item.page.content:
            yield item


def _sniffed(name: str, source: Unpacked) -> Format:
    head = b""
    while len(head) < _SNIFFED and (more := source.read(_SNIFFED)):
        head += more
    source.push(head)
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"filedesc://"):
        return "arc"
    if head.startswith(b"PAR1"):
        return "parquet"
    if looks_like_json(head) and _KEYED.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "jsonl"
    return "page"


def _page_item(found: FileInput, kind: PageKind, limits: Limits) -> Item:
    try:
        return Item(found.name, read_page(found, kind, limits))
    except InputError as error:
        return Item(found.name, None, str(error))


def _one_page(name: str, source: Unpacked, kind: PageKind, limits: Limits) -> Item:
    parts: list[bytes] = []
    size = 0
    try:
        while size <= limits.max_bytes and (more := source.read()):
            parts.append(more)
            size += len(more)
    except Damaged as damage:
        return Item(name, None, str(damage))
    if size > limits.max_bytes:
        return Item(name, None, f"page is larger than the limit of {limits.max_bytes / 1e6:.1f} MB")
    if kind == "auto" and name != STDIN:
        stem = name[: name.rfind(".")] if name.lower().endswith(_PACKED) else name
        kind = kind_of_suffix(stem)
    return Item(name, Page(b"".join(parts), kind, None, name))
