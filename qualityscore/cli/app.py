"""The application: global options, exit codes, errors in one line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from qualityscore.cli import audit, evaluate, filter, report, score, signals, train
from qualityscore.cli.console import MEANING, drop_stdout, say
from qualityscore.cli.options import Quiet, Verbose, set_loudness
from qualityscore.errors import QualityscoreError

WRONG_USE = 2
INTERRUPTED = 130


class OneLineErrors(TyperGroup):
    """A command group whose errors are one line on standard error."""

    def invoke(self, ctx: Any) -> Any:
        """Run the chosen command; turn what went wrong into an exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except QualityscoreError as error:
            say(str(error))
            raise typer.Exit(WRONG_USE) from None
        except KeyboardInterrupt as error:
            say("; ".join(["interrupted", *getattr(error, "__notes__", ())]))
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            # The reader has seen enough, as in `qualityscore score pages | head`.
            drop_stdout()
            raise typer.Exit(0) from None
        except OSError as error:
            # Files to score are read under their own guard: this is the output.
            drop_stdout()
            where = f" {error.filename}" if error.filename else ""
            say(f"cannot write the output{where}: {error.strerror or error}")
            raise typer.Exit(WRONG_USE) from None

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run and exit; a wrong option is one line, not a page of usage."""
        if sys.stdout is None:
            say("standard output is closed: send it to a file, a pipe or /dev/null")
            sys.exit(WRONG_USE)
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except Exception as error:
            describe = getattr(error, "format_message", None)
            if describe is None:
                raise
            context = getattr(error, "ctx", None)
            command = context.command_path if context is not None else "qualityscore"
            say(f"{describe().replace('Value error, ', '').rstrip('.')} (see: {command} --help)")
            code = WRONG_USE
        sys.exit(code if isinstance(code, int) else 0)


app = typer.Typer(
    name="qualityscore",
    cls=OneLineErrors,
    # Plain help: formatting it with rich takes as long as everything else together.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Tell content-farm and SEO pages from pages made for readers.\n\nThe " + MEANING,
    epilog="Exit codes: 0 done; 1 a page is above --fail-above; 2 wrong use; 3 done, but some inputs failed.",
)


def _version(wanted: bool) -> None:
    if wanted:
        from qualityscore import __version__

        typer.echo(f"qualityscore {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def qualityscore(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", callback=_version, is_eager=True),
    ] = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Options for all commands; without a command, show the help."""
    set_loudness(context, verbose, quiet)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


app.command(name="score", short_help="Score pages.", epilog=score.EPILOG)(score.score)
app.command(name="audit", short_help="Audit whole sites.", epilog=audit.EPILOG)(audit.audit)
app.command(name="evaluate", short_help="Measure a model on labelled pages.", epilog=evaluate.EPILOG)(
    evaluate.evaluate
)
app.command(name="report", short_help="Write the report of an audit again.")(report.report)
app.command(name="train", short_help="Make a model from your own labels.", epilog=train.EPILOG)(train.train)
app.command(name="filter", short_help="Keep or drop the pages of a crawl.", epilog=filter.EPILOG)(
    filter.filter_
)
app.add_typer(signals.app, name="signals")
