"""Defaults from ``pyproject.toml`` and ``qualityscore.toml``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualityscore.cli.config import KEYS, ScoreSettings, find_config
from qualityscore.errors import ConfigError
from tests.cli.conftest import Cli, one_line
from tests.pages import CAREFUL, FARM


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
        "max-fpr = 0.02\nprevalence = 0.1\nfail-above = 0.9\ndisable = ['trivia_box']\nmodel = 'own.npz'\n"
        "user-agent = 'mybot/1.0'\ndelay = 2\nworkers = 3\n"
    )
    found = find_config(here / "deep")
    assert found is not None
    assert found[1] == ScoreSettings(
        "csv", True, True, "html", 0.02, None, 0.1, "0.9", ("trivia_box",), str(here / "own.npz"),
        "mybot/1.0", 2.0, 3,
    )  # fmt: skip


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
        ("threshold = 'high'", "threshold must be a number between 0 and 1"),
        ("threshold = true", "threshold must be a number between 0 and 1"),
        ("workers = 0", "workers must be a number from 1 up, not 0"),
        ("workers = 1.5", "workers must be a number from 1 up"),
        ("threshold = 2", "qualityscore.toml: threshold must be a number between 0 and 1, not 2"),
        ("delay = -1", "qualityscore.toml: delay must be a number from 0 up, not -1"),
        ("max-fpr = 0.1\nthreshold = 0.5", "qualityscore.toml: give either threshold or max-fpr, not both"),
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


def lines_of(path: Path, *texts: str) -> Path:
    path.write_text(
        "".join(
            json.dumps({"text": text, "label": label}) + "\n"
            for text, label in zip(texts, ["farm", "human"] * len(texts), strict=False)
        )
    )
    return path


def test_filter_takes_its_defaults_there(cli: Cli, here: Path, model_path: Path) -> None:
    source = lines_of(here / "in.jsonl", FARM, CAREFUL)
    (here / "qualityscore.toml").write_text(
        f"model = '{model_path.as_posix()}'\nthreshold = 0.999999\nworkers = 2\n"
    )
    result = cli("filter", source, "-o", "-", "-v")
    assert len(result.stdout.splitlines()) == 2
    assert "defaults from" in result.stderr and "threshold 1.0000" in result.stderr
    assert len(cli("filter", source, "-o", "-", "--max-fpr", "0.1").stdout.splitlines()) == 1
    (here / "rules.toml").write_text('[[rule]]\nname = "any"\nreject = "words > 1"\n')
    assert cli("filter", source, "-o", "-", "--rules", here / "rules.toml").stdout == ""


def test_filter_scores_in_as_many_processes_as_the_file_says(
    cli: Cli, here: Path, model_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualityscore.cli import filtering
    from qualityscore.pipelines.options import Counts, FilterOptions

    asked: list[FilterOptions] = []

    def noted(scorer: object, policy: object, options: FilterOptions, **_: object) -> Counts:
        asked.append(options)
        return Counts()

    monkeypatch.setattr(filtering, "run_filter", noted)
    source = lines_of(here / "in.jsonl", FARM)
    words = ("filter", source, "-o", here / "k.jsonl", "--model", model_path)
    cli(*words)
    (here / "qualityscore.toml").write_text("workers = 3\ninput-kind = 'text'\n")
    cli(*words)
    cli(*words, "--workers", "2", "--input-kind", "html")
    assert [(options.workers, options.kind) for options in asked] == [(1, "auto"), (3, "text"), (2, "html")]


def test_evaluate_takes_its_defaults_there(cli: Cli, here: Path, model_path: Path) -> None:
    source = lines_of(here / "in.jsonl", FARM, CAREFUL)
    (here / "qualityscore.toml").write_text(f"model = '{model_path.as_posix()}'\nthreshold = 0.125\n")
    words = ("evaluate", source, "--label-field", "label", "--positive", "farm", "--rounds", "100")
    result = cli(*words)
    assert '"threshold": 0.125' in result.stdout
    over = cli(*words, "--max-fpr", "0.05")
    assert over.exit_code == 0 and '"threshold": 0.125' not in over.stdout


def test_audit_takes_its_defaults_there(cli: Cli, here: Path, model_path: Path) -> None:
    source = lines_of(here / "in.jsonl", FARM, CAREFUL)
    (here / "qualityscore.toml").write_text(f"model = '{model_path.as_posix()}'\nthreshold = 0.125\n")
    result = cli("audit", source, "-o", here / "out", "-v")
    assert "defaults from" in result.stderr
    assert json.loads((here / "out" / "site.json").read_text())["thresholds"]["low_quality"] == 0.125


@pytest.mark.parametrize("command", ["filter", "evaluate", "train", "audit"])
def test_mistakes_there_end_every_command(cli: Cli, here: Path, command: str) -> None:
    source = lines_of(here / "in.jsonl", FARM, CAREFUL)
    (here / "qualityscore.toml").write_text("treshold = 0.5\n")
    labels = () if command in ("filter", "audit") else ("--label-field", "label", "--positive", "farm")
    result = cli(
        command, source, "-o", here / "out.npz" if command == "train" else here / "out.jsonl", *labels
    )
    assert result.exit_code == 2
    assert "unknown key 'treshold'" in one_line(result)
    (here / "qualityscore.toml").write_text("model = 'none.npz'\n")
    result = cli(
        command, source, "-o", here / "out.npz" if command == "train" else here / "out.jsonl", *labels
    )
    assert result.exit_code == 2
    assert "none.npz" in one_line(result)
