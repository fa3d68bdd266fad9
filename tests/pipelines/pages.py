"""Pages of every outcome, and a scorer, that all doors are tested with."""

from __future__ import annotations

from qualityscore import Scorer
from tests.pages import CAREFUL, FARM, JAPANESE, NAVIGATION, SHORT, farm_html, small_model


def html_pages() -> dict[str, str]:
    """HTML by address: farms and careful pages in forty sizes, and every way to have no score."""
    pages = {}
    parts, careful = FARM.split("\n\n"), CAREFUL.split("\n\n")
    for n in range(20):
        mixed = [*parts[: 3 + n % 4], *careful[: n % 5], *parts[3 + n % 4 :]]
        pages[f"http://farm.example/{n}"] = farm_html("\n\n".join(mixed), f"Garden Hoses {n}")
        pages[f"http://human.example/{n}"] = farm_html(
            "\n\n".join([*careful[: 4 + n], *parts[: n % 3]]), f"Bread {n}"
        )
    pages["http://short.example/"] = farm_html(SHORT)
    pages["http://japanese.example/"] = farm_html(JAPANESE)
    pages["http://navigation.example/"] = f"<ul>{NAVIGATION}</ul>"
    return pages


BROKEN = b"\x00" * 60


def engine_scorer(**settings: object) -> Scorer:
    """The small model without evidence, as engines use it."""
    return Scorer(small_model(), **{"evidence": False, **settings})  # type: ignore[arg-type]
