"""Score the pages of sites, keep the rows, analyse them, write the report."""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain, islice
from typing import Any, cast

import qualityscore
from qualityscore.cli.audit import AuditRequest
from qualityscore.cli.audit_limit import FailAbove
from qualityscore.cli.audit_output import report_text, workflow_commands
from qualityscore.cli.console import is_terminal, safe_json, say
from qualityscore.cli.options import Loudness
from qualityscore.cli.run import SOME_FAILED, verdicts
from qualityscore.document import PageKind
from qualityscore.errors import ConfigError, InputError, MissingExtraError
from qualityscore.model.thresholds import LOW_QUALITY_FPR
from qualityscore.report.render import render
from qualityscore.scorer import Scorer
from qualityscore.site.analysis import Analysis, Run, analyse
from qualityscore.site.dates import read_date
from qualityscore.site.identity import root_of
from qualityscore.site.model import SiteModel
from qualityscore.site.sample import choose
from qualityscore.site.store import Notes, Partial, finish
from qualityscore.sources import Item, expand, format_of, read_items
from qualityscore.verdict import MEANING, Verdict

INTERRUPTED = 130
_AUTHORS = ("author", "byline", "by_line", "authors", "creator")
_DATES = (
    "date", "published", "date_published", "datepublished", "published_at", "pubdate", "pub_date",
    "publication_date", "published_time", "created", "created_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """An item and the input it came from."""

    given: str
    item: Item


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
    if loudness == "verbose":
        say(f"model {scorer.model.id} of version {scorer.model.version}, threshold {scorer.threshold:.4f}")
    partial = Partial(request.out)
    if partial.path.exists() and not (request.resume or request.overwrite):
        raise ConfigError(
            f"{request.out} holds an unfinished audit: go on with --resume or begin anew with --overwrite"
        )
    chosen, population = _chosen(request, scorer)
    items = _not_all_lost(_taken(request, scorer))
    complete = True
    try:
        done = _open(partial, request, scorer)
        with ExitStack() as stack:
            step: Callable[[], None] = _no_step
            if loudness != "quiet" and is_terminal(sys.stderr):
                from qualityscore.cli.progress import progress

                step = stack.enter_context(progress(_total(request, scorer, chosen), done))
            wanted: Iterator[Taken] = (t for n, t in enumerate(items) if chosen is None or n in chosen)
            if request.max_pages is not None:
                wanted = islice(wanted, request.max_pages)
            try:
                for verdict, notes in _scored(scorer, _behind(wanted, done), step):
                    partial.add(verdict, notes)
                    if verdict.error:
                        say(f"{verdict.source}: {verdict.error}")
                    done += 1
                    if done % 100 == 0:
                        partial.flush()
            except KeyboardInterrupt:
                if not done:
                    raise
                complete = False
    finally:
        partial.close()
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
        complete=complete,
    )
    skip = partial.head_size()
    analysis = analyse(partial.path, run_info, site_model, skip)
    finish(request.out, analysis, skip)
    render(request.out)
    if complete:
        partial.path.unlink()
    else:
        say(f"interrupted after {done:,} pages: they are in the report, and --resume goes on")
    _show(request, analysis, loudness, time.monotonic() - started)
    if not complete:
        return INTERRUPTED
    counts = analysis.report["counts"]
    flagged = sum(p.band == "low_quality" for p in analysis.pages)
    if limit is not None and limit.exceeded(flagged, counts["scored"]):
        return limit.CODE
    return SOME_FAILED if counts["failed"] else 0


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    day = read_date(text).day
    if day is None:
        raise ConfigError(f"--as-of takes a day such as 2024-05-31, not {text!r}")
    return day


def _taken(request: AuditRequest, scorer: Scorer) -> Iterator[Taken]:
    """All pages and failures of the inputs, in order, each with its input."""
    kind = cast(PageKind, request.settings.input_kind or "auto")
    for given in request.inputs:
        for item in read_items([given], kind=kind, limits=scorer.limits):
            # Records that hold no page, as requests in a WARC, are nothing to audit.
            if item.page is not None or item.error:
                yield Taken(root_of(given), item)


def _not_all_lost(items: Iterator[Taken]) -> Iterator[Taken]:
    """The items, if at least one of them is a page."""
    lost: list[Taken] = []
    for taken in items:
        lost.append(taken)
        if taken.item.page is not None:
            return chain(lost, items)
    shown = "; ".join(f"{t.item.name}: {t.item.error}" for t in lost[:3])
    more = f"; and {len(lost) - 3} more" if len(lost) > 3 else ""
    raise InputError(f"no page to audit: {shown}{more}" if lost else "no page to audit in these inputs")


def _chosen(request: AuditRequest, scorer: Scorer) -> tuple[frozenset[int] | None, int | None]:
    """Numbers of the items to take, and of how many; ``None`` for all."""
    if request.sample is None:
        return None, None
    if "-" in request.inputs:
        raise ConfigError(
            "--sample reads the inputs twice, and standard input can be read once: save it first"
        )
    names = (t.item.page.url or t.item.name if t.item.page else t.item.name for t in _taken(request, scorer))
    chosen, population = choose(names, request.sample)
    return chosen, population if population > len(chosen) else None


def _total(request: AuditRequest, scorer: Scorer, chosen: frozenset[int] | None) -> int | None:
    """How many pages there are, for the time left; reading is quick beside scoring."""
    if chosen is not None:
        return len(chosen)
    if "-" in request.inputs:
        return request.max_pages
    files = list(expand(request.inputs))
    one_each = all(format_of(f.name) == "page" for f in files)
    total = len(files) if one_each else sum(1 for _ in _taken(request, scorer))
    return total if request.max_pages is None else min(total, request.max_pages)


def _open(partial: Partial, request: AuditRequest, scorer: Scorer) -> int:
    """Begin or resume; rows that are there."""
    settings: dict[str, Any] = {
        "inputs": list(request.inputs),
        "model": scorer.model.id,
        "version": qualityscore.__version__,
        "threshold": scorer.threshold,
        "max-pages": request.max_pages,
        "sample": request.sample,
        "disable": sorted(request.settings.disable or ()),
        "input-kind": request.settings.input_kind or "auto",
    }
    if request.resume:
        return partial.resume(settings)
    partial.begin(settings)
    return 0


def _behind(wanted: Iterator[Taken], done: int) -> Iterator[Taken]:
    for _ in islice(wanted, done):
        pass
    return wanted


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
    return Notes(
        input=taken.given,
        author=_first(values, _AUTHORS) or (meta.author if meta else ""),
        published=_first(values, _DATES) or (meta.published if meta else ""),
        address=(meta.canonical or meta.address) if meta else "",
        taken=page.headers.get("date", "") if page else "",
    )


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
