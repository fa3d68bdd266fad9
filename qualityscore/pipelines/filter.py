"""Keep, drop or annotate the records of a crawl."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple
from typing import Any

from qualityscore.errors import ConfigError, OutputError, QualityscoreError
from qualityscore.journal import Journal
from qualityscore.pipelines.judging import Judge
from qualityscore.pipelines.options import Counts, FilterOptions, check
from qualityscore.pipelines.options import fingerprint as fingerprint_for
from qualityscore.pipelines.output import STDOUT
from qualityscore.pipelines.policy import Policy, Summary
from qualityscore.pipelines.pool import outcomes
from qualityscore.pipelines.reading import found_in, items_of_input, read_once, require_records
from qualityscore.pipelines.sinks import Note, Sink, open_sink, sink_format
from qualityscore.scorer import Scorer
from qualityscore.sources import (
    Bookmark,
    FileInput,
    Item,
    WarcOrigin,
)

_TOP_ERRORS = 20


Told = Callable[[Item, str], None]


def run_filter(
    scorer: Scorer,
    policy: Policy,
    options: FilterOptions,
    *,
    fingerprint: dict[str, Any] | None = None,
    step: Callable[[], None] = lambda: None,
    failed: Told = lambda item, error: None,
) -> Counts:
    """Filter records; what is written is the same whatever the number of workers, and after any crash.

    Outputs and journal are brought to disk every ``checkpoint_every`` records. If the run is interrupted
    or the disk is full, outputs are cut back to the last checkpoint, from which ``resume`` goes on.

    Args:
        scorer: one without evidence is faster and decides the same.
        policy: which pages to drop. Failed ones are never kept, whatever it says.
        fingerprint: more values that the output depends on, by the names users know them by.
        step: called once a record.
        failed: called for each record that failed, with the reason.

    Raises:
        ConfigError: options contradict each other, or the run to resume is not this one.
        InputError: none of the inputs leads to a record.
        OutputError: an output cannot be written.
    """
    found = found_in(options.inputs)
    check(options, found)
    require_records(found, options, scorer)
    told = {**fingerprint_for(scorer, policy, options, found), **(fingerprint or {})}
    journaled = options.kept != STDOUT and options.rejected != STDOUT and not read_once(found)
    if options.resume and not journaled:
        raise ConfigError(
            "--resume needs inputs and outputs that are files, not pipes, standard input or output"
        )
    state: dict[str, Any] | None = None
    journal: Journal | None = None
    try:
        if journaled:
            journal, state = Journal.open(_journal(options), told, resume=options.resume)
        run = _Run(Judge(scorer, policy), options, found, state)
    except (OSError, QualityscoreError) as error:
        if journal is not None and state is None:
            journal.finish()
        if isinstance(error, OSError):
            raise _cannot_write(error, options) from error
        raise
    run.step, run.failed = step, failed
    return run.run(journal)


class _Run:
    """One run from its start, or from a checkpoint, to its end."""

    def __init__(
        self, judge: Judge, options: FilterOptions, found: Sequence[FileInput], state: dict[str, Any] | None
    ) -> None:
        self._judge = judge
        self._options = options
        self._found = found
        self._done = state["items"] if state is not None else 0
        # Inputs that were begun: which, and how many items the ones before it had.
        self._begun = deque(
            [(state.get("input", 0), state.get("before", 0)) if state is not None else (0, 0)]
        )
        # The last item behind which reading can go on: its number among all items, and where that is.
        self._mark: tuple[int, Bookmark] | None = None
        if state is not None and state.get("mark"):
            self._mark = state["mark"][0], Bookmark(*state["mark"][1:])
        self._pages = state["pages"] if state is not None else 0
        self._safe = self._done if state is not None else None  # items that a resumed run need not do
        self._ended = state is not None and state["ended"]
        self.counts = Counts.from_dict(state["counts"]) if state is not None else Counts()
        self._kept: Sink = open_sink(options.kept, state and state["kept"], notes=options.annotate)
        self._rejected: Sink | None = None
        if options.rejected is not None:
            self._rejected = open_sink(options.rejected, state and state["rejected"], notes=True)
        self._sinks = [self._kept] + ([self._rejected] if self._rejected is not None else [])
        self._others = options.pass_others and sink_format(options.kept) == "warc"
        self.step: Callable[[], None] = lambda: None
        self.failed: Told = lambda item, error: None

    def run(self, journal: Journal | None) -> Counts:
        try:
            if not self._ended:
                self._filter(journal)
            for sink in self._sinks:
                sink.finish()
            if journal is not None:
                journal.finish()
            for sink in self._sinks:
                sink.clean()
        except BrokenPipeError:
            # Who reads standard output has seen enough; what went to files is complete up to here.
            self._end_early()
            raise
        except BaseException as error:
            self._give_up(journal)
            if isinstance(error, OSError):
                whole = journal is not None and self._safe is not None
                raise _cannot_write(error, self._options, whole) from error
            if isinstance(error, KeyboardInterrupt) and journal is not None:
                error.add_note(self._left())
            raise
        return self.counts

    def _filter(self, journal: Journal | None) -> None:
        results = outcomes(self._items(), self._judge, self._options.workers)
        for item, outcome in results:
            self._one(item, outcome)
            self._done += 1
            if item.after is not None:
                self._mark = self._done, item.after
            self.step()
            if self._done % self._options.checkpoint_every == 0:
                self._checkpoint(journal, ended=False)
        self._checkpoint(journal, ended=True)

    def _items(self) -> Iterator[Item]:
        """The items after those that are done, up to the limit of pages."""
        left = None if self._options.limit is None else self._options.limit - self._pages
        first, count = self._begun[0]
        done, mark = self._done, self._mark
        for number, found in enumerate(self._found[first:], first):
            if number > first:
                self._begun.append((number, count))
            after = None
            if number == first and mark is not None:
                count, after = mark
            for item in items_of_input(found, self._options, self._judge.scorer, after):
                count += 1
                if count <= done:
                    continue
                is_read = item.page is not None or bool(item.error)
                if left is not None and is_read:
                    if not left:
                        return
                    left -= 1
                yield item

    def _one(self, item: Item, outcome: Summary | None) -> None:
        counts = self.counts
        if outcome is None and not item.error:
            self._other(item)
            return
        counts.read += 1
        self._pages += 1
        misfit = self._kept.misfit(item)
        if self._rejected is not None:
            self._rejected.misfit(item)
        error = item.error or (outcome["error"] if outcome is not None else None) or misfit
        if outcome is None or error:
            self._fail(item, outcome, error or "cannot be read")
            return
        note: Note = {"source": item.name, **outcome}
        if outcome["abstained"] is not None:
            counts.abstained[outcome["abstained"]] += 1
        reason = outcome["reason"]
        if self._options.annotate:
            counts.kept += 1
            self._kept.write(item, note)
        elif reason is None:
            counts.kept += 1
            self._kept.write(item, None)
        else:
            counts.rejected += 1
            counts.reasons[reason] += 1
            if self._rejected is not None:
                self._rejected.write(item, note)

    def _fail(self, item: Item, outcome: Summary | None, error: str) -> None:
        counts = self.counts
        counts.failed += 1
        counts.errors[error[:200]] += 1
        if len(counts.errors) > 10 * _TOP_ERRORS:
            counts.errors = Counter(dict(counts.errors.most_common(_TOP_ERRORS)))
        self.failed(item, error)
        if self._rejected is not None:
            known = outcome or self._judge.failure(item.page, error)
            self._rejected.write(item, {**known, "source": item.name, "reason": "error", "error": error})

    def _other(self, item: Item) -> None:
        if not self._others or not isinstance(item.origin, WarcOrigin):
            self.counts.others_left_out += 1
            return
        misfit = self._kept.misfit(item)
        if not misfit:
            self.counts.others_passed += 1
            self._kept.write(item, None)
            return
        self.counts.read += 1
        self._fail(item, None, misfit)

    def _checkpoint(self, journal: Journal | None, *, ended: bool) -> None:
        while len(self._begun) > 1 and self._begun[1][1] <= self._done:
            self._begun.popleft()
        number, before = self._begun[0]
        state = {
            "items": self._done, "input": number, "before": before, "pages": self._pages, "ended": ended,
            "kept": self._kept.checkpoint(),
        }  # fmt: skip
        if self._mark is not None and self._mark[0] > before:
            state["mark"] = [self._mark[0], *astuple(self._mark[1])]
        if self._rejected is not None:
            state["rejected"] = self._rejected.checkpoint()
        if journal is not None:
            journal.checkpoint({**state, "counts": self.counts.to_dict()})
            self._safe = self._done

    def _give_up(self, journal: Journal | None) -> None:
        for sink in self._sinks:
            with suppress(OSError):  # the error that led here says more
                sink.give_up()
        if journal is not None and self._safe is not None:
            journal.close()
        elif journal is not None:
            journal.finish()  # nothing to go on from

    def _left(self) -> str:
        """What is left of an interrupted run."""
        if self._safe is not None:
            return f"{self._safe:,} records are done: the same command with --resume goes on from there"
        every = self._options.checkpoint_every
        return f"nothing is kept of a run that ends before its first {every:,} records: run it again"

    def _end_early(self) -> None:
        for sink, path in zip(self._sinks, (self._options.kept, self._options.rejected), strict=False):
            if path != STDOUT:
                sink.checkpoint()
                sink.finish()
                sink.clean()


def _journal(options: FilterOptions) -> str:
    return f"{options.kept}.journal"


def _cannot_write(error: OSError, options: FilterOptions, journaled: bool = False) -> OutputError:
    where = str(error.filename or options.kept)
    if where == STDOUT:
        where = "standard output"
    elif where == _journal(options):
        where = f"its journal {where}"
    told = f"cannot write the output ({where}): {error.strerror or error}"
    if journaled:
        told += "; everything up to the last checkpoint is whole: make room and run again with --resume"
    return OutputError(told)
