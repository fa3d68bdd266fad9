"""The rich console that tables are printed on."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console


class Printer(Console):
    """A console that prints page text as it is, and leaves a closed pipe to the command."""

    def __init__(self, out: TextIO) -> None:
        super().__init__(file=out, highlight=False, markup=False, emoji=False)

    def on_broken_pipe(self) -> None:
        """Raise again: rich would exit with 1, which here means a page above ``--fail-above``."""
        raise  # rich calls this while it handles the error
