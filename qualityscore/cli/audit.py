"""``qualityscore audit``: the options; the work is in `audit_run`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from qualityscore.cli.config import ScoreSettings, with_defaults
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
from qualityscore.cli.score import InputKind
from qualityscore.errors import ConfigError

EPILOG = (
    "Writes report.html, site.json, summary.md, pages.jsonl and pages.parquet to the folder. Needs the extra: "
    "pip install 'qualityscore[audit]'. model, threshold, max-fpr, disable, input-kind, user-agent and delay may have "
    "defaults in [tool.qualityscore], as for score. "
    "Exit codes: 0 done; 1 above --fail-above; 2 wrong use, or no page at all; 3 done, but some inputs failed; "
    "130 interrupted: what is done is kept and reported, --resume goes on."
)
HELP = """Audit whole sites: what share is mass-produced, how it is made, which pages, and how sure.

Scores every page, then looks across them: templates, near-duplicates, doorway sets, publishing cadence, and a
verdict on each site with its own calibrated probability. Several sites in one run are told apart by host.

A site's address is asked for its sitemaps, else its links are followed; robots.txt is obeyed.

With --compare, no page is scored: the two folders are what earlier audits wrote."""


class AuditFormat(StrEnum):
    """What to write to standard output."""

    text = "text"
    json = "json"
    github = "github"


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """The options of an audit as given, defaults of the configuration filled in."""

    inputs: tuple[str, ...]
    out: Path
    format: str
    settings: ScoreSettings
    fail_above: str | None
    resume: bool
    overwrite: bool
    max_pages: int | None
    sample: int | None
    as_of: str | None
    allow_private: bool
    content_field: str | None = None
    url_field: str | None = None


def audit(
    context: typer.Context,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="Folders, files of pages, JSON lines, CSV, Parquet or WARC (also compressed), patterns; a site's "
            "address, a sitemap.xml (file or address), a .txt or .csv list of addresses; - is standard input.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Folder for the report.", show_default=False),
    ] = None,
    format: Annotated[
        AuditFormat,
        typer.Option(
            "--format",
            help="What to write to standard output: text for people, json is site.json, github are annotations "
            "for a workflow.",
        ),
    ] = AuditFormat.text,
    fail_above: Annotated[
        str | None,
        typer.Option(
            "--fail-above",
            metavar="N|SHARE",
            help="Exit with code 1 if more pages than N (10), or a larger share of the scored ones (5% or 0.05), are "
            "low quality. With --compare: pages that are so now and were not.",
            show_default=False,
        ),
    ] = None,
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option(
            "--compare",
            metavar="OLD NEW",
            help="Compare two audits: what got better, worse, new, gone.",
            show_default=False,
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an audit that was interrupted.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Begin anew where an unfinished audit lies.")
    ] = False,
    max_pages: Annotated[
        int | None,
        typer.Option("--max-pages", metavar="N", min=1, help="Stop after so many pages.", show_default=False),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option(
            "--sample",
            metavar="N",
            min=1,
            help="Take so many pages, in proportion from each pattern of addresses; the same ones every time.",
            show_default=False,
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DAY",
            help="The day on which the pages were taken, as 2024-05-31: later dates are in the future. Default: "
            "the day that each page's WARC record or HTTP header tells.",
            show_default=False,
        ),
    ] = None,
    input_kind: Annotated[
        InputKind | None,
        typer.Option("--input-kind", help="What the pages are. Default: auto, by suffix, then by content."),
    ] = None,
    content_field: RowContent = None,
    url_field: RowUrl = None,
    max_fpr: MaxFpr = None,
    threshold: Threshold = None,
    disable: Disable = None,
    model: ModelFile = None,
    user_agent: UserAgent = None,
    delay: Delay = None,
    allow_private_addresses: AllowPrivateAddresses = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Audit whole sites."""
    loudness = set_loudness(context, verbose, quiet)
    if compare is not None:
        _alone_with_compare(inputs, out, resume, overwrite, max_pages, sample, as_of)
        from qualityscore.cli.audit_compare import run_compare

        code = run_compare(*compare, format.value, fail_above)
        if code:
            raise typer.Exit(code)
        return
    if max_fpr is not None and threshold is not None:
        raise ConfigError("give either --threshold or --max-fpr, not both")
    if resume and overwrite:
        raise ConfigError("give either --resume or --overwrite, not both")
    if max_pages is not None and sample is not None:
        raise ConfigError("give either --max-pages or --sample, not both")
    if not inputs:
        raise ConfigError("no input: name a folder, a file of pages, or - for standard input")
    if out is None:
        raise ConfigError("say where the report goes: -o DIR")
    given = ScoreSettings(
        input_kind=input_kind and input_kind.value,
        max_fpr=max_fpr,
        threshold=threshold,
        disable=tuple(disable) if disable else None,
        model=model,
        user_agent=user_agent,
        delay=delay,
    )
    from qualityscore.cli.audit_run import run

    request = AuditRequest(
        tuple(inputs),
        out,
        format.value,
        with_defaults(given, loudness),
        fail_above,
        resume,
        overwrite,
        max_pages,
        sample,
        as_of,
        allow_private_addresses,
        content_field,
        url_field,
    )
    code = run(request, loudness)
    if code:
        raise typer.Exit(code)


def _alone_with_compare(*others: object) -> None:
    if any(others):
        raise ConfigError(
            "--compare takes two folders of finished audits, and only --format and --fail-above"
        )


audit.__doc__ = HELP
