"""Every command and option explains itself; the signals do, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import typer.main

from qualityscore import all_signals
from qualityscore.cli.app import app
from qualityscore.cli.config import FORMATS, INPUT_KINDS, KEYS
from qualityscore.cli.score import Format, InputKind
from qualityscore.document import PAGE_KINDS
from tests.cli.conftest import Cli, one_line


def commands(command: Any, path: str = "qualityscore") -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, f"{path} {name}")


ALL = dict(commands(typer.main.get_command(app)))


def test_the_commands() -> None:
    assert set(ALL) == {
        "qualityscore", "qualityscore audit", "qualityscore evaluate", "qualityscore filter", "qualityscore report",
        "qualityscore score", "qualityscore signals", "qualityscore signals list", "qualityscore signals explain",
        "qualityscore train",
    }  # fmt: skip


@pytest.mark.parametrize("path", ALL)
def test_every_command_and_option_has_help(path: str) -> None:
    command = ALL[path]
    assert len(command.help) > 20
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{path} {parameter.name}"
        assert len(parameter.help) > 10


@pytest.mark.parametrize("path", ALL)
def test_help_is_shown_with_exit_0(cli: Cli, path: str) -> None:
    for option in ("-h", "--help"):
        result = cli(*path.split()[1:], option)
        assert result.exit_code == 0
        assert result.stdout.startswith("Usage: ")
        assert max(map(len, result.stdout.splitlines())) <= 80


def test_without_a_command(cli: Cli) -> None:
    for args in ((), ("signals",)):
        result = cli(*args)
        assert result.exit_code == 0
        assert "Commands:" in result.stdout


def test_choices_are_those_of_the_package() -> None:
    assert tuple(kind.value for kind in InputKind) == INPUT_KINDS == PAGE_KINDS
    assert tuple(form.value for form in Format) == FORMATS
    options = {o for name in ("score", "filter") for p in ALL[f"qualityscore {name}"].params for o in p.opts}
    assert {f"--{key}" for key in KEYS} <= options


def test_help_says_what_exit_codes_mean(cli: Cli) -> None:
    text = " ".join(cli("score", "--help").stdout.split())
    for code in ("0 done", "1 a page is above --fail-above", "2 wrong use", "3 done, but some inputs failed"):
        assert code in text


def test_unknown_commands_are_one_line(cli: Cli) -> None:
    result = cli("scroe")
    assert result.exit_code == 2
    assert "scroe" in one_line(result)


def test_signals_list_through_a_pipe(cli: Cli) -> None:
    lines = cli("signals", "list").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == list(all_signals())
    assert {len(line.split("\t")) for line in lines} == {4}


def test_signals_list_at_a_terminal(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qualityscore.cli.signals.is_terminal", lambda _: True)
    out = cli("signals", "list", env={"COLUMNS": "200"}).stdout
    for name, signal in all_signals().items():
        assert name in out
        assert signal.title in out


@pytest.mark.parametrize("name", list(all_signals()))
def test_signals_explain(cli: Cli, name: str) -> None:
    result = cli("signals", "explain", name)
    signal = all_signals()[name]
    assert result.exit_code == 0
    for text in (signal.title, signal.why, signal.limits, *signal.columns):
        assert text in result.stdout
    assert "\x1b" not in result.stdout


def test_signals_explain_unknown(cli: Cli) -> None:
    result = cli("signals", "explain", "trivia_boxes")
    assert result.exit_code == 2
    assert "did you mean trivia_box?" in one_line(result)
    assert "signals list" in one_line(cli("signals", "explain", "zzz"))


def test_completion(cli: Cli) -> None:
    from qualityscore.cli.options import complete_signal

    assert complete_signal("trivia") == ["trivia_box"]
    env = {"_QUALITYSCORE_COMPLETE": "complete_bash", "COMP_WORDS": "qualityscore sc", "COMP_CWORD": "1"}
    assert "score" in cli(env=env, prog_name="qualityscore").stdout
