"""Bytes of files, decompressed piece by piece, bounded, and going on after damage.

A *piece* is a gzip member, a zstd frame, or the whole of an uncompressed file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qualityscore.sources.deflate import DEFLATE_ERRORS, decompressor
from qualityscore.sources.raw import CHUNK, Damaged, Raw, peek

GZIP, ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
_GZIP_CHUNK = 1 << 12  # what the decoder made of this much is lost with the error it ends in
_ZSTD_CHUNK = 1 << 10  # a block of 128 KB can be four bytes of input, and the decoder gives all at once
_ZSTD_WINDOW = 1 << 27
# Going back after damage reads bytes again: this much, or as much as was read in all.
_MAX_REREAD = 1 << 28


class Unpacked:
    """Decompressed bytes of a file, piece by piece.

    Attributes:
        start: where the current piece begins in the file.
        reread: bytes read again on account of damage.
        member: the compressed bytes of the piece, once it ended; ``None`` if they were too many to keep.
    """

    def __init__(self, raw: Raw, *, keep: int = 0) -> None:
        """Begin at the first piece; ``keep`` is how many compressed bytes of a piece are remembered.

        Raises:
            Damaged: the medium cannot be read.
        """
        self.raw = raw
        head = peek(raw, 4)
        self.mark = GZIP if head[:3] == GZIP else ZSTD if head == ZSTD else b""
        self.start = raw.position
        self.member: bytes | None = None
        self._keep = keep
        self._ahead = b""
        self._decoder: Any = None
        self._tape: list[bytes] | None = []
        self._taped = 0
        self._ended = False
        self.reread = 0
        self._begin()

    @property
    def compressed(self) -> bool:
        """Whether the file is compressed."""
        return bool(self.mark)

    @property
    def ended(self) -> bool:
        """Whether the current piece was read to its end."""
        return self._ended and not self._ahead

    @property
    def position(self) -> int:
        """Where the next byte stands in a file that is not compressed."""
        return self.raw.position - len(self._ahead)

    def go_on(self, position: int) -> None:
        """Read on from a position, where a piece ended if the file is compressed."""
        self.raw.seek(position)
        self._ahead, self._ended = b"", bool(self.mark)

    def go_back(self, position: int, end: int) -> bool:
        """Read an uncompressed file again from a position, after it was read up to ``end``.

        False if that cannot be, or was done too often.
        """
        far = end - position
        if self.mark or not self.raw.seekable or not self._may_reread(far, end):
            return False
        self.reread += far
        self.go_on(position)
        return True

    def _begin(self) -> None:
        self.start = self.raw.position
        self.member = None
        self._tape, self._taped, self._ended = [], 0, False
        if self.mark == GZIP:
            self._decoder = decompressor(31)
        elif self.mark == ZSTD:
            import zstandard

            self._decoder = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()

    def read(self, size: int = CHUNK) -> bytes:
        """Up to about ``size`` bytes of the current piece; ``b""`` at its end.

        Raises:
            Damaged: the piece is not what it should be; see `recover`.
        """
        if self._ahead:
            data, self._ahead = self._ahead, b""
            return data
        if self._ended:
            return b""
        if not self.mark:
            data = self.raw.read(size)
            self._ended = not data
            return data
        return self._gzip(size) if self.mark == GZIP else self._zstd()

    def push(self, data: bytes) -> None:
        """Put decompressed bytes back."""
        self._ahead = data + self._ahead

    def next_piece(self) -> bool:
        """Go to the next piece; false at the end of the file.

        Raises:
            Damaged: something else than a piece follows.
        """
        if not self.mark:
            return False
        while True:
            head = peek(self.raw, len(self.mark))
            if not head:
                return False
            if head == self.mark:
                self._begin()
                return True
            if head.strip(b"\0"):
                self._begin()
                raise Damaged(f"{len(head)} bytes or more that are not compressed data")
            self.raw.read(len(head))  # padding

    def recover(self, looks: Callable[[bytes], bool]) -> bool:
        """After `Damaged`: go to the next piece whose first bytes ``looks`` accepts; false if there is none.

        A damaged piece may have swallowed those after it, so the search begins behind its first byte.
        """
        if not self.mark:
            return False
        self._ahead = b""
        try:
            self._go_back(self.start + 1)
            while self.raw.find(self.mark):
                self._begin()
                try:
                    head = self.read(512)
                except Damaged:
                    head = b""
                if head and looks(head):
                    self.push(head)
                    return True
                self._go_back(self.start + 1)
        except Damaged:
            return False
        return False

    def _may_reread(self, size: int, reached: int) -> bool:
        return self.reread + size <= max(_MAX_REREAD, reached)

    def _go_back(self, position: int) -> None:
        far = self.raw.position - position
        if not self._may_reread(far, self.raw.position):
            return
        if (
            self._tape is not None
            and 0 <= far < self._taped
            and self.raw.position == self.start + self._taped
        ):
            self.raw.push(b"".join(self._tape)[1:])
        elif self.raw.seekable:
            self.raw.seek(position)
        else:
            return
        self.reread += far

    def _took(self, data: bytes) -> None:
        self._taped += len(data)
        if self._tape is not None:
            self._tape.append(data)
            if self._taped > max(self._keep, 2 * CHUNK):
                self._tape = None

    def _finish(self, unused: bytes) -> None:
        self._ended = True
        if self._tape is not None:
            whole = b"".join(self._tape)
            self.member = whole[: len(whole) - len(unused)]
        self.raw.push(unused)

    def _gzip(self, size: int) -> bytes:
        while not self._ended:
            data = self._decoder.unconsumed_tail
            last = False
            if not data:
                data = self.raw.read_block(_GZIP_CHUNK)
                self._took(data)
                last = not data
            try:
                out: bytes = self._decoder.decompress(data, size)
            except DEFLATE_ERRORS as error:
                raise Damaged(f"damaged gzip data ({_short(error)})") from error
            if self._decoder.eof:
                self._finish(self._decoder.unused_data)
            if out:
                return out
            if last and not self._ended:
                raise Damaged("compressed data ends early")
        return b""

    def _zstd(self) -> bytes:
        from zstandard import ZstdError

        while not self._ended:
            data = self.raw.read_block(_ZSTD_CHUNK)
            if not data:
                raise Damaged("compressed data ends early")
            self._took(data)
            try:
                out: bytes = self._decoder.decompress(data)
            except (ZstdError, MemoryError) as error:
                raise Damaged(f"damaged zstd data ({_short(error)})") from error
            if self._decoder.eof:
                self._finish(self._decoder.unused_data)
            if out:
                return out
        return b""


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:100]
