"""Two audits of one site: what got better, worse, new, gone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualityscore.errors import InputError
from qualityscore.site.groups import rounded
from qualityscore.site.store import PAGES, read_report

_ORDER = {"ok": 0, "suspect": 1, "low_quality": 2}
# A page that stays in its band has changed if its score did by this much.
CHANGED = 0.1


@dataclass(frozen=True, slots=True)
class PageState:
    """A page in one audit."""

    source: str
    title: str
    score: float | None
    band: str


def compare(old: Path, new: Path) -> dict[str, Any]:
    """The comparison of two finished audits.

    Pages are the same if they have the same address or, without one, the same path below the input.
    ``worse`` and ``better`` are pages that changed their band, or their score by 0.1.

    Raises:
        InputError: a folder holds no finished audit.
    """
    reports = read_report(old), read_report(new)
    before, after = _pages(old), _pages(new)
    out: dict[str, Any] = {
        "old": str(old),
        "new": str(new),
        "same_model": reports[0]["model"]["id"] == reports[1]["model"]["id"],
        "same_threshold": reports[0]["thresholds"]["low_quality"] == reports[1]["thresholds"]["low_quality"],
        "pages": [len(before), len(after)],
        "sites": _sites(*reports),
        "unchanged": 0,
        **{name: [] for name in ("worse", "better", "new", "gone", "score_lost", "score_gained")},
    }
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        change = _change(was, now)
        if change == "unchanged":
            out["unchanged"] += 1
            continue
        state = now or was
        assert state is not None
        row = {
            "page": key,
            "source": state.source,
            "title": state.title,
            "old_score": was.score if was else None,
            "new_score": now.score if now else None,
            "old_band": was.band if was else None,
            "new_band": now.band if now else None,
        }
        out[change].append(row)
    for name in ("worse", "better"):
        out[name].sort(key=lambda r: (-abs(r["new_score"] - r["old_score"]), r["page"]))
    return out


def fresh_low_quality(comparison: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Pages that are low quality now and were not, or were not there."""
    rows = [*comparison["worse"], *comparison["new"], *comparison["score_gained"]]
    return [r for r in rows if r["new_band"] == "low_quality" and r["old_band"] != "low_quality"]


def _change(was: PageState | None, now: PageState | None) -> str:
    if was is None or now is None:
        return "new" if was is None else "gone"
    if was.score is None or now.score is None:
        if was.score is None and now.score is None:
            return "unchanged"
        return "score_gained" if was.score is None else "score_lost"
    step = _ORDER[now.band] - _ORDER[was.band]
    moved = now.score - was.score
    if step == 0 and abs(moved) < CHANGED:
        return "unchanged"
    return "worse" if (step or moved) > 0 else "better"


def _sites(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, Any]]:
    before, after = ({s["host"]: s for s in report["sites"]} for report in (old, new))
    if len(before) == 1 and len(after) == 1 and before.keys() != after.keys():
        # One site from two folders.
        before = {next(iter(after)): next(iter(before.values()))}
    out = []
    for host in sorted(before.keys() | after.keys()):
        was, now = before.get(host), after.get(host)
        row: dict[str, Any] = {"host": host}
        for name in ("score", "band", "pages", "scored", "share_low_quality"):
            row[name] = [was[name] if was else None, now[name] if now else None]
        row["share_change"] = (
            rounded(now["share_low_quality"] - was["share_low_quality"])
            if was and now and None not in row["share_low_quality"]
            else None
        )
        out.append(row)
    return out


def _pages(folder: Path) -> dict[str, PageState]:
    found: dict[str, PageState] = {}
    for record in _records(folder / PAGES):
        key = record["url"] or record["site"]["path"]
        number = 1
        while key in found:
            number += 1
            key = f"{record['url'] or record['site']['path']} ({number})"
        found[key] = PageState(record["source"] or "-", record["title"], record["score"], record["band"])
    return found


def _records(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open("rb") as file:
            for line in file:
                yield json.loads(line)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except ValueError as error:
        raise InputError(f"{path} is damaged: {error}") from error


def comparison_text(comparison: Mapping[str, Any], most: int = 10) -> str:
    """The comparison as plain lines."""
    lines = []
    if not comparison["same_model"]:
        lines.append("The audits used different models: changes may be the model's and not the pages'.")
    if not comparison["same_threshold"]:
        lines.append("The audits used different thresholds: bands are not comparable.")
    for site in comparison["sites"]:
        was, now = site["share_low_quality"]
        change = f" ({100 * site['share_change']:+.1f} points)" if site["share_change"] is not None else ""
        lines.append(f"{site['host']}: low quality {_percent(was)} -> {_percent(now)}{change}, "
                     f"pages {site['pages'][0] or 0} -> {site['pages'][1] or 0}")  # fmt: skip
    lines.append(
        ", ".join(
            f"{name.replace('_', ' ')} {len(comparison[name])}"
            for name in ("worse", "better", "new", "gone", "score_lost", "score_gained")
        )
        + f", unchanged {comparison['unchanged']}"
    )
    for name in ("worse", "better", "new", "gone"):
        rows = comparison[name]
        lines += [
            f"  {name}: {row['page']}  {_score(row['old_score'])} -> {_score(row['new_score'])}"
            for row in rows[:most]
        ]
        if len(rows) > most:
            lines.append(f"  {name}: and {len(rows) - most} more")
    return "\n".join(lines)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"


def _score(score: float | None) -> str:
    return "–" if score is None else f"{score:.2f}"
