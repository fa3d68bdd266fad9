"""What a page says about itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from qualityscore.document import Document, Metadata, Page, build_document


def read(html: str) -> Document:
    return build_document(Page(html, "html"))


def schema(*values: Any) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(v)}</script>' for v in values)


def test_meta_elements() -> None:
    meta = read(
        '<html lang=" en-GB "><head><title> A  mill\n| Site </title>'
        '<meta name="Description" content=" What we saw. "><meta name="author" content="Ann Dyer">'
        '<meta property="og:title" content="A mill"><meta property="og:site_name" content="Site">'
        '<meta property="article:published_time" content="2021-05-04"><meta name="generator" content="Hand 1.0">'
        '<meta property="article:modified_time" content="2021-05-05"><meta name="robots" content="index">'
        '<meta name="keywords" content="mill, flour"><meta property="og:url" content="https://example.org/m">'
        '<link rel="Canonical" href=" https://example.org/mill "><meta name="description" content="second">'
        '<meta content="nameless"><meta name="empty" content=""></head><body><p>x</p></body></html>'
    ).meta
    assert meta == Metadata(
        title="A mill | Site",
        og_title="A mill",
        description="What we saw.",
        author="Ann Dyer",
        published="2021-05-04",
        modified="2021-05-05",
        language="en-GB",
        site_name="Site",
        generator="Hand 1.0",
        canonical="https://example.org/mill",
        address="https://example.org/m",
        robots="index",
        keywords="mill, flour",
    )


def test_json_ld_fills_the_gaps() -> None:
    doc = read(
        schema(
            {
                "@graph": [
                    {"@type": "WebSite"},
                    {"@type": ["Article", "Thing"], "author": [{"name": "Tom Dyer"}]},
                ]
            },
            [
                {"@type": "BreadcrumbList"},
                {"datePublished": "2020-01-02", "dateModified": "2020-02-03", "@type": 5},
            ],
        )
        + "<h2>First heading</h2>"
    )
    assert doc.meta.schema_types == ("WebSite", "Article", "Thing", "BreadcrumbList")
    assert doc.meta.author == "Tom Dyer"
    assert (doc.meta.published, doc.meta.modified) == ("2020-01-02", "2020-02-03")
    assert doc.meta.title == "First heading"
    assert doc.markup is not None and len(doc.markup.json_ld) == 5


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Ann", "Ann"),
        ({"name": "Ann"}, "Ann"),
        ([], ""),
        ([{"name": 5}], ""),
        (7, ""),
        ("https://example.org/ann", ""),
    ],
)
def test_authors_in_every_shape(author: Any, name: str) -> None:
    assert read(schema({"author": author})).meta.author == name


def test_the_address_of_a_profile_is_no_name() -> None:
    html = '<meta property="article:author" content="https://example.org/author/ann">'
    assert read(html).meta.author == ""
    assert read(html + schema({"author": "Ann"})).meta.author == "Ann"


def test_broken_json_ld_is_left_out() -> None:
    deep = "[" * 100_000
    doc = read(
        f'<script type="application/ld+json">{{"a": </script><script type="application/ld+json">{deep}</script>'
        f'<script type="application/ld+json">"{"x" * 200_001}"</script>'
        + schema("text", 5, None, {"@type": "Article"})
    )
    assert doc.meta.schema_types == ("Article",)


def test_half_a_surrogate_pair_in_json_is_replaced() -> None:
    doc = read('<script type="application/ld+json">{"author": "A\\ud83d", "name": "\\ud83d\\ude00"}</script>')
    assert doc.meta.author == "A\ufffd"
    assert doc.markup is not None and doc.markup.json_ld[0]["name"] == "\U0001f600"


def test_a_time_element_dates_the_page() -> None:
    assert read('<time>today</time><time datetime="2019-03-01">1 March</time>').meta.published == "2019-03-01"


def test_titles_fall_back() -> None:
    assert read('<meta property="og:title" content="Mill"><h1>Other</h1>').meta.title == "Mill"
    assert read("<svg><title>icon</title></svg><p>x</p>").meta.title == ""


def test_fields_and_nodes_are_bounded() -> None:
    doc = read(
        f'<title>{"t" * 9000}</title><meta name="author" content="{"a" * 9000}">'
        + schema([{"@type": "A"}] * 900)
    )
    assert (len(doc.meta.title), len(doc.meta.author), len(doc.meta.schema_types)) == (5000, 5000, 500)
