"""``qualityscore evaluate``: the options; the work is in `evaluating`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from qualityscore.cli.options import ModelFile, Quiet, Verbose, set_loudness
from qualityscore.cli.score import InputKind
from qualityscore.errors import ConfigError

HELP = """Measure a model on labelled pages: JSONL, CSV or Parquet, one page a row.

Prints how well scores and labels agree, and with -o writes evaluation.json, report.html (plots, figures by
part, worst errors with their evidence) and the scores. Intervals are 95 % by bootstrap over groups: pages of
one site or owner are alike, so name the field that tells them apart. Pages without a score count as not
flagged; a positive one is missed."""
EPILOG = (
    "Exit codes: 0 done; 2 wrong use, or labels no figure can be made of; 3 done, but some rows had no usable "
    "label or page: they are counted in the report."
)


class ReportFormat(StrEnum):
    """How to print the result."""

    table = "table"
    json = "json"


class ScoresFile(StrEnum):
    """How to write the scores."""

    csv = "csv"
    jsonl = "jsonl"


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="LABELLED...",
        help="Files with one labelled page a row: JSONL (plain, gzip, zstd), CSV or Parquet.",
        show_default=False,
    ),
]
LabelField = Annotated[
    str,
    typer.Option("--label-field", metavar="FIELD", help="Field that holds the label.", show_default=False),
]
Positive = Annotated[
    str,
    typer.Option(
        "--positive", metavar="VALUE", help="Label of pages that should score high.", show_default=False
    ),
]
Negative = Annotated[
    list[str] | None,
    typer.Option(
        "--negative",
        metavar="VALUE",
        help="Label of pages that should score low; repeat for more. Default: every other label. Rows with "
        "other labels are then left out.",
    ),
]
GroupField = Annotated[
    str | None,
    typer.Option(
        "--group-field",
        metavar="FIELD",
        help="Field that names the site, owner or network of a page. Default: every page by itself.",
    ),
]
IdField = Annotated[str | None, typer.Option("--id-field", metavar="FIELD", help="Field that names a page.")]
KindField = Annotated[
    str | None, typer.Option("--kind-field", metavar="FIELD", help="Field to report by: kind of page.")
]
SourceField = Annotated[
    str | None,
    typer.Option("--source-field", metavar="FIELD", help="Field to report by: source of the page."),
]
DateField = Annotated[
    str | None,
    typer.Option("--date-field", metavar="FIELD", help="Field to report by year; dates begin with the year."),
]
ContentField = Annotated[
    str | None,
    typer.Option("--content-field", metavar="FIELD", help="Field of the page itself. Default: detected."),
]
UrlField = Annotated[
    str | None, typer.Option("--url-field", metavar="FIELD", help="Field of the address. Default: detected.")
]
Kind = Annotated[
    InputKind, typer.Option("--input-kind", help="What the pages are. Default: by field, then by content.")
]
Workers = Annotated[
    int, typer.Option("--workers", metavar="N", min=1, max=256, help="Processes that read pages.")
]
Rounds = Annotated[
    int, typer.Option("--rounds", min=100, max=10_000, help="Rounds of the bootstrap behind the intervals.")
]
Seed = Annotated[int, typer.Option("--seed", help="Seed of everything random; the same gives the same.")]
Scores = Annotated[ScoresFile, typer.Option("--scores", help="How to write the scores into the folder.")]
Shown = Annotated[
    ReportFormat | None,
    typer.Option("--format", help="What to print. Default: table on a terminal, else json."),
]


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
    input_kind: Kind = InputKind.auto,
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
    workers: Workers = 1,
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
    from qualityscore.cli.evaluating import Reading, run_evaluation
    from qualityscore.evaluation.labels import LabelFields
    from qualityscore.sources import FieldNames

    fields = LabelFields(
        label_field, positive, frozenset(negative or ()), group_field, id_field, kind_field, source_field,
        date_field,
    )  # fmt: skip
    names = FieldNames(content=content_field, url=url_field, id=id_field)
    code = run_evaluation(
        Reading(tuple(inputs), names, input_kind.value),
        fields,
        model=model,
        max_fpr=max_fpr,
        threshold=threshold,
        output=output,
        scores=scores.value,
        workers=workers,
        rounds=rounds,
        seed=seed,
        form=format and format.value,
        loudness=loudness,
    )
    if code:
        raise typer.Exit(code)


evaluate.__doc__ = HELP
