"""Decompressing by ISA-L and by zlib."""

from __future__ import annotations

import random
import sys
import zlib
from typing import Any

import pytest

from qualityscore.sources import deflate
from qualityscore.sources.deflate import DEFLATE_ERRORS, decompressor
from qualityscore.sources.http import split_response

TEXT = b"".join(b"line %d of a page about bread and butter\n" % (n * n) for n in range(4000))


def _packed(window: int) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, window)
    return packer.compress(TEXT) + packer.flush()


def _unpacked(decoder: Any, data: bytes, size: int) -> bytes:
    """As readers do: a few bytes in, at most so many out."""
    out = b""
    at = 0
    while not decoder.eof:
        left = decoder.unconsumed_tail
        if not left:
            left = data[at : at + 700]
            at += 700
            assert left, "more is asked for than there is"
        piece = decoder.decompress(left, size)
        assert len(piece) <= size
        out += piece
    return out


@pytest.mark.parametrize("window", [31, 47, 15, -15])
@pytest.mark.parametrize("size", [100, 1000, 1 << 16])
def test_sound_data_come_out_whole_and_bounded(window: int, size: int) -> None:
    data = _packed(31 if window == 47 else window)
    decoder = decompressor(window)
    assert _unpacked(decoder, data + b"what follows", size) == TEXT
    assert b"what follows".startswith(decoder.unused_data)


@pytest.mark.parametrize("seed", range(30))
def test_damage_is_an_error_as_with_zlib(seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(_packed(31))
    # Behind the header, whose reserved flags the two see differently.
    data[rng.randrange(10, len(data))] ^= 1 << rng.randrange(8)
    with pytest.raises(zlib.error):
        _unpacked(zlib.decompressobj(31), bytes(data) + bytes(1000), 1 << 16)
    with pytest.raises(DEFLATE_ERRORS):
        _unpacked(decompressor(31), bytes(data) + bytes(1000), 1 << 16)


def test_zlib_does_it_where_there_is_no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "isal", None)
    assert deflate._fastest() is zlib


@pytest.mark.parametrize(
    ("block", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\none\n\ntwo\r\rthree", b"one\n\ntwo\r\rthree"),
        (b"HTTP/1.1 200 OK\nA: b\n\none\r\n\r\ntwo\r\rthree", b"one\r\n\r\ntwo\r\rthree"),
        (b"HTTP/1.1 200 OK\rA: b\r\rone\n\ntwo\r\n\r\nthree", b"one\n\ntwo\r\n\r\nthree"),
        (b"HTTP/1.1 200 OK\nA: b\n\n\r\n\r\n", b"\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n", b""),
        (b"HTTP/1.1 200 OK\r\nA: b", b""),
    ],
)
def test_the_first_empty_line_ends_the_headers(block: bytes, body: bytes) -> None:
    assert split_response(block) == ({"a": "b"}, body)
