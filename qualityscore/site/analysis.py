"""From the records of pages to the report on their sites."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qualityscore.site.arrays import Ids, distinct
from qualityscore.site.cadence import cadence, last_day, taken_span
from qualityscore.site.chrome import Flags, chrome_lines
from qualityscore.site.duplicates import Text, find_sets
from qualityscore.site.groups import figures, grouped, histogram, rounded, top_signals
from qualityscore.site.identity import settle_hosts, settle_sections
from qualityscore.site.keywords import find_families, key_of
from qualityscore.site.method import Run, method
from qualityscore.site.model import FEWEST_SCORED, SiteModel, mean_score_log_odds
from qualityscore.site.page import SitePage, read_site_page
from qualityscore.site.rates import corrected
from qualityscore.site.reasons import not_measured, reasons
from qualityscore.site.recurring import PageTexts, Recurring, described, find_templates, own_titles, word_ids
from qualityscore.site.sets import article, by_size, family_entry, set_entry

_CROSS_HOST_PAGES = 2
_MOST_ERRORS = 50


@dataclass(frozen=True, slots=True)
class Analysis:
    """The report, and what its analysis says of each page, in the order of the file.

    Attributes:
        report: the content of ``site.json``.
        notes: the ``site`` entry of every page.
        pages: the pages.
        signals: ids of the signals that pages number.
    """

    report: dict[str, Any]
    notes: list[dict[str, Any]]
    pages: list[SitePage]
    signals: list[str]


@dataclass(slots=True)
class _Site:
    """Pages of one host with what was found among them."""

    host: str
    pages: list[SitePage]
    titles: list[str]
    title_ids: list[Ids]
    chrome: list[Flags]
    templates: list[Recurring]


def read_pages(path: Path) -> tuple[list[SitePage], list[str]]:
    """Pages of a file of records with notes, and the signal ids their numbers stand for."""
    pages: list[SitePage] = []
    names: dict[str, int] = {}
    with path.open("rb") as file:
        offset = 0
        for number, line in enumerate(file):
            pages.append(read_site_page(json.loads(line), number, offset, names))
            offset += len(line)
    return pages, list(names)


def analyse(path: Path, run: Run, model: SiteModel) -> Analysis:
    """Analyse the records of a run. Nothing but the arguments decides the result.

    Args:
        path: JSON lines of records with text and a ``site`` entry of ``input``, ``author``,
            ``published``, ``address`` and ``taken``.

    Raises:
        MissingExtraError: datasketch is not installed.
    """
    pages, names = read_pages(path)
    taken = taken_span(pages)
    given = run.as_of is not None
    if taken and not given:
        run = replace(run, as_of=taken["last"])
    settle_hosts(pages)
    sites = [_site(host, members) for host, members in _by_host(pages)]
    notes: list[dict[str, Any]] = [{} for _ in pages]
    number = _Numbers()
    with PageTexts.open(path) as texts:
        entries = [_entry(site, run, model, names, number, texts, notes, given) for site in sites]
        shared = _shared_templates(sites, number, texts)
    duplicates = _duplicates(sites, entries, number, notes)
    for site, entry in zip(sites, entries, strict=True):
        log_odds = None
        if entry["score"] is not None:
            log_odds = model.slope * mean_score_log_odds(_scores(site.pages)) + model.intercept
        entry["reasons"] = reasons(entry, run.low_quality, log_odds)
        foreign = run.model["id"] != model.page_model
        entry["not_measured"] = not_measured(site.pages, entry, as_of=run.as_of, foreign_model=foreign)
    report = {
        "version": run.version,
        "model": dict(run.model),
        "meaning": run.meaning,
        "inputs": list(run.inputs),
        "complete": run.complete,
        "population": run.population,
        "as_of": run.as_of,
        "taken": taken,
        "counts": _counts(pages),
        "thresholds": {
            "suspect": rounded(run.suspect),
            "low_quality": rounded(run.low_quality),
            "max_fpr": run.max_fpr,
        },
        "usual": run.levels.usual if run.levels else {},
        "sites": entries,
        "cross_host": {"templates": shared, "duplicates": duplicates},
        "method": method(run, model, taken),
    }
    return Analysis(report, notes, pages, names)


class _Numbers:
    """Ids that no two entries of a report share."""

    def __init__(self) -> None:
        self._last = Counter[str]()

    def next(self, letter: str) -> str:
        self._last[letter] += 1
        return f"{letter}{self._last[letter]}"


def _by_host(pages: Sequence[SitePage]) -> Iterator[tuple[str, list[SitePage]]]:
    hosts: dict[str, list[SitePage]] = {}
    for page in pages:
        hosts.setdefault(page.host, []).append(page)
    yield from hosts.items()


def _site(host: str, pages: list[SitePage]) -> _Site:
    settle_sections(pages)
    titles = own_titles(pages)
    ids = [word_ids(title)[0] for title in titles]
    chrome = chrome_lines(pages)
    return _Site(host, pages, titles, ids, chrome, find_templates(pages, ids, chrome))


def _scores(pages: Sequence[SitePage]) -> list[float]:
    return [p.score for p in pages if p.score is not None]


def _entry(
    site: _Site,
    run: Run,
    model: SiteModel,
    names: Sequence[str],
    number: _Numbers,
    texts: PageTexts,
    notes: list[dict[str, Any]],
    day_given: bool,
) -> dict[str, Any]:
    """The entry of a site, but for duplicates, reasons and what was not measured."""
    pages = site.pages
    scores = _scores(pages)
    total = figures(pages)
    probability = model.probability(scores) if len(scores) >= FEWEST_SCORED else None
    fixed = None
    if scores and run.model["id"] == model.page_model:
        flagged = sum(p.band == "low_quality" for p in pages)
        fixed = corrected(flagged, len(scores), model.error_rates(run.low_quality))
    templates = []
    own: list[list[str]] = [[] for _ in pages]
    for found in site.templates:
        templates.append(described(found, number.next("t"), pages, site.titles, texts))
        for place in found.pages:
            own[place].append(templates[-1]["id"])
    for page, mine in zip(pages, own, strict=True):
        notes[page.number] = {
            "host": page.host,
            "path": page.path,
            "section": page.section,
            "author": page.author or None,
            "date": page.dated.day,
            "month": page.dated.month,
            "template": mine[0] if mine else None,
            "templates": mine,
            "duplicate": None,
        }
    readable = [p for p in pages if not p.error]
    failed = len(pages) - len(readable)
    return {
        "host": site.host,
        "score": rounded(probability),
        "band": "not_enough" if probability is None else model.band(probability),
        "taken": taken_span(pages),
        "pages": len(pages),
        "scored": len(scores),
        "abstained": len(pages) - len(scores) - failed,
        "failed": failed,
        "mean_score": total["mean_score"],
        "share_low_quality": total["share_low_quality"],
        "share_interval": total["share_interval"],
        "share_corrected": rounded(fixed[0]) if fixed else None,
        "share_corrected_interval": [rounded(end) for end in fixed[1]] if fixed else None,
        "histogram": histogram(pages),
        "sections": grouped(pages, lambda p: p.section),
        "authors": grouped(pages, lambda p: p.author),
        "months": grouped(pages, lambda p: p.dated.month, by_name=True),
        "templates": templates,
        "duplicates": [],
        "cadence": cadence(
            [p.dated for p in readable], [last_day(p, run.as_of, day_given) for p in readable]
        ),
        "signals": top_signals(pages, names, run.levels),
        "reasons": [],
        "not_measured": [],
    }


def _shared_templates(sites: Sequence[_Site], number: _Numbers, texts: PageTexts) -> list[dict[str, Any]]:
    """Templates that two hosts or more have, each on two pages or more."""
    if sum(len(s.pages) >= _CROSS_HOST_PAGES for s in sites) < 2:
        return []
    pages = [p for s in sites for p in s.pages]
    titles = [t for s in sites for t in s.titles]
    ids = [i for s in sites for i in s.title_ids]
    out = []
    for found in find_templates(pages, ids, [c for s in sites for c in s.chrome]):
        hosts = Counter(pages[i].host for i in found.pages)
        common = sorted(host for host, count in hosts.items() if count >= _CROSS_HOST_PAGES)
        if len(common) >= 2:
            out.append({**described(found, number.next("t"), pages, titles, texts), "hosts": common})
    return out


def _duplicates(
    sites: Sequence[_Site], entries: Sequence[dict[str, Any]], number: _Numbers, notes: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Fill in every site's sets and return those that span hosts."""
    pages = [p for s in sites for p in s.pages]
    titles = [t for s in sites for t in s.titles]
    texts: list[Text] = []
    for s in sites:
        for page, ids, chrome in zip(s.pages, s.title_ids, s.chrome, strict=True):
            texts.append(Text(len(texts), article(page, chrome), distinct(ids)))
    by_host = dict(zip([s.host for s in sites], entries, strict=True))
    across = []
    found_sets = [(found.pages, set_entry(found, pages, titles)) for found in find_sets(texts)]
    for places, pattern in _families(sites, [places for places, _ in found_sets]):
        found_sets.append((places, family_entry(pattern, places, texts, pages)))
    for places, told in found_sets:
        entry = {"id": number.next("d"), **told}
        for place in places:
            note = notes[pages[place].number]
            note["duplicate"] = note["duplicate"] or entry["id"]
        hosts = Counter(page["host"] for page in entry["pages"])
        for host, count in hosts.items():
            if count > 1:
                own = [page for page in entry["pages"] if page["host"] == host]
                by_host[host]["duplicates"].append({**entry, "pages": own})
        if len(hosts) > 1:
            across.append(entry)
    for site in by_host.values():
        site["duplicates"].sort(key=by_size)
    return sorted(across, key=by_size)


def _families(sites: Sequence[_Site], known: Sequence[Sequence[int]]) -> list[tuple[list[int], str]]:
    """Pages on one phrase, those of all hosts together; places are in the list of all sites' pages."""
    by_phrase: dict[str, tuple[list[int], str]] = {}
    start = 0
    for site in sites:
        for family in find_families(site.pages, site.titles, site.templates):
            places = by_phrase.setdefault(key_of(family.pattern), ([], family.pattern))[0]
            places += [start + place for place in family.pages]
        start += len(site.pages)
    # A set whose texts are alike too says more.
    return [
        (places, pattern)
        for places, pattern in by_phrase.values()
        if not any(2 * len(set(places).intersection(other)) > len(places) for other in known)
    ]


def _counts(pages: Sequence[SitePage]) -> dict[str, Any]:
    errors = Counter(p.error for p in pages if p.error)
    return {
        "pages": len(pages),
        "scored": sum(p.score is not None for p in pages),
        "abstained": dict(sorted(Counter(p.abstained for p in pages if p.abstained).items())),
        "failed": errors.total(),
        "errors": dict(sorted(errors.items(), key=lambda item: (-item[1], str(item[0])))[:_MOST_ERRORS]),
    }
