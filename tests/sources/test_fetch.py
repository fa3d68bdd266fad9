"""Fetching from a real server on the loopback address: pages, types, statuses, redirects."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler

import pytest

from qualityscore.scorer import Scorer
from qualityscore.sources.fetch import fetch_items
from tests.pages import CAREFUL, farm_html
from tests.sources.web import Web, fetch, quick


def test_a_page_comes_with_what_the_server_said(web: Web) -> None:
    web.answer(
        "/a", farm_html(), kind="text/html; charset=utf-8", Last_Modified="Tue, 03 Mar 2026 10:00:00 GMT"
    )
    item = fetch(web.root + "/a#part")
    assert item.error == "" and item.page is not None
    assert (item.name, item.values) == (web.root + "/a#part", {"status": 200})
    assert (item.page.source, item.page.url, item.page.kind) == (
        web.root + "/a#part",
        web.root + "/a",
        "html",
    )
    assert item.page.content == farm_html().encode()
    assert item.page.headers["last-modified"].endswith("GMT")
    assert web.paths == ["/robots.txt", "/a"]
    assert set(web.agents) == {"testbot/1.0 (+https://example.org/bot)"}
    assert "Cookie" not in web.headers[-1] and web.headers[-1]["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("kind", "path", "expected"),
    [
        ("text/html", "/a", "html"),
        ("application/xhtml+xml; charset=utf-8", "/a", "html"),
        ("Text/Plain", "/a", "text"),
        ("text/plain", "/a.md", "markdown"),
        ("text/markdown", "/a", "markdown"),
        ("", "/a", "auto"),
    ],
)
def test_the_type_gives_the_kind(web: Web, kind: str, path: str, expected: str) -> None:
    web.answer(path, CAREFUL, kind=kind)
    item = fetch(web.root + path)
    assert item.page is not None and item.page.kind == expected


@pytest.mark.parametrize(
    "kind", ["application/pdf", "image/png", "application/xml", "application/octet-stream"]
)
def test_other_types_are_not_read(web: Web, kind: str) -> None:
    web.answer("/a", b"x", kind=kind)
    item = fetch(web.root + "/a")
    assert item.page is None and item.error == f"not a page: its type is {kind}"
    assert item.values == {"failure": "type"}


@pytest.mark.parametrize(
    "kind",
    ["text/html; charset=utf-16", "text/html; charset=nonsense", "text/html; charset=", "text/html;;;"],
)
def test_a_wrong_charset_header_does_not_spoil_the_page(web: Web, scorer: Scorer, kind: str) -> None:
    web.answer("/a", farm_html().encode(), kind=kind)
    web.answer("/b", farm_html().encode(), kind="text/html; charset=utf-8")
    pages = [item.page for item in fetch_items([web.root + "/a", web.root + "/b"], quick())]
    assert pages[0] is not None and pages[1] is not None
    wrong, right = scorer.score(pages[0]), scorer.score(pages[1])
    assert right.score is not None and wrong.score == right.score


@pytest.mark.parametrize("status", [204, 304, 400, 401, 403, 404, 410, 451])
def test_a_status_that_is_no_page_is_asked_once(web: Web, status: int) -> None:
    web.answer("/a", b"", status=status)
    item = fetch(web.root + "/a")
    if status == 204:
        assert item.page is not None and item.page.content == b""
    else:
        assert item.error == f"HTTP {status}" and item.values == {"failure": "status", "status": status}
    assert web.paths.count("/a") == 1


def test_busy_servers_are_asked_again(web: Web) -> None:
    web.answer("/busy", status=503)
    web.answer("/late", status=429, Retry_After="0")
    web.answer("/fine", CAREFUL, kind="text/plain")
    web.then("/a", web.made("/busy"), web.made("/late"), web.made("/fine"))
    assert fetch(web.root + "/a").error == ""
    assert web.paths.count("/a") == 3


def test_retries_are_bounded(web: Web) -> None:
    web.answer("/a", status=503)
    assert fetch(web.root + "/a").error == "HTTP 503"
    assert web.paths.count("/a") == 3
    web.answer("/b", status=429, Retry_After="86400")
    assert "asks to wait longer than 60 s" in fetch(web.root + "/b").error
    web.answer("/c", status=503, Retry_After="Fri, 31 Dec 2100 23:59:59 GMT")
    assert "asks to wait longer" in fetch(web.root + "/c").error
    web.answer("/d", status=503, Retry_After="soon, I hope")
    assert fetch(web.root + "/d").error == "HTTP 503"
    assert web.paths.count("/b") == web.paths.count("/c") == 1
    # The host meant all its pages.
    first, second = fetch_items([web.root + "/b", web.root + "/d"], quick())
    assert first.values == {"failure": "status", "status": 429}
    assert second.error == "the host asks for a pause of more than 60 s" and second.values == {
        "failure": "wait"
    }


def test_retry_after_is_waited_for(web: Web) -> None:
    web.answer("/busy", status=503, Retry_After="1")
    web.answer("/fine", CAREFUL, kind="text/plain")
    web.then("/a", web.made("/busy"), web.made("/fine"))
    assert fetch(web.root + "/a").error == ""
    first, second = [at for at, _, path in web.asked if path == "/a"]
    assert second - first >= 1.0


def test_a_broken_connection_is_tried_again(web: Web) -> None:
    def broken(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\nhalf")
        request.close_connection = True

    web.answer("/fine", CAREFUL, kind="text/plain")
    web.then("/a", broken, web.made("/fine"))
    assert fetch(web.root + "/a").error == ""
    web.routes["/b"] = broken
    item = fetch(web.root + "/b")
    assert item.error == "the connection broke off or does not speak HTTP" and item.values == {
        "failure": "network"
    }
    assert web.paths.count("/b") == 3


def test_redirects(web: Web) -> None:
    web.redirect("/a", "b?x=1", 301)
    web.redirect("/b?x=1", f"//other.example:{web.port}/c#part", 308)
    web.answer("/c", CAREFUL, kind="text/plain")
    item = fetch(web.root + "/a")
    assert item.page is not None
    assert item.page.url == web.named("other.example") + "/c"
    # The host it leads to is asked for its rules too.
    assert (f"other.example:{web.port}", "/robots.txt") in [(host, path) for _, host, path in web.asked]


def test_redirects_end(web: Web) -> None:
    web.redirect("/a", "/b")
    web.redirect("/b", "/a")
    assert fetch(web.root + "/a").error == "the redirects go round in a circle"
    assert web.paths == ["/robots.txt", "/a", "/b"]
    for number in range(20):
        web.redirect(f"/long{number}", f"/long{number + 1}")
    item = fetch(web.root + "/long0")
    assert item.error == "more than 5 redirects" and item.values == {"failure": "redirects"}
    assert web.paths.count("/long5") == 1 and "/long6" not in web.paths
    web.answer("/nowhere", status=302)
    assert fetch(web.root + "/nowhere").error == "HTTP 302"


@pytest.mark.parametrize(
    "to",
    [
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://u:p@127.0.0.1/",
        "http://[::1",
    ],
)
def test_redirects_lead_to_web_addresses_only(web: Web, to: str) -> None:
    web.redirect("/a", to)
    item = fetch(web.root + "/a")
    assert item.error.startswith("redirected to an address that is not fetched") and item.page is None
