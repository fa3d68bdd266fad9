"""Fetching from a real server on the loopback address."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from qualityscore.errors import ConfigError
from qualityscore.scorer import Scorer
from qualityscore.sources import address
from qualityscore.sources.fetch import Fetcher, FetchSettings, fetch_items
from qualityscore.sources.item import Item
from tests.pages import CAREFUL, farm_html
from tests.sources.web import Web, quick, serve, to_loopback


def fetch(url: str, **settings: object) -> Item:
    with Fetcher(quick(**settings)) as fetcher:
        return fetcher.page(url)


@pytest.fixture
def loopback_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard on, but for the test's server."""
    real = address.refusal
    monkeypatch.setattr(address, "refusal", lambda ip: "" if ip == "127.0.0.1" else real(ip))


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


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("http://10.0.0.5/", "10.0.0.5, which is private"),
        ("http://169.254.169.254/latest/meta-data/", "metadata"),
        ("http://[::ffff:169.254.169.254]/", "an IPv4 address in IPv6 form"),
        ("http://[::1]/", "loopback"),
        ("http://inner.example/", "192.168.7.7, which is private"),
        ("http://0x7f.1/", "not a valid IPv4 address"),
        ("http://2130706433/", "not a valid IPv4 address"),
    ],
)
@pytest.mark.usefixtures("loopback_is_public")
def test_redirects_to_private_addresses_are_refused(web: Web, to: str, why: str) -> None:
    def resolver(host: str, port: int) -> Sequence[str]:
        return ["192.168.7.7"] if host == "inner.example" else to_loopback(host, port)

    web.redirect("/a", to)
    web.answer("/b", CAREFUL, kind="text/plain")
    start = web.named("public.example")
    settings = quick(allow_private_addresses=False, resolver=resolver)
    bad, good = fetch_items([start + "/a", start + "/b"], settings)
    assert why in bad.error and bad.values == {"failure": "refused"}
    assert good.error == ""


def test_the_guard_is_on_by_default(web: Web) -> None:
    web.answer("/a", CAREFUL, kind="text/plain")
    for settings in (FetchSettings(delay=0.0), FetchSettings(delay=0.0, resolver=to_loopback)):
        with Fetcher(settings) as fetcher:
            for url in (
                web.root,
                web.named("public.example") if settings.resolver is to_loopback else web.root,
            ):
                item = fetcher.page(url + "/a")
                assert "127.0.0.1, which is loopback" in item.error
                assert "--allow-private-addresses" in item.error
    assert web.asked == []


