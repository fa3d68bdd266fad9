"""Only processes of our own are tuned; a caller's keeps its garbage collector as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import ROOT

STATE = "gc.get_freeze_count() > 0, gc.get_threshold()[0]"


def python(code: str, *args: object) -> str:
    command = [sys.executable, "-c", f"import gc, sys\n{code}", *map(str, args)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout.strip()


def test_a_library_leaves_the_collector_alone(model_path: Path) -> None:
    code = (
        f"before = {STATE}\n"
        "from qualityscore import Page, Scorer\n"
        "list(Scorer.load(sys.argv[1]).score_many([Page.from_text('Hello there.')]))\n"
        f"print(before == ({STATE}))"
    )
    assert python(code, model_path) == "True"


def test_a_worker_freezes_what_stays(model_path: Path) -> None:
    code = (
        "from qualityscore import Scorer\n"
        "from qualityscore.pipelines.worker import start\n"
        "start(Scorer.load(sys.argv[1]))\n"
        f"print({STATE})"
    )
    assert python(code, model_path) == "True 50000"


def test_the_command_freezes_what_stays(model_path: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Hello there.\n", encoding="utf-8")
    code = (
        "import qualityscore.cli.app as a\n"
        "try: a.app(['score', sys.argv[1], '--model', sys.argv[2]])\n"
        "except SystemExit as e: assert not e.code\n"
        f"print({STATE})"
    )
    assert python(code, page, model_path).splitlines()[-1] == "True 50000"
