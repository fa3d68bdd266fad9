"""Days of publication out of what pages, rows and addresses say. No clock is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

# Pages cannot be older than the first web site.
FIRST_DAY = date(1991, 8, 6)
_LONGEST = 200

_ISO = re.compile(r"\s{0,9}(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\s{0,9}(\d{4})(\d{2})(\d{2})(?:\d{6}|T\d{2,6}Z?)?(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_PATH_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})([-/_])(\d{2})\2(\d{2})(?!\d)")
_PATH_MONTH = re.compile(r"/((?:19|20)\d{2})/(\d{2})(?=/)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip

Problem = Literal["", "unreadable", "impossible"]


@dataclass(frozen=True, slots=True)
class Dated:
    """When a page says it was published.

    Attributes:
        day: ISO day, ``None`` if not known.
        month: ``YYYY-MM``, ``None`` if not known; an address may tell the month alone.
        problem: ``impossible`` for a day that no calendar has or that is older than the web,
            ``unreadable`` for text that is no date.
    """

    day: str | None = None
    month: str | None = None
    problem: Problem = ""


UNDATED = Dated()


def read_date(text: str) -> Dated:
    """A day out of a date as written: ISO, ``20240501``, ``1 May 2024``, ``May 1, 2024``.

    ``05/06/2024`` is not guessed at: it is unreadable.
    """
    text = text[:_LONGEST]
    if not text.strip():
        return UNDATED
    if match := _ISO.match(text) or _COMPACT.match(text):
        return _checked(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.search(text):
        if month := _month(match[2]):
            return _checked(int(match[3]), month, int(match[1]))
    if match := _MONTH_FIRST.search(text):
        if month := _month(match[1]):
            return _checked(int(match[3]), month, int(match[2]))
    return Dated(problem="unreadable")


def date_in_address(url: str) -> Dated:
    """The day in a path like ``/2024/05/01/`` or ``/2024-05-01-title``; digits that are no day say nothing."""
    path = _path(url)
    for match in _PATH_DAY.finditer(path):
        found = _checked(int(match[1]), int(match[3]), int(match[4]))
        if found.day:
            return found
    for match in _PATH_MONTH.finditer(path):
        if 1 <= int(match[2]) <= 12:
            return Dated(month=f"{match[1]}-{match[2]}")
    return UNDATED


def _path(url: str) -> str:
    try:
        return urlsplit(url).path[:2000]
    except ValueError:
        return ""


def _month(name: str) -> int:
    """1 to 12, or 0 for a word that is no month."""
    low = name.lower()
    if low in _MONTHS or low == "sept":
        return _MONTHS.index(low[:3]) + 1
    return _MONTH_NAMES.index(low) + 1 if low in _MONTH_NAMES else 0


def _checked(year: int, month: int, day: int) -> Dated:
    try:
        found = date(year, month, day)
    except ValueError:
        return Dated(problem="impossible")
    if found < FIRST_DAY:
        return Dated(problem="impossible")
    return Dated(found.isoformat(), found.isoformat()[:7])
