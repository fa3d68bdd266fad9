"""Cuts ``site.json`` down to what a report can show, and says what was cut."""

from __future__ import annotations

from typing import Any

from qualityscore.report.page import safe_json

_MAX_STRING = 600
_LISTS = {"days": 4000, "histogram": 100, "months": 1200, "pages": 60, "examples": 5, "slots": 12}


def fitted(site: dict[str, Any], budget: int) -> tuple[str, list[str]]:
    """`safe_json` of the site, at most ``budget`` bytes, and sentences that say what was left out.

    Lists are shortened from the end (they are sorted by size or place), the longest bounds first.
    """
    limit = 400
    while True:
        cut: dict[str, int] = {}
        shown = _cut(site, "", limit, cut)
        text = safe_json(shown)
        if len(text) <= budget or limit <= 2:
            break
        limit //= 2
    if len(text) > budget:
        raise ValueError("site.json cannot be cut to a size that fits")
    return text, [
        f"{_plain(name)}: {count:,} more are in site.json only" for name, count in sorted(cut.items())
    ]


def _plain(name: str) -> str:
    return {"sites": "Sites", "pages": "Pages of a set of near-duplicates", "days": "Days"}.get(
        name, name.replace("_", " ").capitalize()
    )


def _cut(value: Any, name: str, limit: int, cut: dict[str, int]) -> Any:
    if isinstance(value, str):
        return value if len(value) <= _MAX_STRING else value[: _MAX_STRING - 1] + "…"
    if isinstance(value, dict):
        return {str(key)[:80]: _cut(item, str(key), limit, cut) for key, item in list(value.items())[:200]}
    if isinstance(value, list):
        most = min(_LISTS.get(name, limit), max(limit, 20) if name == "histogram" else 10 * limit)
        if len(value) > most and name not in ("slots", "examples"):
            cut[name or "entries"] = cut.get(name or "entries", 0) + len(value) - most
        return [_cut(item, "", limit, cut) for item in value[:most]]
    return value
