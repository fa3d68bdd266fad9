"""The compiled walk over a page as the parser writes it, against the walk over its tree."""

from __future__ import annotations

import itertools
import os
import random
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from benchmarks.bench_pages import read_pages
from qualityscore.document import names, walk_tree
from qualityscore.document.decode import decode
from qualityscore.document.html import parse_html
from qualityscore.document.runs import Run
from qualityscore.document.source import Source
from qualityscore.document.walk import Walk
from qualityscore.errors import LimitExceeded
from qualityscore.limits import DEFAULT_LIMITS, Limits

if walk_tree._walker is None:
    pytest.skip("the compiled parts were not built or are not wanted", allow_module_level=True)

DATA = os.environ.get("QUALITYSCORE_DATA", "")
PAGES = [
    "",
    "plain words & more <b>bold </b> \n words\u00a0 <i> x</i>",
    "<title> A &amp; B </title><h1 class=entry-title>T <a href='#t'>link</a></h1><p><b>Lead:</b> text <a href=/x rel=nofollow>y</a>",
    "<ul class='nav menu'><li><a href=a>one</a><li><a href=b style='display: NONE'>two <img src=i alt=z></a></ul>",
    "<table><tr><td>a<td> b\t<th></th><td>c\x0bd</table><table>e<tr><td>é\x0b f</table>",
    "<pre>\n  x = 1\n\n y </pre><pre class=code hidden>z</pre><textarea>\nno</textarea>",
    "<div style='margin:0;left : -999px'>unseen</div><div hidden>too<b> this</b></div><p style='color:red'>seen",
    "<main id=content><div class='post-1 sidebar'>x</div><div class=comments>y<article>z</article></div></main>",
    "<nav>a</nav><header>b</header><main><header>c</header></main><aside role=navigation>d</aside><footer>e",
    "<span class=share>s</span>a<span class=share>s</span><div class=widget><div class=entry-content>x</div></div>",
    "<script>a<!--<script>b</script>c--></script><script src=s>x</script><script>a</scr</script>"
    "<script type=application/ld+json>{}</script>",
    "<svg><title>t</title><link>a</link><br></svg>x<svg><a>b</a><foreignObject><p>c<br><input></foreignObject></svg>",
    "<svg><style>a{b:c}</style><script>x()</script><g/></svg>after<script>1<2</script><math><style></style></math>",
    "<svg><style>a &lt;/style>&lt;/svg> b</style></svg>after<math><mi>x</mi></math>",
    "<a href=u>t<svg><title>in</title></svg><script>s</script><style>s</style><!-- no -->" + "long " * 60 + "</a>",
    "<a href=u><template>x</template>y</a><template><p>z</template><a href='?a=&quot;1&quot;&amp;b'>&lt;</a><a>n</a>",
    "<!-- a --> <!DOCTYPE html><?xml x?><html lang='en'><body>x<?php y ?><![CDATA[z]]></body></html><!-- end -->t",
    "<p>x--&gt;&lt;br <!",
    "<p a\"b=c =d CLASS='X' class=y data-x>text</p><p a='>' b=\"'\">&gt;</p><x-y nav>own</x-y><a<b>odd</a<b>",
    "<xmp><b>raw</b></xmp>x<noembed><p></noembed><plaintext><b>all",
    "<frameset><frame src=x><noframes><p>y</noframes></frameset>",
    "<select><option>a<optgroup><option>b</select>c<button>d</button><input value=x>e<iframe src=f><p></iframe>g",
    "<b>1<p>2</b>3<table><b>4<tr><td>5</b></table><a href=x>6<a href=y>7<nobr>8<nobr>9",
    "nul \0 and \ud800 and \x1c\x85\u3000 and \r\n",
    "<img src='data:x' data-src=real alt='a&nbsp;b'><amp-img src=y><image src=z><time datetime=2020-01-01>then</time>",
    "<meta name=author content='A &amp; B'><meta property=og:title content=O><link rel=canonical href=/c><meta charset=x>",
    "<noscript><p>no</p></noscript>\U0001f600<p>\U0001f600 &amp; <b>x</b>",
]  # fmt: skip

