"""Changing the words of a page, of HTML or Markdown, and never its markup."""

from __future__ import annotations

import re
from collections.abc import Callable

# Markup, comments, and what is code rather than text; entities stay whole.
_MARKUP = re.compile(
    r"<(script|style|template|svg)\b[^>]*>.*?</\1\s*>|<!--.*?-->|<[^>]*>|&#?\w{1,32};", re.S | re.I
)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
# Addresses in Markdown, which an evader leaves alone.
_ADDRESS = re.compile(r"\]\([^)\s]*[^)]*\)|https?://\S+")


def on_text(raw: str, kind: str, change: Callable[[str], str]) -> str:
    """Change the words of a page and keep its markup."""
    if kind == "html":
        return _between(_MARKUP, raw, change)
    front = _FRONT_MATTER.match(raw)
    head, body = (front.group(), raw[front.end() :]) if front else ("", raw)
    return head + _between(_ADDRESS, body, change)


def _between(pattern: re.Pattern[str], raw: str, change: Callable[[str], str]) -> str:
    out, at = [], 0
    for match in pattern.finditer(raw):
        out += [change(raw[at : match.start()]), match.group()]
        at = match.end()
    return "".join([*out, change(raw[at:])])
