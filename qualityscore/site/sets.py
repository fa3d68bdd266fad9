"""Sets of repeated pages as the report names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from qualityscore.site.arrays import Ids, gathered
from qualityscore.site.chrome import Flags
from qualityscore.site.duplicates import Set, Text, likeness_of
from qualityscore.site.groups import rounded
from qualityscore.site.page import SitePage
from qualityscore.site.patterns import pattern_of, split_unit
from qualityscore.site.recurring import word_ids


def by_size(entry: Mapping[str, Any]) -> tuple[int, int]:
    """Largest sets first, then as they were found."""
    return -len(entry["pages"]), int(entry["id"][1:])


def article(page: SitePage, chrome: Flags) -> Ids:
    """Word ids of a page without the site's frame."""
    units = page.units
    if units is None:
        return np.empty(0, dtype=np.uint32)
    shown = ~chrome[units.line]
    return gathered(units.words, units.first[shown], units.last[shown])


def family_entry(
    pattern: str, places: Sequence[int], texts: Sequence[Text], pages: Sequence[SitePage]
) -> dict[str, Any]:
    """The entry of pages on one phrase; its similarity is that of pages that follow each other."""
    likeness = [likeness_of(texts[a], texts[b]) for a, b in zip(places, places[1:], strict=False)]
    return {
        "kind": "doorway",
        "pattern": pattern,
        "similarity": rounded(float(np.mean(likeness))),
        "pages": _listed(places, pages),
    }


def _listed(places: Sequence[int], pages: Sequence[SitePage]) -> list[dict[str, Any]]:
    return [{"source": pages[i].source, "title": pages[i].title, "host": pages[i].host} for i in places]


def set_entry(found: Set, pages: Sequence[SitePage], titles: Sequence[str]) -> dict[str, Any]:
    """The entry of a set in the report."""
    pattern = None
    if found.kind == "doorway":
        title = titles[found.pages[0]]
        ids, spans = word_ids(title)
        pattern = pattern_of([split_unit(title, spans, [i not in found.slot for i in ids.tolist()])])[0]
    return {
        "kind": found.kind,
        "pattern": pattern,
        "similarity": rounded(found.similarity),
        "pages": _listed(found.pages, pages),
    }
