"""Defaults from ``pyproject.toml`` and ``qualityscore.toml``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualityscore.cli.config import KEYS, ScoreSettings, find_config
from qualityscore.errors import ConfigError
from tests.cli.conftest import Cli, one_line
from tests.pages import FARM


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project" / "deep" / "deeper"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return tmp_path / "project"


def test_nearest_upwards(cli: Cli, here: Path) -> None:
    (here / "pyproject.toml").write_text("[tool.qualityscore]\nthreshold = 0.25\nformat = 'json'\n")
    assert json.loads(cli("score", "-", input=FARM).stdout)["threshold"] == 0.25
    (here / "deep" / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert json.loads(cli("score", "-", input=FARM).stdout)["threshold"] == 0.25
    (here / "deep" / "qualityscore.toml").write_text("threshold = 0.125\n")
    result = cli("score", "-", "-v", input=FARM)
    assert json.loads(result.stdout)["threshold"] == 0.125
    assert f"defaults from {here / 'deep' / 'qualityscore.toml'}" in result.stderr


def test_every_key(here: Path) -> None:
    (here / "qualityscore.toml").write_text(
        "[tool.qualityscore]\nformat = 'csv'\nexplain = true\nwith-text = true\ninput_kind = 'html'\n"
        "max-fpr = 0.02\nthreshold = 1\nprevalence = 0.1\nfail-above = 0.9\ndisable = ['trivia_box']\nmodel = 'own.npz'\n"
    )
    found = find_config(here / "deep")
    assert found is not None
    assert found[1] == ScoreSettings(
        "csv", True, True, "html", 0.02, 1.0, 0.1, "0.9", ("trivia_box",), str(here / "own.npz")
    )


def test_the_command_line_wins(cli: Cli, here: Path) -> None:
    (here / "qualityscore.toml").write_text("threshold = 0.25\nexplain = true\nfail-above = 'suspect'\n")
    result = cli("score", "-", "--max-fpr", "0.05", "--no-explain", "--fail-above", "1", input=FARM)
    row = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (row["threshold"], row["lexical"]) == (0.5, [])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("treshold = 0.5", "unknown key 'treshold'; allowed are " + ", ".join(KEYS)),
        ("threshold = 'high'", "threshold must be a number"),
        ("threshold = true", "threshold must be a number"),
        ("threshold = 2", "between 0 and 1"),
        ("max-fpr = 0.1\nthreshold = 0.5", "not both"),
        ("format = 'xml'", "format must be one of table, json, jsonl, csv"),
        ("format = ['csv']", "format must be one of"),
        ("input-kind = 'pdf'", "input-kind must be one of"),
        ("disable = 'trivia_box'", "disable must be a list of signal ids"),
        ("disable = ['nothing_such']", "no signal is called 'nothing_such'"),
        ("explain = 1", "explain must be true or false"),
        ("fail-above = true", "fail-above must be"),
        ("model = 1", "model must be a path"),
        ("threshold = ", "is not valid TOML"),
        ("[tool]\nqualityscore = 1", "must be a table"),
    ],
)
def test_mistakes_are_one_line(cli: Cli, here: Path, model_path: Path, text: str, says: str) -> None:
    (here / "qualityscore.toml").write_text(text)
    result = cli("score", "-", "--model", model_path, input=FARM)
    assert result.exit_code == 2
    assert says in one_line(result)


def test_bytes_that_are_no_text(here: Path) -> None:
    (here / "qualityscore.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="not valid TOML"):
        find_config(here)


def test_none(tmp_path: Path) -> None:
    assert find_config(tmp_path) is None
