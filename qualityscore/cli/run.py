"""Score inputs and write the rows as they come."""

from __future__ import annotations

import math
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, groupby, islice
from typing import Any, cast

from qualityscore.cli.config import ScoreSettings
from qualityscore.cli.console import drop_stdout, is_terminal, say
from qualityscore.cli.options import Loudness
from qualityscore.cli.output import Writer, open_writer
from qualityscore.document import Page, PageKind
from qualityscore.errors import ConfigError, InputError
from qualityscore.limits import Limits
from qualityscore.model.thresholds import LOW_QUALITY_FPR
from qualityscore.own_process import settle
from qualityscore.scorer import Scorer
from qualityscore.sources import (
    DEFAULT_FIELDS,
    FieldNames,
    FileInput,
    Item,
    expand,
    format_of,
    input_items,
    is_several,
    not_all_lost,
    told_lost,
)
from qualityscore.sources.fetch import FetchSettings, fetch_items
from qualityscore.verdict import Verdict

EXPLAINED_NGRAMS = 20
PAGE_ABOVE, SOME_FAILED = 1, 3


@dataclass(slots=True)
class Tally:
    """What happened over all pages.

    Attributes:
        bands: pages by band, ``failed`` for those that could not be read.
        above: pages above ``--fail-above``.
        broken: failed readings by signal.
    """

    bands: Counter[str] = field(default_factory=Counter)
    above: int = 0
    broken: Counter[str] = field(default_factory=Counter)

    def add(self, verdict: Verdict, limit: float) -> None:
        """Count one page."""
        self.bands["failed" if verdict.error else verdict.band] += 1
        self.above += verdict.score is not None and verdict.score > limit
        self.broken.update(s.reading.id for s in verdict.signals if s.reading.status == "error")

    @property
    def code(self) -> int:
        """The exit code."""
        if self.above:
            return PAGE_ABOVE
        return SOME_FAILED if self.bands["failed"] else 0


def run(
    arguments: Sequence[str],
    settings: ScoreSettings,
    loudness: Loudness,
    fields: FieldNames = DEFAULT_FIELDS,
    allow_private: bool = False,
) -> int:
    """Score what the arguments name, write it to standard output, return the exit code.

    Args:
        fields: names of fields and columns where they are not the usual ones.
        allow_private: permits fetching from addresses that are not public.

    Raises:
        InputError: none of the arguments leads to a page.
        ConfigError: a setting is wrong.
        ModelError: the model cannot be used.
    """
    started = time.monotonic()
    form = settings.format or ("table" if is_terminal(sys.stdout) else "jsonl")
    fixed_limit = _number(settings.fail_above)
    items: Iterable[FileInput] = _some_exist(expand(arguments, addresses=True))
    scorer = Scorer.load(
        settings.model,
        threshold=settings.threshold,
        max_fpr=settings.max_fpr,
        prevalence=settings.prevalence,
        disable=settings.disable or (),
        explain=EXPLAINED_NGRAMS if settings.explain else 0,
    )
    settle()
    if loudness == "verbose":
        say(f"model {scorer.model.id} of version {scorer.model.version}, threshold {scorer.threshold:.4f}")
    if loudness != "quiet" and settings.with_text and form in ("table", "csv"):
        say(f"--with-text changes nothing in {form}: use --format json or jsonl")
    limit = _limit(fixed_limit, settings.fail_above, scorer)
    fetching = fetch_settings(settings, scorer.limits, allow_private)
    tally = Tally()
    with ExitStack() as stack:
        several = is_several(arguments)
        step: Callable[[], None] = _no_step
        if several and loudness != "quiet" and _progress_fits(form):
            from qualityscore.cli.progress import progress

            items = list(items)
            # How many records a file of them holds is not known before it was read.
            one_each = all(item.address or format_of(item.name) == "page" for item in items)
            step = stack.enter_context(progress(len(items) if one_each else None))
        kind = cast(PageKind, settings.input_kind or "auto")
        read = partial(input_items, fields=fields, kind=kind, limits=scorer.limits)
        records = _records(items, kind, read, partial(_fetched, fetching, loudness))
        records = not_all_lost(records)
        first = list(islice(records, 1))
        # Standard input, or a file without a telling suffix, may turn out to hold records.
        several = several or any(item.origin is not None for item in first)
        writer = open_writer(form, several, settings, _notes(scorer, settings))
        try:
            for verdict in verdicts(scorer, chain(first, records), step):
                tally.add(verdict, limit)
                if verdict.error:
                    say(f"{verdict.source}: {verdict.error}")
                writer.row(verdict)
            _finish(writer, tally, scorer, form, loudness, time.monotonic() - started)
        except BrokenPipeError:
            # A reader that has seen enough does not undo what --fail-above has found.
            if not tally.above:
                raise
            drop_stdout()
    return tally.code


