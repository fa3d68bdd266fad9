"""Markdown and its front matter."""

from __future__ import annotations

import pytest

from qualityscore.document import Document, Page, build_document
from qualityscore.document.markdown import split_front_matter
from qualityscore.errors import LimitExceeded

LONG = "We walked to the old mill by the river and asked the miller how the stones are dressed."


def read(source: str) -> Document:
    return build_document(Page(source, "markdown"))


def test_yaml_front_matter_is_metadata() -> None:
    doc = read(
        "---\ntitle: A mill\ndate: 2021-05-04\nauthors: [Ann, Tom]\ntags:\n - mill\n - 5\nexcerpt: What we saw\n"
        f"lastmod: 2021-06-01\nlang: en\n---\n{LONG}\n"
    )
    meta = doc.meta
    assert (meta.title, meta.published, meta.author) == ("A mill", "2021-05-04", "Ann, Tom")
    assert (meta.keywords, meta.description, meta.modified, meta.language) == (
        "mill, 5", "What we saw", "2021-06-01", "en",
    )  # fmt: skip
    assert doc.text == LONG
    assert doc.markup is None


def test_toml_front_matter_is_metadata() -> None:
    doc = read(f'+++\ntitle = "A mill"\ndate = 2021-05-04\nauthor = {{name = "Ann"}}\n+++\n{LONG}\n')
    assert (doc.meta.title, doc.meta.published, doc.meta.author) == ("A mill", "2021-05-04", "Ann")
    assert doc.text == LONG


def test_the_first_heading_is_the_title_of_last_resort() -> None:
    assert read(f"# The *old* mill\n\n{LONG}").meta.title == "The old mill"
    assert read(LONG).meta.title == ""


@pytest.mark.parametrize(
    "front",
    [
        "---\n\ttitle: [\n---\n",
        "---\n- a\n- b\n---\n",
        "---\ndate: 2024-13-45\n---\n",
        "---\na: &a [x, x]\nb: [*a, *a]\ntitle: *a\n---\n",
        "---\ntitle: !!python/object/apply:os.system [x]\n---\n",
        "---\ntitle: !!int ''\n---\n",
        "---\ndate: !!timestamp soon\n---\n",
        "---\ntitle: 0x" + "f" * 9000 + "\n---\n",
        "---\ntitle: [0x" + "f" * 9000 + "]\n---\n",
        "---\ntitle: {a: b}\n---\n",
        "---\ntitle: " + "[" * 15_000 + "\n---\n",
        "+++\ntitle = [\n+++\n",
        "+++\na = " + "[" * 15_000 + "\n+++\n",
        "+++\na = " + "1" * 9000 + "\n+++\n",
    ],
)
def test_broken_front_matter_is_dropped_unread(front: str) -> None:
    doc = read(front + LONG)
    assert doc.text == LONG
    assert doc.meta.title == ""


def test_a_rule_is_no_front_matter() -> None:
    assert split_front_matter("---\nno end") == ({}, "---\nno end")
    assert split_front_matter("text\n---\na: b\n---\n") == ({}, "text\n---\na: b\n---\n")


def test_half_a_surrogate_pair_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    # The loader written in C refuses it; the one in Python is used where libyaml is missing.
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert read('---\ntitle: "A\\uD800"\n---\nx').meta.title == "A\ufffd"


def test_blocks() -> None:
    doc = read(
        "# Mill\n\nA *fine* [mill](https://example.org).\n\n- **Cost:** four\n- two\n\n> said\n\n```\nx = 1\n```\n\n|a|b|\n|-|-|\n|c|d|\n"
    )
    assert [(b.kind, b.level, doc.slice(b.start, b.end)) for b in doc.blocks] == [
        ("heading", 1, "Mill"),
        ("paragraph", 0, "A fine mill."),
        ("item", 1, "Cost: four"),
        ("item", 1, "two"),
        ("quote", 0, "said"),
        ("code", 0, "x = 1"),
        ("row", 0, "a\tb"),
        ("row", 0, "c\td"),
    ]
    assert doc.blocks[2].bold_lead == 5


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("## Cost {#cost .big}\n\nFour.", "Cost\n\nFour."),
        ("A claim.[^1]\n\n[^1]: The source.", "A claim.\n\nThe source."),
        ("> [!NOTE]\n> Mind the step.", "Mind the step."),
        ("{% include a.html %}\n\nText {{< youtube x >}}here {{ site.url }}now.", "Text here now."),
        ("Visit {{location}} today.", "Visit {{location}} today."),
        ("import A from 'a'\n\n<Chart\n  data={[1]}\n/>\n\n<Box>\n\nText.\n\n</Box>", "Text."),
        ('<div markdown="1">\n**Bold** text.\n</div>', "Bold text."),
        ("See [the plan](/files/a plan of it.pdf).", "See the plan."),
        ("Text\n{: .note}", "Text"),
    ],
)
def test_dialects_read_as_their_readers_see_them(source: str, text: str) -> None:
    assert read(source).text == text


def test_code_between_fences_stays_as_it_is() -> None:
    assert (
        read("Use:\n\n```\n{% include a %} [^1]\n```\n\nDone.[^1]").text
        == "Use:\n\n{% include a %} [^1]\n\nDone."
    )


def test_html_inside_markdown() -> None:
    assert read(f'<p align="center">Mill</p>\n\n{LONG}<br>Then home.').text == f"Mill\n\n{LONG}\n\nThen home."


def test_too_many_marks() -> None:
    with pytest.raises(LimitExceeded, match="Markdown marks"):
        read("[" * 100_001)
