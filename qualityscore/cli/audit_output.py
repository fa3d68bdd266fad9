"""What an audit says on standard output: lines for people, annotations for GitHub."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from qualityscore.cli.console import visible
from qualityscore.site.analysis import Analysis
from qualityscore.site.page import SitePage
from qualityscore.site.summary import verdict_line

_MOST_SITES, _MOST_REASONS, _MOST_SIGNALS = 20, 6, 3


def report_text(report: Mapping[str, Any]) -> str:
    """The verdict on each site and its reasons."""
    lines: list[str] = []
    sites = sorted(report["sites"], key=lambda s: (s["score"] is None, -(s["score"] or 0.0)))
    for site in sites[:_MOST_SITES]:
        lines.append(f"{site['host']}: {verdict_line(site)}")
        lines += [f"  {reason['text']}" for reason in site["reasons"][:_MOST_REASONS]]
        if (more := len(site["reasons"]) - _MOST_REASONS) > 0:
            lines.append(f"  and {more} more in summary.md")
        lines += [f"  not measured: {m['what']} ({m['why']})" for m in site["not_measured"]]
    if len(sites) > _MOST_SITES:
        lines.append(f"and {len(sites) - _MOST_SITES:,} more sites: see site.json")
    across = report["cross_host"]["duplicates"]
    if across:
        spans = (
            "one set of repeated pages spans"
            if len(across) == 1
            else f"{len(across):,} sets of repeated pages span"
        )
        lines.append(f"{spans} several sites")
    return "\n".join(visible(line) for line in lines)


def workflow_commands(analysis: Analysis) -> Iterator[str]:
    """Workflow commands: an error for each low-quality page, a warning for suspect ones, a notice a site."""
    threshold = analysis.report["thresholds"]["low_quality"]
    for page, notes in zip(analysis.pages, analysis.notes, strict=True):
        if page.error:
            yield command("warning", _file(page), "not scored", page.error)
        elif page.score is not None and page.band != "ok":
            level = "error" if page.band == "low_quality" else "warning"
            strongest = sorted(page.signals, key=lambda s: (-s[1], s[0]))[:_MOST_SIGNALS]
            raised = ", ".join(analysis.signals[place] for place, value in strongest if value > 0)
            message = f"score {page.score:.2f}, low quality above {threshold:.2f}"
            message += f"; raised by {raised}" if raised else ""
            message += f"; template {notes['template']}" if notes["template"] else ""
            message += f"; repeats other pages ({notes['duplicate']})" if notes["duplicate"] else ""
            yield command(level, _file(page), page.band.replace("_", " "), message)
    for site in analysis.report["sites"]:
        yield command("notice", None, f"audit of {site['host']}", verdict_line(site))


def command(level: str, file: str | None, title: str, message: str) -> str:
    """One workflow command; page text cannot end it or begin another."""
    properties = [f"file={_escaped(file, True)}"] if file else []
    properties.append(f"title={_escaped(title, True)}")
    return f"::{level} {','.join(properties)}::{_escaped(message, False)}"


def _file(page: SitePage) -> str | None:
    """The page's file, as a checkout names it; ``None`` for a row of a larger file."""
    if not os.path.isfile(page.source):
        return None
    return os.path.relpath(page.source).replace(os.sep, "/")


def _escaped(text: str, is_property: bool) -> str:
    text = visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text
