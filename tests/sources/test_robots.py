"""robots.txt by RFC 9309, and files that are meant to hurt."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.sources.robots import MAX_SITEMAPS, OPEN, _relevant, parse_robots, product_token
from tests.sources.hostile import fixtures

AGENT = "testbot/1.0 (+https://example.org/bot)"
HOST = "https://example.com"


def allowed(robots: str | bytes, path: str, agent: str = AGENT) -> bool:
    data = robots.encode() if isinstance(robots, str) else robots
    return parse_robots(data, agent).allows(HOST + path)


@pytest.mark.parametrize(
    ("robots", "path", "expected"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("user-agent: TESTBOT\ndisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b", True),
        ("user-agent: TESTBOT\ndisallow: /a\n\nUser-agent: *\nDisallow: /b", "/a", False),
        ("User-agent: other\nUser-agent: testbot\nDisallow: /a", "/a", False),
        ("User-agent: other\nDisallow: /\nUser-agent: testbot\nDisallow: /a", "/b", True),
        (
            "User-agent: testbot\nDisallow: /a\nUser-agent: x\nDisallow: /c\nUser-agent: testbot\nDisallow: /b",
            "/b",
            False,
        ),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.php$", "/x/y.php", False),
        ("User-agent: *\nDisallow: /*.php$", "/x/y.php?z", True),
        ("User-agent: *\nDisallow: /ü", "/%C3%BC", False),
        ("User-agent: *\nDisallow: /a?b=", "/a?b=1", False),
        ("User-agent: *\rDisallow: /a", "/a", False),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: notestbot\nDisallow: /", "/a", True),
        ("Disallow: /\n", "/a", True),
        ("User-agent: other # testbot\nDisallow: /", "/a", True),
        ("<!doctype html><title>Not found</title>", "/a", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
    ],
)
def test_rules(robots: str, path: str, expected: bool) -> None:
    assert allowed(robots, path) is expected


def test_utf_16() -> None:
    assert not allowed("User-agent: *\nDisallow: /a".encode("utf-16"), "/a")


@pytest.mark.parametrize(
    ("robots", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: *\nRequest-rate: 1/10", 10.0),
        ("User-agent: *\nCrawl-delay: nan", 0.0),
        ("User-agent: *\nCrawl-delay: -3", 0.0),
        ("User-agent: other\nCrawl-delay: 9\nUser-agent: *\nDisallow: /x", 0.0),
        ("User-agent: testbot\nCrawl-delay: 1\nUser-agent: *\nCrawl-delay: 9", 1.0),
    ],
)
def test_delays(robots: str, delay: float) -> None:
    assert parse_robots(robots.encode(), AGENT).delay == delay


def test_sitemaps_are_for_everyone() -> None:
    robots = "Sitemap: https://a/1\nUser-agent: other\nDisallow: /\nsitemap:/2.xml\nSitemap: https://a/1\n"
    assert parse_robots(robots.encode(), AGENT).sitemaps == ("https://a/1", "/2.xml")
    many = "\n".join(f"Sitemap: https://a/{number}" for number in range(2 * MAX_SITEMAPS))
    assert len(parse_robots(many.encode(), AGENT).sitemaps) == MAX_SITEMAPS


def test_no_rules() -> None:
    assert OPEN.allows(HOST) and not OPEN.sitemaps


def test_the_name_of_a_program() -> None:
    assert product_token("MyBot/1.0 (x)") == "mybot"
    assert product_token("my_bot-x") == "my_bot-x"
    assert product_token("(x)") == ""


@pytest.mark.parametrize(
    "robots",
    [
        "".join(f"User-agent: a{n}\n" for n in range(30_000)) + "Disallow: /x\n" * 40_000,
        "User-agent: *\n" + "Disallow: /x$\n" * 70_000,
        "User-agent: *\nDisallow: /" + "*a" * 400_000,
        "User-agent: *\n" + "Disallow: /*a*a*a*a*a*a*a*a*a*a*b$\n" * 25_000,
        "User-agent: *\nDisallow: /a\n" * 33_000,
        "User-agent: testbot\nUser-agent: *\n" * 25_000 + "Disallow: /a\n" * 10_000,
        "\0" * 1_000_000,
        "a" * 1_000_000,
        ":" * 1_000_000,
        "User-agent:" * 90_000,
    ],
)
def test_a_megabyte_that_is_meant_to_hurt(robots: str) -> None:
    started = time.monotonic()
    rules = parse_robots(robots.encode()[:1_000_000], AGENT)
    rules.allows(HOST + "/" + "a" * 2000)
    assert time.monotonic() - started < 8


LINES = st.sampled_from(
    ["User-agent: *", "User-agent: testbot", "user agent testbot", "User-agent: other", "User-agent:", "Disallow: /a",
     "Disallow: /", "Disallow:", "Allow: /a/b", "Crawl-delay: 3", "Sitemap: https://x/", "Host: x", "# note", "",
     "nonsense", "nonsense: x", "dissalow: /a", "User-agent: test*"]
)  # fmt: skip


@given(st.lists(LINES, max_size=14))
@settings(max_examples=300)
def test_leaving_out_the_rules_of_others_changes_nothing(lines: list[str]) -> None:
    from protego import Protego

    whole, part = Protego.parse("\n".join(lines)), Protego.parse(_relevant("\n".join(lines), "testbot"))
    assert list(whole.sitemaps) == list(part.sitemaps)
    assert whole.crawl_delay("testbot") == part.crawl_delay("testbot")
    for path in ("/", "/a", "/a/b", "/c"):
        assert whole.can_fetch(HOST + path, "testbot") == part.can_fetch(HOST + path, "testbot")


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    parse_robots(data, AGENT).allows(HOST + "/a")


def test_the_corpus_of_robots_files(record_property: pytest.RecordProperty) -> None:
    from protego import Protego

    read = closed = delayed = named = 0
    started = time.monotonic()
    for name, data in fixtures():
        if not ("/test_data/" in name or "robots" in name.rpartition("/")[2] or "/resources/robots/" in name):
            continue
        rules = parse_robots(data, AGENT)
        read += 1
        closed += not rules.allows(HOST + "/")
        delayed += rules.delay > 0
        named += bool(rules.sitemaps)
        if len(data) < 100_000:
            whole = Protego.parse(data.decode("utf-8-sig", "replace"))
            if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
                for path in ("/", "/wp-admin/x", "/search?q=1", "/a/b.html"):
                    assert rules.allows(HOST + path) == whole.can_fetch(HOST + path, "testbot"), name
    seconds = time.monotonic() - started
    counts = {"read": read, "forbid /": closed, "with a delay": delayed, "with sitemaps": named}
    record_property("robots", counts)
    print(counts, f"{seconds:.1f} s")
    assert read > 4000
