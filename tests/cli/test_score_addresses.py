"""``qualityscore score URL``, against a server on the loopback address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.pages import CAREFUL, farm_html
from tests.sources.web import Web, serve

LOCAL = ("--allow-private-addresses", "--delay", "0")


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as running:
        running.answer("/farm?x=1", farm_html())
        running.answer("/careful.md", CAREFUL, kind="text/plain")
        running.answer("/robots.txt", "User-agent: *\nDisallow: /private", kind="text/plain")
        yield running


def test_addresses_and_files_in_one_run(cli: Cli, web: Web, site: Path) -> None:
    given = [web.root + "/farm?x=1", str(site / "careful.txt"), web.root + "/gone", web.root + "/private/a"]
    result = cli("score", *given, *LOCAL)
    assert result.exit_code == 3
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["source"] for row in found] == given
    assert [row["band"] for row in found] == ["low_quality", "ok", "abstained", "abstained"]
    assert [row["error"] for row in found] == [None, None, "HTTP 404", "robots.txt forbids this page"]
    assert found[0]["url"] == given[0]
    assert "no contact is sent along" in result.stderr
    assert "/private/a" not in web.paths


def test_one_address_is_one_object(cli: Cli, web: Web) -> None:
    result = cli(
        "score",
        web.root + "/farm?x=1",
        *LOCAL,
        "--format",
        "json",
        "--user-agent",
        "mybot/1 (+mailto:me@example.org)",
    )
    assert result.exit_code == 0 and result.stderr == ""
    assert json.loads(result.stdout)["band"] == "low_quality"
    assert set(web.agents) == {"mybot/1 (+mailto:me@example.org)"}


def test_the_kind_may_be_given(cli: Cli, web: Web) -> None:
    result = cli("score", web.root + "/farm?x=1", *LOCAL, "-q", "--input-kind", "text", "--with-text")
    assert "<p>" in json.loads(result.stdout)["text"]
    assert result.stderr == ""


def test_the_guard_is_on(cli: Cli, web: Web) -> None:
    result = cli("score", web.root + "/farm?x=1")
    assert result.exit_code == 3
    assert "which is loopback: refused (--allow-private-addresses permits it)" in result.stderr
    assert web.paths == []


def test_contact_and_delay_may_stand_in_the_configuration(cli: Cli, web: Web) -> None:
    Path("qualityscore.toml").write_text(
        'user-agent = "ours/2 (+https://example.org)"\ndelay = 0', encoding="utf-8"
    )
    result = cli("score", web.root + "/careful.md", "--allow-private-addresses")
    assert result.exit_code == 0 and result.stderr == ""
    assert set(web.agents) == {"ours/2 (+https://example.org)"}
    # What opens a machine's own network is for a person to say, not for a file that lies around.
    Path("qualityscore.toml").write_text("allow-private-addresses = true", encoding="utf-8")
    assert cli("score", web.root + "/careful.md").exit_code == 2


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [("--delay", "-1", "delay must be 0 or more"), ("--user-agent", "(x)", "user agent")],
)
def test_wrong_options(cli: Cli, site: Path, option: str, value: str, says: str) -> None:
    result = cli("score", site, option, value)
    assert result.exit_code == 2 and says in result.stderr
