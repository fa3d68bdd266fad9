"""The progress bar, on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text


class RateColumn(ProgressColumn):
    """Pages a second."""

    def render(self, task: Task) -> Text:
        """The rate, empty until it is known."""
        return Text(f"{task.speed:.0f}/s" if task.speed else "")


@contextmanager
def progress(total: int | None, done: int = 0) -> Iterator[Callable[[], None]]:
    """Show a bar while the block runs; call what it gives once a page.

    Args:
        total: ``None`` if it is not known.
        done: pages that were done before.
    """
    bar = Progress(
        TextColumn("scoring"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        # Rows on standard output are data; only messages go through the bar's console.
        redirect_stdout=False,
    )
    with bar:
        task = bar.add_task("scoring", total=total, completed=done)
        yield lambda: bar.advance(task)
