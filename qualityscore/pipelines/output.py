"""`Output`: bytes that go to a file, plain or compressed, and can be cut back to a checkpoint."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Literal

from qualityscore.errors import ConfigError

Packing = Literal["", "gzip", "zstd"]
STDOUT = "-"
_LEVEL = 6


def packing_of(path: str) -> Packing:
    """How a file is compressed, going by its suffix."""
    name = path.lower()
    return "gzip" if name.endswith(".gz") else "zstd" if name.endswith((".zst", ".zstd")) else ""


def packed(data: bytes, packing: Packing) -> bytes:
    """A whole gzip member (without a time) or zstd frame; the same bytes every time."""
    if packing == "gzip":
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
        return packer.compress(data) + packer.flush()
    if packing == "zstd":
        import zstandard

        return zstandard.ZstdCompressor().compress(data)
    return data


class Output:
    """A file, or standard output for ``-``, written in order.

    A compressed member ends at each checkpoint, so what lies before one can be read whatever becomes
    of the rest.
    """

    def __init__(self, path: str, packing: Packing, state: Mapping[str, Any] | None) -> None:
        """Open a new file, or go on after the bytes that a checkpoint counted.

        Raises:
            ConfigError: the file is shorter than the checkpoint says.
            OSError: it cannot be opened.
        """
        self.path = path
        self.packing = packing
        self._packer: Any = None
        self._file: BinaryIO
        if path == STDOUT:
            self._file = sys.stdout.buffer
        elif state is None:
            self._file = Path(path).open("wb")  # noqa: SIM115
        else:
            size = int(state["bytes"])
            if not os.path.isfile(path) or os.path.getsize(path) < size:
                raise ConfigError(
                    f"cannot resume: {path} is shorter than its journal says; delete the journal to begin again"
                )
            self._file = Path(path).open("r+b")  # noqa: SIM115
            self._file.truncate(size)
            self._file.seek(size)
        self._safe = int(state["bytes"]) if state is not None else 0

    def write(self, data: bytes) -> None:
        """Write bytes, compressed if this output is."""
        if not self.packing:
            self._file.write(data)
            return
        if self._packer is None:
            if self.packing == "gzip":
                self._packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
            else:
                import zstandard

                self._packer = zstandard.ZstdCompressor().compressobj()
        self._file.write(self._packer.compress(data))

    def write_as_is(self, data: bytes) -> None:
        """Write bytes that are compressed already, or are to stay as they are."""
        self._file.write(data)

    def end_member(self) -> None:
        """End the current compressed member, if one is open."""
        if self._packer is not None:
            self._file.write(self._packer.flush())
            self._packer = None

    def flush(self) -> None:
        """Hand over what standard output holds back, so that its reader sees rows as they come."""
        if self.path == STDOUT:
            self._file.flush()

    def checkpoint(self) -> dict[str, Any]:
        """Bring everything to disk; what `__init__` needs to go on from here."""
        self.end_member()
        self._file.flush()
        if self.path == STDOUT:
            return {}
        os.fsync(self._file.fileno())
        self._safe = self._file.tell()
        return {"bytes": self._safe}

    def close(self) -> None:
        """Close the file after a last `checkpoint`."""
        if self.path != STDOUT:
            self._file.close()

    def give_up(self) -> None:
        """Cut the file back to the last checkpoint, so that it ends with a whole record, and close it."""
        if self.path == STDOUT:
            return
        with suppress(OSError):  # what it held back does not fit on the disk
            self._file.close()
        with open(self.path, "r+b") as file:
            file.truncate(self._safe)
