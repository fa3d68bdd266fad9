"""Formatting elements that are never closed are copied into every block behind them, attributes and all."""

from __future__ import annotations

import pytest

from qualityscore import Page, Scorer, build_document
from qualityscore.document import guard
from qualityscore.errors import LimitExceeded

LONG = "y" * 300


@pytest.mark.parametrize(
    "opening",
    [
        f"<b x='{LONG * 1000}'>",
        f'<FONT face="a>b{LONG * 1000}">',
        f'<b "a=">{LONG * 1000}">',
        f"<script>\"<b x=\"</script><i title='{LONG * 1000}'>",
        "".join(f"<em class='{i} {LONG}'>" for i in range(1000)),
        f'<a href="data:{LONG * 1000}">',
    ],
    ids=["long", "quoted end", "quote in a name", "hidden in a script", "many", "link"],
)
def test_pages_that_would_grow_without_bound_are_refused(opening: str) -> None:
    page = Page.from_html(f"<html><body>{opening}" + "<p>Rain again." * 1000)
    with pytest.raises(LimitExceeded, match="could be copied"):
        build_document(page)
    assert "could be copied" in (Scorer.load().score(page).error or "")


def test_an_honest_page_with_an_embedded_file_is_read() -> None:
    link = f'<a href="data:text/csv;base64,{LONG * 300}">the table</a>'
    page = Page.from_html(
        "<html><body>" + f"<p>We measured it {link} twice.</p>" * 10 + "<p>Rain again.</p>" * 1000
    )
    assert build_document(page).text.count("We measured it the table twice.") == 10


def test_tags_that_are_the_same_count_three_times() -> None:
    tag = f"<b class='{LONG}'>".encode()
    assert guard.heavy_tags_in_python(tag * 3) == guard.heavy_tags_in_python(tag * 9) == 3 * len(tag)


def test_of_links_the_longest_counts_and_short_tags_do_not() -> None:
    links = f"<a href='{LONG}'><a href='{LONG}{LONG}'>"
    page = f"<b><i class=x>{links}<table title='{LONG}'>"
    assert guard.heavy_tags_in_python(page.encode()) == 2 * len(LONG) + 11
    assert guard.heavy_tags_in_python(f"<b title='{LONG}".encode()) == len(LONG) + 10


def test_long_tags_are_measured_in_bytes() -> None:
    assert guard.heavy_tags_in_python(f"<b title={'é' * 60}>".encode()) == 130
    assert guard.heavy_tags_in_python(f"<b title={'é' * 59}>".encode()) == 0
