"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from qualityscore.errors import ConfigError

Loudness = Literal["verbose", "normal", "quiet"]

Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say on standard error what is used and how long it took.")
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress bar and no notes; errors are still named.")
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


def complete_signal(incomplete: str) -> list[str]:
    """Ids of signals that begin with what is typed (for shell completion)."""
    from qualityscore.signals import all_signals

    return [name for name in all_signals() if name.startswith(incomplete)]
