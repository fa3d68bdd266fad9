"""``qualityscore signals``: what is measured, and why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from qualityscore.cli.console import is_terminal, visible
from qualityscore.cli.options import complete_signal
from qualityscore.errors import ConfigError

if TYPE_CHECKING:
    from qualityscore.signals.api import Example, Signal

app = typer.Typer(
    help="What is measured, and why.",
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def signals(context: typer.Context) -> None:
    """Show the help if no command is given."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(name="list")
def list_signals() -> None:
    """List all signals with family and title; through a pipe, tab-separated with scope."""
    from qualityscore.signals import FAMILIES, all_signals

    found = all_signals()
    if not is_terminal(sys.stdout):
        for signal in found.values():
            sys.stdout.write(f"{signal.id}\t{signal.family}\t{signal.scope}\t{signal.title}\n")
        return
    from rich.table import Table
    from rich.text import Text

    from qualityscore.cli.printer import Printer

    console = Printer(sys.stdout)
    for family, title in FAMILIES.items():
        members = [s for s in found.values() if s.family == family]
        if not members:
            continue
        console.print(Text(f"{family}: {title}", "bold"))
        table = Table(box=None, show_header=False, pad_edge=False)
        table.add_column(width=2)
        table.add_column(style="cyan", overflow="fold", min_width=max(len(s.id) for s in members))
        table.add_column(overflow="fold")
        for signal in members:
            table.add_row("", Text(signal.id), Text(signal.title))
        console.print(table)
    console.print(Text("More about one: qualityscore signals explain ID", "dim"))


@app.command(name="explain")
def explain_signal(
    signal_id: Annotated[
        str, typer.Argument(metavar="ID", help="A signal, as in the list.", autocompletion=complete_signal)
    ],
) -> None:
    """Explain a signal: what it measures, why, where it is wrong, and where the idea comes from."""
    from qualityscore.signals import all_signals

    found = all_signals()
    signal = found.get(signal_id)
    if signal is None:
        from difflib import get_close_matches

        close = get_close_matches(signal_id, found, 1)
        hint = f"did you mean {close[0]}?" if close else "see  qualityscore signals list"
        raise ConfigError(f"no signal is called {signal_id!r}: {hint}")
    sys.stdout.write("\n".join(_lines(signal)) + "\n")


def _lines(signal: Signal) -> list[str]:
    scope = {
        "text": "depends on the words alone",
        "page": "needs HTML",
        "rendering": "depends on how the page was rendered; evidence only, no weight",
    }[signal.scope]
    lines = [
        f"{signal.id}: {signal.title}",
        "",
        f"Family    {signal.family}",
        f"Since     {signal.since}",
        f"Scope     {signal.scope}: {scope}",
        f"Needs     {_needs(signal)}",
        f"Why       {signal.why}",
        f"Limits    {signal.limits}",
    ]
    if signal.common:
        lines.append(f"Common    {signal.common}")
    if signal.document_wide:
        lines.append(f"Evidence  no passage: {signal.document_wide}")
    lines += ["", "Measures"]
    for feature in signal.features:
        high = "no upper bound" if feature.high == float("inf") else f"to {feature.high:g}"
        lines.append(f"  {signal.id}.{feature.name}: {feature.unit} (from {feature.low:g}, {high})")
    lines += ["", "Sources", *(f"  {s.title} {s.url}".rstrip() for s in signal.sources)]
    lines += ["", "Fires on", *(f"  {_example(example)}" for example in signal.fires[:2])]
    quiet = [example if isinstance(example, str) else example.text for example in signal.quiet[:2]]
    lines += ["", "Quiet on", *(f"  {_short(text)}" for text in quiet)]
    return lines


def _needs(signal: Signal) -> str:
    needs = signal.needs
    wanted = [f"{needs.min_words} words"] if needs.min_words else []
    wanted += [f"{needs.min_sentences} sentences"] if needs.min_sentences else []
    wanted += ["HTML"] if needs.html else []
    return ", ".join(wanted) or "nothing"


def _example(example: Example) -> str:
    text = _short(example.text)
    quotes = [q for q in example.evidence if _short(q) != text]
    return text + (f"\n    quotes: {_short(quotes[0])}" if quotes else "")


def _short(text: str) -> str:
    text = " ".join(visible(text).split())
    return text if len(text) <= 200 else text[:199] + "…"
