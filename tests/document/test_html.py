"""HTML to blocks, chrome and facts about the markup."""

from __future__ import annotations

import pytest

from qualityscore.document import Document, Page, build_document
from qualityscore.document.html import parse_html
from qualityscore.document.source import Source
from qualityscore.limits import DEFAULT_LIMITS

LONG = (
    "We walked to the old mill by the river and asked the miller how the stones are dressed, "
    "since nobody in the village could tell us."
)
OTHER = (
    "The bakery in the next street buys most of the flour, and what is left goes to the farm shop, "
    "where it is sold in brown paper bags."
)


def read(html: str) -> Document:
    return build_document(Page(html, "html"))


def texts(html: str) -> list[str]:
    return [block.text for block in parse_html(Source(html), DEFAULT_LIMITS).blocks]


def test_blocks_end_where_a_browser_breaks_the_line() -> None:
    assert texts("<div>one</div>two<p>three<br>four</p><div><span>five</span> <i>six</i></div>") == [
        "one", "two", "three", "four", "five six",
    ]  # fmt: skip


def test_kinds_levels_and_leads() -> None:
    html = (
        "<h2>Cost</h2><ul><li>\n <b>Price:</b> four pounds<ul><li>inner</ul></ul><blockquote><p>said</blockquote>"
        "<table><tr><td>a\tb</td><td><b>c</b> d</td></tr></table><pre>x = 1\n  y = 2\n\n</pre>"
    )
    parsed = parse_html(Source(html), DEFAULT_LIMITS)
    assert [(b.kind, b.level, b.text, b.bold_lead) for b in parsed.blocks] == [
        ("heading", 2, "Cost", 0),
        ("item", 1, "Price: four pounds", 6),
        ("item", 2, "inner", 0),
        ("quote", 0, "said", 0),
        ("row", 0, "a b\tc d", 0),
        ("code", 0, "x = 1", 0),
        ("code", 0, "  y = 2", 0),
    ]


def test_white_space_collapses_but_a_no_break_space_stays() -> None:
    assert texts("<p>\n a \t b\u00a0 c\f</p>") == ["a b\u00a0 c"]


def test_navigation_and_footers_are_chrome() -> None:
    doc = read(
        f"<nav><a href=/>Home</a></nav><main><h1>The mill</h1><p>{LONG}</p></main>"
        "<footer><p>All rights reserved</p></footer>"
    )
    assert doc.text == f"The mill\n\n{LONG}"
    assert doc.chrome == ("Home", "All rights reserved")


@pytest.mark.parametrize(
    "attribute",
    ['class="sidebar-left"', 'id="related-posts"', 'class="x cookie-banner"', 'role="navigation"', 'class="sr-only"',
     'class="most-popular"', 'class="widget widget_text"', 'role="dialog"', 'class="right-rail"'],
)  # fmt: skip
def test_names_and_roles_tell_chrome(attribute: str) -> None:
    doc = read(f"<div><p>{LONG}</p></div><div {attribute}><p>Our other sites and offers</p></div>")
    assert doc.text == LONG
    assert doc.chrome == ("Our other sites and offers",)


@pytest.mark.parametrize(
    "names",
    [
        "post tag-social-media category-cookies hentry",
        "has-sidebar",
        "content-sidebar-wrap",
        "navy",
        "shared",
    ],
)
def test_names_of_topics_and_states_do_not(names: str) -> None:
    assert (
        read(f'<div class="{names}"><p>{LONG}</p></div><div><p>{OTHER}</p></div>').text
        == f"{LONG}\n\n{OTHER}"
    )


def test_an_element_called_chrome_stays_when_nothing_else_is_left() -> None:
    assert read(f'<div class="popup"><p>{LONG}</p></div>').text == LONG
    assert read(f"<aside><p>{LONG}</p></aside>").text == LONG


def test_a_navigation_element_never_becomes_content() -> None:
    assert read(f"<nav><p>{LONG}</p></nav>").text == ""


def test_text_outside_the_main_element_is_chrome() -> None:
    doc = read(f"<p>Sign up for offers today and save</p><article><p>{LONG}</p><p>{OTHER}</p></article>")
    assert doc.text == f"{LONG}\n\n{OTHER}"
    assert doc.markup is not None and doc.markup.semantic_main


