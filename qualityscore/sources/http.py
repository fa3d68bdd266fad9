"""The body of an HTTP response as it was stored in an archive."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from qualityscore.errors import InputError, LimitExceeded, MissingExtraError
from qualityscore.limits import Limits
from qualityscore.sources.deflate import DEFLATE_ERRORS, decompressor

_MAX_HEAD = 1 << 17
_MAX_LAYERS = 3


def split_response(block: bytes) -> tuple[dict[str, str], bytes]:
    """Headers with lower-case names and the body as stored; no headers if the block has no status line."""
    if not block.startswith(b"HTTP/"):
        return {}, block
    at, size = min(len(block), _MAX_HEAD), 0
    for mark in (b"\r\n\r\n", b"\n\n", b"\r\r"):
        # Another mark counts only where it begins before.
        found = block.find(mark, 0, min(at + len(mark) - 1, _MAX_HEAD))
        if found >= 0:
            at, size = found, len(mark)
    headers: dict[str, str] = {}
    last = ""
    for line in block[:at].decode("latin-1").splitlines()[1:]:
        name, colon, value = line.partition(":")
        if line[:1] in " \t" and last:
            headers[last] += " " + line.strip()
        elif colon:
            last = name.strip().lower()
            value = value.strip()
            headers[last] = f"{headers[last]}, {value}" if last in headers else value
    return headers, block[at + size :]


def decoded_body(headers: Mapping[str, str], body: bytes, limits: Limits) -> bytes:
    """The body without chunks and compression; at most ``limits.max_bytes``.

    Headers that do not fit the body are common in archives, whose writers undo codings and keep the
    headers: then the body stands as it is. Of data that end early, what there is counts.

    Raises:
        LimitExceeded: it is larger than the limit.
        InputError: it is compressed in a way that cannot be undone.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _without_chunks(body)
    codings = [c.strip().lower() for c in headers.get("content-encoding", "").split(",") if c.strip()]
    if len(codings) > _MAX_LAYERS:
        raise InputError(f"the body is compressed {len(codings)} times over")
    for coding in reversed(codings):
        body = _decompressed(coding, body, limits.max_bytes)
    if len(body) > limits.max_bytes:
        raise _too_large(limits.max_bytes)
    return body


def _without_chunks(body: bytes) -> bytes:
    """The chunks joined; what does not look like chunks stands as it is."""
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        end = body.find(b"\n", at, at + 4096)
        size = _chunk_size(body[at:end]) if end >= 0 else None
        if size is None:
            parts.append(body[at:])
            break
        if size == 0:
            break
        parts.append(body[end + 1 : end + 1 + size])
        at = end + 1 + size
        if body.startswith(b"\r\n", at):
            at += 2
        elif body.startswith(b"\n", at):
            at += 1
    return b"".join(parts)


def _chunk_size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip()
    if not digits or len(digits) > 8 or digits.strip(b"0123456789abcdefABCDEF"):
        return None
    return int(digits, 16)


def _decompressed(coding: str, body: bytes, limit: int) -> bytes:
    if coding in ("gzip", "x-gzip"):
        return _inflated(body, 31, limit) if body.startswith(b"\x1f\x8b") else body
    if coding == "deflate":
        return _deflated(body, limit)
    if coding == "br":
        return _unbrotlied(body, limit)
    if coding == "zstd":
        return _unzstd(body, limit) if body.startswith(b"\x28\xb5\x2f\xfd") else body
    return body  # identity, and names that mean nothing ("utf-8")


def _inflated(body: bytes, window: int, limit: int) -> bytes:
    try:
        out: bytes = decompressor(window).decompress(body, limit + 1)
    except DEFLATE_ERRORS as error:
        # All of the data before the damage: piece by piece, so that it is not lost with the error.
        out = _before_damage(body, window, limit)
        if not out:
            raise InputError(f"damaged gzip data in the body ({error})") from error
    if len(out) > limit:
        raise _too_large(limit)
    return out


def _before_damage(body: bytes, window: int, limit: int) -> bytes:
    decoder = decompressor(window)
    out: list[bytes] = []
    size = 0
    try:
        for at in range(0, len(body), 256):
            piece = decoder.decompress(body[at : at + 256], limit + 1)
            size += len(piece)
            out.append(piece)
            if size > limit:
                break
    except DEFLATE_ERRORS:
        pass
    return b"".join(out)


def _deflated(body: bytes, limit: int) -> bytes:
    """``deflate`` is zlib data by the standard, raw data from some servers, or was undone before."""
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            out: bytes = decompressor(window).decompress(body, limit + 1)
        except DEFLATE_ERRORS:
            continue
        if len(out) > limit:
            raise _too_large(limit)
        return out
    return body


def _unbrotlied(body: bytes, limit: int) -> bytes:
    if not body or body.lstrip()[:1] == b"<":
        return body  # brotli data may begin so, but nearly always this is a page decoded before
    try:
        import brotli
    except ImportError:
        raise InputError(
            f"the body is compressed with brotli; {MissingExtraError('brotli', 'warc')}"
        ) from None
    decoder = brotli.Decompressor()
    out: list[bytes] = []
    size = 0
    data = body
    try:
        while not decoder.is_finished():
            piece = decoder.process(data, output_buffer_limit=limit + 1)
            data = b""
            size += len(piece)
            out.append(piece)
            if size > limit:
                raise _too_large(limit)
            if not piece and decoder.can_accept_more_data():
                break  # the data end early
    except brotli.error as error:
        if not out:
            raise InputError("damaged brotli data in the body") from error
    return b"".join(out)


def _unzstd(body: bytes, limit: int) -> bytes:
    import zstandard

    out = b""
    try:
        with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(body) as reader:
            while len(out) <= limit and (piece := reader.read(1 << 16)):
                out += piece
    except zstandard.ZstdError as error:
        if not out:
            raise InputError("damaged zstd data in the body") from error
    if len(out) > limit:
        raise _too_large(limit)
    return out


def _too_large(limit: int) -> LimitExceeded:
    return LimitExceeded(f"page is larger than the limit of {limit / 1e6:.1f} MB when decompressed")
