"""Bytes to text: BOM, then UTF-8 if it fits, then what the page declares, then detection."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from qualityscore.document.source import Source
from qualityscore.errors import DecodeError
from qualityscore.native import compiled

_compiled = compiled("folding")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,4}=\s{0,4}[\"']?([A-Za-z0-9_:.-]{2,40})|"
    rb"<\?xml[^>]{0,100}?encoding\s{0,4}=\s{0,4}[\"']([A-Za-z0-9_:.-]{2,40})",
    re.I,
)
_HEADER = re.compile(r"charset\s{0,4}=\s{0,4}[\"']?([A-Za-z0-9_:.-]{2,40})", re.I)
_META_WINDOW = 4096
_DETECT_WINDOW = 65_536
_BINARY_WINDOW = 20_000
# The WHATWG encoding standard reads these labels as a superset; names no codec of Python knows.
_LABELS = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
    "iso-8859-9": "cp1254", "latin5": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "windows-874": "cp874", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "windows-31j": "cp932", "euc-kr": "cp949", "euc_kr": "cp949", "ks_c_5601-1987": "cp949", "uhc": "cp949",
    "windows-949": "cp949", "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-mac-cyrillic": "mac-cyrillic",
    "maccyrillic": "mac-cyrillic", "macintosh": "mac-roman", "x-euc-jp": "euc-jp", "utf8": "utf-8",
    "iso-8859-8-i": "iso-8859-8", "unicode": "utf-8",
}  # fmt: skip
# No other codec of Python is an encoding of pages; some of them are slow or run for ever.
_CODEC = re.compile(
    r"utf-8|cp(?:125[0-8]|437|775|8[5-7]\d|932|949)|iso8859-\d{1,2}|koi8-[rut]|mac-(?:roman|cyrillic)|gb18030|"
    r"big5(?:hkscs)?|euc_jp|iso2022_jp|johab|hz|tis-620|kz1048|ptcp154"
)
_MAGIC = (
    b"%PDF", b"\x89PNG", b"PK\x03\x04", b"\x1f\x8b", b"\xff\xd8\xff", b"GIF8", b"\x7fELF",
    b"RIFF", b"OggS", b"ID3", b"\x00asm", b"MZ\x90\x00",
)  # fmt: skip
_CONTROL = bytes([*range(9), *range(14, 32)])
_SURROGATE = re.compile("[\ud800-\udfff]")
_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_DAMAGED = 0.1


def decode(content: bytes | str, headers: Mapping[str, str]) -> str:
    """Decode a page; ``\\r\\n`` and ``\\r`` become ``\\n``.

    Undecodable bytes of a text page become U+FFFD.

    Raises:
        DecodeError: the content is binary (a PDF, an image, an archive, control bytes).
    """
    return decode_page(content, headers).text


def decode_page(content: bytes | str, headers: Mapping[str, str]) -> Source:
    """As `decode`; of bytes that are UTF-8 no text is made before it is asked for."""
    if isinstance(content, str):
        text = content
        if not text.isascii() and (_compiled is None or _compiled.has_surrogates(text)):
            # JSON can hold halves of a pair, which no output can be written with.
            text = _SURROGATE.sub("\ufffd", text)
    else:
        found = _from_bytes(content, headers)
        if isinstance(found, Source):
            return found
        text = _text_or_raise(found)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Source(text.removeprefix("\ufeff"))


def _from_bytes(data: bytes, headers: Mapping[str, str]) -> Source | str:
    """The page if it is UTF-8, and else its text, with the ends of lines it had."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    if data.startswith(_MAGIC):
        raise DecodeError("binary content, not a page of text")
    wide = _wide(data[:_META_WINDOW])
    if wide:
        return data.decode(wide, "replace")
    labels = _declared(data, headers)
    # Bytes that happen to be UTF-8 are UTF-8, but for encodings that write all text in ASCII.
    if not any(label.startswith(("iso-2022", "hz")) for label in labels):
        # Ends of lines are found several times as fast among bytes.
        source = _utf8_source(unix_lines(data) if b"\r" in data else bytes(data))
        if source is not None:
            return source
        if _nearly_utf8(data):
            return data.decode("utf-8", "replace")
    for label in labels:
        text = _try(data, label)
        if text is not None:
            return text
    from resiliparse.parse.encoding import detect_encoding

    label = detect_encoding(data[:_DETECT_WINDOW], html5_compatible=False) or "utf-8"
    return _try(data, label) or data.decode("utf-8", "replace")


def _utf8_source(data: bytes) -> Source | None:
    """A page in UTF-8, ``None`` if it is not."""
    if _compiled is None:
        try:
            source = Source(_text_or_raise(data.decode("utf-8")))
        except UnicodeDecodeError:
            return None
        source.utf8 = data
        return source
    size, odd = _compiled.measure_utf8(data)
    if size < 0:
        return None
    source = Source.of_utf8(data, size)
    if odd:
        _text_or_raise(source.text)
    return source


def _declared(data: bytes, headers: Mapping[str, str]) -> list[str]:
    labels = []
    match = _HEADER.search(headers.get("content-type", "")[:300])
    if match:
        labels.append(match.group(1).lower())
    meta = _META.search(data[:_META_WINDOW])
    if meta:
        labels.append((meta.group(1) or meta.group(2)).decode("ascii").lower())
    return labels


def _try(data: bytes, label: str) -> str | None:
    label = label.lower()
    try:
        codec = codecs.lookup(_LABELS.get(label, label))
    except LookupError:
        return None
    # UTF-8 was tried; UTF-16 declared in bytes that can be read as ASCII cannot be true.
    if codec.name == "utf-8" or not _CODEC.fullmatch(codec.name):
        return None
    return data.decode(codec.name, "replace")


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32 without a BOM: markup and spaces leave zeros in fixed places."""
    if b"\0" not in data:
        return ""
    quarters = [data[i::4].count(0) for i in range(4)]
    size = len(data) // 4 or 1
    if min(quarters[1:]) > 0.9 * size > 10 * quarters[0]:
        return "utf-32-le"
    if min(quarters[:3]) > 0.9 * size > 10 * quarters[3]:
        return "utf-32-be"
    even, odd = quarters[0] + quarters[2], quarters[1] + quarters[3]
    if odd > 0.2 * size and odd > 10 * even:
        return "utf-16-le"
    if even > 0.2 * size and even > 10 * odd:
        return "utf-16-be"
    return ""


def _nearly_utf8(data: bytes) -> bool:
    """Whether a few damaged bytes are all that keeps the page from being UTF-8."""
    sample = data[:_DETECT_WINDOW]
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(_NON_ASCII.findall(text)) - bad
    return bad < _DAMAGED * good


def _text_or_raise(text: str) -> str:
    size = min(len(text), _BINARY_WINDOW)
    bad = count_binary_in_python(text, size) if _compiled is None else _compiled.count_binary(text, size)
    if bad > 8 and bad > 0.05 * size:
        raise DecodeError("binary content, not a page of text")
    return text


def count_binary_in_python(text: str, most: int) -> int:
    """How many of the first ``most`` characters no text has: controls other than white space, and U+FFFD."""
    data = text[:most].encode("utf-8", "surrogatepass")
    return len(data) - len(data.translate(None, _CONTROL)) + text.count("\ufffd", 0, most)


def unix_lines(data: bytes) -> bytes:
    """Bytes with all ends of lines as ``\\n``."""
    return unix_lines_in_python(data) if _compiled is None else _compiled.unix_lines(data)


def unix_lines_in_python(data: bytes) -> bytes:
    """As `unix_lines`, without compiled parts."""
    return bytes(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
