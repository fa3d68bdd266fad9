"""Score the pages of sites, keep the rows, analyse them, write the report."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from importlib.util import find_spec
from itertools import islice
from typing import Any, cast

import qualityscore
from qualityscore.cli.audit import AuditRequest
from qualityscore.cli.audit_limit import FailAbove
from qualityscore.cli.audit_output import report_text, workflow_commands
from qualityscore.cli.audit_sources import Entry, Sources, Taken, local_files, not_all_lost, without
from qualityscore.cli.console import is_terminal, safe_json, say
from qualityscore.cli.options import Loudness
from qualityscore.cli.run import SOME_FAILED, fetch_settings, verdicts
from qualityscore.document import PageKind
from qualityscore.errors import ConfigError, MissingExtraError
from qualityscore.journal import fingerprint_of
from qualityscore.model.thresholds import LOW_QUALITY_FPR
from qualityscore.own_process import settle
from qualityscore.report.render import render
from qualityscore.scorer import Scorer
from qualityscore.site.analysis import Analysis, analyse
from qualityscore.site.dates import read_date
from qualityscore.site.levels import Levels
from qualityscore.site.method import Run
from qualityscore.site.model import SiteModel
from qualityscore.site.sample import choose
from qualityscore.site.store import Notes, Partial, finish
from qualityscore.sources import FieldNames, Item
from qualityscore.verdict import MEANING, Verdict

INTERRUPTED = 130
_AUTHORS = ("author", "byline", "by_line", "authors", "creator")
_DATES = (
    "date", "published", "date_published", "datepublished", "published_at", "pubdate", "pub_date",
    "publication_date", "published_time", "created", "created_at",
)  # fmt: skip
_TAKEN = (
    "warc_date", "fetched", "fetched_at", "fetch_time", "crawled", "crawled_at", "crawl_date", "crawl_time",
    "retrieved", "retrieved_at",
)  # fmt: skip


def run(request: AuditRequest, loudness: Loudness) -> int:
    """Audit what the request names; the exit code.

    Raises:
        InputError: no input leads to a page.
        ConfigError: a setting is wrong, or an unfinished audit is in the way.
        MissingExtraError: the extra ``audit`` is not installed.
        ModelError: a model cannot be used.
    """
    started = time.monotonic()
    for package in ("datasketch", "pyarrow"):
        if find_spec(package) is None:
            raise MissingExtraError(package, "audit")
    limit = FailAbove.parse(request.fail_above)
    as_of = _day(request.as_of)
    settings = request.settings
    scorer = Scorer.load(
        settings.model,
        threshold=settings.threshold,
        max_fpr=settings.max_fpr,
        disable=settings.disable or (),
    )
    site_model = SiteModel.load()
    settle()
    if loudness == "verbose":
        say(f"model {scorer.model.id} of version {scorer.model.version}, threshold {scorer.threshold:.4f}")
    if request.out.exists() and not request.out.is_dir():
        raise ConfigError(f"{request.out} is a file: -o takes the folder for the report")
    partial = Partial(request.out)
    if partial.unfinished and not (request.resume or request.overwrite):
        raise ConfigError(
            f"{request.out} holds an unfinished audit: go on with --resume or begin anew with --overwrite"
        )
    kind = cast(PageKind, settings.input_kind or "auto")
    fetching = fetch_settings(settings, scorer.limits, request.allow_private)
    notes = loudness != "quiet"
    fields = FieldNames(request.content_field, request.url_field)
    with closing(
        Sources(request.inputs, kind, scorer.limits, fetching, request.max_pages, notes, fields)
    ) as sources:
        chosen, population = _chosen(request, sources)
        listed = chosen is not None or request.resume
        entries = not_all_lost(sources.entries(listed=listed))
        if chosen is not None:
            entries = (entry for number, entry in enumerate(entries) if number in chosen)
        if request.max_pages is not None:
            entries = islice(entries, request.max_pages)
        done = partial.open(_fingerprint(request, scorer), resume=request.resume)
        complete = _score(
            request, scorer, sources, without(entries, done), partial, done.total(), chosen, loudness
        )
    run_info = Run(
        version=qualityscore.__version__,
        model={"id": scorer.model.id, "version": scorer.model.version},
        meaning=MEANING,
        inputs=request.inputs,
        low_quality=scorer.threshold,
        suspect=scorer.suspect_threshold,
        max_fpr=None if settings.threshold is not None else settings.max_fpr or LOW_QUALITY_FPR,
        as_of=as_of,
        population=population,
        levels=Levels(scorer.model),
        complete=complete,
    )
    with _no_collection():
        analysis = analyse(partial.path, run_info, site_model)
        finish(request.out, analysis)
        render(request.out)
    if complete:
        partial.finish()
    else:
        pages = len(analysis.pages)
        say(f"interrupted after {pages:,} pages: they are in the report, and --resume goes on")
    _show(request, analysis, loudness, time.monotonic() - started)
    if not complete:
        return INTERRUPTED
    counts = analysis.report["counts"]
    flagged = sum(p.band == "low_quality" for p in analysis.pages)
    if limit is not None and limit.exceeded(flagged, counts["scored"]):
        return limit.CODE
    return SOME_FAILED if counts["failed"] else 0


@contextmanager
def _no_collection() -> Iterator[None]:
    """Leave reference cycles alone: records have none, and looking for them costs a twelfth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    day = read_date(text).day
    if day is None:
        raise ConfigError(f"--as-of takes a day such as 2024-05-31, not {text!r}")
    return day


