"""``qualityscore train``: the options; the work is in `training_run`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualityscore.cli.config import ScoreSettings, with_defaults
from qualityscore.cli.labelled import (
    ContentField,
    DateField,
    GroupField,
    IdField,
    Inputs,
    Kind,
    KindField,
    LabelField,
    Negative,
    Positive,
    Rounds,
    Scores,
    ScoresFile,
    Seed,
    Shown,
    SourceField,
    UrlField,
    Workers,
    asked,
)
from qualityscore.cli.options import Quiet, Verbose, set_loudness
from qualityscore.errors import ConfigError

HELP = """Make a model from your own labelled pages: JSONL, CSV or Parquet, one page a row.

From 200 pages up everything is fitted anew, with the settings of the model that comes along; with
--calibrate-only, from 50 pages, its weights stay and only the calibration and the thresholds follow your
pages. Prints the same figures as evaluate, from scores of models that had not seen a page's group, beside
those of the model before. Use the result with  qualityscore score --model MODEL.npz"""
EPILOG = (
    "Exit codes: 0 done; 2 wrong use, or labels from which no honest model can be fitted; 3 done, but some rows "
    "could not be read: they took no part. model (to start from), input-kind and workers may have defaults in [tool.qualityscore], "
    "as for score."
)


def train(
    context: typer.Context,
    inputs: Inputs,
    label_field: LabelField,
    positive: Positive,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="MODEL",
            help="Model file to write; its name ends in .npz. The manifest is written beside it as .json.",
            show_default=False,
        ),
    ],
    calibrate_only: Annotated[
        bool,
        typer.Option(
            "--calibrate-only", help="Keep the weights; fit only the calibration and the thresholds."
        ),
    ] = False,
    negative: Negative = None,
    group_field: GroupField = None,
    id_field: IdField = None,
    kind_field: KindField = None,
    source_field: SourceField = None,
    date_field: DateField = None,
    content_field: ContentField = None,
    url_field: UrlField = None,
    input_kind: Kind = None,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", metavar="DIR", help="Folder for evaluation.json, report.html and the scores."
        ),
    ] = None,
    scores: Scores = ScoresFile.csv,
    base: Annotated[
        str | None,
        typer.Option(
            "--model", metavar="PATH", help="Start from this model file instead of the one that comes along."
        ),
    ] = None,
    workers: Workers = None,
    rounds: Rounds = 500,
    seed: Seed = 0,
    format: Shown = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Train."""
    loudness = set_loudness(context, verbose, quiet)
    if "-" in inputs:
        raise ConfigError("train reads its pages twice, so they must be in files, not on standard input")
    if output.suffix != ".npz":
        raise ConfigError(f"the model file must be named *.npz, not {output.name!r}")
    if not output.parent.is_dir() or output.is_dir():
        raise ConfigError(f"cannot write {output}: its folder does not exist, or it is a folder")
    settings = with_defaults(
        ScoreSettings(input_kind=input_kind and input_kind.value, model=base, workers=workers), loudness
    )
    from qualityscore.cli.training_run import run_training

    code = run_training(
        asked(context.params, settings, report, loudness),
        output=output,
        method="calibrate" if calibrate_only else "refit",
        base=settings.model,
    )
    if code:
        raise typer.Exit(code)


train.__doc__ = HELP
