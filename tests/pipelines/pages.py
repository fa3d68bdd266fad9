"""Pages of every outcome, and a scorer, that all doors are tested with."""

from __future__ import annotations

import random

from qualityscore import Scorer
from tests.pages import CAREFUL, FARM, JAPANESE, NAVIGATION, SHORT, farm_html, small_model


def html_pages() -> dict[str, str]:
    """HTML by address: forty mixtures of farm and careful page, and every way to have no score."""
    pages = {}
    parts, careful = FARM.split("\n\n"), CAREFUL.split("\n\n")
    for n in range(20):
        chance = random.Random(n)
        pages[f"http://farm.example/{n}"] = farm_html(_mixed(chance, [*parts, *careful[:1]]), f"Hoses {n}")
        pages[f"http://human.example/{n}"] = farm_html(_mixed(chance, [*careful, *parts[:1]]), f"Bread {n}")
    pages["http://short.example/"] = farm_html(SHORT)
    pages["http://japanese.example/"] = farm_html(JAPANESE)
    pages["http://navigation.example/"] = f"<ul>{NAVIGATION}</ul>"
    return pages


def _mixed(chance: random.Random, paragraphs: list[str]) -> str:
    """Some 300 words of these paragraphs' sentences, another choice and order each time."""
    chosen = []
    while sum(map(len, chosen)) < 1_800:
        sentences = chance.choice(paragraphs).split(". ")
        chosen.append(
            ". ".join(chance.sample(sentences, chance.randint(1, len(sentences)))).rstrip(".") + "."
        )
    return "\n\n".join(chosen)


BROKEN = b"\x00" * 60


def engine_scorer(**settings: object) -> Scorer:
    """The small model without evidence, as engines use it."""
    return Scorer(small_model(), **{"evidence": False, **settings})  # type: ignore[arg-type]
