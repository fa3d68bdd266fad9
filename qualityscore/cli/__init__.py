"""The command line.

Nothing here imports numpy or the scorer before a command needs it, so that ``--help`` is quick.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line and exit."""
    from qualityscore.cli.app import app
    from qualityscore.cli.console import prepare_streams

    prepare_streams()
    app(prog_name="qualityscore")