@pytest.mark.usefixtures("loopback_is_public")
def test_a_second_answer_of_the_name_server_is_checked_too(web: Web) -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    asked: list[str] = []

    def resolver(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return answers[min(len(asked), 2) - 1]

    web.answer("/a", CAREFUL, kind="text/plain", Connection="close")
    web.answer("/robots.txt", "", kind="text/plain")
    start = web.named("rebind.example")
    settings = quick(allow_private_addresses=False, resolver=resolver)
    first, second = fetch_items([start + "/a", start + "/a?2"], settings)
    # The name was asked once for each connection, and the connection went to that answer.
    assert first.error == "" and len(asked) == 2
    assert "10.0.0.1, which is private" in second.error
    assert "/a?2" not in web.paths


@pytest.mark.usefixtures("loopback_is_public")
def test_one_private_address_among_several_refuses_all(web: Web) -> None:
    settings = quick(allow_private_addresses=False, resolver=lambda host, port: ["127.0.0.1", "10.0.0.1"])
    with Fetcher(settings) as fetcher:
        assert "10.0.0.1, which is private" in fetcher.page(web.named("two.example") + "/").error
    assert web.asked == []


def test_environment_proxies_are_ignored(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    web.answer("/a", CAREFUL, kind="text/plain")
    assert fetch(web.root + "/a").error == ""


def test_a_large_page_is_cut_off_early(web: Web) -> None:
    sent = [0]

    def endless(request: BaseHTTPRequestHandler, declared: bool) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header(
            "Content-Length" if declared else "Connection", "100000000" if declared else "close"
        )
        request.end_headers()
        request.close_connection = True
        for _ in range(100):
            request.wfile.write(b"x" * 1_000_000)
            sent[0] += 1_000_000

    for declared in (True, False):
        sent[0] = 0
        web.routes["/a"] = lambda request, declared=declared: endless(request, declared)  # type: ignore[misc]
        started = time.monotonic()
        item = fetch(web.root + "/a", max_bytes=2_000_000)
        assert item.error == "the page is larger than the limit of 2.0 MB" and item.values == {
            "failure": "size"
        }
        assert time.monotonic() - started < 5 and sent[0] < 50_000_000


def test_chunked_pages(web: Web) -> None:
    def chunked(request: BaseHTTPRequestHandler, broken: bool) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        for word in (b"<p>", b"one ", b"two"):
            request.wfile.write(b"%x\r\n%s\r\n" % (len(word), word))
        request.wfile.write(b"not a size\r\n" if broken else b"0\r\n\r\n")
        request.close_connection = broken

    web.routes["/a"] = lambda request: chunked(request, False)
    web.routes["/b"] = lambda request: chunked(request, True)
    good, bad = fetch_items([web.root + "/a", web.root + "/b"], quick(retries=0))
    assert good.page is not None and good.page.content == b"<p>one two"
    assert bad.error == "the connection broke off or does not speak HTTP"


@pytest.mark.parametrize("name", ["gzip", "x-gzip", "deflate", "bare"])
def test_compressed_pages(web: Web, name: str) -> None:
    data = CAREFUL.encode() * 50
    packed = {
        "deflate": zlib.compress(data),
        "bare": zlib.compress(data)[2:-4],
    }.get(name, gzip.compress(data[:1000]) + gzip.compress(data[1000:]) + b"\0" * 9)
    web.answer("/a", packed, kind="text/plain", Content_Encoding="deflate" if name == "bare" else name)
    item = fetch(web.root + "/a")
    assert item.page is not None and item.page.content == data


def test_compressed_pages_that_are_traps(web: Web) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000, 9)
    assert len(bomb) < 100_000
    web.answer("/bomb", bomb, Content_Encoding="gzip")
    packed = gzip.compress(CAREFUL.encode())
    web.answer("/broken", packed[:50] + b"!!!!!!!!" + packed[58:], Content_Encoding="gzip")
    web.answer("/short", packed[:-20], Content_Encoding="gzip")
    web.answer("/members", gzip.compress(b"") * 3000, Content_Encoding="gzip")
    web.answer("/twice", bomb, Content_Encoding="gzip, gzip")
    web.answer("/brotli", b"x", Content_Encoding="br")
    names = ["bomb", "broken", "short", "members", "twice", "brotli"]
    errors = [
        item.error for item in fetch_items([f"{web.root}/{n}" for n in names], quick(max_bytes=1_000_000))
    ]
    assert errors == [
        "the page is larger than the limit of 1.0 MB",
        "the compressed data is damaged",
        "the compressed data breaks off",
        "the compressed data is damaged",
        "the page is compressed in a way that was not asked for",
        "the page is compressed in a way that was not asked for",
    ]


@pytest.mark.parametrize("where", ["headers", "body", "silent"])
def test_the_time_of_a_page_is_bounded_however_it_trickles(web: Web, where: str) -> None:
    over = threading.Event()

    def trickle(request: BaseHTTPRequestHandler) -> None:
        if where == "body":
            request.send_response(200)
            request.send_header("Content-Type", "text/html")
            request.send_header("Content-Length", "1000")
            request.end_headers()
        elif where == "headers":
            request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(100):
            if over.wait(0.05):
                break
            if where != "silent":
                request.wfile.write(b"x")
                request.wfile.flush()
        request.close_connection = True

    web.routes["/a"] = trickle
    started = time.monotonic()
    item = fetch(web.root + "/a", max_seconds=0.4)
    over.set()
    assert item.error == "the page did not arrive in time" and item.values == {"failure": "time"}
    assert time.monotonic() - started < 2


def test_a_name_server_that_hangs(web: Web) -> None:
    over = threading.Event()

    def resolver(host: str, port: int) -> Sequence[str]:
        over.wait(5)
        return to_loopback(host, port)

    started = time.monotonic()
    item = fetch(web.named("slow.example"), resolver=resolver, connect_seconds=0.2)
    over.set()
    assert item.error.endswith("the name server did not answer in time")
    assert time.monotonic() - started < 2


def test_hosts_that_are_not_there() -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise OSError("no such name")

    assert fetch("http://nowhere.example/", resolver=unknown).error.endswith("the host's name has no address")
    assert fetch("http://nowhere.example/", resolver=lambda h, p: []).error.endswith("has no address")
    # Port 1 of the loopback address: nobody listens.
    item = fetch("http://127.0.0.1:1/")
    assert item.error.endswith("the host does not accept connections") and item.values == {
        "failure": "network"
    }


def test_a_server_without_tls_or_with_a_stranger_for_a_certificate(web: Web) -> None:
    item = fetch(web.root.replace("http:", "https:") + "/a")
    assert "no safe connection (TLS)" in item.error


def test_one_request_at_a_time_and_a_pause(web: Web) -> None:
    for number in range(4):
        web.answer(f"/{number}", CAREFUL, kind="text/plain")
    urls = [f"{web.root}/{number}" for number in range(4)]
    assert [item.name for item in fetch_items(urls, quick(delay=0.2))] == urls
    times = [at for at, _, path in web.asked if path != "/robots.txt"]
    assert all(later - earlier >= 0.2 for earlier, later in zip(times, times[1:], strict=False))
    assert max(web.most_busy.values()) == 1


def test_answers_that_are_no_page_cost_no_connection(web: Web) -> None:
    web.answer("/a", CAREFUL, kind="text/plain")
    web.answer("/gone", "<p>There is nothing here.</p>" * 100, status=404)
    web.redirect("/moved", "/a")
    urls = [web.root + path for path in ("/a", "/gone", "/moved", "/other", "/a")]
    assert [item.error for item in fetch_items(urls, quick())] == ["", "HTTP 404", "", "HTTP 404", ""]
    assert len(web.clients) == 1


def test_a_long_answer_that_is_no_page_is_not_read(web: Web) -> None:
    sent = [0]

    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(404)
        request.send_header("Content-Length", "100000000")
        request.end_headers()
        request.close_connection = True
        for _ in range(100):
            request.wfile.write(b"x" * 1_000_000)
            sent[0] += 1_000_000

    web.routes["/a"] = endless
    assert fetch(web.root + "/a").error == "HTTP 404"
    assert sent[0] < 50_000_000


def test_hosts_take_turns(web: Web) -> None:
    # Counted here, where the client still waits.
    now, most = [0], [0]

    def slow(request: BaseHTTPRequestHandler) -> None:
        with web.lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.05)
        with web.lock:
            now[0] -= 1
        request.send_response(200)
        request.send_header("Content-Type", "text/plain")
        request.send_header("Content-Length", "4")
        request.end_headers()
        request.wfile.write(b"page")

    web.routes["/p"] = slow
    hosts = [f"host{number}.example" for number in range(6)]
    # Sorted by host, as lists often are: no reason to ask them one after the other.
    urls = [web.named(host) + "/p" for host in hosts for _ in range(3)]
    items = list(fetch_items(urls, quick(max_hosts=3)))
    assert [item.name for item in items] == urls and not any(item.error for item in items)
    assert max(web.most_busy.values()) == 1
    assert 1 < most[0] <= 3


