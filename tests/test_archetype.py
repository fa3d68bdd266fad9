"""The page that started the project; it lies beside the checkout on the maintainers' machines only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qualityscore import Page, Scorer

DATA = os.environ.get("QUALITYSCORE_DATA", "")
SEED = Path(DATA).parent / "seed" / "archetype.txt" if DATA else None

pytestmark = pytest.mark.skipif(
    SEED is None or not SEED.is_file(), reason="set QUALITYSCORE_DATA to the corpora's folder to run this"
)


@pytest.fixture(scope="module")
def text() -> str:
    assert SEED is not None
    return SEED.read_text(encoding="utf-8")


def test_it_scores_high(text: str) -> None:
    verdict = Scorer.load().score(Page.from_text(text))
    assert verdict.score is not None
    assert verdict.score >= 0.95
    assert verdict.band == "low_quality"


def test_other_names_and_another_order_of_sections_change_little(text: str) -> None:
    names = {
        "Dmitriev": "Halvorsen", "dmitriev": "halvorsen", "Antonov": "Brandt", "Kirill": "Jonas", "Anatoly": "Karl",
        "Putin": "Lindqvist", "putin": "lindqvist", "Vladimir": "Erik", "Russian": "Norwegian",
        "Russia": "Norway", "russia": "norway", "Ukraine": "Iceland", "ukraine": "iceland", "Moscow": "Oslo",
        "Trump": "Carver", "Donald": "Miles", "donald": "miles", "Kyiv": "Reykjavik", "Kremlin": "Storting",
    }  # fmt: skip
    for old, new in names.items():
        text = text.replace(old, new)
    head, *sections = text.split("\n\nThe ")
    reordered = "\n\nThe ".join([head, *reversed(sections[:-1]), sections[-1]])
    score = Scorer.load().score(Page.from_text(reordered)).score
    assert score is not None
    assert score >= 0.9
