"""Evaluate a model on labelled pages, print the figures, write the report."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from qualityscore.cli.config import ScoreSettings
from qualityscore.cli.console import is_terminal, safe_json, say
from qualityscore.cli.options import Loudness
from qualityscore.document import PageKind
from qualityscore.errors import ConfigError
from qualityscore.evaluation.figures import figures
from qualityscore.evaluation.labels import LabelFields, Labels
from qualityscore.evaluation.report import ScoresFormat, evaluation, mixed_groups, set_warnings, write
from qualityscore.evaluation.run import explainer, score_labelled
from qualityscore.evaluation.scored import ScoredSet
from qualityscore.model.thresholds import LOW_QUALITY_FPR, SUSPECT_FPR
from qualityscore.own_process import settle
from qualityscore.scorer import Scorer
from qualityscore.sources import FieldNames, Item, read_items

SOME_LEFT_OUT = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """Where labelled pages come from.

    Attributes:
        inputs: files.
        names: names of the fields of a page.
        kind: what the pages are.
    """

    inputs: Sequence[str]
    names: FieldNames
    kind: str

    def items(self) -> Iterator[Item]:
        """The rows, lazily."""
        return read_items(self.inputs, fields=self.names, kind=cast(PageKind, self.kind))


@dataclass(frozen=True, slots=True)
class Asked:
    """What ``evaluate`` and ``train`` are asked for alike.

    Attributes:
        folder: where the report and the scores go, ``None`` for nowhere.
        scores: ``csv`` or ``jsonl``.
        workers: processes that read pages.
        rounds, seed: of the bootstrap.
        form: what to print; ``None`` goes by whether a terminal reads it.
    """

    reading: Reading
    fields: LabelFields
    folder: Path | None
    scores: str
    workers: int
    rounds: int
    seed: int
    form: str | None
    loudness: Loudness


def run_evaluation(asked: Asked, settings: ScoreSettings) -> int:
    """Score, measure, print, write; the exit code.

    Args:
        settings: model, threshold and false-positive rate.

    Raises:
        ConfigError: a field, a label or a setting is wrong.
        ModelError: the model cannot be used.
    """
    started = time.monotonic()
    scorer = Scorer.load(
        settings.model, threshold=settings.threshold, max_fpr=settings.max_fpr, evidence=False
    )
    settle()
    labels = Labels(asked.fields)
    with counting("scoring", asked.loudness) as step:
        scored, worst = score_labelled(
            scorer, labels.read(asked.reading.items()), workers=asked.workers, step=step
        )
    need_both(scored)
    rate = None if settings.threshold is not None else settings.max_fpr or LOW_QUALITY_FPR
    # A threshold of one's own may pull the suspect one down with it.
    own = scorer.suspect_threshold != scorer.model.thresholds.at(SUSPECT_FPR)
    suspect = (scorer.suspect_threshold, None if own else SUSPECT_FPR)
    found = figures(
        scored,
        {"suspect": suspect, "low_quality": (scorer.threshold, rate)},
        rounds=asked.rounds,
        seed=asked.seed,
    )
    told = explainer(scorer)
    caveat = (
        [f"the model's own false-positive rate at low_quality is {scorer.caveat}"] if scorer.caveat else []
    )
    result = evaluation(
        title="Evaluation",
        about="Scores of labelled pages by a model that may have been fitted on other ones.",
        model={"id": scorer.model.id, "version": scorer.model.version},
        inputs=asked.reading.inputs,
        fields=asked.fields,
        scored=scored,
        figures=found,
        worst=worst.explained(lambda _, page: told.score(page)),
        warnings=[*labels.warnings(), *mixed_groups(scored.y, scored.group), *caveat, *set_warnings(found)],
    )
    return publish(result, scored, asked, started)


def need_both(scored: ScoredSet) -> None:
    """Refuse a set of one class.

    Raises:
        ConfigError: with what there is.
    """
    positive = int(scored.y.sum())
    if positive == 0 or positive == len(scored.rows):
        first = (
            f"; first of them: {scored.unlabelled[0][0]}: {scored.unlabelled[0][1]}"
            if scored.left_out
            else ""
        )
        raise ConfigError(
            f"{positive:,} positive and {len(scored.rows) - positive:,} negative labelled pages: figures need both "
            f"({scored.left_out:,} rows left out{first})"
        )


def publish(result: Mapping[str, Any], scored: ScoredSet, asked: Asked, started: float) -> int:
    """Write the files, print the result, name what was left out; the exit code."""
    written = (
        [] if asked.folder is None else write(asked.folder, result, scored, cast(ScoresFormat, asked.scores))
    )
    if (asked.form or ("table" if is_terminal(sys.stdout) else "json")) == "json":
        sys.stdout.write(safe_json(json.dumps(result, ensure_ascii=False, indent=2, allow_nan=False)) + "\n")
        if asked.loudness != "quiet":
            for line in result["warnings"]:
                say(line)
    else:
        from qualityscore.cli.evaluation_table import print_evaluation

        print_evaluation(result, written)
    not_read = result["not_read"]
    lost = not_read["failed"] + not_read["left_out"]
    for entry in not_read["first"][:5]:
        say(f"{entry['name']}: {entry['error']}")
    if lost > 5:
        say(f"and {lost - 5:,} more rows without a usable label or page")
    if asked.loudness == "verbose":
        seconds = time.monotonic() - started
        say(f"{len(scored.rows):,} pages in {seconds:.1f} s")
        for path in written:
            say(f"wrote {path}")
    return SOME_LEFT_OUT if lost else 0


@contextmanager
def counting(what: str, loudness: Loudness) -> Iterator[Callable[[], None]]:
    """A running count on a terminal's standard error; how many rows there are is not known before."""
    if loudness == "quiet" or not is_terminal(sys.stderr):
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description} {task.completed:,} pages"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
    )
    with bar:
        task = bar.add_task(what, total=None)
        yield lambda: bar.advance(task)
