"""``qualityscore evaluate``: the options; the work is in `evaluating`."""

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
from qualityscore.cli.options import ModelFile, Quiet, Verbose, set_loudness
from qualityscore.errors import ConfigError

HELP = """Measure a model on labelled pages: JSONL, CSV or Parquet, one page a row.

Prints how well scores and labels agree, and with -o writes evaluation.json, report.html (plots, figures by
part, worst errors with their evidence) and the scores. Intervals are 95 % by bootstrap over groups: pages of
one site or owner are alike, so name the field that tells them apart. Pages without a score count as not
flagged; a positive one is missed."""
EPILOG = (
    "Exit codes: 0 done; 2 wrong use, or labels no figure can be made of; 3 done, but some rows had no usable "
    "label or page: they are counted in the report. max-fpr, threshold, model, input-kind and workers may have defaults in "
    "[tool.qualityscore], as for score."
)


def evaluate(
    context: typer.Context,
    inputs: Inputs,
    label_field: LabelField,
    positive: Positive,
    negative: Negative = None,
    group_field: GroupField = None,
    id_field: IdField = None,
    kind_field: KindField = None,
    source_field: SourceField = None,
    date_field: DateField = None,
    content_field: ContentField = None,
    url_field: UrlField = None,
    input_kind: Kind = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Folder for evaluation.json, report.html and scores."
        ),
    ] = None,
    scores: Scores = ScoresFile.csv,
    model: ModelFile = None,
    max_fpr: Annotated[
        float | None,
        typer.Option("--max-fpr", metavar="RATE", help="Threshold by false-positive rate. Default: 0.01."),
    ] = None,
    threshold: Annotated[
        float | None, typer.Option("--threshold", metavar="P", help="Threshold as a score, 0 to 1, instead.")
    ] = None,
    workers: Workers = None,
    rounds: Rounds = 500,
    seed: Seed = 0,
    format: Shown = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Evaluate."""
    loudness = set_loudness(context, verbose, quiet)
    if max_fpr is not None and threshold is not None:
        raise ConfigError("give either --threshold or --max-fpr, not both")
    settings = with_defaults(
        ScoreSettings(
            input_kind=input_kind and input_kind.value,
            max_fpr=max_fpr,
            threshold=threshold,
            model=model,
            workers=workers,
        ),
        loudness,
    )
    from qualityscore.cli.evaluating import run_evaluation

    code = run_evaluation(asked(context.params, settings, output, loudness), settings)
    if code:
        raise typer.Exit(code)


evaluate.__doc__ = HELP
