"""The progress bar, on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def progress(total: int | None) -> Iterator[Callable[[], None]]:
    """Show a bar while the block runs; call what it gives once a page. ``None``: how many is not known."""
    bar = Progress(
        TextColumn("scoring"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        # Rows on standard output are data; only messages go through the bar's console.
        redirect_stdout=False,
    )
    with bar:
        task = bar.add_task("scoring", total=total)
        yield lambda: bar.advance(task)
