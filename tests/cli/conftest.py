"""Running the command line in the tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from qualityscore.cli.app import app
from tests.cli.auditing import Audit
from tests.pages import CAREFUL, FARM, SHORT

ROOT = Path(__file__).resolve().parents[2]
Cli = Callable[..., Result]
Shell = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No configuration of this checkout, no colours or width of this terminal."""
    monkeypatch.chdir(tmp_path_factory.mktemp("cwd"))
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def cli(model_path: Path) -> Cli:
    """Run in this process; ``score`` gets the small model unless one is given."""

    def run(*args: object, **settings: object) -> Result:
        words = [str(a) for a in args]
        if "score" in words and "--model" not in words:
            words += ["--model", str(model_path)]
        result = _runner().invoke(app, words, **settings)  # type: ignore[arg-type]
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def shell(model_path: Path) -> Shell:
    """Run in a new process."""

    def run(*args: object, **settings: object) -> subprocess.CompletedProcess[bytes]:
        words = [str(a) for a in args]
        if words[:1] == ["score"] and "--model" not in words:
            words += ["--model", str(model_path)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings.pop("env", {})}  # type: ignore[dict-item]
        settings.setdefault("stdout", subprocess.PIPE)
        settings.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            [sys.executable, "-m", "qualityscore", *words],
            stderr=subprocess.PIPE, env=environment, timeout=120, **settings,
        )  # fmt: skip

    return run


@pytest.fixture
def audit(cli: Cli, model_path: Path) -> Audit:
    """Run an audit with the small model."""

    def run(*args: object, **settings: object) -> Result:
        return cli("audit", *args, "--model", model_path, **settings)

    return run


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Rows of two hosts: farm pages, careful ones, and some that get no score."""
    rows: list[dict[str, Any]] = []
    for i in range(8):
        text = FARM.replace("Garden Hoses", f"Garden Tool{'abcdefgh'[i]} Hoses")
        rows.append(
            {"url": f"https://farm.example/hoses/{i}.html", "text": text, "date": f"2024-05-0{i + 1}"}
        )
    for i in range(6):
        rows.append({"url": f"https://www.careful.example/notes/{i}.html", "text": f"{CAREFUL}\n\nPage {i}."})
    rows += [{"url": "https://careful.example/short.html", "text": SHORT}]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _runner() -> CliRunner:
    try:
        return CliRunner(mix_stderr=False)  # type: ignore[call-arg]
    except TypeError:  # later ones always keep the two streams apart
        return CliRunner()


def one_line(result: Result) -> str:
    """The only line on standard error."""
    assert "Traceback" not in result.stderr
    (line,) = result.stderr.splitlines()
    assert line.startswith("qualityscore: ")
    return line
