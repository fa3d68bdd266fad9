"""JSON lines, plain or compressed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from qualityscore.document.page import PageKind
from qualityscore.limits import Limits
from qualityscore.sources.item import Bookmark, FieldNames, Item, JsonOrigin
from qualityscore.sources.rows import row_item
from qualityscore.sources.streams import Unpacked
from qualityscore.sources.textlines import Fault, lines

# A page as JSON may take several bytes a character, and stands beside other fields.
LINE_FACTOR = 4
_BOM = b"\xef\xbb\xbf"


def read_jsonl(
    name: str,
    source: Unpacked,
    fields: FieldNames,
    kind: PageKind,
    limits: Limits,
    start: Bookmark | None = None,
) -> Iterator[Item]:
    """One item a line that is not blank; a line that is no JSON object is an item with an error."""
    seekable = source.raw.seekable and not source.compressed
    position = source.position
    first = 1
    if start is not None:
        source.go_on(start.position)
        position, first = start.position, start.number + 1
    for number, line in enumerate(lines(source, LINE_FACTOR * limits.max_bytes, looks_like_json), first):
        where = f"{name}:{number}"
        position += line.size if isinstance(line, Fault) else len(line)
        after = Bookmark(position, number) if seekable else None
        if isinstance(line, Fault):
            origin = JsonOrigin(line.raw) if line.raw else None
            yield Item(where, None, line.error, {}, origin, None, after)
            continue
        raw = line.strip(b"\r\n")
        text = raw[len(_BOM) :] if number == 1 and raw.startswith(_BOM) else raw
        if not text.strip():
            continue
        try:
            row = parse_object(text)
        except ValueError as error:
            yield Item(where, None, str(error), {}, JsonOrigin(text), None, after)
            continue
        yield row_item(where, row, fields, kind, JsonOrigin(text), after)


def parse_object(text: bytes) -> dict[str, Any]:
    """A JSON object from a line.

    Raises:
        ValueError: it is none; the text says why, in one line.
    """
    try:
        row = json.loads(text.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start + 1}") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"not valid JSON: {error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise ValueError("not valid JSON: nested too deep") from error
    except ValueError as error:  # numbers of thousands of digits
        raise ValueError(f"not valid JSON: {str(error).partition(';')[0]}") from error
    if not isinstance(row, dict):
        raise ValueError(f"a line must be a JSON object, not {type(row).__name__}")
    return row


def looks_like_json(head: bytes) -> bool:
    """Whether a piece of data may begin with a line of JSON."""
    return head.lstrip(b" \t\r\n" + _BOM)[:1] == b"{"
