"""Compiled looks at single characters against those in Python."""

from __future__ import annotations

import re
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.document import fold
from qualityscore.document.characters import letters_in_python
from qualityscore.document.decode import count_binary_in_python, unix_lines_in_python
from qualityscore.document.document import ascii_codes_in_python
from qualityscore.document.fold import odd_characters_in_python, translate_in_python
from tests.native.texts import TEXTS, needs_pages, page_texts, texts

native = pytest.importorskip("qualityscore.native.folding", reason="the compiled parts were not built")

EVERYTHING = "".join(map(chr, range(sys.maxunicode + 1)))


def _check(text: str) -> None:
    assert native.odd_characters(text) == odd_characters_in_python(text)
    codes, expected = native.ascii_codes(text), ascii_codes_in_python(text)
    assert (codes.dtype, codes.tolist()) == (np.uint8, expected.tolist())
    for most in (0, 3, len(text)):
        assert native.count_binary(text, most) == count_binary_in_python(text, most)
    translated = fold._table.translate(text)
    assert translated == translate_in_python(text, odd_characters_in_python(text))
    assert hash(translated) == hash(translate_in_python(text, odd_characters_in_python(text)))
    assert native.has_surrogates(text) == bool(re.search("[\ud800-\udfff]", text))
    low = native.lower(text)
    # Nor may it be held in a wider way, which would make it another key of a dictionary.
    assert low == text.lower() and hash(low) == hash(text.lower())
    kept = native.letters(text)
    assert kept == letters_in_python(text) and hash(kept) == hash(letters_in_python(text))


@pytest.mark.parametrize("text", [*TEXTS, EVERYTHING[::11], EVERYTHING[:256], EVERYTHING[:0x3000]])
def test_written(text: str) -> None:
    _check(text)


def test_every_character_alone() -> None:
    for char in EVERYTHING[:0x20000]:
        assert native.count_binary(char, 1) == count_binary_in_python(char, 1)
        assert native.has_surrogates(char) == ("\ud800" <= char <= "\udfff")


def test_every_character_in_lower_case() -> None:
    wrong = [c for c in EVERYTHING if native.lower(f"{c}A") != f"{c}A".lower()]
    assert not wrong
    assert native.letters(EVERYTHING) == letters_in_python(EVERYTHING)


@settings(max_examples=200, deadline=None)
@given(st.one_of(texts, st.text(), st.text("A\u03a3a \u0130\u00c4\u2014", max_size=8)))
def test_generated(text: str) -> None:
    _check(text)


@needs_pages
def test_pages() -> None:
    for text in page_texts():
        _check(text)


def test_no_text() -> None:
    for look in (native.odd_characters, native.ascii_codes, native.count_binary, native.has_surrogates):
        with pytest.raises(TypeError):
            look(b"bytes")


def test_a_table_replaces_by_ascii_alone() -> None:
    assert native.Table({"\U0001d7ce": "0", "a": "b"}).translate("a\U0001d7ce\U0001f600") == "b0\U0001f600"
    for plain in ({"a": "é"}, {"a": "\0"}, {"\U00020000": "a"}):
        with pytest.raises(ValueError, match="cannot replace"):
            native.Table(plain)


@given(st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b"a", b"\xe9\0"])).map(b"".join))
def test_ends_of_lines(data: bytes) -> None:
    assert native.unix_lines(data) == native.unix_lines(bytearray(data)) == unix_lines_in_python(data)


def measured(data: bytes) -> tuple[int, bool]:
    """What `measure_utf8` has to find, as Python decodes it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return -1, False
    return len(text), count_binary_in_python(text, len(text)) > 0


@pytest.mark.parametrize("before", [0, 1, 61, 62, 63, 64])
def test_utf8_is_what_python_decodes(before: int) -> None:
    edges = (0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBD, 0xBF, 0xC0, 0xFF)
    for first in range(256):
        for second in range(256):
            data = b"a" * before + bytes([first, second])
            assert native.measure_utf8(data) == measured(data)
            if first < 0xE0:
                continue
            for third in edges:
                for end in (b"", b"\x7f", b"\x80", b"\xbf", b"\xc0", b"\x80" + b"a" * 70):
                    longer = data + bytes([third]) + end
                    assert native.measure_utf8(longer) == measured(longer)


@given(
    st.lists(st.sampled_from([*"aé漢\U0001f600\ufffd\0\x08\t\r\x0e\x1f\x7f\x85", "a" * 8, "b" * 64])),
    st.integers(0, 400),
    st.integers(0, 255),
)
def test_utf8_of_pieces_whole_cut_and_damaged(pieces: list[str], place: int, byte: int) -> None:
    data = "".join(pieces).encode()
    for found in (data, data[:place], data[place:], data[:place] + bytes([byte]) + data[place + 1 :]):
        assert native.measure_utf8(found) == measured(found)


def test_every_character_is_utf8_but_halves_of_pairs() -> None:
    for start in range(0, sys.maxunicode + 1, 0x800):
        data = EVERYTHING[start : start + 0x800].encode("utf-8", "surrogatepass")
        assert native.measure_utf8(data) == measured(data)
