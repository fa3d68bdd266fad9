"""Pages of WARC files and their text-only WET relatives, plain or compressed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qualityscore.document.page import Page, PageKind
from qualityscore.errors import InputError
from qualityscore.limits import Limits
from qualityscore.sources.http import decoded_body, split_response
from qualityscore.sources.item import Bookmark, Item
from qualityscore.sources.rows import kind_of_type
from qualityscore.sources.streams import Unpacked
from qualityscore.sources.warc_records import MAX_HEADER, Record, Records

_PAGE_TYPES = ("response", "resource", "conversion")


def read_warc(
    name: str, source: Unpacked, kind: PageKind, limits: Limits, start: Bookmark | None = None
) -> Iterator[Item]:
    """One item a record, in the file's order; damage is one item with an error, then reading goes on.

    Records that hold no page have neither page nor error.
    """
    path = "" if name == "-" else name
    records = Records(source, path, limits.max_bytes + MAX_HEADER, start)
    for record in records:
        yield _item(f"{name}:{records.number}", record, kind, limits)


def _item(name: str, record: Record, kind: PageKind, limits: Limits) -> Item:
    header = record.header
    identity = header.get("warc-record-id")
    if record.error:
        return Item(name, None, record.error, header, record.origin, identity)
    found, headers, stored = _opened(record)
    if found is None:
        return Item(name, None, "", header, record.origin, identity, record.after)
    try:
        if stored is None:
            raise InputError(
                f"record is {record.size / 1e6:.1f} MB, the limit is {limits.max_bytes / 1e6:.1f} MB"
            )
        body = decoded_body(headers, stored, limits) if headers else stored
    except InputError as error:
        return Item(name, None, str(error), header, record.origin, identity, record.after)
    page = Page(body, found if kind == "auto" else kind, _address(header), name, headers)
    return Item(name, page, "", header, record.origin, identity, record.after)


def _opened(record: Record) -> tuple[PageKind | None, dict[str, str], bytes | None]:
    """What kind of page the record holds, ``None`` for no page; its HTTP headers; the body as stored, if held."""
    header = record.header
    if header.get("warc-type", "").lower() not in _PAGE_TYPES:
        return None, {}, None
    declared = header.get("content-type", "")
    block = record.block
    if block is None:
        # Too large to hold: judged by what its own header says of it.
        told = header.get("warc-identified-payload-type", declared)
        is_http = declared.partition(";")[0].strip().lower() == "application/http"
        return ("html" if is_http and told == declared else kind_of_type(told)), {}, None
    headers: dict[str, str] = {}
    body = block
    if block.startswith(b"HTTP/"):
        headers, body = split_response(block)
        declared = headers.get("content-type", "") or header.get("warc-identified-payload-type", "")
    elif declared.partition(";")[0].strip().lower() == "application/http":
        declared = ""
    else:
        headers = {"content-type": declared} if declared else {}
    if declared:
        return kind_of_type(declared), headers, body
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return ("html" if start.startswith((b"<!doctype html", b"<html")) else None), headers, body


def _address(header: Mapping[str, str]) -> str | None:
    # Some writers put the address in angle brackets, as the grammar of WARC 1.0 has it.
    return header.get("warc-target-uri", "").strip("<>") or None
