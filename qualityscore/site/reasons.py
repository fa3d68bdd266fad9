"""Why a site's verdict is what it is, in plain words, and what could not be measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from qualityscore.signals import all_signals
from qualityscore.site.levels import sentence
from qualityscore.site.model import FEWEST_SCORED
from qualityscore.site.page import SitePage

_WORTH_NAMING, _MOST_SIGNALS = 0.15, 3
_TELLING_TEMPLATE, _MOST_TEMPLATES = 0.1, 3
_ABSTAINED = {
    "too_short": "too short",
    "unsupported_language": "not in English",
    "not_prose": "not prose",
}


def percent(share: float) -> str:
    """``12 %``; one decimal below 10 %, so that little is not called none."""
    value = 100 * share
    return f"{value:.1f} %" if 0 < value < 9.95 else f"{value:.0f} %"


def probability(value: float) -> str:
    """Two decimals, but no rounding to certainty."""
    if value > 0.995:
        return "above 0.99"
    return "below 0.01" if value < 0.005 else f"{value:.2f}"


def reasons(site: Mapping[str, Any], threshold: float, log_odds: float | None) -> list[dict[str, Any]]:
    """Reasons of a site, the strongest first.

    Args:
        site: its entry in the report, without the reasons.
        log_odds: of its probability; ``None`` without one.
    """
    if log_odds is None:
        return [_reason("too_few_scored", _too_few(site))]
    low, high = site["share_interval"]
    average = f"The average page score is {probability(site['mean_score'])} over {_count(site['scored'], 'scored page')}."
    flagged = round(site["share_low_quality"] * site["scored"])
    share = (
        f"{flagged} of {_count(site['scored'], 'scored page')} ({percent(site['share_low_quality'])}, 95 % interval "
        f"{percent(low)} to {percent(high)}) {'scores' if flagged == 1 else 'score'} above {threshold:.2f}, the threshold of low quality."
    )
    out = [_reason("mean_score", average, log_odds), _reason("share_low_quality", share)]
    accused = site["band"] != "ok"
    # Templates and sets are how a farm is made; an honest site's own forms prove nothing.
    if accused:
        return [*out, *_signals(site), *_duplicates(site), *_templates(site), *_cadence(site)]
    return out + _duplicates(site)


def _reason(code: str, text: str, contribution: float | None = None) -> dict[str, Any]:
    return {
        "code": code,
        "text": text,
        "contribution": None if contribution is None else round(contribution, 6),
    }


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _too_few(site: Mapping[str, Any]) -> str:
    scored, pages = site["scored"], site["pages"]
    return (
        f"Not enough to say: {scored or 'none'} of {_count(pages, 'page')} {'has' if scored < 2 else 'have'} a score, "
        f"and a verdict on a site takes {FEWEST_SCORED}."
    )


def _are(n: int) -> str:
    return "is one" if n == 1 else f"are {n or 'none'}"


def _signals(site: Mapping[str, Any]) -> list[dict[str, Any]]:
    known = all_signals()
    out: list[dict[str, Any]] = []
    for signal in site["signals"]:
        if len(out) == _MOST_SIGNALS or signal["mean_contribution"] < _WORTH_NAMING:
            break
        title = known[signal["id"]].title if signal["id"] in known else signal["id"].replace("_", " ")
        share = percent(signal["share"])
        told = sentence(signal)
        # A title names what is measured, not which way it is off.
        text = f"{title}: {told or 'unlike human pages'}. It raises the score of {share} of the scored pages."
        out.append(_reason(f"signal:{signal['id']}", text, signal["mean_contribution"]))
    return out


def _templates(site: Mapping[str, Any]) -> list[dict[str, Any]]:
    noun = {"title": "titled", "heading": "with a heading", "sentence": "with a sentence"}
    out: list[dict[str, Any]] = []
    for template in site["templates"]:
        if len(out) == _MOST_TEMPLATES or template["share"] < _TELLING_TEMPLATE:
            break
        text = (
            f"{_count(template['pages'], 'page')} ({percent(template['share'])}) {noun[template['kind']]} "
            f"“{template['pattern']}”."
        )
        out.append(_reason(f"template:{template['id']}", text))
    return out


def _duplicates(site: Mapping[str, Any]) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for kind, text in (
        ("doorway", "{pages} in {sets} of doorways: one page, or one phrase, for any subject."),
        (
            "near_duplicate",
            "{pages} in {sets} of near-duplicates: each shares half of its text or more with another.",
        ),
    ):
        sets = [d for d in site["duplicates"] if d["kind"] == kind]
        if sets:
            pages = _count(sum(len(d["pages"]) for d in sets), "page")
            out.append(_reason(kind, text.format(pages=pages, sets=_count(len(sets), "set"))))
    return out


def _cadence(site: Mapping[str, Any]) -> list[dict[str, Any]]:
    cadence = site["cadence"]
    out: list[dict[str, Any]] = []
    if cadence["bursts"]:
        most = max(cadence["bursts"], key=lambda b: (b["pages"], b["start"]))
        usual = cadence["median_per_active_day"]
        when = most["start"] if most["start"] == most["end"] else f"{most['start']} to {most['end']}"
        text = f"{most['pages']} pages are dated {when}; a usual active day has {usual:g}."
        out.append(_reason("burst", text))
    elif (cadence["median_per_active_day"] or 0) >= 5:
        text = f"A usual active day has {cadence['median_per_active_day']:g} new pages."
        out.append(_reason("pace", text))
    if cadence["future"]:
        out.append(
            _reason("future", f"{_count(cadence['future'], 'page')} dated after the day they were taken.")
        )
    if cadence["impossible"]:
        out.append(
            _reason("impossible", f"{_count(cadence['impossible'], 'page')} with a date that cannot be.")
        )
    return out


def not_measured(
    pages: Sequence[SitePage], site: Mapping[str, Any], *, as_of: str | None, foreign_model: bool
) -> list[dict[str, str]]:
    """What a site's report leaves open, and why."""
    out: list[dict[str, str]] = []

    def add(what: str, why: str) -> None:
        out.append({"what": what, "why": why})

    if site["band"] == "not_enough":
        add(
            "a verdict on the site",
            f"it takes {FEWEST_SCORED} scored pages, and there {_are(site['scored'])}",
        )
    elif foreign_model:
        add(
            "how well the site's probability is calibrated",
            "it was fitted on scores of the model that comes along, and these are another model's",
        )
    for reason, count in sorted(Counter(p.abstained for p in pages if p.abstained).items()):
        why = f"{_ABSTAINED.get(str(reason), str(reason))}"
        if reason == "unsupported_language":
            spoken = Counter(p.language or "unknown" for p in pages if p.abstained == reason)
            why += ": " + ", ".join(
                f"{name} {n}" for name, n in sorted(spoken.items(), key=lambda i: (-i[1], i[0]))
            )
        add(f"scores of {_count(count, 'page')}", why)
    if site["failed"]:
        add(_count(site["failed"], "page"), "could not be read; their rows say why")
    if foreign_model and site["scored"]:
        add(
            "the share corrected for the model's errors",
            "error rates are known of the model that comes along only",
        )
    cadence = site["cadence"]
    if not cadence["dated"]:
        add("publishing cadence", "no page says when it was published")
    elif cadence["undated"]:
        add(
            f"the cadence of {_count(cadence['undated'], 'page')}", "they do not say when they were published"
        )
    if cadence["dated"] and as_of is None:
        add("dates in the future", "the day on which the pages were taken is not known: give --as-of")
    return out
