"""``qualityscore audit`` of a site, a sitemap and lists of addresses, served on the loopback address."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from qualityscore.cli import audit_run
from tests.cli.conftest import Cli, one_line
from tests.pages import CAREFUL, farm_html
from tests.sources.web import Web, serve

LOCAL = ("--allow-private-addresses", "--delay", "0", "-q")
Audit = Callable[..., Result]


@pytest.fixture
def web() -> Iterator[Web]:
    """A site with a sitemap index, a forbidden part, a redirect, a loop and a page that is gone."""
    with serve() as running:
        root = running.root
        names = [f"/farm/{i}.html" for i in range(6)] + [
            "/notes/1.html",
            "/old",
            "/loop",
            "/gone",
            "/private/a",
        ]
        half = len(names) // 2
        for number, part in enumerate((names[:half], names[half:])):
            urls = "".join(f"<url><loc>{root}{name}</loc></url>" for name in part)
            running.answer(f"/map{number}.xml", f"<urlset>{urls}</urlset>", kind="application/xml")
        maps = "".join(f"<sitemap><loc>{root}/map{n}.xml</loc></sitemap>" for n in range(2))
        running.answer("/sitemap.xml", f"<sitemapindex>{maps}</sitemapindex>", kind="application/xml")
        rules = f"User-agent: *\nDisallow: /private\nSitemap: {root}/sitemap.xml"
        running.answer("/robots.txt", rules, kind="text/plain")
        for i in range(6):
            running.answer(
                f"/farm/{i}.html", farm_html(title=f"Garden Hoses {i}"), Date="Wed, 01 May 2024 08:00:00 GMT"
            )
        running.answer("/notes/1.html", f"<html><body><main><p>{CAREFUL}</p></main></body></html>")
        running.redirect("/old", "/farm/0.html")
        running.redirect("/loop", "/loop")
        yield running


@pytest.fixture
def audit(cli: Cli, model_path: Path) -> Audit:
    return lambda *args: cli("audit", *args, "--model", model_path, *LOCAL)


def rows(folder: Path) -> dict[str, dict[str, Any]]:
    lines = (folder / "pages.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["source"].split("/", 3)[3]: row for row in map(json.loads, lines)}


def test_every_page_of_a_site_is_accounted_for(audit: Audit, web: Web, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert audit(web.root + "/", "-o", out).exit_code == 3
    found = rows(out)
    assert len(found) == 11
    errors = {name: row["error"] for name, row in found.items() if row["error"]}
    assert set(errors) == {"loop", "gone", "private/a"}
    assert errors["private/a"] == "robots.txt forbids this page"
    assert not any("/private" in path for path in web.paths)
    assert found["old"]["url"] == web.root + "/farm/0.html"
    report = json.loads((out / "site.json").read_text(encoding="utf-8"))
    (site,) = report["sites"]
    assert site["host"] == f"127.0.0.1:{web.port}"
    assert (site["pages"], site["scored"], site["failed"]) == (11, 8, 3)
    assert report["as_of"] is not None


@pytest.mark.parametrize("form", ["sitemap", "txt", "csv", "file"])
def test_lists_of_addresses(audit: Audit, web: Web, tmp_path: Path, form: str) -> None:
    urls = [f"{web.root}/farm/{i}.html" for i in range(3)]
    source: str | Path = web.root + "/map0.xml"
    if form == "txt":
        source = tmp_path / "urls.txt"
        source.write_text("# ours\n" + "\n".join(urls), encoding="utf-8")
    elif form == "csv":
        source = tmp_path / "urls.csv"
        source.write_text(
            "id,url\n" + "".join(f"{i},{url}\n" for i, url in enumerate(urls)), encoding="utf-8"
        )
    elif form == "file":
        source = tmp_path / "sitemap.xml"
        text = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
        source.write_text(f"<urlset>{text}</urlset>", encoding="utf-8")
    assert audit(source, "-o", tmp_path / "out").exit_code == 0
    assert len(rows(tmp_path / "out")) == (5 if form == "sitemap" else 3)


def test_a_sample_is_drawn_before_anything_is_fetched(audit: Audit, web: Web, tmp_path: Path) -> None:
    audit(web.root + "/", "-o", tmp_path / "out", "--sample", 4)
    assert len(rows(tmp_path / "out")) == 4
    asked = {p for p in web.paths if p not in ("/robots.txt", "/sitemap.xml", "/map0.xml", "/map1.xml")}
    # One of them may lead on to another page.
    assert len(asked - {"/old"}) <= 4
    report = json.loads((tmp_path / "out" / "site.json").read_text(encoding="utf-8"))
    assert report["population"] == 11


def test_pages_that_are_done_are_not_fetched_again(
    audit: Audit, web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scored = audit_run._scored

    def interrupted(*args: Any) -> Any:
        for number, row in enumerate(scored(*args)):
            if number == 5:
                raise KeyboardInterrupt
            yield row

    monkeypatch.setattr(audit_run, "_scored", interrupted)
    assert audit(web.root + "/", "-o", tmp_path / "out").exit_code == 130
    monkeypatch.setattr(audit_run, "_scored", scored)
    before = len(web.paths)
    assert audit(web.root + "/", "-o", tmp_path / "out", "--resume").exit_code == 3
    assert len(rows(tmp_path / "out")) == 11
    again = web.paths[before:]
    assert not {f"/farm/{i}.html" for i in range(1, 5)} & set(again)


def test_a_site_without_a_sitemap_is_followed_by_its_links(audit: Audit, web: Web, tmp_path: Path) -> None:
    for path in ("/robots.txt", "/sitemap.xml"):
        web.made(path)
    web.answer("/", "".join(f"<a href='/farm/{i}.html'>farm {i}</a>" for i in range(6)))
    audit(web.root + "/", "-o", tmp_path / "out", "--max-pages", 4)
    assert len(rows(tmp_path / "out")) == 4


def test_what_leads_nowhere_is_one_line(audit: Audit, web: Web, tmp_path: Path) -> None:
    web.answer("/map9.xml", "<html><body><p>Not a sitemap</p></body></html>")
    for source in (web.root + "/map9.xml", "http://127.0.0.1:9/", "ftp://example.org/"):
        result = audit(source, "-o", tmp_path / "out")
        assert result.exit_code == 2
        assert "no page to audit" in one_line(result)
        assert not (tmp_path / "out").exists()


def test_a_table_with_pages_is_no_list(audit: Audit, web: Web, tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    table.write_text(f'url,text\n{web.root}/farm/0.html,"Our own words."\n', encoding="utf-8")
    assert audit(table, "-o", tmp_path / "out").exit_code == 0
    assert web.paths == []
    prose = tmp_path / "page.txt"
    prose.write_text(f"{web.root}/farm/0.html is where it began.\n{CAREFUL}", encoding="utf-8")
    assert audit(prose, "-o", tmp_path / "out").exit_code == 0
    assert web.paths == []
