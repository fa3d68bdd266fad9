"""The command as a process: start-up, pipes, signals, encodings."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qualityscore import __version__
from tests.cli.conftest import ROOT, Shell
from tests.pages import FARM, farm_html

HEAVY = ("sklearn", "scipy", "pandas", "textstat", "nltk")


def python(code: str, *args: object) -> str:
    command = [sys.executable, "-c", code, *(str(a) for a in args)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, qualityscore.cli.app as a\n"
        "try: a.app(['score', '--help'])\n"
        "except SystemExit: pass\n"
        "print('LOADED', [m for m in sys.modules if m in "
        f"{(*HEAVY, 'numpy', 'rich', 'selectolax', 'qualityscore.scorer')!r}])"
    )
    assert python(code).splitlines()[-1] == "LOADED []"


def test_scoring_imports_nothing_heavy(model_path: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(farm_html(), encoding="utf-8")
    code = (
        "import sys, qualityscore.cli.app as a\n"
        "try: a.app(['score', sys.argv[1], '--model', sys.argv[2], '--explain'])\n"
        "except SystemExit as e: assert not e.code\n"
        f"print('LOADED', [m for m in sys.modules if m.split('.')[0] in {HEAVY!r}])"
    )
    assert python(code, page, model_path).splitlines()[-1] == "LOADED []"


def test_version(shell: Shell) -> None:
    assert shell("--version").stdout.decode() == f"qualityscore {__version__}\n"


def test_a_reader_that_leaves_early(model_path: Path, tmp_path: Path) -> None:
    for n in range(200):
        (tmp_path / f"{n}.txt").write_text(FARM, encoding="utf-8")
    command = [sys.executable, "-m", "qualityscore", "score", str(tmp_path), "--model", str(model_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        json.loads(process.stdout.readline())
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_interrupted(model_path: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "never"
    os.mkfifo(pipe)
    (tmp_path / "page.txt").write_text(FARM, encoding="utf-8")
    command = [
        sys.executable, "-m", "qualityscore", "score", "-v", str(tmp_path / "page.txt"), str(pipe),
        "--model", str(model_path),
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        # What runs in the background ignores the signal, and so do its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stderr is not None
        assert b"model " in process.stderr.readline()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b"qualityscore: interrupted\n"
        assert process.wait(60) == 130


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line(shell: Shell, site: Path) -> None:
    with open("/dev/full", "wb") as full:
        result = shell("score", site / "farm.txt", stdout=full)
    assert result.returncode == 2
    assert result.stderr.decode() == "qualityscore: cannot write the output: No space left on device\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_output_is_utf8_whatever_the_environment_says(shell: Shell, tmp_path: Path, encoding: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(farm_html(title="Schläuche 水 \U0001f33f"), encoding="utf-8")
    for form in ("jsonl", "csv", "table"):
        result = shell("score", page, "--format", form, env={"PYTHONIOENCODING": encoding, "LC_ALL": "C"})
        assert result.returncode == 0, result.stderr
        assert "Schläuche 水" in result.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are text there")
def test_a_file_name_that_is_no_text(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(FARM, encoding="utf-8")
    for form in ("jsonl", "csv", "table"):
        result = shell("score", tmp_path, "--format", form)
        assert result.returncode == 0, result.stderr
        assert rb"\udce9" in result.stdout


def test_binary_standard_input(shell: Shell, tmp_path: Path) -> None:
    binary = tmp_path / "binary"
    binary.write_bytes(bytes(range(256)) * 50)
    with binary.open("rb") as stream:
        result = shell("score", "-", stdin=stream)
    assert result.returncode == 3
    assert json.loads(result.stdout)["error"]


def test_rows_come_while_pages_are_scored(model_path: Path, tmp_path: Path) -> None:
    """More than one batch: the first rows are out before the last input can be read."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs a named pipe")
    for n in range(40):
        (tmp_path / f"{n:02}.txt").write_text(FARM, encoding="utf-8")
    last = tmp_path / "last"
    os.mkfifo(last)
    command = [
        sys.executable, "-m", "qualityscore", "score", str(tmp_path), str(last), "--model", str(model_path),
        "--format", "csv",
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        first = [process.stdout.readline() for _ in range(20)]
        last.write_text(FARM, encoding="utf-8")
        assert len(first + process.stdout.readlines()) == 1 + 41
        assert process.wait(60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be removed there")
@pytest.mark.parametrize("words", ["score", "audit -o out"])
def test_a_working_folder_that_is_gone(tmp_path: Path, words: str) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    run = f"{sys.executable} -m qualityscore {words} {ROOT / 'examples'}"
    command = f"cd {folder} && rmdir {folder} && {run}"
    result = subprocess.run(
        command, shell=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert result.returncode == 2
    assert result.stderr.count(b"\n") == 1 and b"the working folder no longer exists" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_standard_output_that_is_closed() -> None:
    result = subprocess.run(
        f"{sys.executable} -m qualityscore score {ROOT / 'examples'} >&-",
        shell=True, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
    )  # fmt: skip
    assert result.returncode == 2
    assert result.stderr.count(b"\n") == 1 and b"standard output is closed" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close otherwise there")
@pytest.mark.parametrize(("limit", "code"), [("0.5", 1), ("1", 0)])
def test_a_reader_that_leaves_does_not_undo_fail_above(
    model_path: Path, tmp_path: Path, limit: str, code: int
) -> None:
    for n in range(40):
        (tmp_path / f"{n:02}.txt").write_text(FARM, encoding="utf-8")
    command = [
        sys.executable, "-m", "qualityscore", "score", str(tmp_path), "--model", str(model_path),
        "--format", "jsonl", "--with-text", "--fail-above", limit,
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(60) == code
