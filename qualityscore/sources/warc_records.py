"""The records of a WARC file as they stand in it, and what is damaged between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qualityscore.sources.item import Bookmark, WarcOrigin
from qualityscore.sources.raw import Damaged
from qualityscore.sources.streams import Unpacked

_MARK = re.compile(rb"WARC/", re.I)
_START = re.compile(rb"WARC/[01]\.", re.I)
_LINE_START = re.compile(rb"\nWARC/[01]\.", re.I)
_HEADER_END = re.compile(rb"\r*\n\r*\n")
MAX_HEADER = 1 << 18
# Records with wrong lengths are read more than once: this much, or as much as was read in all.
_MAX_RETURNED = 1 << 28


@dataclass(frozen=True, slots=True)
class Record:
    """A record; with an `error`, ``origin`` is what could be read of it, if anything.

    ``after`` is where reading can go on behind it.
    """

    header: Mapping[str, str]
    block: bytes | None
    size: int
    origin: WarcOrigin | None
    error: str = ""
    after: Bookmark | None = None


class Records:
    """The records of a file, in order; damage is one record with an error, then reading goes on.

    What is found depends on the bytes from a record's place on, never on how much was read ahead, so that
    whoever begins at a bookmark finds the same.

    Attributes:
        number: of the last record given, counted from 1.
    """

    def __init__(self, source: Unpacked, path: str, hold: int, start: Bookmark | None = None) -> None:
        self._in = source
        self._path = path
        self._hold = hold
        self._buffer = b""
        self._alone = True  # nothing else was read from this piece before
        self._returned = 0
        self.number = 0
        if start is not None:
            source.go_on(start.position)
            source.reread, self._returned, self.number = start.reread, start.returned, start.number

    def __iter__(self) -> Iterator[Record]:
        for record in self._records():
            self.number += 1
            yield record

    def _records(self) -> Iterator[Record]:
        astray = False
        while True:
            try:
                if astray:
                    astray = False
                    self._fill(8)
                    if not _START.match(self._buffer):
                        self._skip_to_start()
                if not self._at_record():
                    return
                if not _MARK.match(self._buffer):
                    yield self._garbage()
                    continue
                record = self._record()
            except Damaged as damage:
                yield Record({}, None, 0, None, str(damage))
                if not self._recover():
                    return
                continue
            yield record
            astray = bool(record.error)

    # -- bytes -----------------------------------------------------------------------------------

    def _fill(self, size: int) -> bool:
        """Have ``size`` bytes in the buffer, unless the piece ends before."""
        parts = [self._buffer]
        have = len(self._buffer)
        try:
            while have < size and (more := self._in.read()):
                parts.append(more)
                have += len(more)
        finally:
            self._buffer = b"".join(parts)
        return have >= size

    def _at_record(self) -> bool:
        """Go over line ends, and to the next piece where this one ends; false at the end."""
        while True:
            self._fill(8)
            rest = self._buffer.lstrip(b"\r\n")
            if rest or self._buffer:
                self._buffer = rest
                if rest:
                    self._fill(8)
                    return True
                continue
            if not self._in.next_piece():
                return False
            self._alone = True

    def _position(self) -> int:
        return self._in.position - len(self._buffer)

    # -- one record ------------------------------------------------------------------------------

    def _record(self) -> Record:
        compressed = self._in.compressed
        alone, self._alone = self._alone, False
        piece_start = self._in.start
        start = self._in.start if compressed else self._position()
        found = self._header()
        if found is None:
            return Record({}, None, 0, None, "record header is cut short or has no end")
        head, header = found
        length = header.get("content-length", "").strip()
        if not length.isdigit() or len(length) > 15:
            return Record(header, None, 0, None, f"record without a usable Content-Length ({length[:20]!r})")
        size = int(length)
        hold = size <= self._hold
        parts: list[bytes] = []
        left = size
        while left:
            if not self._buffer and not self._more():
                break
            piece, self._buffer = self._buffer[:left], self._buffer[left:]
            left -= len(piece)
            if hold:
                parts.append(piece)
        # A record that goes on in another piece has none to itself.
        alone = alone and self._in.start == piece_start
        body = b"".join(parts)
        if left or not self._ends_well():
            again = self._swallowed(body, hold, start + len(head))
            if left or again:
                told = f"Content-Length is {size}, but the record has {again if again else size - left} bytes"
                return Record(header, None, size, None, "record is cut short: " + told)
        tail = self._line_ends()
        last = compressed and not self._buffer and self._at_end()
        member = self._in.member if last and alone and hold else None
        end = self._in.raw.position if compressed else self._position()
        own = compressed and alone and last
        origin = WarcOrigin(
            (head, body, tail) if hold else None, member, compressed, self._path, start, end, own
        )
        after = None
        if self._in.raw.seekable and (last or not compressed):
            after = Bookmark(end, self.number + 1, self._in.reread, self._returned)
        return Record(header, body if hold else None, size, origin, "", after)

    def _header(self) -> tuple[bytes, dict[str, str]] | None:
        """The header as it stands and by name; ``None``, at the next record, if it has no end."""
        size = 4096
        while True:
            whole = not self._fill(size)
            end = _HEADER_END.search(self._buffer, 0, MAX_HEADER)
            begun = _next_start(self._buffer[: end.start()] if end is not None else self._buffer[:size])
            if begun > 0:
                self._buffer = self._buffer[begun:]
                return None
            if end is not None:
                break
            if size >= MAX_HEADER:
                # On behind the mark, lest this record is found again.
                self._buffer = self._buffer[5:]
                return None
            if whole:
                rest = self._buffer
                if not self._more():
                    return None
                self._buffer = rest + self._buffer
            else:
                size *= 4
        head, self._buffer = self._buffer[: end.end()], self._buffer[end.end() :]
        header: dict[str, str] = {}
        name = ""
        for line in head.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")[1:]:
            key, colon, value = line.partition(":")
            if line[:1] in (" ", "\t") and name:
                header[name] += " " + line.strip()
            elif colon:
                name = key.strip().lower()
                header.setdefault(name, value.strip())
        return head, header

    def _more(self) -> bool:
        """More of a record's block, from the next piece if it goes on there."""
        self._buffer = self._in.read()
        while not self._buffer:
            if not self._in.next_piece():
                return False
            self._buffer = self._in.read()
            if _START.match(self._buffer):
                self._alone = True
                return False
            self._alone = False
        return True

    def _ends_well(self) -> bool:
        """Whether line ends and then a record, or nothing more of this piece, follow."""
        self._fill(24)
        ends = self._buffer[:16]
        rest = ends.lstrip(b"\r\n")
        return not rest or _MARK.match(self._buffer, len(ends) - len(rest)) is not None

    def _swallowed(self, body: bytes, held: bool, start: int) -> int:
        """Go back to a record that a wrong length took for a part of this one; 0 if there is none."""
        if held:
            # The mark may stand half in the block and half behind it.
            at = _next_start(body + self._buffer[:16])
            self._returned += len(body)
            reached = self._in.raw.position if self._in.compressed else self._position()
            if not 0 <= at < len(body) or self._returned > max(_MAX_RETURNED, reached):
                return 0
            self._buffer = body[at:] + self._buffer
            return at
        end = self._position()
        if not self._in.go_back(start, end):
            return 0
        self._buffer = b""
        skipped = self._skip_to_start()
        return 0 if skipped is None or start + skipped >= end else skipped

    def _line_ends(self) -> bytes:
        """The line ends after a block."""
        self._fill(4)
        size = 0
        while size < 4 and self._buffer[size : size + 1] in (b"\r", b"\n") and self._buffer[size : size + 1]:
            size += 1
        tail, self._buffer = self._buffer[:size], self._buffer[size:]
        return tail

    def _at_end(self) -> bool:
        """Whether the piece ends here; asking makes sure its check sum was read."""
        return not self._fill(1)

    # -- damage ----------------------------------------------------------------------------------

    def _skip_to_start(self) -> int | None:
        """Drop bytes up to where a record begins at a line's start; ``None`` if none does in this piece."""
        dropped = 0
        while True:
            at = _next_start(self._buffer)
            if at >= 0:
                self._buffer = self._buffer[at:]
                return dropped + at
            keep = self._buffer[-16:]
            dropped += len(self._buffer) - len(keep)
            self._buffer = keep
            if not self._fill(len(keep) + 1):
                self._buffer = b""
                return None

    def _garbage(self) -> Record:
        skipped = self._skip_to_start()
        self._alone = False
        size = "the rest of the file" if skipped is None else f"{skipped} bytes"
        if skipped is None and self._in.compressed:
            size = "the rest of a compressed piece"
        return Record({}, None, 0, None, f"{size} where a record should begin")

    def _recover(self) -> bool:
        self._buffer = b""
        self._alone = True
        return self._in.recover(lambda head: _START.match(head.lstrip(b"\r\n")) is not None)


def _next_start(data: bytes) -> int:
    """Where in the data a line begins that begins a record; -1 if none does."""
    found = _LINE_START.search(data)
    return -1 if found is None else found.start() + 1
