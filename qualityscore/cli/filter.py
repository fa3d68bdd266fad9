"""``qualityscore filter``: the options; the work is in `filtering`."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, cast

import typer

from qualityscore.cli.config import ScoreSettings, with_defaults
from qualityscore.cli.console import MEANING
from qualityscore.cli.options import Disable, ModelFile, Quiet, RowContent, RowUrl, Verbose, set_loudness
from qualityscore.cli.score import InputKind
from qualityscore.errors import ConfigError

if TYPE_CHECKING:
    from qualityscore.document import PageKind

EPILOG = (
    "Exit codes: 0 done; 2 wrong use, no input holds a record, or an output cannot be written; 3 done, but some records failed: they "
    "are in the rejects with their error. max-fpr, threshold, disable, model, input-kind and workers may have "
    "defaults in [tool.qualityscore], as for score; -v says which file they come from."
)
HELP = f"""Keep or drop the pages of a crawl.

Inputs are files of pages, folders, patterns, JSON lines, CSV, Parquet, WARC and WET, plain or compressed. The
output's suffix tells its format; records keep their bytes, fields, columns and compression. Pages in band
low_quality are dropped, or those that a rules file rejects; pages without a score are kept.

The {MEANING}

A damaged record is counted and written to the rejects with its error, and all others are processed: read is
always kept + rejected + failed. A run that was killed goes on with --resume, and its output is the same, byte
by byte, as that of a run that was not, with any number of workers."""


class OnAbstain(StrEnum):
    """What becomes of pages without a score."""

    keep = "keep"
    drop = "drop"


class OtherRecords(StrEnum):
    """What becomes of WARC records that hold no page."""

    passed = "pass"
    drop = "drop"


def filter_(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="PATH|-...", help="Files, folders or patterns; - is standard input."),
    ],
    kept: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="KEPT",
            help="Where kept records go: .jsonl, .csv or .warc, each also with .gz or .zst, or .parquet; "
            "- is JSON lines on standard output. All but JSON lines need input of the same format.",
        ),
    ],
    rejected: Annotated[
        str | None,
        typer.Option(
            "--rejected",
            metavar="REJECTED",
            help="Where rejected and failed records go, with the reason. Default: nowhere.",
        ),
    ] = None,
    max_fpr: Annotated[
        float | None,
        typer.Option(
            "--max-fpr",
            metavar="RATE",
            help="Drop pages above the score that at most this share of human pages exceeds. Default: 0.01.",
        ),
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option("--threshold", metavar="P", help="Drop pages above this score, 0 to 1, instead."),
    ] = None,
    rules: Annotated[
        str | None,
        typer.Option("--rules", metavar="FILE", help="Drop the pages that these rules reject, instead."),
    ] = None,
    annotate: Annotated[
        bool,
        typer.Option(
            "--annotate",
            help="Keep all pages and add the result: a field qualityscore, columns qualityscore_..., or a "
            "WARC metadata record behind each page.",
        ),
    ] = False,
    on_abstain: Annotated[
        OnAbstain, typer.Option("--on-abstain", help="What to do with pages that get no score.")
    ] = OnAbstain.keep,
    other_records: Annotated[
        OtherRecords,
        typer.Option(
            "--other-records", help="What to do with WARC records that hold no page, such as requests."
        ),
    ] = OtherRecords.passed,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", help="Processes that score. Default: 1, the command's own."),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Go on with a run that was killed; its journal is beside KEPT."),
    ] = False,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", help="Stop after this many pages.", show_default=False),
    ] = None,
    content_field: RowContent = None,
    url_field: RowUrl = None,
    id_field: Annotated[
        str | None, typer.Option("--id-field", metavar="NAME", help="Field or column with the id.")
    ] = None,
    input_kind: Annotated[
        InputKind | None,
        typer.Option("--input-kind", help="What the pages are. Default: auto, which tells from the input."),
    ] = None,
    summary: Annotated[
        str | None,
        typer.Option("--summary", metavar="FILE", help="Write the counts to this file as JSON, too."),
    ] = None,
    disable: Disable = None,
    model: ModelFile = None,
    progress: Annotated[
        bool | None,
        typer.Option(
            "--progress/--no-progress",
            help="Say how far it is. Default: a bar on a terminal; elsewhere --progress gives a line every 30 s.",
            show_default=False,
        ),
    ] = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Keep or drop the pages of a crawl."""
    loudness = set_loudness(context, verbose, quiet)
    if sum(value is not None for value in (max_fpr, threshold, rules)) > 1:
        raise ConfigError("give one of --max-fpr, --threshold and --rules, not several")
    if quiet and progress:
        raise ConfigError("give either --progress or --quiet, not both")
    settings = with_defaults(
        ScoreSettings(
            max_fpr=max_fpr,
            threshold=threshold,
            disable=tuple(disable) if disable else None,
            model=model,
            input_kind=input_kind and input_kind.value,
            workers=workers,
        ),
        loudness,
    )
    if rules is not None:
        settings = replace(settings, max_fpr=None, threshold=None)
    from qualityscore.cli.filtering import Request, run
    from qualityscore.pipelines.options import FilterOptions
    from qualityscore.sources import FieldNames

    options = FilterOptions(
        inputs=inputs,
        kept=kept,
        rejected=rejected,
        annotate=annotate,
        workers=1 if settings.workers is None else settings.workers,
        resume=resume,
        limit=limit,
        fields=FieldNames(content_field, url_field, id_field),
        kind=cast("PageKind", settings.input_kind or "auto"),
        pass_others=other_records is OtherRecords.passed,
    )
    request = Request(options, settings, rules, on_abstain.value, summary, progress)
    code = run(request, loudness)
    if code:
        raise typer.Exit(code)


filter_.__doc__ = HELP