def _records(
    items: Iterable[FileInput],
    kind: PageKind,
    read: Callable[[FileInput], Iterator[Item]],
    fetching: Callable[[Iterator[str]], Iterator[Item]],
) -> Iterator[Item]:
    """The records of files, and pages from the web, in order."""
    for address, group in groupby(items, key=lambda found: found.address):
        if not address:
            yield from chain.from_iterable(map(read, group))
            continue
        for item in fetching(found.name for found in group):
            asked = item.page is not None and kind != "auto"
            yield replace(item, page=replace(cast(Page, item.page), kind=kind)) if asked else item


def _fetched(settings: FetchSettings, loudness: Loudness, addresses: Iterator[str]) -> Iterator[Item]:
    if settings.user_agent == FetchSettings().user_agent and loudness != "quiet":
        say("no contact is sent along: name one with --user-agent 'mybot/1.0 (+https://example.org/contact)'")
    return fetch_items(addresses, settings)


def fetch_settings(settings: ScoreSettings, limits: Limits, allow_private: bool) -> FetchSettings:
    """How to fetch, as options and configuration say."""
    given: dict[str, Any] = {"user_agent": settings.user_agent, "delay": settings.delay}
    return FetchSettings(
        max_bytes=limits.max_bytes,
        allow_private_addresses=allow_private,
        **{name: value for name, value in given.items() if value is not None},
    )


def verdicts(scorer: Scorer, items: Iterable[Item], step: Callable[[], None]) -> Iterator[Verdict]:
    """Score items lazily, in order; one that cannot be read gives a verdict with an error.

    Records that hold no page give nothing.
    """
    # The scorer reads ahead, so failures wait here for the pages before them.
    waiting: deque[Verdict | None] = deque()

    def pages() -> Iterator[Page]:
        for item in items:
            if item.page is not None:
                waiting.append(None)
                yield item.page
            elif item.error:
                waiting.append(scorer.failed(item.error, item.name, _address(item)))
            step()

    for verdict in scorer.score_many(pages()):
        while (first := waiting.popleft()) is not None:
            yield first
        yield verdict
    yield from (failed for failed in waiting if failed is not None)


def _address(item: Item) -> str | None:
    """The address that was asked for, or that a record in a crawl names."""
    if item.name.startswith(("http://", "https://")):
        return item.name
    told = item.values.get("warc-target-uri")
    return told.strip("<>") if isinstance(told, str) and told else None


def _some_exist(items: Iterator[FileInput]) -> Iterator[FileInput]:
    """The items, if at least one of them may be a page."""
    lost: list[FileInput] = []
    for item in items:
        if not item.error:
            return chain(lost, [item], items)
        lost.append(item)
    raise InputError(told_lost([(item.name, item.error) for item in lost]))


def _no_step() -> None:
    pass


def _progress_fits(form: str) -> bool:
    """On a terminal only, and never among rows that go to the same terminal."""
    return is_terminal(sys.stderr) and (form == "table" or not is_terminal(sys.stdout))


def _number(fail_above: str | None) -> float | None:
    if fail_above is None or fail_above in ("suspect", "low_quality"):
        return None
    try:
        value = float(fail_above)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise ConfigError(
            f"--fail-above takes suspect, low_quality or a score between 0 and 1, not {fail_above!r}"
        )
    return value


def _limit(fixed: float | None, name: str | None, scorer: Scorer) -> float:
    if fixed is not None:
        return fixed
    if name is None:
        return math.inf
    return scorer.suspect_threshold if name == "suspect" else scorer.threshold


def _notes(scorer: Scorer, settings: ScoreSettings) -> list[str]:
    """What the bands of this run rest on."""
    if settings.threshold is not None:
        return [f"low_quality: score above {scorer.threshold:.3g} (your threshold)."]
    rate = LOW_QUALITY_FPR if settings.max_fpr is None else settings.max_fpr
    note = f"low_quality: score above {scorer.threshold:.3g} (false-positive rate {100 * rate:g} %"
    return [note + (f", {scorer.caveat})." if scorer.caveat else ").")]


def _finish(
    writer: Writer, tally: Tally, scorer: Scorer, form: str, loudness: Loudness, seconds: float
) -> None:
    broken = ""
    if tally.broken:
        names = ", ".join(f"{name} ({count})" for name, count in tally.broken.most_common(5))
        broken = f"signals that failed on a page and counted as not measured: {names}"
        say(broken)
    writer.close(tally.bands, broken)
    if form != "table" and scorer.caveat and loudness != "quiet":
        say(f"the false-positive rate of this threshold is {scorer.caveat}")
    if loudness == "verbose":
        pages = sum(tally.bands.values())
        say(
            f"{pages:,} page{'' if pages == 1 else 's'} in {seconds:.2f} s ({pages / max(seconds, 1e-9):.0f} pages/s)"
        )
