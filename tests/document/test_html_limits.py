"""HTML that would cost much: what is refused, what is bounded, and what it takes."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from qualityscore.document import Document, Page, build_document
from qualityscore.document.html import parse_html
from qualityscore.document.source import Source
from qualityscore.errors import LimitExceeded
from qualityscore.limits import DEFAULT_LIMITS, Limits

LONG = (
    "We walked to the old mill by the river and asked the miller how the stones are dressed, "
    "since nobody in the village could tell us."
)


def read(html: str) -> Document:
    return build_document(Page(html, "html"))


def texts(html: str) -> list[str]:
    return [block.text for block in parse_html(Source(html), DEFAULT_LIMITS).blocks]


def test_levels_below_the_limit_are_read_flat() -> None:
    html = "<div>" * 50 + "<p>in <b>bold</b></p>" + "</div>" * 50
    assert [b.text for b in parse_html(Source(html), Limits(max_depth=20)).blocks] == ["in bold"]


def test_limits() -> None:
    with pytest.raises(LimitExceeded, match="more than 10 DOM nodes"):
        parse_html(Source("<p>a</p>" * 20), Limits(max_nodes=10))
    with pytest.raises(LimitExceeded, match="inside each other"):
        parse_html(Source("<div>" * 20_000), DEFAULT_LIMITS)
    with pytest.raises(LimitExceeded, match="attributes"):
        parse_html(Source("<div " + " ".join(f"a{i}=1" for i in range(20_000)) + ">x"), DEFAULT_LIMITS)
    with pytest.raises(LimitExceeded, match="attributes"):
        parse_html(Source("<p>a</p><div " + "b " * 20_000), DEFAULT_LIMITS)


def test_formatting_that_is_never_closed_is_refused_before_it_multiplies() -> None:
    bold = "".join(f"<B x={i}>" for i in range(3_000))
    with pytest.raises(LimitExceeded, match="formatting"):
        parse_html(Source(f"<p>{bold}x</p>" + "<p>x</p>" * 4_000), DEFAULT_LIMITS)
    icons = "".join(f"<p><i class='icon-{i}'></i>{LONG}</p>" for i in range(1_200))
    unclosed = "<font color=red><b>" * 400
    assert len(texts(icons)) == 1_200
    assert len(texts(unclosed + f"<p>{LONG}</p>" * 2_500)) == 2_500


def test_long_tags_and_many_tags_that_are_honest_pass() -> None:
    data = f"<img src=\"data:image/png;base64,{'A' * 60_000}\"><p data-x='{'a b ' * 9_000}'>{LONG}</p>"
    script = f"<script>if (a<b) {{ {'x = 1; ' * 9_000} }}</script>"
    assert read(data + script).text == LONG
    assert len(texts("<li>one</li>" * 9_000)) == 9_000
    assert read("plain text " * 3_000).n_words == 6_000


def test_class_names_are_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    from qualityscore.document import names

    monkeypatch.setattr(names, "_MAX_NAMES", 3)
    for i in range(10):
        assert names.read_names(f"post-é{i}") == names.PLAIN
        # An escape and a letter outside ASCII: such names are read in Python by the compiled walk too.
        assert texts(f'<div class="é&amp;{i}">x</div>') == ["x"]
    assert len(names.KNOWN) <= 5


def test_a_page_of_a_megabyte_takes_little_time() -> None:
    started = time.perf_counter()
    texts(f"<div class='c'><p>{LONG}</p></div>" * 5_000)
    assert time.perf_counter() - started < 5


def test_many_options_neither_crash_nor_stall_the_parser() -> None:
    # In a process of its own: what it guards against is heap corruption inside the parser.
    code = (
        "from qualityscore import Page, build_document\n"
        "build_document(Page.from_html('<svg>' + '<option selected>' * 400))\n"
        "build_document(Page.from_html('<math><select>' + '<OPTION>x' * 400))\n"
        "doc = build_document(Page.from_html('<p>Hello there.<select>' + '<option selected>x' * 100000))\n"
        "print(doc.text)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (0, "Hello there.\n"), done.stderr


def test_stray_end_tags_do_not_hide_how_deep_a_page_is() -> None:
    with pytest.raises(LimitExceeded, match="inside each other"):
        parse_html(Source("<div></x>" * 160_000), Limits())
    assert parse_html(Source("<div><p>a</div>" * 3_000), Limits()).blocks
