"""Days out of what pages say, and the cadence they give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from qualityscore.site.cadence import cadence
from qualityscore.site.dates import Dated, date_in_address, read_date


def dated(dates: Sequence[Dated], as_of: str | None) -> dict[str, Any]:
    """The cadence of pages that were all taken on one day."""
    return cadence(dates, [as_of] * len(dates))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-05-01", "2024-05-01"),
        ("2024-5-1T08:00:00+02:00", "2024-05-01"),
        ("2024/05/01", "2024-05-01"),
        ("20240501", "2024-05-01"),
        ("20240501083000", "2024-05-01"),
        ("1 May 2024", "2024-05-01"),
        ("Wed, 01 May 2024 08:00:00 GMT", "2024-05-01"),
        ("May 1st, 2024", "2024-05-01"),
        ("Published on September 12, 2019 by Ida", "2019-09-12"),
        ("Sept. 12, 2019", "2019-09-12"),
    ],
)
def test_dates_as_they_are_written(text: str, day: str) -> None:
    assert read_date(text) == Dated(day, day[:7])


@pytest.mark.parametrize("text", ["05/06/2024", "yesterday", "12 Brumaire 1799", "2024", "1714550400"])
def test_what_is_no_date_is_not_guessed_at(text: str) -> None:
    assert read_date(text).day is None


def test_days_that_cannot_be() -> None:
    for text in ("2024-02-30", "2023-13-01", "1850-01-01", "31 June 2020"):
        assert read_date(text) == Dated(problem="impossible")
    assert read_date("  ") == Dated()
    assert read_date("soon").problem == "unreadable"


@pytest.mark.parametrize(
    ("url", "day", "month"),
    [
        ("https://a.example/2024/05/01/title", "2024-05-01", "2024-05"),
        ("https://a.example/posts/2024-05-01-title.md", "2024-05-01", "2024-05"),
        ("https://a.example/title-2026-06-08-094625.html", "2026-06-08", "2026-06"),
        ("https://a.example/2024/05/title", None, "2024-05"),
        ("https://a.example/part-2024-99-99/", None, None),
        ("https://a.example/item/20240501", None, None),
        ("https://[broken/2024/05/01/", None, None),
    ],
)
def test_dates_in_addresses(url: str, day: str | None, month: str | None) -> None:
    assert date_in_address(url) == Dated(day, month)


def days(*counts: tuple[str, int]) -> list[Dated]:
    return [read_date(day) for day, count in counts for _ in range(count)]


def test_a_steady_site_has_no_burst() -> None:
    found = dated(days(*((f"2024-05-{d:02d}", 2) for d in range(1, 11))), None)
    assert (found["dated"], found["median_per_active_day"], found["bursts"]) == (20, 2, [])
    assert found["days"][0] == ["2024-05-01", 2]


def test_a_burst_is_one_entry() -> None:
    found = dated(
        days(*((f"2024-05-{d:02d}", 1) for d in range(1, 11)), ("2024-06-01", 6), ("2024-06-02", 7)), None
    )
    assert found["bursts"] == [{"start": "2024-06-01", "end": "2024-06-02", "pages": 13}]
    assert found["busiest"] == {"day": "2024-06-02", "pages": 7}


def test_missing_dates_say_nothing() -> None:
    found = dated([Dated()] * 30, "2024-06-01")
    assert (found["dated"], found["undated"], found["first"], found["bursts"]) == (0, 30, None, [])


def test_future_and_impossible_days_stand_apart() -> None:
    dates = [read_date(t) for t in ("2024-05-01", "2024-07-01", "2024-02-30", "")]
    found = dated(dates, "2024-06-01")
    assert (found["dated"], found["future"], found["impossible"], found["undated"]) == (1, 1, 1, 1)
    assert found["last"] == "2024-05-01"
    assert dated(dates, None)["future"] == 0
