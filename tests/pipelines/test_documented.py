"""The filter commands of the documentation are commands that can run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from qualityscore.pipelines.sinks import check_fit

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = [
    line.partition("|")[0] if line.startswith("qualityscore") else line.partition("|")[2].partition("|")[0]
    for name in ("README.md", "docs/pipelines.md")
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
    if re.match(r"(?:zstdcat [^|`]*\| )?qualityscore filter ", line)
]


@pytest.mark.parametrize("command", COMMANDS)
def test_inputs_fit_their_outputs(command: str) -> None:
    _, _, name, *rest = shlex.split(command)
    outputs = [rest[i + 1] for i, word in enumerate(rest) if word in ("-o", "--rejected")]
    assert outputs
    for path in outputs:
        check_fit(path, name)


def test_there_are_some() -> None:
    assert len(COMMANDS) >= 6
