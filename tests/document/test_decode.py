"""Bytes to text."""

from __future__ import annotations

import codecs

import pytest

from qualityscore.document import Page, build_document
from qualityscore.document.decode import decode, decode_page
from qualityscore.document.source import Source
from qualityscore.errors import DecodeError

CAFE = "Ein Café in Zürich, naïve Gäste – „schön“."
RUSSIAN = "Мельница стоит на берегу реки и работает каждый день с утра до вечера. " * 4


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides(bom: bytes, encoding: str) -> None:
    assert decode(bom + CAFE.encode(encoding), {}) == CAFE


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_told_without_a_mark(encoding: str) -> None:
    text = "<p>The mill at Harlow opens at nine.</p>\n" * 20
    assert decode(text.encode(encoding), {}) == text


def test_utf8_wins_over_a_wrong_declaration() -> None:
    headers = {"content-type": "text/html; charset=ISO-8859-1"}
    assert decode(CAFE.encode(), headers) == CAFE


def test_header_then_meta_then_xml_declaration() -> None:
    data = "Größe".encode("cp1252")
    assert decode(data, {"content-type": "text/html; charset=iso-8859-1"}) == "Größe"
    assert decode(b'<meta charset="windows-1252">' + data, {})[-5:] == "Größe"
    assert decode(b'<?xml version="1.0" encoding="ISO-8859-1"?>' + data, {})[-5:] == "Größe"
    russian = b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">' + RUSSIAN.encode(
        "koi8-r"
    )
    assert decode(russian, {}).endswith(RUSSIAN)


def test_browsers_read_some_labels_as_a_superset() -> None:
    assert (
        decode("“Gästehaus”".encode("cp1252"), {"content-type": "text/html; charset=us-ascii"})
        == "“Gästehaus”"
    )
    assert (
        decode("한국어 문장".encode("cp949"), {"content-type": "text/html; charset=euc-kr"}) == "한국어 문장"
    )


def test_seven_bit_encodings_follow_their_label() -> None:
    data = "日本語".encode("iso2022_jp")
    assert decode(data, {"content-type": "text/html; charset=iso-2022-jp"}) == "日本語"


@pytest.mark.parametrize(
    "label", ["base64", "rot13", "unicode_escape", "idna", "utf-7", "utf-16", "utf-8", "nonsense"]
)
def test_labels_that_cannot_be_true_are_passed_over(label: str) -> None:
    data = f'<meta charset="{label}"><p>Caf'.encode() + "é in Zürich und Köln, schöne Grüße".encode("cp1252")
    assert decode(data, {}).endswith("Café in Zürich und Köln, schöne Grüße")


def test_detection_without_any_label() -> None:
    assert decode(RUSSIAN.encode("cp1251"), {}) == RUSSIAN


def test_a_few_damaged_bytes_leave_utf8() -> None:
    data = RUSSIAN.encode() + b"\xff" + "конец".encode()
    assert decode(data, {}) == RUSSIAN + "\ufffdконец"


def test_newlines_and_marks_are_normalised() -> None:
    assert decode("a\r\nb\rc\n", {}) == "a\nb\nc\n"
    assert decode("\ufeffa", {}) == "a"


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert decode("né \ud800 x", {}) == "né \ufffd x"
    assert (
        build_document(Page("<p>A mill \ud800 in the wood.</p>", "html")).text == "A mill \ufffd in the wood."
    )


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 x", b"\x89PNG\r\n", b"PK\x03\x04zip", b"\x1f\x8b\x08x", b"\x01\x02\x03\x04" * 20]
)
def test_binary_content_is_refused(data: bytes) -> None:
    with pytest.raises(DecodeError):
        decode(data, {})


def test_empty_content_is_empty_text() -> None:
    assert decode(b"", {}) == "" == decode("", {})


@pytest.mark.parametrize(
    ("content", "utf8"),
    [
        (CAFE.encode(), CAFE.encode()),
        (bytearray(CAFE.encode()), CAFE.encode()),
        (CAFE, None),
        (b"a\r\n\xc3\xa9\rb", b"a\n\xc3\xa9\nb"),
        (b"\xef\xbb\xbfa", None),
        (b"\xfc\xe9 b", None),
    ],
)
def test_bytes_are_handed_on_only_if_they_are_the_text(content: bytes | str, utf8: bytes | None) -> None:
    source = decode_page(content, {})
    assert vars(source).get("utf8") == utf8
    assert source.text == source.utf8.decode() == decode(content, {})
    assert source.size == len(source.text)
    assert build_document(Page.from_html(content)).text == build_document(Page.from_html(source.text)).text


def test_the_parser_gets_no_halves_of_pairs() -> None:
    assert Source("a\ud800é").utf8 == "aé".encode()


@pytest.mark.parametrize("bad", ["\0", "\x1f", "\ufffd"])
def test_what_no_text_has_counts_only_near_the_beginning(bad: str) -> None:
    text = "é" * 20_000
    assert decode((text + bad * 3_000).encode(), {}) == text + bad * 3_000
    with pytest.raises(DecodeError):
        decode((bad * 2_000 + text).encode(), {})


def test_what_the_page_declares_does_not_matter_to_the_parser() -> None:
    page = f'<meta charset="windows-1251"><main><p>{CAFE}</p></main>'
    assert build_document(Page.from_html(page.encode())).text == CAFE
