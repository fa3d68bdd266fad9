"""A run killed at any moment and resumed gives what a run gives that was not."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from qualityscore import ConfigError, OutputError, Page, Scorer
from qualityscore.pipelines import filter as module
from qualityscore.pipelines import judging, output
from qualityscore.pipelines.options import Counts
from qualityscore.pipelines.policy import Policy
from tests.pages import FARM, SHORT
from tests.pipelines.filtering import TEXTS, cached_score_all, run, write_input

pytest.importorskip("pyarrow")

COUNT = 13
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked and killed")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "score_all", cached_score_all)


# What a run does to the disk; it is killed before each of these, which is after the one before.
EVENTS = (
    (os, "fsync"), (os, "replace"), (os, "ftruncate"), (Path, "unlink"), (output.Output, "write"),
    (output.Output, "write_as_is"), (output.Output, "end_member"),
)  # fmt: skip


def kill_at(moment: int, work: Callable[[], object]) -> bool:
    """Run in a new process that kills itself at an event; whether it came to that."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "the child failed"
        return os.WIFSIGNALED(status)
    code = 1
    try:
        left = moment

        def counted(function: Callable[..., object]) -> Callable[..., object]:
            def call(*args: object, **settings: object) -> object:
                nonlocal left
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return function(*args, **settings)

            return call

        for owner, name in EVENTS:
            setattr(owner, name, counted(getattr(owner, name)))
        work()
        code = 0
    finally:
        os._exit(code)


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


