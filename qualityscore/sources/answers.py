"""What a request is for, and what the headers of its answer say."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from qualityscore.document.page import PageKind
from qualityscore.errors import FetchError

if TYPE_CHECKING:
    from qualityscore.sources.transport import Accept, Answer

_KINDS: Mapping[str, PageKind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "": "auto",
}
_WANTED = "text/html,application/xhtml+xml,text/markdown;q=0.9,text/plain;q=0.8"


@dataclass(frozen=True, slots=True)
class Want:
    """What a request is for: its limits, which answers are read, and the site it must stay on, if any."""

    max_bytes: int
    accept: Accept
    types: str = _WANTED
    robots: bool = True
    cut: bool = False
    site: str = ""


def anything(_: Mapping[str, str]) -> None:
    """Any body is read."""


def media_type(headers: Mapping[str, str]) -> str:
    """The content type without parameters, in lower case; empty if there is none."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def is_page(headers: Mapping[str, str]) -> None:
    """Whether a body is read: only if it is a page.

    Raises:
        FetchError: it is none.
    """
    kind = media_type(headers)
    if kind not in _KINDS:
        raise FetchError(f"not a page: its type is {kind[:60]}", "type")


def kind_of_answer(answer: Answer) -> PageKind:
    """The kind of page that its type, or its address, tells."""
    kind = _KINDS[media_type(answer.headers)]
    # Servers that know no Markdown send it as plain text.
    if kind == "text" and answer.url.path.lower().endswith((".md", ".markdown")):
        return "markdown"
    return kind


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds that a server asks to wait, 0 if it does not say."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal() and value.isascii():
        return float(value[:12])
    try:
        return max(parsedate_to_datetime(value).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError, OverflowError, OSError):
        return 0.0
