"""Bodies of answers within their limit, without their compression."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qualityscore.errors import FetchError
from qualityscore.sources.deflate import DEFLATE_ERRORS, decompressor

_PIECE = 65_536
_MAX_MEMBERS = 1_000
_GZIP = b"\x1f\x8b"
_ENCODINGS = ("gzip", "x-gzip", "deflate")


def too_large(max_bytes: int) -> FetchError:
    """The error for a body beyond the limit."""
    return FetchError(f"the page is larger than the limit of {max_bytes / 1e6:.1f} MB", "size")


def no_larger(declared: str, max_bytes: int, cut: bool) -> None:
    """Refuse a body by what its header declares, unless it may be cut.

    Raises:
        FetchError: it is larger than the limit.
    """
    if not cut and declared.isdecimal() and int(declared[:20]) > max_bytes:
        raise too_large(max_bytes)


def counted(pieces: Iterable[bytes], max_bytes: int, cut: bool) -> Iterator[bytes]:
    """Pieces as sent, until they are more than the limit."""
    total = 0
    for piece in pieces:
        total += len(piece)
        yield piece
        if total > max_bytes:
            if cut:
                return
            raise too_large(max_bytes)


def decoded(pieces: Iterator[bytes], headers: Mapping[str, str]) -> Iterator[bytes]:
    """The body without its compression, in pieces that are never large."""
    encodings = [e.strip().lower() for e in headers.get("content-encoding", "").split(",")]
    encodings = [e for e in encodings if e not in ("", "identity")]
    if not encodings:
        return pieces
    if len(encodings) > 1 or encodings[0] not in _ENCODINGS:
        raise FetchError("the page is compressed in a way that was not asked for", "type")
    return inflated(pieces)


def inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Decompress gzip, zlib or bare deflate, at most 64 KiB at a time.

    Raises:
        FetchError: the data is damaged or ends before its end.
    """
    machine: Any = None
    carried = b""
    members = 0
    for sent in pieces:
        piece = carried + sent
        carried = b""
        while piece:
            if machine is None:
                if len(piece) < 2:
                    carried = piece
                    break
                # What follows a member and is no member is padding, which gzip ignores too.
                if members and piece[:2] != _GZIP:
                    return
                members += 1
                if members > _MAX_MEMBERS:
                    raise FetchError("the compressed data is damaged", "type")
                machine = _machine(piece)
            try:
                while piece and not machine.eof:
                    yield machine.decompress(piece, _PIECE)
                    piece = machine.unconsumed_tail
                while not machine.eof and (more := machine.decompress(b"", _PIECE)):
                    yield more
            except DEFLATE_ERRORS:
                raise FetchError("the compressed data is damaged", "type") from None
            if machine.eof:
                piece = machine.unused_data
                machine = None
    if machine is not None or (carried and not members):
        raise FetchError("the compressed data breaks off", "network")


def _machine(piece: bytes) -> Any:
    """A decompressor by the first bytes: servers disagree on what ``deflate`` means."""
    zlib_header = piece[0] & 0x0F == 8 and (piece[0] * 256 + piece[1]) % 31 == 0
    bare = not zlib_header and piece[:2] != _GZIP
    return decompressor(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)
