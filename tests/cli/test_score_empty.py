"""``qualityscore score`` where nothing comes in."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Cli, one_line


def test_a_pipe_that_nothing_came_through_is_wrong_use(cli: Cli, tmp_path: Path) -> None:
    for args in (("score",), ("score", "-"), ("score", "-", "--fail-above", "low_quality")):
        result = cli(*args, input="")
        assert (result.exit_code, result.stdout) == (2, "")
        assert one_line(result) == "qualityscore: -: standard input is empty"
    (tmp_path / "empty.txt").write_text("")  # is called a page, so it is one
    page = json.loads(cli("score", tmp_path / "empty.txt").stdout)
    assert (page["abstained"], page["error"]) == ("too_short", None)
    mixed = cli("score", "-", tmp_path / "empty.txt", input="")
    assert (mixed.exit_code, json.loads(mixed.stdout.splitlines()[0])["error"]) == (
        3,
        "standard input is empty",
    )
