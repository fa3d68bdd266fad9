"""``qualityscore filter``: what it says, its exit codes, pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Cli, Shell, one_line
from tests.pages import CAREFUL, FARM, SHORT
from tests.pipelines.filtering import archive, jsonl


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "pages.jsonl"
    path.write_text("".join(json.dumps({"text": t}) + "\n" for t in (CAREFUL, FARM, SHORT, CAREFUL)))
    return path


def test_the_summary_says_where_everything_went(
    cli: Cli, lines: Path, model_path: Path, tmp_path: Path
) -> None:
    lines.write_bytes(lines.read_bytes() + b'{"text": "cut\n')
    told = tmp_path / "told.json"
    result = cli(
        "filter", lines, "-o", tmp_path / "k.jsonl", "--rejected", tmp_path / "r.jsonl", "--summary", told,
        "--model", model_path, "-v",
    )  # fmt: skip
    assert result.exit_code == 3
    assert result.stdout == ""
    said = result.stderr.replace("qualityscore: ", "")
    for expected in (
        f"{lines}:5: not valid JSON", "read 5 = kept 3 + rejected 1 + failed 1", "rejected: low_quality 1",
        "without a score: too_short 1", "failed: not valid JSON", "pages/s", "threshold",
    ):  # fmt: skip
        assert expected in said
    counts = json.loads(told.read_text())
    assert (counts["read"], counts["kept"], counts["rejected"], counts["failed"]) == (5, 3, 1, 1)
    quiet = cli("filter", lines, "-o", tmp_path / "k.jsonl", "--model", model_path, "-q")
    assert one_line(quiet).endswith("not valid JSON: Unterminated string starting at at column 10")


def test_through_a_pipe(cli: Cli, lines: Path, model_path: Path) -> None:
    result = cli("filter", "-", "-o", "-", "--model", model_path, input=lines.read_text())
    assert result.exit_code == 0
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == [CAREFUL, SHORT, CAREFUL]
    result = cli("filter", "-", "-o", "-", "--annotate", "--model", model_path, input=lines.read_text())
    bands = [json.loads(line)["qualityscore"]["band"] for line in result.stdout.splitlines()]
    assert bands == ["ok", "low_quality", "abstained", "ok"]


def test_options_that_decide(cli: Cli, lines: Path, model_path: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('[[rule]]\nname = "short"\nreject = "words < 20"\n')
    for options, kept in [
        (("--threshold", "0.999999"), 4), (("--threshold", "0"), 1),
        (("--rules", rules), 3), (("--on-abstain", "drop"), 2), (("--limit", "1"), 1),
    ]:  # fmt: skip
        result = cli("filter", lines, "-o", tmp_path / "k.jsonl", "--model", model_path, *options)
        assert result.exit_code == 0
        assert len((tmp_path / "k.jsonl").read_text().splitlines()) == kept, options
    told = cli("filter", lines, "-o", "-", "--max-fpr", "0.1", "-v", "--model", model_path).stderr
    assert "threshold 0.5000" in told


@pytest.mark.parametrize(
    ("options", "says"),
    [(("--threshold", "0.5", "--max-fpr", "0.1"), "not several"), (("--rules", "r.toml", "--max-fpr", "0.1"), "not several"),
     (("--rules", "none.toml"), "cannot read none.toml"), (("--quiet", "--progress"), "not both"),
     (("--disable", "nothing"), "nothing"), (("--threshold", "2"), "between 0 and 1"),
     (("--input-kind", "pdf"), "--input-kind"), (("--workers", "0"), "at least 1")],
)  # fmt: skip
def test_wrong_use_is_one_line(
    cli: Cli, lines: Path, model_path: Path, options: tuple[str, ...], says: str
) -> None:
    result = cli("filter", lines, "-o", "k.jsonl", "--model", model_path, *options)
    assert result.exit_code == 2
    assert says in one_line(result)
    assert not Path("k.jsonl").exists()


def test_fields_may_be_named(cli: Cli, model_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(json.dumps({"text": SHORT, "mine": FARM, "key": "k7"}) + "\n")
    result = cli(
        "filter", path, "-o", "-", "--annotate", "--content-field", "mine", "--id-field", "key",
        "--url-field", "none", "--input-kind", "text", "--model", model_path,
    )  # fmt: skip
    assert json.loads(result.stdout)["qualityscore"]["band"] == "low_quality"


def test_workers_and_other_records(shell: Shell, model_path: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.warc.gz"
    source.write_bytes(archive(40, packed=True))
    for workers in (1, 2):
        result = shell(
            "filter", source, "-o", tmp_path / f"k{workers}.warc.gz", "--rejected", tmp_path / f"r{workers}.jsonl",
            "--workers", workers, "--model", model_path, "--other-records", "drop", "--progress",
        )  # fmt: skip
        assert result.returncode == 3
        assert b"0 passed on, 1 left out" in result.stderr
        assert b"Traceback" not in result.stderr and b"Warning" not in result.stderr
    assert (tmp_path / "k1.warc.gz").read_bytes() == (tmp_path / "k2.warc.gz").read_bytes()
    assert (tmp_path / "r1.jsonl").read_bytes() == (tmp_path / "r2.jsonl").read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_a_closed_pipe_is_no_failure(model_path: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(jsonl(3000))
    rejected = tmp_path / "r.jsonl"
    words = ["filter", str(source), "-o", "-", "--rejected", str(rejected), "--model", str(model_path), "-q"]
    with subprocess.Popen(
        [sys.executable, "-m", "qualityscore", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:  # fmt: skip
        assert process.stdout is not None and process.stderr is not None
        first = process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
    assert json.loads(first)["id"] == 0
    assert errors == b""
    assert process.returncode == 0
    assert all(json.loads(line)["qualityscore"]["reason"] for line in rejected.read_text().splitlines())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_standard_output_on_a_full_disk(shell: Shell, lines: Path, model_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        result = shell("filter", lines, "-o", "-", "--model", model_path, "-q", stdout=full)
    assert result.returncode == 2
    (line,) = result.stderr.decode().splitlines()
    assert "No space left" in line


def test_a_summary_that_cannot_be_written(cli: Cli, lines: Path, model_path: Path, tmp_path: Path) -> None:
    result = cli(
        "filter", lines, "-o", tmp_path / "k.jsonl", "--summary", tmp_path / "no" / "s.json", "--model", model_path,
        "-q",
    )  # fmt: skip
    assert result.exit_code == 2
    assert "cannot write" in one_line(result)


def test_of_many_failures_the_first_are_named(cli: Cli, model_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text("[]\n" * 50)
    result = cli("filter", path, "-o", tmp_path / "k.jsonl", "--model", model_path, "-q")
    assert result.exit_code == 3
    said = result.stderr.splitlines()
    assert len(said) == 21
    assert said[19].startswith(f"qualityscore: {path}:20: ")
    assert "more records failed" in said[20]


def test_progress_in_a_log_is_lines(
    cli: Cli, lines: Path, model_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualityscore.cli import filtering

    monkeypatch.setattr(filtering, "_EVERY_SECONDS", 0.0)
    result = cli("filter", lines, "-o", tmp_path / "k.jsonl", "--model", model_path, "--progress")
    said = [line for line in result.stderr.splitlines() if " a second" in line]
    assert [line.split()[1] for line in said] == ["1", "2", "3", "4"]
    result = cli("filter", lines, "-o", tmp_path / "k.jsonl", "--model", model_path, "--no-progress")
    assert " a second" not in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_progress_on_a_terminal_is_a_bar(lines: Path, model_path: Path, tmp_path: Path) -> None:
    import pty

    outer, inner = pty.openpty()
    words = ["filter", str(lines), "-o", str(tmp_path / "k.jsonl"), "--model", str(model_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    with subprocess.Popen(
        [sys.executable, "-m", "qualityscore", *words],
        stderr=inner,
        stdout=subprocess.DEVNULL,
        env=environment,
    ) as process:
        os.close(inner)
        shown = b""
        while True:
            try:
                more = os.read(outer, 4096)
            except OSError:  # the other end is closed
                break
            if not more:
                break
            shown += more
    os.close(outer)
    assert process.returncode == 0
    assert b"scoring" in shown and b"read 4 = kept 3" in shown


def test_a_resumed_command(cli: Cli, lines: Path, model_path: Path, tmp_path: Path) -> None:
    journal = tmp_path / "k.jsonl.journal"
    journal.write_text("no journal\n")
    result = cli("filter", lines, "-o", tmp_path / "k.jsonl", "--model", model_path)
    assert result.exit_code == 2 and "add --resume to go on, or delete it" in one_line(result)
    result = cli("filter", lines, "-o", tmp_path / "k.jsonl", "--model", model_path, "--resume")
    assert result.exit_code == 2 and "not a journal" in one_line(result)
    journal.unlink()
    result = cli("filter", lines, "-o", tmp_path / "k.jsonl", "--model", model_path, "--resume", "-q")
    assert result.exit_code == 0 and not journal.exists()


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_that_nobody_reads_the_messages_ends_nothing(model_path: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b"[]\n" + jsonl(40))
    words = ["filter", str(source), "-o", str(tmp_path / "k.jsonl"), "--model", str(model_path)]
    read, write = os.pipe()
    os.close(read)
    process = subprocess.run(
        [sys.executable, "-m", "qualityscore", *words],
        stderr=write, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=120, check=False,
    )  # fmt: skip
    os.close(write)
    assert process.returncode == 3
    assert len((tmp_path / "k.jsonl").read_text().splitlines()) == 26
