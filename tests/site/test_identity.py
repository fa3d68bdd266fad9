"""Hosts, sections and samples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qualityscore.site.identity import address_host, input_name, path_below, path_parts, root_of
from qualityscore.site.sample import address_pattern, choose
from tests.site.records import analysed, record


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Example.org/a", "example.org"),
        ("http://example.org:8080/", "example.org:8080"),
        ("https://example.org:443/", "example.org"),
        ("ftp://example.org/", ""),
        ("javascript:alert(1)", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_hosts(url: str, host: str) -> None:
    assert address_host(url) == host


def test_paths_below_an_input(tmp_path: Path) -> None:
    (tmp_path / "site" / "a").mkdir(parents=True)
    page = tmp_path / "site" / "a" / "x.html"
    page.write_text("x", encoding="utf-8")
    site = str(tmp_path / "site")
    assert path_below(str(page), site) == "a/x.html"
    assert path_parts(None, str(page), site) == ("a",)
    assert path_parts("https://e.example/b/../c/p%20q/x", "rows:1", "rows") == ("b", "c", "p q")
    assert path_parts(None, "rows.jsonl:1", "rows.jsonl") == ()
    assert root_of(f"{site}/*/x.html") == site
    assert root_of("*.html") == "."
    assert root_of(site) == site
    assert input_name(site, str(page)) == "site"
    assert input_name(str(page), str(page)) == "a"
    assert input_name("crawl.warc.gz", "crawl.warc.gz:7") == "crawl"
    assert input_name("-", "-:3") == "standard input"


def test_a_mirror_is_told_apart_by_its_folders(tmp_path: Path) -> None:
    rows = []
    for host in ("www.a.example", "b.example"):
        folder = tmp_path / "mirror" / host / "x"
        folder.mkdir(parents=True)
        rows.append(record("Words.", str(folder / "p.html"), input=str(tmp_path / "mirror")))
    report = analysed(rows, tmp_path).report
    assert [s["host"] for s in report["sites"]] == ["a.example", "b.example"]
    assert [s["sections"][0]["name"] for s in report["sites"]] == ["/x/", "/x/"]


def test_pages_that_name_their_address_name_the_site(tmp_path: Path) -> None:
    rows = [
        record("Words.", f"rows.jsonl:{i}", address="https://named.example/p" if i else "") for i in range(4)
    ]
    assert [s["host"] for s in analysed(rows, tmp_path).report["sites"]] == ["named.example"]


def test_a_few_pages_with_an_address_do_not_name_a_mixed_folder(tmp_path: Path) -> None:
    def hosts(named: int, other: int, unnamed: int) -> list[str]:
        addresses = ["https://a.example/p"] * named + ["https://b.example/p"] * other + [""] * unnamed
        rows = [record("Words.", f"rows.jsonl:{i}", address=a) for i, a in enumerate(addresses)]
        return [s["host"] for s in analysed(rows, tmp_path).report["sites"]]

    assert hosts(1, 0, 2) == ["pages"]
    assert hosts(2, 0, 2) == ["a.example"]
    assert hosts(3, 2, 0) == ["a.example"]
    assert hosts(2, 2, 1) == ["pages"]


def test_a_folder_that_holds_everything_is_no_section(tmp_path: Path) -> None:
    rows = [
        record(
            "Words.",
            f"r:{i}",
            url=f"https://e.example/content/{'news' if i % 2 else 'guides/2024/05'}/p{i}.html",
        )
        for i in range(6)
    ]
    (site,) = analysed(rows, tmp_path).report["sites"]
    assert {s["name"]: s["pages"] for s in site["sections"]} == {"/content/guides/": 3, "/content/news/": 3}


def test_groups_have_their_own_figures(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        record(
            "Words.",
            f"r:{i}",
            score=0.9 if i < 3 else 0.1,
            author=("Ida", "Per")[i % 2],
            published=f"2024-0{1 + i % 2}-03",
        )
        for i in range(6)
    ]
    (site,) = analysed(rows, tmp_path).report["sites"]
    assert {a["name"]: a["share_low_quality"] for a in site["authors"]} == {"Ida": 0.666667, "Per": 0.333333}
    assert [m["name"] for m in site["months"]] == ["2024-01", "2024-02"]
    assert sum(site["histogram"]) == 6
    assert site["histogram"][2] == 3


def test_a_sample_is_in_proportion_and_stable() -> None:
    names = [f"https://e.example/shop/item-{i}.html" for i in range(80)]
    names += [f"https://e.example/2024/{i:02d}/post" for i in range(1, 13)] + [
        f"https://e.example/about/{i}" for i in range(8)
    ]
    taken, population = choose(names, 25)
    assert (len(taken), population) == (25, 100)
    patterns = [address_pattern(names[i]) for i in sorted(taken)]
    assert {p: patterns.count(p) for p in set(patterns)} == {
        "e.example/shop/.html": 20, "e.example/0/0/": 3, "e.example/about/": 2,
    }  # fmt: skip
    assert choose(names, 25)[0] == taken
    assert choose(names[:5], 25) == (frozenset(range(5)), 5)
    assert address_pattern("https://[broken/x/y") == "https://[broken/x/"
