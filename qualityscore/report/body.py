"""The frame of the report: what stands in the file before any script runs."""

from __future__ import annotations

from typing import Any

from qualityscore.report.page import escape
from qualityscore.report.records import number, short

WORDS = {
    "low_quality": "looks mass-produced",
    "suspect": "shows some signs of mass production",
    "ok": "does not look mass-produced",
    "not_enough": "cannot be judged: not enough to say",
}
_MAX_WITHOUT_SCRIPTS = 50


def title(site: dict[str, Any]) -> str:
    """The window's title."""
    hosts = [short(one.get("host"), 80) for one in site["sites"]]
    return f"{hosts[0]} – site report" if len(hosts) == 1 else f"{len(hosts)} sites – site report"


def html(site: dict[str, Any]) -> str:
    """Header, empty places for the scripts, and the verdicts in words for those without scripts."""
    lines = "".join(f"<li>{escape(_line(one))}</li>" for one in site["sites"][:_MAX_WITHOUT_SCRIPTS])
    return f"""<a class="skip" href="#home">Skip to the report</a>
<header class="top wrap">
<p class="brand">qualityscore <span>site report</span></p>
<button type="button" id="theme" class="screen">Theme</button>
</header>
<p id="live" class="hidden-label" role="status" aria-live="polite"></p>
<main id="main" tabindex="-1">
<div id="home"></div>
<div id="detail" hidden></div>
<noscript><div class="wrap measure"><h1>Site report</h1>
<p>Plots, tables and pages need JavaScript, which this file brings along; nothing is loaded from a network.
In words:</p><ul>{lines}</ul></div></noscript>
</main>
<footer class="wrap small soft" id="foot">
<p>{escape(_meaning(site))}</p>
<p>Made by qualityscore {escape(short(site.get("version"), 40))}, model {escape(_model(site))}.
Plots: <a href="https://observablehq.com/plot/" rel="noreferrer noopener">Observable Plot</a> and
<a href="https://d3js.org" rel="noreferrer noopener">D3</a> (ISC licence).</p>
</footer>
"""


def _meaning(site: dict[str, Any]) -> str:
    """The sentence of the verdicts, which begins with the name of a field, as a sentence of its own."""
    text = short(site.get("meaning"), 600)
    return f"The {text}" if text.startswith("score ") else text


def _model(site: dict[str, Any]) -> str:
    model = site.get("model") or {}
    return " ".join(short(model.get(key), 80) for key in ("id", "version") if model.get(key))


def _line(one: dict[str, Any]) -> str:
    score = number(one.get("score"))
    words = WORDS.get(str(one.get("band")), WORDS["not_enough"])
    said = f"{short(one.get('host'), 200)} {words}"
    return said if score is None else f"{said} (probability {score:.2f})"