def test_a_main_element_with_little_in_it_decides_nothing() -> None:
    html = f"<article><p>Short.</p></article><p>{LONG}</p><p>{OTHER}</p>"
    assert read(html).text == f"Short.\n\n{LONG}\n\n{OTHER}"


def test_a_class_can_mark_the_main_content() -> None:
    body = f"<p>{LONG}</p>" * 6
    doc = read(f'<div><div class="post-body">{body}</div></div><p>{OTHER}</p>')
    assert OTHER not in doc.text and OTHER in doc.chrome


def test_the_article_of_a_widget_is_content() -> None:
    html = f'<div class="widget Blog"><div class="post-body entry-content"><p>{LONG}</p></div></div><p>{OTHER}</p>'
    assert LONG in read(html).text
    builder = f'<div class="entry-content"><div class="so-widget widget"><p>{LONG}</p></div></div>'
    assert read(builder).text == LONG


@pytest.mark.parametrize(
    "name",
    [
        "fbcommentscontainer",
        "fb-comments",
        "fbFeedbackContent",
        "commentSection",
        "comments-area",
        "commentbox",
    ],
)
def test_widgets_for_comments_are_known_by_their_names(name: str) -> None:
    widget = f'<div class="{name}"><div class="postContent"><p>{OTHER}</p></div></div>'
    article = f"<div><p>{LONG}</p><p>{LONG}</p></div>"
    assert OTHER not in read(article + widget).text


@pytest.mark.parametrize("name", ["commentary", "fb-like", "feedback-loops", "document-body"])
def test_names_that_only_look_like_comments(name: str) -> None:
    assert LONG in read(f'<div><p>{OTHER}</p></div><div class="{name}"><p>{LONG}</p></div>').text


def test_comments_are_chrome_but_not_in_a_forum() -> None:
    comments = f'<div id="comments"><div class="comment"><p>{OTHER}</p></div></div>'
    article = f"<div><p>{LONG}</p><p>{LONG}</p></div>"
    assert OTHER not in read(article + comments).text
    assert OTHER in read(comments).text
    schema = '<script type="application/ld+json">{"@type":"DiscussionForumPosting"}</script>'
    assert OTHER in read(schema + article + comments).text
    address = '<link rel="canonical" href="https://example.org/forum/mills/12">'
    assert OTHER in read(f"<head>{address}</head>{article}{comments}").text


def test_the_title_stays_with_its_article() -> None:
    html = (
        "<title>How to dress a millstone | Millsite</title><header><h1>How to dress a millstone</h1></header>"
        f"<main><p>{LONG}</p></main>"
    )
    assert read(html).text == f"How to dress a millstone\n\n{LONG}"
    other = html.replace("<h1>How to dress a millstone", "<h1>Millsite")
    assert read(other).text == LONG


def test_the_header_of_an_article_is_content() -> None:
    assert read(f"<article><header><h1>Mill</h1></header><p>{LONG}</p></article>").text == f"Mill\n\n{LONG}"


def test_short_blocks_of_links_are_chrome_and_long_ones_are_not() -> None:
    link = '<p><a href="/a">Older pages of this site</a></p>'
    assert read(f"<p>{LONG}</p>{link}").chrome == ("Older pages of this site",)
    assert read(f'<p>{LONG}</p><p><a href="/b">{OTHER}</a></p>').text.endswith(OTHER)


def test_headings_that_only_lead_elsewhere_are_chrome() -> None:
    teasers = '<h3><a href="/a">Ten mills to visit</a></h3><h3><a href="/b">Bread for all</a></h3>'
    doc = read(f"<h1>Mill</h1><p>{LONG}</p>{teasers}")
    assert doc.text == f"Mill\n\n{LONG}"
    own = read(f'<h2><a href="#cost">Cost</a></h2><p>{LONG}</p><h2><a href="/p">Place</a></h2><p>{OTHER}</p>')
    assert own.text == f"Cost\n\n{LONG}\n\nPlace\n\n{OTHER}"


