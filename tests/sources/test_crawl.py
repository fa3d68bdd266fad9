"""A site by its sitemaps or its links, and lists of addresses."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from qualityscore.errors import FetchError, InputError
from qualityscore.sources.crawl import site_items, site_urls, source_urls
from qualityscore.sources.fetch import Fetcher, fetch_items
from qualityscore.sources.lists import read_url_list
from tests.sources.test_sitemap import index, urlset
from tests.sources.web import Web, quick


def html(*links: str, head: str = "") -> str:
    return f"<!doctype html><head>{head}</head><body>" + "".join(f"<p><a {link}>x</a></p>" for link in links)


def to(*paths: str, head: str = "") -> str:
    return html(*(f'href="{path}"' for path in paths), head=head)


def outcomes(web: Web, start: str = "/", **settings: object) -> dict[str, str]:
    items = site_items(web.root + start, quick(**settings), max_pages=100)
    return {item.name.removeprefix(web.root): item.error for item in items}


def test_a_whole_site(web: Web) -> None:
    """Index, redirects, gone pages, a forbidden part, a slow page, a loop, a giant: all accounted for."""
    root = web.root
    paths = [
        "/",
        "/a",
        "/moved",
        "/gone",
        "/private/x",
        "/slow",
        "/loop1",
        "/inner",
        "/giant",
        "/picture",
        "/b",
    ]
    web.answer(
        "/robots.txt", f"User-agent: *\nDisallow: /private\nSitemap: {root}/map.xml", kind="text/plain"
    )
    web.answer("/map.xml", index(root + "/m1.xml", root + "/m2.xml", root + "/lost.xml"), kind="text/xml")
    web.answer("/m1.xml", urlset(*(root + path for path in paths[:6]), "https://elsewhere.example/x"))
    web.answer("/m2.xml", urlset(*(root + path for path in paths[6:])))
    for path in ("/", "/a", "/b", "/here"):
        web.answer(path, to())
    web.redirect("/moved", "/here", 301)
    web.redirect("/loop1", "/loop2")
    web.redirect("/loop2", "/loop1")
    web.redirect("/inner", "http://169.254.169.254.nip.example/")
    web.answer("/picture", b"\x89PNG", kind="image/png")

    def slow(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
        over.wait(3)
        request.close_connection = True

    def giant(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000000\r\n\r\n"
        )
        for _ in range(100):
            request.wfile.write(b"x" * 1_000_000)

    import threading

    over = threading.Event()
    web.routes["/slow"], web.routes["/giant"] = slow, giant
    problems: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        if host != "169.254.169.254.nip.example":
            raise OSError(host)
        return []

    settings = quick(max_seconds=0.5, resolver=resolver)
    items = list(site_items(root + "/", settings, on_problem=problems.append))
    over.set()
    assert [item.name.removeprefix(root) for item in items] == paths
    assert {item.name.removeprefix(root): item.error for item in items if item.error} == {
        "/gone": "HTTP 404",
        "/private/x": "robots.txt forbids this page",
        "/slow": "the page did not arrive in time",
        "/loop1": "the redirects go round in a circle",
        "/inner": "the host's name has no address",
        "/giant": "the page is larger than the limit of 10.0 MB",
        "/picture": "not a page: its type is image/png",
    }
    assert not any(path.startswith("/private") for path in web.paths)
    assert web.paths.count("/robots.txt") == 1
    assert problems == [
        f"{root}/lost.xml: HTTP 404",
        f"{root}/: 1 addresses of other sites or folders were left out",
    ]
    assert list(site_urls(root + "/", quick())) == [root + path for path in paths]
    assert list(site_urls(root + "/", quick(), max_pages=3)) == [root + path for path in paths[:3]]


def test_a_sitemap_at_its_usual_place(web: Web) -> None:
    web.answer("/sitemap.xml", "<!doctype html><p>A page for everything")
    web.answer("/sitemap_index.xml", index(web.root + "/s.xml"))
    web.answer("/s.xml", urlset(web.root + "/a", web.root + "/blog/b"))
    assert list(site_urls(web.root + "/", quick())) == [web.root + "/a", web.root + "/blog/b"]
    assert list(site_urls(web.root + "/blog/", quick())) == [web.root + "/blog/b"]


def test_links_breadth_first(web: Web) -> None:
    web.answer("/robots.txt", "User-agent: *\nDisallow: /private", kind="text/plain")
    web.answer(
        "/",
        to("/a", "b?q=1#x", "b?q=1#y", "/gone", "//elsewhere.example/", "/private/x", "mailto:x@y", "/p.pdf"),
    )
    web.answer("/a", to("/", "c", "javascript:x()", "http://[bad", "/other"))
    web.answer("/b?q=1", to("/d"))
    web.answer("/c", html('href="/e" rel="ugc nofollow"', 'href="/f"'))
    web.answer("/d", to("/g", head="<base href='/deep/'>") + '<a href="h">')
    web.answer("/f", to("/i", head='<meta name="robots" content="index, nofollow">'))
    web.answer("/deep/h", "plain text with /j", kind="text/plain")
    web.redirect("/other", "/a")
    web.redirect("/g", "http://elsewhere.example/")
    assert outcomes(web) == {
        "/": "", "/a": "", "/b?q=1": "", "/gone": "HTTP 404", "/private/x": "robots.txt forbids this page",
        "/c": "", "/d": "", "/f": "", "/g": "redirected to another site", "/deep/h": "",
    }  # fmt: skip
    # Every page was asked for once, what is forbidden or elsewhere never.
    pages = [
        path
        for path in web.paths
        if path not in ("/robots.txt", "/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml")
    ]
    assert sorted(pages) == sorted(
        ["/", "/a", "/b?q=1", "/gone", "/c", "/d", "/f", "/g", "/deep/h", "/other", "/a"]
    )
    assert not any("elsewhere" in host for _, host, _ in web.asked)
    assert list(site_urls(web.root + "/", quick(), max_pages=3)) == [
        web.root + p for p in ("/", "/a", "/b?q=1")
    ]


def test_traps_for_crawlers(web: Web) -> None:
    def calendar(request: BaseHTTPRequestHandler) -> None:
        page = to(
            *(f"/cal?day={number}" for number in range(500)), "x/x/x/x/x", "/" + "y/" * 30, "/z?" + "q" * 3000
        )
        body = page.encode()
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    web.routes["/"] = calendar
    found = outcomes(web)
    assert len(found) == 21 and sum(name.startswith("/cal?") for name in found) == 20


def test_hostile_pages_stop_no_crawl(web: Web) -> None:
    web.answer("/", to("/deep", "/binary", "/attributes"))
    web.answer("/deep", "<div>" * 100_000 + to("/x"))
    web.answer("/binary", b"%PDF-1.7 \0\1\2")
    web.answer("/attributes", "<p " + "a=1 " * 100_000 + ">")
    assert outcomes(web) == {"/": "", "/deep": "", "/binary": "", "/attributes": ""}


def test_a_site_that_moved(web: Web) -> None:
    new = web.named("new.example")

    def home(request: BaseHTTPRequestHandler) -> None:
        moved = request.headers["Host"].startswith("old.")
        body = b"" if moved else to("/a").encode()
        request.send_response(301 if moved else 200)
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Length", str(len(body)))
        if moved:
            request.send_header("Location", new + "/")
        request.end_headers()
        request.wfile.write(body)

    web.routes["/"] = home
    web.answer("/a", to())
    problems: list[str] = []
    items = list(site_items(web.named("old.example") + "/", quick(), on_problem=problems.append))
    assert [item.name for item in items] == [web.named("old.example") + "/", new + "/a"]
    assert problems == [f"{web.named('old.example')}/: leads to new.example, which is read instead"]


def test_sites_that_cannot_be_read(web: Web) -> None:
    with pytest.raises(FetchError, match=r"127\.0\.0\.1:1/: the host does not accept connections"):
        list(site_items("http://127.0.0.1:1/", quick()))
    with pytest.raises(FetchError, match="loopback"):
        list(site_urls(web.root, quick(allow_private_addresses=False)))
    web.answer("/robots.txt", status=503)
    with pytest.raises(FetchError, match=r"robots[.]txt cannot be read"):
        list(site_urls(web.root, quick()))
    web.answer("/robots.txt", "User-agent: *\nDisallow: /", kind="text/plain")
    (item,) = site_items(web.root + "/", quick())
    assert item.error == "robots.txt forbids this page"


def test_one_fetcher_remembers_between_calls(web: Web) -> None:
    web.answer("/sitemap.xml", urlset(web.root + "/a"))
    web.answer("/a", to())
    with Fetcher(quick()) as fetcher:
        urls = site_urls(web.root + "/", fetcher=fetcher)
        assert [item.error for item in fetch_items(urls, fetcher=fetcher)] == [""]
    assert web.paths.count("/robots.txt") == 1


def test_a_list_of_which_half_is_gone(web: Web) -> None:
    web.answer("/here", to())
    urls = [f"{web.root}/{'here' if number % 2 else number}" for number in range(600)]
    web.answer("/sitemap.xml", urlset(*(f"{url}?{number}" for number, url in enumerate(urls))))
    for number in range(1, 600, 2):
        web.routes[f"/here?{number}"] = web.routes["/here"]
    errors = [item.error for item in site_items(web.root + "/", quick())]
    assert errors.count("HTTP 404") == errors.count("") == 300


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "# pages\nhttps://a/1\n\n  https://a/2  \n"),
        ("a.list", "https://a/1\r\nhttps://a/2\r\n"),
        ("a.csv", 'title,URL\n"One, two",https://a/1\nThree,https://a/2\n,\n'),
        ("a.csv", "https://a/1,x\nhttps://a/2,y\n"),
        ("a.csv", "what,where\nx,https://a/1\ny,https://a/2\n"),
        ("a.tsv", "n\tlink\n1\thttps://a/1\n2\thttps://a/2\n"),
        ("a.csv", "\ufeffurl\nhttps://a/1\nhttps://a/2"),
    ],
)
def test_lists_in_files(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert list(read_url_list(path)) == ["https://a/1", "https://a/2"]
    assert list(source_urls(str(path), max_pages=1)) == ["https://a/1"]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.txt", "", "no addresses"),
        ("a.txt", "A page about nothing.\n", "first line is no address"),
        ("a.csv", "title,words\nx,1\n", "no column of addresses"),
        ("a.csv", "url\n", "no addresses"),
        ("a.csv", "url\n" + "x" * 200_000, "not a table"),
        ("none.txt", None, "No such file"),
    ],
)
def test_lists_that_are_none(tmp_path: Path, name: str, text: str | None, says: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        list(read_url_list(tmp_path / name))


def test_any_source(web: Web, tmp_path: Path) -> None:
    web.answer("/my.xml", urlset(web.root + "/a"))
    web.answer("/sitemap.txt", web.root + "/b")
    web.answer("/sitemap.xml", urlset(web.root + "/c"))
    (tmp_path / "s.xml").write_text(urlset(web.root + "/d"), encoding="utf-8")
    for source, path in [
        (web.root + "/my.xml", "/a"), (web.root + "/sitemap.txt", "/b"), (web.root, "/c"), (str(tmp_path / "s.xml"), "/d"),
    ]:  # fmt: skip
        assert list(source_urls(source, quick())) == [web.root + path]
