"""``qualityscore audit``: what a workflow makes of it: limits, annotations, comparing two audits."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from qualityscore.cli.audit_limit import FailAbove
from qualityscore.cli.audit_output import command
from qualityscore.errors import ConfigError
from tests.cli.auditing import Audit
from tests.cli.conftest import Cli, one_line
from tests.pages import CAREFUL, FARM, SHORT


@pytest.mark.parametrize(
    ("limit", "code"), [("7", 1), ("8", 0), ("0", 1), ("50%", 1), ("0.7", 0), ("100%", 0)]
)
def test_fail_above(audit: Audit, pages: Path, tmp_path: Path, limit: str, code: int) -> None:
    assert audit(pages, "-o", tmp_path / "out", "--fail-above", limit).exit_code == code


def test_annotations_name_files_and_cannot_be_forged(
    audit: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.chdir(tmp_path)
    for i in range(5):
        (site / f"farm{i}.txt").write_text(FARM, encoding="utf-8")
    (site / "bad.html").write_bytes(b"\0\1\2\3" * 500)
    result = audit("site", "-o", tmp_path / "out", "--format", "github")
    assert result.exit_code == 3
    lines = result.stdout.splitlines()
    assert sum(line.startswith("::error file=site/farm") for line in lines) == 5
    assert sum(line.startswith("::warning file=site/bad.html,title=not scored::") for line in lines) == 1
    assert lines[-1].startswith("::notice title=audit of site::")
    forged = command("error", "a,b:c.html", "t\n::error::x", "50%\n::error::y")
    assert forged == "::error file=a%2Cb%3Ac.html,title=t%0A%3A%3Aerror%3A%3Ax::50%25%0A::error::y"


def test_compare(audit: Audit, cli: Cli, pages: Path, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in pages.read_text(encoding="utf-8").splitlines()]
    rows[0]["text"] = CAREFUL  # better
    rows[9]["text"] = FARM  # worse
    rows[10]["text"] = SHORT
    rows[14] = {"url": "https://farm.example/new.html", "text": FARM}
    later = tmp_path / "later.jsonl"
    later.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    old, new = tmp_path / "old", tmp_path / "new"
    audit(pages, "-o", old)
    audit(later, "-o", new)
    result = cli("audit", "--compare", old, new, "--format", "json")
    found = json.loads(result.stdout)
    assert {k: [r["page"].rsplit("/", 1)[1] for r in found[k]] for k in ("worse", "better", "new", "gone", "score_lost")} == {
        "worse": ["1.html"], "better": ["0.html"], "new": ["new.html"], "gone": ["short.html"], "score_lost": ["2.html"],
    }  # fmt: skip
    assert found["unchanged"] == 11
    assert cli("audit", "--compare", old, new, "--fail-above", "1").exit_code == 1
    assert cli("audit", "--compare", old, new, "--fail-above", "2").exit_code == 0
    text = cli("audit", "--compare", old, new).stdout
    assert "worse 1, better 1, new 1, gone 1" in text
    assert "farm.example: low quality 100.0 % -> " in text
    github = cli("audit", "--compare", old, new, "--format", "github").stdout.splitlines()
    assert [line.split("::")[2].split(", ")[1] for line in github] == ["was ok", "a new page"]
    same = cli("audit", "--compare", old, old).stdout
    assert "worse 0, better 0, new 0, gone 0" in same


def test_folders_that_moved_compare_by_path(audit: Audit, cli: Cli, tmp_path: Path) -> None:
    first = tmp_path / "build-1"
    (first / "a").mkdir(parents=True)
    (first / "a" / "x.txt").write_text(CAREFUL, encoding="utf-8")
    shutil.copytree(first, tmp_path / "build-2")
    for name in ("build-1", "build-2"):
        audit(tmp_path / name, "-o", tmp_path / f"of-{name}")
    found = json.loads(
        cli("audit", "--compare", tmp_path / "of-build-1", tmp_path / "of-build-2", "--format", "json").stdout
    )
    assert found["unchanged"] == 1
    assert [site["host"] for site in found["sites"]] == ["build-2"]


def test_compare_stands_alone_and_needs_audits(cli: Cli, tmp_path: Path) -> None:
    assert "two folders" in one_line(cli("audit", "--compare", "a", "b", "-o", "out"))
    assert "holds no audit" in one_line(cli("audit", "--compare", tmp_path, tmp_path))
    for text, message in (("{", "damaged"), ("[]", "not the report")):
        (tmp_path / "site.json").write_text(text, encoding="utf-8")
        assert message in one_line(cli("audit", "--compare", tmp_path, tmp_path))


def test_limits() -> None:
    assert FailAbove.parse(None) is None
    for text, wanted in (
        ("3", FailAbove(count=3)),
        ("5%", FailAbove(share=0.05)),
        ("1.0", FailAbove(share=1.0)),
    ):
        assert FailAbove.parse(text) == wanted
    with pytest.raises(ConfigError):
        FailAbove.parse("-1")
    assert not FailAbove(share=0.0).exceeded(0, 0)
