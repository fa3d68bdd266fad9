"""``summary.md``: a report short enough to paste into a ticket."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from qualityscore.site.reasons import percent, probability

_MOST_SITES, _MOST_ROWS = 20, 5
# What Markdown or HTML would act on; page text is hostile.
_ACTIVE = re.compile(r"([\\`*_\[\]<>#|~@&])")
_BANDS = {
    "low_quality": "low quality: what a content farm publishes",
    "suspect": "suspect",
    "ok": "does not look like a content farm",
    "not_enough": "not enough to say",
}


def inert(text: str) -> str:
    """Page text on one line as Markdown that shows it and does nothing else."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    escaped = _ACTIVE.sub(r"\\\1", " ".join(shown.split()))
    # Bare addresses become links all by themselves.
    return escaped.replace("://", "&#58;//").replace("www.", "www&#46;")


def verdict_line(site: Mapping[str, Any]) -> str:
    """A site's verdict in one line of plain text."""
    if site["score"] is None:
        return f"{_BANDS['not_enough']} ({_scored_of(site['scored'], site['pages'])})"
    share = percent(site["share_low_quality"])
    low, high = site["share_interval"]
    return (
        f"{_BANDS[site['band']]} (probability {probability(site['score'])}); {share} of {site['scored']:,} scored pages are "
        f"low quality (95 %: {percent(low)} to {percent(high)})"
    )


def _sets(n: int) -> str:
    return "One set" if n == 1 else f"{n:,} sets"


def _scored_of(scored: int, pages: int) -> str:
    if pages == 1:
        return f"the only page has {'a' if scored else 'no'} score"
    return f"{scored or 'none'} of {pages:,} pages {'has' if scored < 2 else 'have'} a score"


def summary(report: Mapping[str, Any]) -> str:
    """The report as Markdown."""
    counts = report["counts"]
    lines = [
        "# Site audit",
        "",
        f"{counts['pages']:,} pages, {counts['scored']:,} scored, "
        f"{sum(counts['abstained'].values()):,} without a score, {counts['failed']:,} failed. "
        f"Model {report['model']['id']}; low quality above {report['thresholds']['low_quality']:.3f}.",
        "",
    ]
    if not report["complete"]:
        lines += ["**Interrupted: only the pages done so far.**", ""]
    worst = sorted(report["sites"], key=lambda s: (s["score"] is None, -(s["score"] or 0.0)))
    for site in worst[:_MOST_SITES]:
        lines += _site(site)
    if len(worst) > _MOST_SITES:
        lines += [f"…and {len(worst) - _MOST_SITES:,} more sites in site.json.", ""]
    across = report["cross_host"]["duplicates"]
    if across:
        lines += [
            "## Across sites",
            "",
            f"{_sets(len(across))} of near-duplicates or doorways across several sites.",
            "",
        ]
    lines += ["## Errors", ""] if counts["errors"] else []
    lines += [f"- {n} × {inert(message)}" for message, n in list(counts["errors"].items())[:_MOST_ROWS]]
    lines += [""] if counts["errors"] else []
    lines += [f"A {inert(report['meaning'])}", ""]
    return "\n".join(lines)


def _site(site: Mapping[str, Any]) -> list[str]:
    lines = [f"## {inert(site['host'])}", "", f"**Verdict:** {verdict_line(site)}.", ""]
    lines += [f"- {inert(reason['text'])}" for reason in site["reasons"]]
    if site["share_corrected"] is not None and site["score"] is not None:
        low, high = site["share_corrected_interval"]
        lines.append(
            f"- Corrected for the model's own errors: {percent(site['share_corrected'])} of the pages, "
            f"somewhere between {percent(low)} and {percent(high)}."
        )
    lines.append("")
    if len(site["sections"]) > 1:
        lines += _table("Section", site["sections"][:_MOST_ROWS])
    lines += _list(
        "Templates",
        [f"{t['pages']:,} pages, {t['kind']}: {inert(t['pattern'])}" for t in site["templates"][:_MOST_ROWS]],
    )
    lines += _list(
        "Repeated pages",
        [
            f"{len(d['pages'])} pages ({'doorways' if d['kind'] == 'doorway' else 'near-duplicates'}): "
            f"{inert(d['pattern'] or d['pages'][0]['title'] or d['pages'][0]['source'])}"
            for d in site["duplicates"][:_MOST_ROWS]
        ],
    )
    return lines + _list(
        "Not measured", [f"{inert(m['what'])}: {inert(m['why'])}" for m in site["not_measured"]]
    )


def _table(name: str, groups: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = [f"| {name} | Pages | Scored | Low quality |", "|---|---:|---:|---:|"]
    for group in groups:
        share = "–" if group["share_low_quality"] is None else percent(group["share_low_quality"])
        lines.append(f"| {inert(group['name'])} | {group['pages']} | {group['scored']} | {share} |")
    return [*lines, ""]


def _list(name: str, items: Sequence[str]) -> list[str]:
    return [f"{name}:", "", *(f"- {item}" for item in items), ""] if items else []
