"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from qualityscore.errors import ConfigError

Loudness = Literal["verbose", "normal", "quiet"]


def complete_signal(incomplete: str) -> list[str]:
    """Ids of signals that begin with what is typed (for shell completion)."""
    from qualityscore.signals import all_signals

    return [name for name in all_signals() if name.startswith(incomplete)]


Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say on standard error what is used and how long it took.")
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress bar and no notes; errors are still named.")
]
UserAgent = Annotated[
    str | None,
    typer.Option(
        "--user-agent",
        metavar="TEXT",
        help="What requests say they are: a name, a version and a contact, e.g. "
        "'mybot/1.0 (+https://example.org/bot)'. robots.txt is read for the name. Default: qualityscore/VERSION.",
    ),
]
Delay = Annotated[
    float | None,
    typer.Option(
        "--delay",
        metavar="SECONDS",
        help="Pause between two requests to a host; a longer one in its robots.txt counts. Default: 1.",
    ),
]
AllowPrivateAddresses = Annotated[
    bool,
    typer.Option(
        "--allow-private-addresses",
        help="Fetch from loopback, private and other special IP addresses too, and from any port.",
    ),
]
RowContent = Annotated[
    str | None,
    typer.Option(
        "--content-field",
        metavar="NAME",
        help="Field or column with the page. Default: the first of html, content, text, markdown, body, "
        "raw_content, raw.",
    ),
]
RowUrl = Annotated[
    str | None, typer.Option("--url-field", metavar="NAME", help="Field or column with the address.")
]
MaxFpr = Annotated[
    float | None,
    typer.Option(
        "--max-fpr",
        metavar="RATE",
        help="Call a page low_quality above the score that at most this share of human pages exceeds, "
        "e.g. 0.001. Default: 0.01.",
    ),
]
Threshold = Annotated[
    float | None,
    typer.Option(
        "--threshold", metavar="P", help="Call a page low_quality above this score, 0 to 1, instead."
    ),
]
Disable = Annotated[
    list[str] | None,
    typer.Option(
        "--disable",
        metavar="SIGNAL",
        help="Leave a signal out; repeat for more. The ids: qualityscore signals list.",
        autocompletion=complete_signal,
    ),
]
ModelFile = Annotated[
    str | None,
    typer.Option("--model", metavar="PATH", help="Use this model file instead of the one that comes along."),
]


def set_loudness(context: typer.Context, verbose: bool, quiet: bool) -> Loudness:
    """Combine ``-v`` and ``-q`` of a command with those given before it.

    Raises:
        ConfigError: both are given.
    """
    before: Loudness = context.obj if context.obj in ("verbose", "quiet") else "normal"
    verbose, quiet = verbose or before == "verbose", quiet or before == "quiet"
    if verbose and quiet:
        raise ConfigError("give either --verbose or --quiet, not both")
    loudness: Loudness = "verbose" if verbose else "quiet" if quiet else "normal"
    context.obj = loudness
    return loudness