@posix
@pytest.mark.parametrize(
    ("suffix", "annotate"),
    [(".jsonl", False), (".jsonl.gz", False), (".csv.gz", True), (".warc.gz", True), (".warc", True),
     (".parquet", False), (".parquet", True)],
)  # fmt: skip
def test_killed_at_any_moment(scorer: Scorer, tmp_path: Path, suffix: str, annotate: bool) -> None:
    source = write_input(tmp_path, suffix, COUNT)
    for text in TEXTS:  # scored before the processes are forked
        cached_score_all(scorer, [Page.from_text(text)])

    def work(folder: Path, *, resume: bool) -> Counts:
        return run(
            scorer, source, folder / f"k{suffix}", folder / f"r{suffix}", resume=resume, annotate=annotate
        )

    whole = tmp_path / "whole"
    whole.mkdir()
    counts = work(whole, resume=False)
    wanted = contents(whole)
    assert len(wanted) == 2
    moments = 0
    killed = True
    while killed:
        folder = tmp_path / f"cut{moments}"
        folder.mkdir()
        resumed = partial(work, folder, resume=True)
        killed = kill_at(moments, resumed)
        if killed and moments % 3 == 0:
            # Killed again while it resumes.
            kill_at(moments // 2, resumed)
        finished = resumed()
        assert contents(folder) == wanted, moments
        assert finished == counts
        assert not [p for p in folder.iterdir() if p.is_dir()]
        moments += 1
    assert moments > 12


@posix
def test_killed_from_outside_with_workers(scorer: Scorer, model_path: Path, tmp_path: Path) -> None:
    """The command itself, its processes and a kill at any time; one run with one worker, the other with two."""
    source = tmp_path / "in.jsonl"
    source.write_text(
        "".join(
            json.dumps({"text": f"{FARM if n % 40 == 7 else SHORT} Page {n}."}) + "\n" for n in range(2600)
        )
    )

    def command(folder: Path, workers: int, *more: str) -> list[str]:
        return [
            sys.executable, "-m", "qualityscore", "filter", str(source), "-o", str(folder / "k.jsonl.gz"),
            "--rejected", "../r.jsonl", "--workers", str(workers), "--model", str(model_path), *more,
        ]  # fmt: skip

    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": root}
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    for folder in (whole, cut):
        (folder / "cwd").mkdir(parents=True)
    subprocess.run(command(whole, 1), check=True, env=environment, cwd=whole / "cwd", capture_output=True)
    chance = random.Random(7)
    kills = 0
    for _ in range(3):
        process = subprocess.Popen(
            command(cut, 2, "--resume"), env=environment, cwd=cut / "cwd", stderr=subprocess.PIPE
        )
        journal = cut / "k.jsonl.gz.journal"
        had = journal.stat().st_size if journal.exists() else 0
        until = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < until:
            if journal.exists() and journal.stat().st_size > had:
                break
            time.sleep(0.01)
        time.sleep(chance.random() / 2)
        if process.poll() is None:
            process.kill()
            kills += 1
        process.communicate()
    subprocess.run(
        command(cut, 2, "--resume"), check=True, env=environment, cwd=cut / "cwd", capture_output=True
    )
    assert kills >= 1
    assert contents(cut) == contents(whole)


def interrupted_after(count: int, real: Callable[..., object]) -> Callable[..., object]:
    def call(*args: object) -> object:
        nonlocal count
        count -= 1
        if count < 0:
            raise KeyboardInterrupt
        return real(*args)

    return call


def test_other_options_or_a_changed_input_are_refused(scorer: Scorer, tmp_path: Path) -> None:
    source = write_input(tmp_path, ".jsonl", COUNT)
    kept = tmp_path / "k.jsonl"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module._Run, "_one", interrupted_after(12, module._Run._one))
        with pytest.raises(KeyboardInterrupt):
            run(scorer, source, kept)
    journal = tmp_path / "k.jsonl.journal"
    assert journal.exists()
    # Of the ten records before the checkpoint three were rejected, and one failed.
    assert len(kept.read_bytes().splitlines()) == 6
    with pytest.raises(ConfigError, match="add --resume"):
        run(scorer, source, kept)
    for settings, says in [
        ({"annotate": True}, "annotate is not what it was"), ({"limit": 5}, "limit is not"),
        ({"rejected": tmp_path / "r.jsonl"}, "rejected is not"),
        ({"policy": Policy(None, "drop", "drop")}, r"on-abstain is not what .*\(\"keep\" then, \"drop\" now\)"),
    ]:  # fmt: skip
        with pytest.raises(ConfigError, match=says):
            run(scorer, source, kept, resume=True, **settings)  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="threshold is not"):
        run(Scorer(scorer.model, threshold=0.9), source, kept, resume=True)
    data = kept.read_bytes()
    kept.write_bytes(data[:-5])
    with pytest.raises(ConfigError, match="shorter than its journal says"):
        run(scorer, source, kept, resume=True)
    kept.write_bytes(data + b"half a li")
    assert journal.exists()
    source.write_bytes(source.read_bytes() + b"\n")
    with pytest.raises(ConfigError, match=r"input .*in.jsonl is not what it was") as caught:
        run(scorer, source, kept, resume=True)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".warc.gz", ".parquet"])
def test_a_full_disk_damages_nothing_and_can_be_resumed(
    scorer: Scorer, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_input(tmp_path, suffix, COUNT)
    run(scorer, source, tmp_path / f"whole{suffix}")
    real, calls = os.fsync, 0

    def full(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls >= 6:
            raise OSError(28, "No space left on device")
        real(handle)

    kept = tmp_path / f"k{suffix}"
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match=r"No space left.*run again with --resume") as caught:
            run(scorer, source, kept)
    assert "\n" not in str(caught.value)
    if suffix != ".parquet":
        partial = run(scorer, kept, tmp_path / f"again{suffix}")
        assert partial.failed == 0 and partial.read > 0
    run(scorer, source, kept, resume=True)
    assert kept.read_bytes() == (tmp_path / f"whole{suffix}").read_bytes()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_disk_that_is_full_from_the_start_leaves_no_journal(
    scorer: Scorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_input(tmp_path, ".jsonl", COUNT)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        run(scorer, source, tmp_path / "k.jsonl")
    monkeypatch.undo()
    monkeypatch.setattr(judging, "score_all", cached_score_all)
    run(scorer, source, tmp_path / "k.jsonl", resume=True)
    assert FARM[:30].encode() not in (tmp_path / "k.jsonl").read_bytes()
