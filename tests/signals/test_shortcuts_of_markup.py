"""Signals that look at few places find what a look at every place finds."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualityscore.document import Document, Page, build_document
from qualityscore.signals import all_signals
from qualityscore.signals.boilerplate._labels import asking_lines
from qualityscore.signals.counts import counts
from qualityscore.signals.page import description_shape
from qualityscore.signals.page._hosts import host, hosts
from qualityscore.signals.page.title_shape import title_shape
from qualityscore.signals.specificity._facts import facts
from qualityscore.signals.specificity.bare_stretch import bare_stretch
from tests.native.documents import texts
from tests.native.texts import TEXTS
from tests.native.texts import texts as odd_texts

_addresses = st.lists(
    st.sampled_from(
        ["http", "HTTPS", ":", "//", "/", " ", "www.", "a.org", "b.co.uk", "x@", ":80", "?", "#", "\\"]
    ),
    max_size=9,
).map("".join)


@given(st.lists(_addresses, max_size=6))
@example(
    [
        "https://a.org",
        "https://a.org/",
        "//a.org/b",
        "/a//b",
        "http:////a.org",
        " https://a.org/b",
        "//" + "x" * 400,
    ]
)
def test_hosts(urls: list[str]) -> None:
    assert hosts(urls) == {host(url) for url in urls} - {""}


def _asking(doc: Document) -> list[int]:
    return [i for i, line in enumerate(doc.article) if "?" in doc.folded[line.start : line.end]]


@given(odd_texts)
@example(
    "Menu?\nOne?\nTwo\nThree\nWhy?\nThe ferry left at noon with forty crates of pears, two goats and a cat on it?\nHm"
)
def test_asking_lines(text: str) -> None:
    doc = build_document(Page.from_text(text))
    assert asking_lines(doc) == _asking(doc)


@pytest.mark.parametrize("text", [*TEXTS, "?", "? " * 500, "a?\n" * 50, "x\n" * 9 + "?"])
def test_asking_lines_of_odd_texts(text: str) -> None:
    doc = build_document(Page.from_text(text))
    assert asking_lines(doc) == _asking(doc)


@settings(max_examples=60, deadline=None)
@given(texts, st.data())
def test_echo_of_a_description(text: str, data: st.DataObject) -> None:
    doc = build_document(Page.from_text(text))
    pool = [*doc.words.lower, "the", "7", "nowhere"]
    words = data.draw(st.lists(st.sampled_from(pool), min_size=3, max_size=20))
    words += doc.words.lower[:5]
    wanted = set(zip(words, words[1:], words[2:], strict=False))
    row = f" {' '.join(doc.words.lower)} "
    assert description_shape._echo(doc, words) == sum(f" {' '.join(w)} " in row for w in wanted) / len(wanted)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_longest_bare_stretch(text: str) -> None:
    doc = build_document(Page.from_text(text))
    checkable, c = facts(doc).checkable.tolist(), counts(doc)
    if len(checkable) < 5:
        return
    longest = here = 0
    for known, first, last in zip(checkable, c.firsts.tolist(), c.lasts.tolist(), strict=True):
        here = 0 if known else here + last - first
        longest = max(longest, here)
    assert 2 ** bare_stretch(doc).values["log2_words"] == pytest.approx(1 + longest)


_BODY = "<p>The ferry left at noon with forty crates of pears, two goats and a piano on board.</p>" * 5


def _value(id: str, html: str) -> float:
    (value, *_) = all_signals()[id].function(build_document(Page.from_html(html))).values.values()
    return float(value)


@pytest.mark.parametrize("text", ["DMCA", "Dmca Notice \u0130\u2014\u03a3", "a dMcA b"])
def test_notices_in_any_case(text: str) -> None:
    footer = '<a href="/\u212a">x\u2014</a><a href="/y">z</a>'
    assert _value("dmca_notice", f"<main>{_BODY}</main><footer>{footer}<a href='/a'>{text}</a></footer>") == 1
    assert (
        _value("dmca_notice", f"<main>{_BODY}</main><footer>{footer}<a href='/{text}/'>q</a></footer>") == 1
    )
    # Two links of which one ends in what the other begins with.
    assert _value("dmca_notice", f"<main>{_BODY}</main><footer>{footer}<a href='/dm'>ca</a></footer>") == 0


def test_images_in_any_case() -> None:
    html = f"<main>{_BODY}<img src='HTTPS://I.PinImg.com/\u03a3'><img src='/pinimg.com'><img src='//x.org/a'></main>"
    assert _value("hot_linked_images", html) == 4
    html = f"<main>{_BODY}<img src='//IMAGES.Unsplash.com/a'><img src='/{'x' * 300}unsplash.com'></main>"
    assert _value("stock_images", html) == 4


def test_questions_of_the_markup_are_compared_by_their_letters() -> None:
    def page(question: str, shown: str) -> str:
        script = f'{{"@type":"FAQPage","mainEntity":[{{"@type":"Question","name":"{question}"}}]}}'
        return f'<script type="application/ld+json">{script}</script><main>{_BODY}<h2>{shown}</h2></main>'

    assert _value("schema_faq_mismatch", page("What is\u2014a Mill?", "WHAT IS A MILL")) == 0
    assert _value("schema_faq_mismatch", page("What is a mole?", "What is a mill?")) == 1


@pytest.mark.parametrize(
    ("title", "year", "promise"),
    [
        ("The Complete Stone Guide", 0, 1),
        ("It \u0130s Changing: the mill is CHANGING", 0, 1),
        ("  *Under\u017ftanding mills in 2024", 1, 1),
        ("top 10 best mills", 0, 1),
        ("Guide", 0, 1),
        ("Misguide to mills of 20\u0661\u0662", 0, 0),
        ("(2019 edition) mills", 1, 0),
    ],
)
def test_titles(title: str, year: float, promise: float) -> None:
    doc = build_document(Page.from_html(f"<title>{title}</title><main>{_BODY}</main>"))
    assert title_shape(doc).values == {"year": year, "promise": promise}