def test_robots_are_obeyed_and_read_once(web: Web) -> None:
    web.answer(
        "/robots.txt",
        "User-agent: testbot\nDisallow: /private\nUser-agent: *\nDisallow: /",
        kind="text/plain",
    )
    web.answer("/a", CAREFUL, kind="text/plain")
    web.answer("/private/x", CAREFUL, kind="text/plain")
    web.redirect("/way", "/private/x")
    urls = [web.root + path for path in ("/a", "/private/x", "/way", "/a")]
    errors = [item.error for item in fetch_items(urls, quick())]
    assert errors == ["", "robots.txt forbids this page", "robots.txt forbids this page", ""]
    assert web.paths == ["/robots.txt", "/a", "/way", "/a"]
    assert "robots.txt forbids" in fetch(web.root + "/a", user_agent="other/2.0").error


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_robots_that_may_not_be_read_forbid_nothing(web: Web, status: int) -> None:
    web.answer("/robots.txt", "User-agent: *\nDisallow: /", status=status, kind="text/plain")
    web.answer("/a", CAREFUL, kind="text/plain")
    assert fetch(web.root + "/a").error == ""


@pytest.mark.parametrize("status", [429, 500, 503])
def test_robots_of_a_failing_server_forbid_everything(web: Web, status: int) -> None:
    web.answer("/robots.txt", status=status)
    web.answer("/a", CAREFUL, kind="text/plain")
    first, second = fetch_items([web.root + "/a", web.root + "/b"], quick())
    assert first.error == second.error == f"robots.txt cannot be read, so nothing is fetched: HTTP {status}"
    assert set(web.paths) == {"/robots.txt"} and len(web.paths) == 3


