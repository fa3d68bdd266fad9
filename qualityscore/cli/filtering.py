"""What ``qualityscore filter`` does, and what it says about it."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from qualityscore.cli.config import ScoreSettings
from qualityscore.cli.console import is_terminal, say
from qualityscore.cli.options import Loudness
from qualityscore.errors import OutputError
from qualityscore.own_process import settle
from qualityscore.pipelines.filter import run_filter
from qualityscore.pipelines.options import Counts, FilterOptions, require_folder
from qualityscore.pipelines.policy import Answer, Policy
from qualityscore.rules import Rules
from qualityscore.scorer import Scorer
from qualityscore.sources import Item

SOME_FAILED = 3
_NAMED = 20
_EVERY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Request:
    """The options of the command, those of the pipeline apart; ``None`` means not given.

    Of the settings, model, threshold, false-positive rate and disabled signals count here.
    """

    options: FilterOptions
    settings: ScoreSettings
    rules: str | None
    on_abstain: Answer
    summary: str | None
    progress: bool | None


def run(request: Request, loudness: Loudness) -> int:
    """Filter, say what came of it, return the exit code.

    Raises:
        ConfigError, InputError, ModelError, OutputError: the run could not begin or go on.
    """
    started = time.monotonic()
    if request.summary is not None:
        require_folder(request.summary)
    rules = Rules.load(request.rules) if request.rules is not None else None
    settings = request.settings
    disabled = settings.disable or ()
    scorer = Scorer.load(
        settings.model,
        threshold=settings.threshold,
        max_fpr=settings.max_fpr,
        disable=disabled,
        evidence=False,
    )
    settle()
    if loudness == "verbose":
        says = f"threshold {scorer.threshold:.4f}" if rules is None else f"{len(rules.rules)} rules"
        say(f"model {scorer.model.id} of version {scorer.model.version}, {says}")
    named = 0

    def failed(item: Item, error: str) -> None:
        nonlocal named
        named += 1
        if named <= _NAMED:
            say(f"{item.name}: {error}")
        elif named == _NAMED + 1:
            say("more records failed; they are counted at the end")

    with _progress(request.progress, loudness) as step:
        counts = run_filter(
            scorer,
            Policy(rules, request.on_abstain, "drop"),
            request.options,
            fingerprint={"disable": sorted(disabled)},
            step=step,
            failed=failed,
        )
    if request.summary is not None:
        _write_summary(request.summary, counts)
    if loudness != "quiet":
        for line in _told(counts):
            say(line)
        if rules is None and scorer.caveat:
            say(f"the false-positive rate of this threshold is {scorer.caveat}")
    if loudness == "verbose":
        seconds = time.monotonic() - started
        say(f"{counts.read} pages in {seconds:.1f} s ({counts.read / max(seconds, 1e-9):.0f} pages/s)")
    return SOME_FAILED if counts.failed else 0


def _told(counts: Counts) -> Iterator[str]:
    yield f"read {counts.read} = kept {counts.kept} + rejected {counts.rejected} + failed {counts.failed}"
    if counts.reasons:
        yield f"rejected: {_listed(counts.reasons)}"
    if counts.abstained:
        yield f"without a score: {_listed(counts.abstained)}"
    if counts.errors:
        yield f"failed: {_listed(counts.errors, '{} ({})')}"
    if counts.others_passed or counts.others_left_out:
        yield (
            f"WARC records that hold no page: {counts.others_passed} passed on, "
            f"{counts.others_left_out} left out"
        )


def _listed(counter: Counter[str], form: str = "{} {}") -> str:
    shown = "; ".join(form.format(name, count) for name, count in counter.most_common(5))
    return shown + ("; …" if len(counter) > 5 else "")


def _write_summary(path: str, counts: Counts) -> None:
    text = json.dumps(counts.to_dict(), indent=2) + "\n"
    try:
        with open(f"{path}.part", "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(f"{path}.part", path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


@contextmanager
def _progress(wanted: bool | None, loudness: Loudness) -> Iterator[Callable[[], None]]:
    if wanted is False or loudness == "quiet" or not (wanted or is_terminal(sys.stderr)):
        yield lambda: None
    elif is_terminal(sys.stderr):
        from qualityscore.cli.progress import progress

        with progress(None) as step:
            yield step
    else:
        yield _Lines().step


class _Lines:
    """How far it is, in lines for a log."""

    def __init__(self) -> None:
        self._started = self._said = time.monotonic()
        self._count = 0

    def step(self) -> None:
        """Count a record, and say so now and then."""
        self._count += 1
        now = time.monotonic()
        if now - self._said >= _EVERY_SECONDS:
            self._said = now
            say(f"{self._count} records, {self._count / (now - self._started):.0f} a second")
