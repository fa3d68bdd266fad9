"""Sitemaps of every form, good and bad, from files and from a server."""

from __future__ import annotations

import gzip
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.errors import InputError
from qualityscore.sources import sitemap, sitemap_reader
from qualityscore.sources.sitemap import sitemap_urls
from qualityscore.sources.sitemap_reader import Entry, parse_sitemap
from tests.sources.hostile import fixtures
from tests.sources.web import Web, quick

NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*urls: str) -> str:
    return (
        f'<?xml version="1.0"?><urlset {NS}>'
        + "".join(f"<url><loc>{u}</loc></url>" for u in urls)
        + "</urlset>"
    )


def index(*urls: str) -> str:
    return (
        f"<sitemapindex {NS}>"
        + "".join(f"<sitemap><loc>{u}</loc></sitemap>" for u in urls)
        + "</sitemapindex>"
    )


def parse(data: str | bytes, step: int = 7) -> tuple[list[Entry], list[str]]:
    """Entries and problems, with the data in pieces of a few bytes."""
    raw = data.encode() if isinstance(data, str) else data
    problems: list[str] = []
    pieces = (raw[at : at + step] for at in range(0, len(raw), step))
    return list(parse_sitemap(pieces, problems.append)), problems


def pages(data: str | bytes, step: int = 7) -> list[str]:
    entries, problems = parse(data, step)
    assert problems == [] and not any(entry.sitemap for entry in entries)
    return [entry.address for entry in entries]


A, B = "https://example.com/a", "https://example.com/b?x=1&y=2"


@pytest.mark.parametrize("step", [1, 7, 100_000])
@pytest.mark.parametrize(
    "data",
    [
        urlset(A, B.replace("&", "&amp;")),
        urlset(f"\n  {A}\n", f"<![CDATA[{B}]]>"),
        "\ufeff\n\n  " + urlset(A, B.replace("&", "&#38;")),
        urlset(A, B.replace("&", "&amp;")).encode("utf-16"),
        gzip.compress(urlset(A, B.replace("&", "&amp;")).encode(), mtime=0),
        f'<sm:urlset xmlns:sm="x"><sm:url><sm:loc>{A}</sm:loc></sm:url><sm:url><sm:loc>{B.replace("&", "&amp;")}</sm:loc>'
        "</sm:url></sm:urlset>",
        f"<urlset><url><loc>{A}</loc><image:image xmlns:image='i'><image:loc>https://x/i.png</image:loc></image:image>"
        f"</url><url><loc>{B.replace('&', '&amp;')}</loc></url></urlset>",
        f"{A}\n{B}\n",
        f"\ufeff{A}\r\n\r\n  {B}",
        f"<rss><channel><link>https://example.com/</link><item><link>{A}</link></item><item><link>{B.replace('&', '&amp;')}"
        "</link></item></channel></rss>",
        f"<feed xmlns='http://www.w3.org/2005/Atom'><link href='https://x/'/><entry><link href='{A}'/><link rel='edit' "
        f"href='https://x/e'/></entry><entry><link href='{B.replace('&', '&amp;')}'/></entry></feed>",
    ],
)  # fmt: skip
def test_forms(data: str | bytes, step: int) -> None:
    assert pages(data, step) == [A, B]


def test_an_index_names_sitemaps() -> None:
    assert parse(index(A, A + "2")) == ([Entry(A, True), Entry(A + "2", True)], [])


@pytest.mark.parametrize("step", [1, 50, 100_000])
def test_damaged_xml_is_read_loosely(step: int) -> None:
    many = [f"https://example.com/{number}" for number in range(50)]
    good = urlset(*many, B.replace("&", "&amp;"))
    damaged = {
        "an ampersand": (
            good.replace("/25<", "/25?a=1&b=2<"),
            [*many[:25], many[25] + "?a=1&b=2", *many[26:], B],
        ),
        "a stray tag": (good.replace("/25</loc>", "/25</loc><br>"), [*many, B]),
        "cut off": (good[: good.index("/25<") + 3], many[:25]),
        "an entity": (good.replace("/25<", "/25?&nbsp;<"), [*many[:25], many[25] + "?", *many[26:], B]),
        "bytes that are no UTF-8": (
            good.encode().replace(b"/25<", b"/25\xff<"),
            [*many[:25], many[25] + "\ufffd", *many[26:], B],
        ),
    }
    for name, (data, expected) in damaged.items():
        entries, problems = parse(data, step)
        # What stood in the entry that is read again may come twice; `sitemap_urls` gives each once.
        assert list(dict.fromkeys(entry.address for entry in entries)) == expected, name
        assert len(problems) == 1 and problems[0].startswith("read loosely from line"), name
    entries, problems = parse(index(A, A + "&x", B), step)
    assert all(entry.sitemap for entry in entries) and len({e.address for e in entries}) == 3 and problems