TAGS = (
    "p div a b span table tr td li ul h1 pre br img script style title svg math select template iframe noscript "
    "frameset noframes xmp plaintext form nav header article main nobr path foreignObject desc body html input"
).split()
ATTRIBUTES = (
    "class='nav x'|class=entry-content|id=sidebar|hidden|style='display:none'|role=main|href=/x?a=1&amp;b|href=#y|"
    'rel=nofollow|src=data:x|alt="&nbsp;<c>"|a"b=1|=c|class|itemprop=articleBody'
).split("|")
TEXTS = (
    "word |  |\n|&nbsp;|&amp;|&lt;b&gt;|\0|é|漢 |<|</|<!|&|-->|<!--|<!-- c -->|<?x|<![CDATA[y]]>|</x>|\x1c|"
    "<script><!--<script>x</script>--></script>|</script>|</svg>|</a>|<!-->"
).split("|")


def facts(walk: Walk) -> dict[str, Any]:
    """All that a walk found."""
    runs = [{name: getattr(run, name) for name in Run.__slots__} for run in walk.runs]
    return {
        "head": vars(walk.head), "runs": runs, "links": walk.links, "images": walk.images, "hidden": walk.hidden,
        "tags": list(walk.tags.items()), **vars(walk.places),
    }  # fmt: skip


def compare(html: str, limits: Limits = DEFAULT_LIMITS) -> bool:
    """Assert that both walks find the same; false if the page has to be walked as a tree."""
    source = re.sub("(?i)(</?)opt(?:ion|group)", r"\1wbr", html)
    tree = LexborHTMLParser(source)
    page, walk = tree.html, Walk(limits)
    assert walk_tree._walker is not None
    plain = partial(walk_tree.foreign_is_plain, tree)
    written = bool(page) and not source.endswith("<!") and walk_tree._walker.walk(page, walk, plain)
    if written:
        assert facts(walk) == facts(walk_tree.walk_nodes(tree, limits))
    return written


@pytest.mark.parametrize("html", PAGES)
def test_hand_written_pages(html: str) -> None:
    compare(html)


def test_most_pages_are_not_walked_as_trees() -> None:
    assert sum(map(compare, PAGES)) > 0.7 * len(PAGES)


@pytest.mark.parametrize(
    "svg",
    [
        "<style>&lt;/style>&lt;/svg>unseen&lt;svg>&lt;style></style>",
        "<style><![CDATA[</style></svg>unseen<svg><style>]]></style>",
        "<style><g a='</style></svg>unseen<svg><style>'/></style>",
        "<style>a<!-- </style></svg>unseen<svg><style> --></style>",
        "<script><g><script>&lt;/script>&lt;/g>&lt;/script>&lt;/svg>unseen&lt;svg>&lt;script>&lt;g>&lt;script></script></g></script>",
    ],
)
def test_a_page_that_cannot_be_read_is_walked_as_a_tree(svg: str) -> None:
    for html in (f"<svg>{svg}</svg><p>seen</p>", f"<template><svg>{svg}</svg></template><p>seen</p>"):
        assert not compare(html)
        assert [block.text for block in parse_html(Source(html), DEFAULT_LIMITS).blocks] == ["seen"]


def test_styles_in_svg_are_read_where_they_hold_no_tag() -> None:
    assert compare("<svg><style>a > b {}</style></svg><p>seen</p><script>if (1 < 2) f()</script>")
    assert compare("<template><p>a</template><svg><style>a > b {}</style></svg><p>seen</p>")
    assert not compare("<template><svg><style>a > b {}</style></svg></template><p>seen</p>")
    assert not compare("<svg><style>a</style></svg>" + "<b>" * 150 + "<script>1<2</script>" * 100)


@pytest.mark.parametrize(
    "page",
    [
        "<html>", "<html></body>", "<html><p>x</html>", "<html>x</html>y", "<html>x</html><p></p>", "<html><p a=b>x</p></html>",
        '<html><p a="b>x</p></html>', '<html><p a="b"c>x</p></html>', "<html>&x;</html>", "<html>a > b</html>", "<html><",
        "<html", "<html><!x></html>", "<html><!--", "<html><script>x", "<html><title>x", "<html><style>x", "<html></html", "<p>",
        "<html><a href=\"x\">y", "<html><a href=\"x\"><b", "x<html></html>", "<html>&", "<html><1></html>", "<html>x</html></html>",
    ],
)  # fmt: skip
def test_what_no_parser_writes_is_refused(page: str) -> None:
    assert walk_tree._walker is not None
    assert not walk_tree._walker.walk(page, Walk(DEFAULT_LIMITS), bool)


def test_limits_are_those_of_the_tree() -> None:
    html = "<div>" * 30 + "x<p>y</p>" + "</div>" * 30
    assert not compare(html, Limits(max_depth=20))
    assert compare(html, Limits(max_nodes=40))
    tree = LexborHTMLParser("<p>a</p>" * 20)
    with pytest.raises(LimitExceeded):
        walk_tree.walk_tree(tree, b"", Limits(max_nodes=10))


