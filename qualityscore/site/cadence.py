"""How a site publishes: pages a day, bursts, days that cannot be. Only where dates exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

from qualityscore.site.dates import Dated
from qualityscore.site.page import SitePage

# A burst: consecutive days with this many times the pages of a usual active day, and so many in all.
_TIMES, _FEWEST = 5, 10
_MOST_BURSTS = 20


def taken_span(pages: Sequence[SitePage]) -> dict[str, Any] | None:
    """First and last day on which pages say they were fetched, and how many say so; ``None`` if none does."""
    days = [p.taken for p in pages if p.taken]
    return {"pages": len(days), "first": min(days), "last": max(days)} if days else None


def last_day(page: SitePage, as_of: str | None, given: bool) -> str | None:
    """The last ISO day on which a page can have been published; ``None`` if nobody knows.

    Args:
        as_of: the day for pages that tell none of their own.
        given: the user said so, and it holds for all pages as it is. A day that a crawler noted is
            that of Greenwich: the author's may be one later.
    """
    if given or as_of is None:
        return as_of
    return (date.fromisoformat(page.taken or as_of) + timedelta(days=1)).isoformat()


def cadence(dates: Sequence[Dated], until: Sequence[str | None]) -> dict[str, Any]:
    """The ``cadence`` entry of a site.

    Args:
        dates: of all pages that could be read.
        until: for each, the last ISO day that is not in the future; ``None`` if unknown, then no
            day is.
    """
    impossible = sum(d.problem == "impossible" for d in dates)
    ahead = [bool(d.day and end and d.day > end) for d, end in zip(dates, until, strict=True)]
    future = sum(ahead)
    days = Counter(d.day for d, late in zip(dates, ahead, strict=True) if d.day and not late)
    ordered = sorted(days.items())
    dated = sum(days.values())
    usual = median(days.values()) if days else None
    busiest = min(ordered, key=lambda item: (-item[1], item[0])) if ordered else None
    return {
        "dated": dated,
        "undated": len(dates) - dated - future - impossible,
        "first": ordered[0][0] if ordered else None,
        "last": ordered[-1][0] if ordered else None,
        "median_per_active_day": usual,
        "busiest": {"day": busiest[0], "pages": busiest[1]} if busiest else None,
        "bursts": _bursts(ordered, usual or 1),
        "future": future,
        "impossible": impossible,
        "days": [[day, count] for day, count in ordered],
    }


def _bursts(days: Sequence[tuple[str, int]], usual: float) -> list[dict[str, Any]]:
    """Runs of consecutive days that are each far busier than usual."""
    busy = [(day, count) for day, count in days if count >= _TIMES * usual]
    runs: list[list[tuple[str, int]]] = []
    for day, count in busy:
        if runs and (date.fromisoformat(day) - date.fromisoformat(runs[-1][-1][0])).days == 1:
            runs[-1].append((day, count))
        else:
            runs.append([(day, count)])
    found: list[dict[str, Any]] = [
        {"start": run[0][0], "end": run[-1][0], "pages": sum(count for _, count in run)}
        for run in runs
        if sum(count for _, count in run) >= _FEWEST
    ]
    found.sort(key=lambda burst: (-burst["pages"], burst["start"]))
    return sorted(found[:_MOST_BURSTS], key=lambda burst: str(burst["start"]))
