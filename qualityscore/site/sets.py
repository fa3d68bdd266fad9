"""Sets of repeated pages as the report names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from qualityscore.site.arrays import Ids, gathered
from qualityscore.site.chrome import Flags
from qualityscore.site.duplicates import Set
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


def set_entry(found: Set, name: str, pages: Sequence[SitePage], titles: Sequence[str]) -> dict[str, Any]:
    """The entry of a set in the report."""
    pattern = None
    if found.kind == "doorway":
        title = titles[found.pages[0]]
        ids, spans = word_ids(title)
        pattern = pattern_of([split_unit(title, spans, [i not in found.slot for i in ids.tolist()])])[0]
    return {
        "id": name,
        "kind": found.kind,
        "pattern": pattern,
        "similarity": rounded(found.similarity),
        "pages": [
            {"source": pages[i].source, "title": pages[i].title, "host": pages[i].host} for i in found.pages
        ],
    }
