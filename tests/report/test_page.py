"""The base of every report: escaping, policy, vendored files."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from qualityscore.report import html_page, safe_json
from qualityscore.report.page import data_block, escape, html_tail, policy
from qualityscore.report.vendored import LIBRARIES, asset, library

HOSTILE = "</script><script>alert(1)</script><!-- & \u2028\u2029 \ud800 \udfff\x00 \x7f é 😀 \"'"


class Scripts(HTMLParser):
    """Texts of script elements with their attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[dict[str, str | None], str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.inside = True
            self.found.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self.inside:
            attrs, text = self.found[-1]
            self.found[-1] = (attrs, text + data)


def test_json_is_ascii_that_no_text_breaks_out_of() -> None:
    text = safe_json({HOSTILE: [HOSTILE, 1, None, 0.5]})
    assert text.isascii()
    assert not set("<>&") & set(text)
    assert json.loads(text) == {HOSTILE: [HOSTILE, 1, None, 0.5]}


def test_numbers_that_json_lacks_become_null() -> None:
    assert safe_json({"a": [float("nan"), (float("inf"), 1.5)]}) == '{"a":[null,[null,1.5]]}'


def test_escape_leaves_nothing_a_browser_acts_on() -> None:
    shown = escape(HOSTILE)
    assert "<" not in shown and '"' not in shown
    shown.encode("utf-8")


def test_the_page_holds_its_data_and_its_scripts_and_the_policy_names_their_hashes() -> None:
    script = "const a = 1 < 2;"
    page = html_page(HOSTILE, ["<main>x</main>"], ["p{}"], [script], {"data": HOSTILE})
    parser = Scripts()
    parser.feed(page)
    (attrs, data), (_, code) = parser.found
    assert attrs == {"type": "application/json", "id": "data"}
    assert json.loads(data) == HOSTILE
    assert code == script
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert re.search(rf"script-src &#x27;sha256-{re.escape(digest)}&#x27;;", page)
    assert "default-src &#x27;none&#x27;" in page and "file:" not in page


def test_files_beside_the_page_are_allowed_only_on_request() -> None:
    assert "script-src 'none'" in policy([])
    assert "file:" in policy([], files_beside=True)


@pytest.mark.parametrize("text", ["</SCRIPT >", "<!--", "a\r\n"])
def test_scripts_that_would_end_their_element_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must not contain"):
        html_tail([text])


def test_ids_of_data_are_plain() -> None:
    with pytest.raises(ValueError, match="usable id"):
        data_block('x" onload="', "1")


@pytest.mark.parametrize("name", LIBRARIES)
def test_vendored_files_are_those_that_were_published(name: str) -> None:
    entry = LIBRARIES[name]
    folder = files("qualityscore.report").joinpath("vendor")
    assert hashlib.sha256(folder.joinpath(entry.file).read_bytes()).hexdigest() == entry.sha256
    assert "Permission to use, copy, modify" in folder.joinpath(entry.licence_file).read_text("utf-8")
    assert entry.version in library(name)[:200]
    html_tail([library(name)])


def test_every_vendored_file_is_listed() -> None:
    listed = {n for e in LIBRARIES.values() for n in (e.file, e.licence_file)}
    assert {p.name for p in files("qualityscore.report").joinpath("vendor").iterdir()} == listed


def test_own_files_stay_readable() -> None:
    for path in files("qualityscore.report").joinpath("assets").iterdir():
        assert len(asset(path.name).splitlines()) <= 300, path.name
        assert "innerHTML" not in asset(path.name), path.name
