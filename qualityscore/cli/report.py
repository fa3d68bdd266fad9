"""``qualityscore report``: write the report of an audit again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from qualityscore.cli.console import say, visible
from qualityscore.cli.options import Quiet, Verbose, set_loudness

HELP = """Write report.html again from the site.json and pages.jsonl in DIR, as an audit left them.

The report opens from disk and loads nothing from a network. Pages that do not fit into the file go to
report_data/ beside it: move both together."""


def report(
    context: typer.Context,
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder that an audit wrote.", show_default=False)
    ],
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Write the report of an audit again."""
    loudness = set_loudness(context, verbose, quiet)
    from qualityscore.report.render import FOLDER, render

    path = render(directory)
    if loudness == "verbose":
        beside = sum(1 for _ in (path.parent / FOLDER).glob("*.js"))
        say(f"{path.stat().st_size / 1e6:.1f} MB, {beside} files in {FOLDER}")
    if loudness != "quiet":
        sys.stdout.write(f"{visible(str(path))}\n")


report.__doc__ = HELP