def _pieces(rng: random.Random) -> Iterator[str]:
    for _ in range(rng.randint(1, 40)):
        kind, tag = rng.random(), rng.choice(TAGS)
        if kind < 0.5:
            yield f"<{' '.join([tag, *rng.choices(ATTRIBUTES, k=rng.choice((0, 0, 1, 1, 2)))])}>"
        else:
            yield f"</{tag}>" if kind < 0.7 else rng.choice(TEXTS)


def test_pages_made_at_random() -> None:
    rng = random.Random(7)
    written = [
        compare(
            "".join(_pieces(rng)), Limits(max_depth=rng.choice((5, 1000)), max_nodes=rng.choice((20, 10**6)))
        )
        for _ in range(4000)
    ]
    assert sum(written) > 0.4 * len(written)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(TEXTS), st.sampled_from(["<p>", "<td>", "<b>", "<pre>"]), st.text(max_size=9)
        )
    )
)
def test_any_text(pieces: list[str]) -> None:
    compare("".join(pieces).encode("utf-8", "replace").decode())


NAME_WORDS = [*itertools.chain(*names.WORDS, names.BEGINNINGS, names.RANKED)]
NAME_PARTS = sorted(
    {part for word in NAME_WORDS for part in re.split("[-_]", word)} | set("x 1 9 \u0663 fb rail".split())
)
# The Kelvin sign is a k in lower case; these are characters at which `str.split` divides, or does not.
NAME_BREAKS = [
    "-",
    "_",
    "--",
    "",
    " ",
    "  ",
    "\t",
    "\x1c",
    "\x1f",
    "\x0b",
    "\x01",
    "\x85",
    "\u3000",
    "\u212a",
    "&amp;",
    "s",
    "2",
]


def _name(rng: random.Random) -> str:
    if rng.random() < 0.3:
        return rng.choice(NAME_WORDS) + rng.choice(("", "", "-", "_", "s", "7", " x"))
    breaks = NAME_BREAKS[:5] if rng.random() < 0.9 else NAME_BREAKS
    name = "".join(rng.choice(NAME_PARTS) + rng.choice(breaks) for _ in range(rng.randint(1, 5)))
    return (name.rstrip("-_") if rng.random() < 0.5 else name).replace("k", rng.choice("kkkkK"))


def test_what_names_say() -> None:
    rng = random.Random(11)
    for _ in range(150):
        pieces = []
        for _ in range(100):
            identity = f" id='{_name(rng)}'" if rng.random() < 0.3 else ""
            named = f" class='{_name(rng)}'" if rng.random() < 0.9 else ""
            tag = rng.choice(("div", "div", "article", "span", "header", "p"))
            role = rng.choice(
                ("", "", "", "", " role=main", " role=menu", " role=Menu", " itemprop=articleBody")
            )
            pieces.append(f"<{tag}{named}{identity}{role}>x</{tag}>" + rng.choice(("", "y")))
        # A page holds its characters in one byte each, in two or in four.
        assert compare("".join([*pieces, rng.choice(("", "\xe9", "\u6f22", "\U0001f600"))]))


@pytest.mark.parametrize("size", range(390, 403))
def test_only_the_beginning_of_long_names_is_read(size: int) -> None:
    for behind in ("", "\xe9", "&amp;"):
        assert compare(
            f"<div class='{'x' * size} nav'>a</div><div id='{'y ' * (size // 2)}nav{behind}'>b</div>"
            f"<div class='{'z' * (size - 9)}' id='nav{behind} sidebar'>c</div><div class='' id='{' ' * size}nav'>d</div>"
            f"<div class='{'z' * (size - 9)}{behind}' id='entry-content'>e</div><div class id='nav'>f</div>"
        )


@given(
    st.lists(
        st.sampled_from(
            [*"display visibility none hidden left top : ; - 0 9 999 font-size".split(), " ", "\x85", "A"]
        )
    )
)
def test_styles_that_hide_are_looked_at(parts: list[str]) -> None:
    style = "".join(parts)
    compare(f'<p style="{style}">x</p><a href=y style="{style}">z</a>')


@pytest.mark.skipif(not DATA, reason="set QUALITYSCORE_DATA to the corpora's folder to run this")
def test_real_pages() -> None:
    pages = read_pages(Path(DATA, "bench"), 60)
    assert sum(compare(decode(page.content, page.headers)) for page in pages) > 0.9 * len(pages)
