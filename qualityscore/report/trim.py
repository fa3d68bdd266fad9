"""Cuts ``site.json`` down to what a report can show, and says what was cut."""

from __future__ import annotations

from collections import Counter
from typing import Any

from qualityscore.report.page import safe_json

_MAX_STRING = 600
_MAX_KEYS = 200
# Lists with a bound of their own; days and months are short entries, a histogram is always whole.
_MOST = {"histogram": 100, "days": 4000, "months": 1200, "pages": 60, "examples": 5, "slots": 12, "also": 5}
_SHORT = ("days", "months")
_QUIET = ("slots", "examples", "also")
_FIRST_LIMIT = 400
_FIRST_SITES = 5000
_WORDS = {"pages": "Pages of sets of near-duplicates"}


def fitted(site: dict[str, Any], budget: int) -> tuple[str, list[str]]:
    """`safe_json` of the site, at most ``budget`` bytes, and sentences that say what was left out.

    Lists are shortened from the end, as they are sorted by size or date; with very many sites their lists
    go first and then the last sites.

    Raises:
        ValueError: even one site without its lists is too large.
    """
    limit, sites = _FIRST_LIMIT, _FIRST_SITES
    # Signals carry these values themselves.
    site = {name: value for name, value in site.items() if name != "usual"}
    while True:
        cut: Counter[str] = Counter()
        text = safe_json(_cut(site, "", limit, sites, cut))
        if len(text) <= budget:
            break
        if limit:
            limit //= 4
        elif sites > 1:
            shown = min(sites, len(site["sites"]))
            sites = min(shown - 1, int(0.95 * shown * budget / len(text)))
        else:
            raise ValueError("site.json cannot be cut to a size that fits")
    return text, [
        f"{_WORDS.get(name, name.replace('_', ' ').capitalize())}: {count:,} more are in site.json only"
        for name, count in sorted(cut.items())
    ]


def _cut(value: Any, name: str, limit: int, sites: int, cut: Counter[str]) -> Any:
    if isinstance(value, str):
        return value if len(value) <= _MAX_STRING else value[: _MAX_STRING - 1] + "…"
    if isinstance(value, dict):
        items = list(value.items())[:_MAX_KEYS]
        out = {str(key)[:80]: _cut(item, str(key), limit, sites, cut) for key, item in items}
        if isinstance(value.get("pages"), list):
            out["count"] = len(value["pages"])
        return out
    if isinstance(value, list):
        most = _most(name, limit, sites)
        if len(value) > most and name not in _QUIET:
            cut[name or "entries"] += len(value) - most
        return [_cut(item, "", limit, sites, cut) for item in value[:most]]
    return value


def _most(name: str, limit: int, sites: int) -> int:
    if name == "sites":
        return sites
    if name in ("histogram", "share_interval", "share_corrected_interval", ""):
        return 100
    own = _MOST.get(name, limit)
    return min(own, 10 * limit if name in _SHORT else limit)
