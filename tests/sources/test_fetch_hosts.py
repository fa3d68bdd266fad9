"""Politeness: one request at a time, pauses, robots.txt, and every address accounted for."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler

import pytest

from qualityscore.errors import ConfigError
from qualityscore.sources.fetch import Fetcher, FetchSettings, fetch_items
from tests.pages import CAREFUL
from tests.sources.web import Web, fetch, quick


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
    monkeypatch.setattr("qualityscore.sources.hosts._KEPT_HOSTS", 4)
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