def test_entities_are_refused() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    started = time.monotonic()
    entries, problems = parse(f"<!DOCTYPE x [{laughs}]>" + urlset("https://example.com/&l11;", A), 100_000)
    assert time.monotonic() - started < 1
    assert "declares entities" in problems[0]
    assert all(len(entry.address) < 100 for entry in entries) and Entry(A) in entries
    entries, _ = parse('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + urlset("&f;"), 100_000)
    assert not any("root" in entry.address for entry in entries)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            "<!DOCTYPE html><html><body><a href='https://example.com/'>x</a>",
            "this is an HTML page, not a sitemap",
        ),
        ("\n<HTML lang=en>", "this is an HTML page"),
        ("", "the sitemap is empty"),
        ("  \n", "the sitemap is empty"),
        ("Not found", "neither an XML"),
        ('{"a": 1}', "neither an XML"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "neither an XML"),
        (b"\x1f\x8b" + b"\xff" * 100, "compressed data is damaged"),
        (gzip.compress(urlset(A).encode(), mtime=0)[:-12], "breaks off"),
        (gzip.compress(gzip.compress(urlset(A).encode(), mtime=0), mtime=0), "compressed more than once"),
    ],
)
def test_what_is_no_sitemap(data: str | bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        parse(data)


def test_depth_and_length_are_bounded() -> None:
    entries, problems = parse("<a>" * 100_000 + urlset(A)[21:], 65_536)
    assert problems and len(entries) <= 1
    entries, _ = parse(urlset("https://example.com/" + "a" * 1_000_000, A), 65_536)
    assert entries[-1] == Entry(A) and all(len(entry.address) < 70_000 for entry in entries)
    started = time.monotonic()
    parse("<urlset><url>" + "<loc>" * 200_000, 65_536)
    parse("<urlset>&" + "<loc> " * 200_000, 65_536)
    parse("<urlset>&" + "<loc>" + " " * 1_000_000, 65_536)
    assert time.monotonic() - started < 5


def test_a_sitemap_of_50_000_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    def pieces() -> Iterator[bytes]:
        yield f"<urlset {NS}>".encode()
        for number in range(50_000):
            yield b"<url><loc>https://example.com/page/%d</loc><lastmod>2026-01-01</lastmod></url>" % number
        yield b"</urlset>"

    tracemalloc.start()
    count = sum(1 for _ in parse_sitemap(pieces()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 50_000 and peak < 5_000_000
    monkeypatch.setattr(sitemap_reader, "MAX_SITEMAP_BYTES", 100_000)
    problems: list[str] = []
    cut = list(parse_sitemap(pieces(), problems.append))
    assert 1000 < len(cut) < 1500
    assert any("the rest was left out" in problem for problem in problems)


def test_from_a_server(web: Web) -> None:
    root = web.root
    web.answer(
        "/index.xml",
        index(root + "/1.xml", root + "/2.xml.gz", root + "/gone.xml", root + "/page.html", root + "/1.xml"),
    )
    web.answer(
        "/1.xml", urlset(root + "/a", root + "/b", root + "/a", "mailto:x", "/relative"), kind="text/html"
    )
    web.answer("/2.xml.gz", gzip.compress(urlset(root + "/c").encode()), kind="application/gzip")
    web.answer("/page.html", "<!doctype html><p>Nothing here")
    problems: list[str] = []
    urls = list(sitemap_urls(root + "/index.xml", quick(), on_problem=problems.append))
    assert urls == [root + "/a", root + "/b", root + "/relative", root + "/c"]
    assert problems == [
        f"{root}/gone.xml: HTTP 404",
        f"{root}/page.html: this is an HTML page, not a sitemap",
        f"{root}/index.xml: 1 entries are not valid addresses",
    ]
    assert web.paths.count("/1.xml") == 1


def test_from_a_file(web: Web, tmp_path: Path) -> None:
    web.answer("/1.xml", urlset(web.root + "/a"))
    path = tmp_path / "sitemap.xml.gz"
    path.write_bytes(
        gzip.compress(index(web.root + "/1.xml", str(tmp_path / "secret.xml"), "file:///etc/passwd").encode())
    )
    (tmp_path / "secret.xml").write_text(urlset("https://example.com/secret"), encoding="utf-8")
    problems: list[str] = []
    assert list(sitemap_urls(str(path), quick(), on_problem=problems.append)) == [web.root + "/a"]
    # What a sitemap names is an address, never a file of this machine.
    assert problems == [f"{path}: 2 entries are not valid addresses"]


@pytest.mark.parametrize(
    ("body", "says"),
    [("<!doctype html><html>", "this is an HTML page"), (urlset(), "names no pages"), ("", "is empty")],
)
def test_a_sitemap_without_pages_says_so(web: Web, body: str, says: str) -> None:
    web.answer("/s.xml", body)
    with pytest.raises(InputError, match=f"/s.xml: .*{says}"):
        list(sitemap_urls(web.root + "/s.xml", quick()))
    with pytest.raises(InputError, match=r"nowhere[.]xml: cannot be read: No such file"):
        list(sitemap_urls("nowhere.xml"))
    with pytest.raises(InputError, match="HTTP 404"):
        list(sitemap_urls(web.root + "/gone.xml", quick()))


def test_indexes_that_never_end(web: Web) -> None:
    root = web.root
    web.answer("/loop.xml", index(root + "/loop.xml", root + "/0.xml"))
    for number in range(20):
        web.answer(f"/{number}.xml", index(f"{root}/{number + 1}.xml", root + "/loop.xml"))
    problems: list[str] = []
    with pytest.raises(InputError, match="names no pages"):
        list(sitemap_urls(root + "/loop.xml", quick(), on_problem=problems.append))
    assert len(web.asked) < 10 and "were left out" in problems[-1]


@pytest.mark.parametrize(("name", "limit"), [("MAX_SITEMAPS", 5), ("MAX_URLS", 5)])
def test_there_is_an_end_to_everything(
    web: Web, monkeypatch: pytest.MonkeyPatch, name: str, limit: int
) -> None:
    monkeypatch.setattr(sitemap, name, limit)
    web.answer("/i.xml", index(*(f"{web.root}/{number}.xml" for number in range(9))))
    for number in range(9):
        web.answer(f"/{number}.xml", urlset(*(f"{web.root}/{number}/{page}" for page in range(2))))
    problems: list[str] = []
    urls = list(sitemap_urls(web.root + "/i.xml", quick(), on_problem=problems.append))
    assert len(urls) in (5, 8) and "left out" in problems[-1]


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: ("<urlset>" + text).encode()))
@settings(max_examples=300)
def test_any_bytes_are_a_sitemap_or_an_error(data: bytes) -> None:
    for start in (b"", b"<urlset><url><loc>https://x/"):
        try:
            list(parse_sitemap([start + data]))
        except InputError as error:
            assert "\n" not in str(error)


def test_the_corpus_of_sitemaps() -> None:
    counts = {"read": 0, "entries": 0, "loosely": 0, "refused": 0}
    started = time.monotonic()
    for name, data in fixtures():
        if "test_data" in name or not (
            "sitemaps/" in name or "rss/" in name or "formats_examples/" in name or ".xml" in name
        ):
            continue
        problems: list[str] = []
        try:
            counts["entries"] += len(list(parse_sitemap([data], problems.append)))
            counts["read"] += 1
            counts["loosely"] += bool(problems)
        except InputError as error:
            counts["refused"] += 1
            print(name, error)
    print(counts)
    assert counts["read"] > 20 and time.monotonic() - started < 30
