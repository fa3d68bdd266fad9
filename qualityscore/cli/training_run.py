"""Train on labelled pages, write the model, print and write the report."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from qualityscore.cli.console import is_terminal, say
from qualityscore.cli.evaluating import Asked, counting, publish
from qualityscore.cli.options import Loudness
from qualityscore.evaluation.collect import collect, survey
from qualityscore.evaluation.labels import Labels
from qualityscore.evaluation.own import METHOD, Outcome, explained, train
from qualityscore.evaluation.report import evaluation, set_warnings
from qualityscore.fitting.own import Method
from qualityscore.model.bundle import Model
from qualityscore.model.shipped import shipped_model_path
from qualityscore.pipelines.reading import read_once
from qualityscore.sources import expand


def run_training(asked: Asked, *, output: Path, method: Method, base: str | None) -> int:
    """Read, fit, measure, write; the exit code.

    Raises:
        ConfigError: a field, a label or a setting is wrong.
        TrainingError: no honest model can come from these labels.
        ModelError: the model to start from cannot be used.
    """
    started = time.monotonic()
    start = Model.load(Path(base) if base is not None else shipped_model_path())
    if not read_once(list(expand(asked.reading.inputs))):
        with counting("looking at labels", asked.loudness) as step:
            survey(Labels(asked.fields), asked.reading.items(), method, step)
    labels = Labels(asked.fields)
    with counting("reading", asked.loudness) as step:
        collected = collect(labels, asked.reading.items(), workers=asked.workers, step=step)
    outcome = train(
        collected,
        labels,
        start,
        method,
        seed=asked.seed,
        rounds=asked.rounds,
        progress=_stage(asked.loudness, started),
    )
    result = evaluation(
        title="Refit, measured out of fold" if method == "refit" else "Recalibration, measured out of fold",
        about=f"A model made from these pages, starting from model {start.id}; all figures are of pages whose group "
        "the measured model had not seen.",
        model={"id": outcome.own.model.id, "version": outcome.own.model.version},
        inputs=asked.reading.inputs,
        fields=asked.fields,
        scored=outcome.scored,
        figures=outcome.figures,
        worst=explained(outcome, asked.reading.items()),
        warnings=[*outcome.warnings, *set_warnings(outcome.figures)],
        baseline=outcome.baseline,
        method=METHOD,
    )
    save(output, outcome, result["warnings"])
    code = publish(result, outcome.scored, asked, started)
    if asked.loudness != "quiet":
        say(f"wrote {output}, model {outcome.own.model.id}")
    return code


def save(output: Path, outcome: Outcome, warnings: list[str]) -> None:
    """Write the model and its manifest, each whole or not at all."""
    from dataclasses import replace

    ranking = outcome.figures["ranking"]
    metrics = {
        "out_of_fold": {name: measure["value"] for name, measure in ranking.items()},
        "warnings": warnings,
    }
    model = replace(outcome.own.model, manifest={**outcome.own.model.manifest, "own_metrics": metrics})
    half = output.with_name(output.name + ".part")
    model.save(half)
    os.replace(half, output)
    text = json.dumps(model.manifest, indent=1, sort_keys=True, ensure_ascii=False)
    output.with_suffix(".json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _stage(loudness: Loudness, started: float) -> Callable[[str], None]:
    """Say what is being done, on a terminal or if asked."""
    if loudness == "quiet" or not (loudness == "verbose" or is_terminal(sys.stderr)):
        return lambda _: None
    return lambda message: say(f"{time.monotonic() - started:5.0f} s  {message}")