def test_robots_behind_redirects(web: Web) -> None:
    web.redirect("/robots.txt", web.named("other.example") + "/rules")
    web.answer("/rules", "User-agent: *\nDisallow: /private", kind="text/plain")
    web.answer("/a", CAREFUL, kind="text/plain")
    good, bad = fetch_items([web.root + "/a", web.root + "/private"], quick())
    assert good.error == "" and bad.error == "robots.txt forbids this page"
    web.redirect("/robots.txt", "/robots.txt?1")
    web.redirect("/robots.txt?1", "/robots.txt")
    assert fetch(web.root + "/private").error == "HTTP 404"


def test_a_crawl_delay_counts_if_it_is_longer(web: Web) -> None:
    web.answer("/robots.txt", "User-agent: *\nCrawl-delay: 0.3", kind="text/plain")
    web.answer("/a", CAREFUL, kind="text/plain")
    list(fetch_items([web.root + "/a"] * 2, quick()))
    first, second = [at for at, _, path in web.asked if path == "/a"]
    assert second - first >= 0.3
    web.answer("/robots.txt", "User-agent: *\nCrawl-delay: 7200", kind="text/plain")
    one, two = fetch_items([web.root + "/a"] * 2, quick())
    assert one.error == "" and "asks for a pause of more than 60 s" in two.error


def test_a_robots_file_of_ten_megabytes_is_read_in_part(web: Web) -> None:
    rules = "User-agent: *\nDisallow: /private\n" + "# padding\n" * 1_000_000
    web.answer("/robots.txt", rules, kind="text/plain")
    web.answer("/a", CAREFUL, kind="text/plain")
    started = time.monotonic()
    good, bad = fetch_items([web.root + "/a", web.root + "/private"], quick())
    assert good.error == "" and bad.error == "robots.txt forbids this page"
    assert time.monotonic() - started < 5


def test_every_address_is_accounted_for(web: Web) -> None:
    web.answer("/a", CAREFUL, kind="text/plain")
    given = [
        web.root + "/a",
        "nonsense",
        "ftp://x/y",
        "http://",
        web.root + "/gone",
        "",
        "http://u@h/",
        web.root + "/a",
    ]
    items = list(fetch_items(iter(given), quick()))
    assert [item.name for item in items] == given
    assert [bool(item.error) for item in items] == [False, True, True, True, True, True, True, False]
    assert all("\n" not in item.error for item in items)


def test_closing_early_stops(web: Web) -> None:
    web.answer("/a", CAREFUL, kind="text/plain")
    items = fetch_items((f"{web.root}/a" for _ in range(10_000)), quick(delay=0.1))
    assert next(items).error == ""
    items.close()
    time.sleep(0.3)
    count = len(web.asked)
    time.sleep(0.3)
    assert len(web.asked) == count


def test_a_fetcher_forgets_the_oldest_hosts(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qualityscore.sources.fetch._KEPT_HOSTS", 4)
    web.answer("/a", CAREFUL, kind="text/plain")
    with Fetcher(quick()) as fetcher:
        for number in range(12):
            assert fetcher.page(web.named(f"host{number}.example") + "/a").error == ""
        assert len(fetcher._hosts) == 4
    assert fetcher.page(web.root + "/a").error == "stopped"


@pytest.mark.parametrize(
    "wrong",
    [
        {"user_agent": ""}, {"user_agent": "a\r\nX: y"}, {"user_agent": "böt/1"}, {"user_agent": " bot"},
        {"user_agent": "1234"}, {"delay": -1.0}, {"delay": float("nan")}, {"delay": 3600.0}, {"max_hosts": 0},
        {"max_seconds": 0.0}, {"retry_seconds": -1.0},
    ],
)  # fmt: skip
def test_settings_that_make_no_sense(wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        quick(**wrong)


def test_the_user_agent_names_the_program_and_its_version() -> None:
    from qualityscore import __version__

    assert FetchSettings().user_agent == f"qualityscore/{__version__}"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate of this test")
def test_certificates_are_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=safe.example",
         "-addext", "subjectAltName=DNS:safe.example", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    with serve(context) as web:
        web.answer("/a", CAREFUL, kind="text/plain")
        safe = web.named("safe.example").replace("http:", "https:") + "/a"
        stranger = web.named("other.example").replace("http:", "https:") + "/a"
        assert "no safe connection (TLS): self" in fetch(safe).error
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        item = fetch(safe)
        assert item.error == "" and item.page is not None and item.page.url == safe
        assert "no safe connection (TLS): Hostname mismatch" in fetch(stranger).error
    assert web.paths == ["/robots.txt", "/a"]
