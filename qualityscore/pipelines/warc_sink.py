"""Records of web archives, their bytes unchanged, and notes as ``metadata`` records."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator

from qualityscore.pipelines.output import packed
from qualityscore.pipelines.row_sinks import BytesSink
from qualityscore.pipelines.sinks import Note
from qualityscore.sources import Item, WarcOrigin
from qualityscore.sources.raw import Raw
from qualityscore.sources.streams import Unpacked

_NO_DATE = "1970-01-01T00:00:00Z"
_CHUNK = 1 << 20


class WarcSink(BytesSink):
    """Records one after another; in a compressed file each has a member of its own."""

    def misfit(self, item: Item) -> str:
        """Why something is no WARC record that can be written."""
        origin = item.origin
        if not isinstance(origin, WarcOrigin):
            return "no WARC record: WARC output needs WARC input" if item.page is not None else ""
        if origin.parts is None and not origin.path:
            return "record is too large to pass on from standard input"
        if origin.parts is None and origin.compressed and not origin.own_member:
            return "record is too large to take out of a file that is compressed as a whole"
        return ""

    def write(self, item: Item, note: Note | None) -> None:
        """Write a record; the note is a ``metadata`` record behind it that refers to it."""
        origin = item.origin
        if isinstance(origin, WarcOrigin) and not self.misfit(item):
            if origin.member is not None and self._fits(origin.member):
                self._out.write_as_is(origin.member)
            elif (raw := origin.raw) is not None:
                self._out.write_as_is(packed(_ended(raw), self._out.packing))
            else:
                self._copy(origin)
        if note is not None:
            self._out.write_as_is(packed(_metadata(item, note), self._out.packing))

    def _fits(self, member: bytes) -> bool:
        return (self._out.packing == "gzip") == member.startswith(b"\x1f\x8b") and bool(self._out.packing)

    def _copy(self, origin: WarcOrigin) -> None:
        """Copy a record that is too large to hold."""
        with open(origin.path, "rb") as file:
            file.seek(origin.start)
            if origin.compressed and self._fits(file.read(4)):
                file.seek(origin.start)
                for data in _pieces(Raw(file), origin.end - origin.start):
                    self._out.write_as_is(data)
                return
            file.seek(origin.start)
            if origin.compressed:
                source = Unpacked(Raw(file))
                while data := source.read(_CHUNK):
                    self._out.write(data)
            else:
                for data in _pieces(Raw(file), origin.end - origin.start):
                    self._out.write(data)
            self._out.end_member()


def _pieces(raw: Raw, size: int) -> Iterator[bytes]:
    while size and (data := raw.read(min(size, _CHUNK))):
        size -= len(data)
        yield data


def _ended(raw: bytes) -> bytes:
    """A record with the two line ends that it must have, which those at the end of a file often lack."""
    return raw if raw.endswith((b"\r\n\r\n", b"\n\n")) else raw.rstrip(b"\r\n") + b"\r\n\r\n"


def _metadata(item: Item, note: Note) -> bytes:
    """A record about a record; its id and date come from what it is about, never from a clock."""
    values = item.values
    block = json.dumps({"qualityscore": note}, ensure_ascii=False).encode("utf-8", "backslashreplace")
    about = item.origin.raw if isinstance(item.origin, WarcOrigin) else None
    seed = hashlib.sha256(about or repr(sorted(values.items())).encode("utf-8", "backslashreplace"))
    seed.update(block)
    ident = uuid.UUID(bytes=seed.digest()[:16], version=5)
    head = [
        "WARC/1.1" if about is not None and about[:8].upper() == b"WARC/1.1" else "WARC/1.0",
        "WARC-Type: metadata",
        f"WARC-Record-ID: <urn:uuid:{ident}>",
        f"WARC-Date: {_line(values.get('warc-date')) or _NO_DATE}",
        *(f"WARC-Refers-To: {_line(item.id)}" for _ in (1,) if item.id),
        *(f"WARC-Target-URI: {_line(values[key])}" for key in ("warc-target-uri",) if key in values),
        "Content-Type: application/json",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(head).encode("utf-8", "backslashreplace") + b"\r\n\r\n" + block + b"\r\n\r\n"


def _line(value: object) -> str:
    return " ".join(str(value).split()) if value else ""