def test_a_share_bar_inside_a_paragraph_does_not_take_the_paragraph_with_it() -> None:
    doc = read(f'<p><span class="share">Share</span></p><p>{LONG} <span class="social">now</span></p>')
    assert doc.text == f"{LONG} now"


def test_hidden_text_is_kept_apart() -> None:
    markup = read(
        f'<p>{LONG}</p><div style="display:none">casino bonus</div><p hidden>poker</p>'
        '<a href="/x" style="position:absolute; left:-9999px">slots</a><div style="font-size:0.8em">small</div>'
    ).markup
    assert markup is not None
    assert (markup.hidden_text, markup.hidden_chars) == ("casino bonus poker slots", 22)


def test_links_and_images() -> None:
    markup = read(
        f'<nav><a href="/">Home</a></nav><main><p>{LONG} <a href="https://example.org/a" rel="nofollow">'
        'the <b>report</b></a><a>none</a><a href="/empty"></a></p><img src="data:x" data-src="/m.jpg" alt="A mill">'
        '<img src="/b.jpg"></main>'
    ).markup
    assert markup is not None
    assert [(k.href, k.text, k.rel, k.main) for k in markup.links] == [
        ("/", "Home", "", False),
        ("https://example.org/a", "the report", "nofollow", True),
        ("/empty", "", "", True),
    ]
    assert [(i.src, i.alt, i.main) for i in markup.images] == [
        ("/m.jpg", "A mill", True),
        ("/b.jpg", "", True),
    ]


def test_scripts_frames_and_counts() -> None:
    markup = read(
        '<head><script src="/a.js"></script><script>var a = 1;</script></head><body><script src="//b.org/b.js"></script>'
        f'<iframe src="/f"></iframe><p>{LONG}</p><p>x</p><script>{"y" * 3000}</script><noscript>none</noscript></body>'
    ).markup
    assert markup is not None
    assert markup.scripts == ("/a.js", "//b.org/b.js")
    assert markup.inline_script == "var a = 1;\n" + "y" * 2000
    assert markup.iframes == ("/f",)
    assert (markup.tags["p"], markup.tags["script"]) == (2, 4)
    assert markup.visible_chars == len(LONG) + 1


def test_inline_scripts_are_cut() -> None:
    markup = read("<script>" + "</script><script>".join("z" * 2000 for _ in range(30)) + "</script>").markup
    assert markup is not None and len(markup.inline_script) == 20_000 + 9


def test_elements_that_show_nothing_of_their_own_are_skipped() -> None:
    assert texts(
        f"<p>{LONG}</p><svg><text>x</text></svg><select><option>y</select><button>z</button><!-- c -->"
    ) == [LONG]


def test_broken_markup_still_reads() -> None:
    assert texts("<p>one<p>two</b></div><ul><li>three<li>four") == ["one", "two", "three", "four"]
    assert read("<p>a<script>").text == "a"
    assert texts("") == []


def test_the_same_page_reads_the_same_in_every_form() -> None:
    html = (
        f"<nav><a href=/>Home</a></nav><article><h1>A day at the mill</h1><p>{LONG}</p><h2>What we bought</h2>"
        f"<ul><li>Two bags of rye flour</li><li>A loaf for the way</li></ul><p>{OTHER}</p></article>"
    )
    markdown = f"# A day at the mill\n\n{LONG}\n\n## What we bought\n\n* Two bags of rye flour\n* A loaf for the way\n\n{OTHER}\n"
    text = (
        f"A day at the mill\n{LONG}\nWhat we bought\n• Two bags of rye flour\n• A loaf for the way\n{OTHER}\n"
    )
    pages = [read(html), build_document(Page(markdown, "markdown")), build_document(Page(text, "text"))]
    words = [[doc.words.lower[line.first : line.last] for line in doc.lines] for doc in pages]
    assert words[0] == words[1] == words[2]
    assert len({doc.n_words for doc in pages}) == 1
    shapes = [[(line.heading, line.terminal, line.chrome) for line in doc.lines] for doc in pages]
    assert shapes[0] == shapes[1] == shapes[2]
