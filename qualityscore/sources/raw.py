"""A file's bytes as they stand in it, with ways back and on."""

from __future__ import annotations

from typing import BinaryIO

CHUNK = 1 << 16


class Damaged(Exception):
    """The data cannot be decoded from here on; the text says why, in a few words."""


class Raw:
    """A file's bytes with a position and a way to put bytes back."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._back: list[
            tuple[bytes, int]
        ] = []  # what was put back, the last on top, and how far it was read
        self.position = 0
        try:
            self.seekable = file.seekable()
        except (AttributeError, ValueError):
            self.seekable = False
        if self.seekable:
            self.position = file.tell()

    def read(self, size: int = CHUNK) -> bytes:
        """Up to ``size`` bytes; ``b""`` at the end.

        Raises:
            Damaged: the medium cannot be read.
        """
        if self._back:
            held, at = self._back.pop()
            data = held[at : at + size]
            if at + size < len(held):
                self._back.append((held, at + size))
        else:
            try:
                read1 = getattr(self._file, "read1", None)
                data = read1(size) if read1 is not None else self._file.read(size)
            except OSError as error:
                raise Damaged(f"cannot be read: {error.strerror or error}") from error
        self.position += len(data)
        return data

    def read_block(self, size: int) -> bytes:
        """On to the next multiple of ``size``: wherever reading began, the same blocks of a file."""
        wanted = size - self.position % size
        data = self.read(wanted)
        while self.seekable and len(data) < wanted and (more := self.read(wanted - len(data))):
            data += more
        return data

    def push(self, data: bytes) -> None:
        """Put bytes back that were read."""
        if data:
            self._back.append((data, 0))
        self.position -= len(data)

    def seek(self, position: int) -> None:
        """Go to a position; only if `seekable`."""
        self._file.seek(position)
        self._back = []
        self.position = position

    def find(self, mark: bytes) -> bool:
        """Go to the next place where ``mark`` stands, or to the end."""
        kept = b""
        while chunk := self.read():
            window = kept + chunk
            at = window.find(mark)
            if at >= 0:
                self.push(window[at:])
                return True
            kept = window[-(len(mark) - 1) :]
        return False


def peek(raw: Raw, size: int) -> bytes:
    """The next bytes, which stay there."""
    data = b""
    while len(data) < size and (more := raw.read(size - len(data))):
        data += more
    raw.push(data)
    return data