def _chosen(request: AuditRequest, sources: Sources) -> tuple[frozenset[int] | None, int | None]:
    """Numbers of the entries to take, and of how many; ``None`` for all."""
    if request.sample is None:
        return None, None
    if "-" in request.inputs:
        raise ConfigError(
            "--sample reads the inputs twice, and standard input can be read once: save it first"
        )
    names = (
        e.item.page.url or e.name if e.item and e.item.page else e.name for e in sources.entries(listed=True)
    )
    chosen, population = choose(names, request.sample)
    return chosen, population if population > len(chosen) else None


def _fingerprint(request: AuditRequest, scorer: Scorer) -> dict[str, Any]:
    """What the rows depend on, by the names that a user knows."""
    return {
        "qualityscore": qualityscore.__version__,
        "inputs": list(request.inputs),
        "model": scorer.model.id,
        "threshold": scorer.threshold,
        "--max-pages": request.max_pages,
        "--sample": request.sample,
        "--disable": sorted(request.settings.disable or ()),
        "--input-kind": request.settings.input_kind or "auto",
        "--content-field": request.content_field,
        "--url-field": request.url_field,
        **fingerprint_of(local_files(request.inputs)),
    }


def _score(
    request: AuditRequest,
    scorer: Scorer,
    sources: Sources,
    entries: Iterator[Entry],
    partial: Partial,
    done: int,
    chosen: frozenset[int] | None,
    loudness: Loudness,
) -> bool:
    """Score what is left and keep the rows; whether it came to its end."""
    with closing(partial), ExitStack() as stack:
        step: Callable[[], None] = _no_step
        if loudness != "quiet" and is_terminal(sys.stderr):
            from qualityscore.cli.progress import progress

            total = len(chosen) if chosen is not None else sources.total()
            if request.max_pages is not None and total is not None:
                total = min(total, request.max_pages)
            step = stack.enter_context(progress(total, done))
        try:
            for verdict, notes in _scored(scorer, sources.items(entries), step):
                partial.add(verdict, notes)
                if verdict.error:
                    say(f"{verdict.source}: {verdict.error}")
                done += 1
        except KeyboardInterrupt:
            partial.checkpoint()
            if not done:
                raise
            return False
        partial.checkpoint()
        return True


def _scored(
    scorer: Scorer, wanted: Iterable[Taken], step: Callable[[], None]
) -> Iterator[tuple[Verdict, Notes]]:
    waiting: deque[Taken] = deque()

    def items() -> Iterator[Item]:
        for taken in wanted:
            waiting.append(taken)
            yield taken.item

    for verdict in verdicts(scorer, items(), step):
        yield verdict, _notes(waiting.popleft(), verdict)


def _notes(taken: Taken, verdict: Verdict) -> Notes:
    values = {str(name).lower().replace("-", "_"): value for name, value in taken.item.values.items()}
    meta = verdict.meta
    page = taken.item.page
    dates = tuple(name for name in _DATES if name != "date") if _of_common_crawl(values) else _DATES
    return Notes(
        input=taken.given,
        author=_first(values, _AUTHORS) or (meta.author if meta else ""),
        published=_first(values, dates) or (meta.published if meta else ""),
        address=(meta.canonical or meta.address) if meta else "",
        taken=_taken(values) or (page.headers.get("date", "") if page else ""),
    )


def _taken(values: dict[str, object]) -> str:
    """When a row says it was fetched; never when it was published."""
    return _first(values, (*_TAKEN, "date") if _of_common_crawl(values) else _TAKEN)


def _of_common_crawl(values: dict[str, object]) -> bool:
    """Data sets made of Common Crawl name the dump, and their ``date`` is that of the crawl."""
    return str(values.get("dump", "")).startswith("CC-MAIN-")


def _first(values: dict[str, object], names: Iterable[str]) -> str:
    """The first of some fields that says something; lists count by their first member."""
    for name in names:
        value = values.get(name)
        if isinstance(value, list | tuple) and value:
            value = value[0]
        if value is not None and not isinstance(value, bool | dict | float) and str(value).strip():
            return str(value)[:200]
    return ""


def _show(request: AuditRequest, analysis: Analysis, loudness: Loudness, seconds: float) -> None:
    report = analysis.report
    if request.format == "json":
        sys.stdout.write(safe_json(json.dumps(report, ensure_ascii=False, indent=1)) + "\n")
    elif request.format == "github":
        sys.stdout.writelines(f"{line}\n" for line in workflow_commands(analysis))
    else:
        sys.stdout.write(report_text(report) + "\n")
    if loudness != "quiet":
        say(f"wrote {request.out / 'report.html'}, site.json, summary.md, pages.jsonl, pages.parquet")
    if loudness == "verbose":
        say(
            f"{len(analysis.pages)} pages in {seconds:.2f} s ({len(analysis.pages) / max(seconds, 1e-9):.0f} pages/s)"
        )


def _no_step() -> None:
    pass
