"""``qualityscore score``: the options; the work is in `run`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from qualityscore.cli.config import ScoreSettings, with_defaults
from qualityscore.cli.console import MEANING, is_terminal
from qualityscore.cli.options import (
    AllowPrivateAddresses,
    Delay,
    Disable,
    MaxFpr,
    ModelFile,
    Quiet,
    RowContent,
    RowUrl,
    Threshold,
    UserAgent,
    Verbose,
    set_loudness,
)
from qualityscore.errors import ConfigError

EPILOG = (
    "Defaults for these options may stand in a [tool.qualityscore] table of pyproject.toml or in "
    "qualityscore.toml; the nearest one from the working folder upwards counts. "
    "Exit codes: 0 done; 1 a page is above --fail-above (even if inputs failed); 2 wrong use, or nothing "
    "that was named exists and holds a page; 3 done, but some inputs failed: each is named and has a row with its error."
)
HELP = f"""Score pages: files, folders, patterns such as 'pages/**/*.html', web addresses, or - for standard input.

A file may hold many pages: JSON lines, CSV, Parquet, WARC or WET, plain or compressed with gzip or zstd.

The {MEANING} Pages that are too short, not English or not prose get no score but a reason.

A false-positive rate is only as good as the pages that measured it: where they are too few for the rate you
ask for, the output says so."""


class Format(StrEnum):
    """How to write the result."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


class InputKind(StrEnum):
    """What the inputs are."""

    auto = "auto"
    html = "html"
    markdown = "markdown"
    text = "text"


def score(
    context: typer.Context,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH|URL|-",
            help="Files, folders (searched for .html, .md and .txt files) or patterns; - is standard input, "
            "which is also read if nothing is named and something is piped in.",
            show_default=False,
        ),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="How to write the result. Default: table on a terminal, else jsonl. "
            "json is one object for one input and a list for several; csv has one flat row a page.",
        ),
    ] = None,
    explain: Annotated[
        bool | None,
        typer.Option(
            "--explain/--no-explain",
            help="Add the n-grams that count most and, in the table, every contribution.",
            show_default=False,
        ),
    ] = None,
    with_text: Annotated[
        bool | None,
        typer.Option(
            "--with-text/--no-with-text",
            help="Add the text that evidence offsets point into (json and jsonl).",
            show_default=False,
        ),
    ] = None,
    input_kind: Annotated[
        InputKind | None,
        typer.Option("--input-kind", help="What the inputs are. Default: auto, by suffix, then by content."),
    ] = None,
    content_field: RowContent = None,
    url_field: RowUrl = None,
    max_fpr: MaxFpr = None,
    threshold: Threshold = None,
    prevalence: Annotated[
        float | None,
        typer.Option(
            "--prevalence",
            metavar="P",
            help="The share of farm pages you expect among yours, between 0 and 1: scores become "
            "probabilities at that base rate, and thresholds by false-positive rate move with them; a --threshold "
            "stays where you put it. Default: the share among the pages that calibrated the model.",
        ),
    ] = None,
    fail_above: Annotated[
        str | None,
        typer.Option(
            "--fail-above",
            metavar="suspect|low_quality|P",
            help="Exit with code 1 if a page is in this band or a worse one, or scores above P.",
        ),
    ] = None,
    disable: Disable = None,
    model: ModelFile = None,
    user_agent: UserAgent = None,
    delay: Delay = None,
    allow_private_addresses: AllowPrivateAddresses = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Score pages."""
    loudness = set_loudness(context, verbose, quiet)
    given = ScoreSettings(
        format and format.value,
        explain,
        with_text,
        input_kind and input_kind.value,
        max_fpr,
        threshold,
        prevalence,
        fail_above,
        tuple(disable) if disable else None,
        model,
        user_agent,
        delay,
    )
    if max_fpr is not None and threshold is not None:
        raise ConfigError("give either --threshold or --max-fpr, not both")
    given = with_defaults(given, loudness)
    arguments = list(inputs or ())
    if not arguments:
        if sys.stdin is None or is_terminal(sys.stdin):
            raise ConfigError("no input: name a file or a folder, or - for standard input")
        arguments = ["-"]
    from qualityscore.cli.run import run
    from qualityscore.sources import FieldNames

    fields = FieldNames(content_field, url_field)
    code = run(arguments, given, loudness, fields, allow_private_addresses)
    if code:
        raise typer.Exit(code)


score.__doc__ = HELP
