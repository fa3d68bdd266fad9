"""Attacks change words and leave markup alone."""

from __future__ import annotations

import random

import pytest

from benchmarks.attacks import Synonyms, attacks, lower_case, no_em_dash
from qualityscore import Page, build_document
from training.texts import on_text

HTML = '<p class="Lead">Fish &amp; Chips<!-- Not Text --><script>Var A = "B<C";</script> <a href="/A B">Ann Said</a></p>'
TEXT = (
    "The careful author describes a beautiful house beside the river \u2014 and answers every question. " * 20
)


def test_markup_stays() -> None:
    changed = on_text(HTML, "html", lambda text: text.upper())
    assert changed == HTML.replace("Fish", "FISH").replace("Chips", "CHIPS").replace("Ann Said", "ANN SAID")
    markdown = "---\ntitle: A B\n---\nSee [Here](https://Example.com/A) and https://Example.com/B now"
    assert on_text(markdown, "markdown", lambda text: text.upper()) == (
        "---\ntitle: A B\n---\nSEE [HERE](https://Example.com/A) AND https://Example.com/B NOW"
    )


@pytest.mark.parametrize("name", attacks())
def test_every_attack_changes_words_and_repeats(name: str) -> None:
    attack = attacks()[name]
    once = attack(TEXT, random.Random(1))
    assert once != TEXT
    assert attack(TEXT, random.Random(1)) == once
    words = [len(build_document(Page.from_text(t)).words) for t in (TEXT, once)]
    assert abs(words[0] - words[1]) <= 0.1 * words[0]


def test_rates() -> None:
    swapped = Synonyms.load()(TEXT, random.Random(0)).split()
    share = sum(a != b for a, b in zip(swapped, TEXT.split(), strict=True)) / len(swapped)
    assert 0.05 < share < 0.15
    assert "\u2014" not in no_em_dash(TEXT, random.Random(0))
    assert lower_case(TEXT, random.Random(0)).islower()
