"""Figures of a group of pages: a site, a section, an author, a month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from qualityscore.site.levels import Levels
from qualityscore.site.page import RAISES, SitePage
from qualityscore.site.rates import wilson

BINS = 20
MOST_GROUPS = 200


def rounded(value: float | None) -> float | None:
    """Six decimals, as in the records."""
    return None if value is None else round(value, 6)


def figures(pages: Sequence[SitePage]) -> dict[str, Any]:
    """Pages, scored pages, their mean score and the share of low-quality ones with its interval."""
    scores = [p.score for p in pages if p.score is not None]
    flagged = sum(p.band == "low_quality" for p in pages)
    n = len(scores)
    return {
        "pages": len(pages),
        "scored": n,
        "share_low_quality": rounded(flagged / n) if n else None,
        "share_interval": [rounded(end) for end in wilson(flagged, n)] if n else None,
        "mean_score": rounded(sum(scores) / n) if n else None,
    }


def histogram(pages: Iterable[SitePage]) -> list[int]:
    """Scored pages in 20 equal bins from 0 to 1."""
    bins = [0] * BINS
    for page in pages:
        if page.score is not None:
            bins[min(BINS - 1, int(page.score * BINS))] += 1
    return bins


def grouped(
    pages: Sequence[SitePage], name_of: Callable[[SitePage], str | None], *, by_name: bool = False
) -> list[dict[str, Any]]:
    """Figures of the pages by name, the largest 200 groups; pages without a name are left out.

    Args:
        by_name: in the order of the names; else the largest first.
    """
    groups: dict[str, list[SitePage]] = {}
    for page in pages:
        name = name_of(page)
        if name:
            groups.setdefault(name, []).append(page)
    largest = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_GROUPS]
    if by_name:
        largest.sort()
    return [{"name": name, **figures(members)} for name, members in largest]


def top_signals(
    pages: Sequence[SitePage], names: Sequence[str], levels: Levels | None = None, most: int = 15
) -> list[dict[str, Any]]:
    """The signals that add most to the site's pages.

    ``pages`` counts those whose log-odds the signal raises by 0.05 or more; the mean is over all
    scored pages. ``levels`` tells which feature does it and which way it is off.
    """
    totals: dict[int, float] = {}
    raised: dict[int, int] = {}
    scored = 0
    for page in pages:
        if page.score is None:
            continue
        scored += 1
        for place, value in page.signals:
            totals[place] = totals.get(place, 0.0) + value
            raised[place] = raised.get(place, 0) + (value >= RAISES)
    order = sorted((p for p in totals if totals[p] > 0), key=lambda p: (-totals[p], names[p]))
    top = order[:most]
    values: dict[int, dict[str, list[float]]] = {place: {} for place in top}
    for page in pages if levels else ():
        for place, found in page.values if page.score is not None else ():
            for feature, value in found if place in values else ():
                values[place].setdefault(feature, []).append(value)
    out = []
    for place in top:
        level = levels.of(names[place], values[place]) if levels else None
        out.append(
            {
                "id": names[place],
                "pages": raised[place],
                "share": rounded(raised[place] / scored),
                "mean_contribution": rounded(totals[place] / scored),
                "feature": level.feature if level else None,
                "median": rounded(level.here) if level else None,
                "usual": rounded(level.usual) if level else None,
                "direction": level.direction if level else None,
            }
        )
    return out
