"""How a run ends that has nothing to do, cannot write, or is interrupted."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import threading
from pathlib import Path

import pytest

from qualityscore import ConfigError, InputError, OutputError, Scorer
from qualityscore.pipelines import filter as module
from qualityscore.pipelines import judging
from qualityscore.pipelines.reading import items_of_input
from qualityscore.sources import FileInput
from tests.pipelines.filtering import cached_score_all, jsonl, run


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "score_all", cached_score_all)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_bytes(jsonl(13))
    return path


def interrupt_after(count: int, patch: pytest.MonkeyPatch) -> None:
    real = module._Run._one

    def one(*args: object) -> None:
        nonlocal count
        count -= 1
        if count < 0:
            raise KeyboardInterrupt
        real(*args)  # type: ignore[arg-type]

    patch.setattr(module._Run, "_one", one)


def test_inputs_that_hold_nothing_are_wrong_use(scorer: Scorer, source: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n")
    (tmp_path / "b.csv").write_text("text\n")
    with pytest.raises(InputError, match=r"a\.jsonl: holds no records"):
        run(scorer, tmp_path / "a.jsonl", tmp_path / "k.jsonl")
    with pytest.raises(InputError, match=r"b\.csv: holds no records"):
        run(scorer, tmp_path / "b.csv", tmp_path / "k.jsonl")
    assert not list(tmp_path.glob("k.*"))
    counts = run(scorer, tmp_path / "*.jsonl", tmp_path / "k.ndjson", tmp_path / "r.ndjson")
    assert (counts.read, counts.failed) == (14, 2)
    first = json.loads((tmp_path / "r.ndjson").read_text().splitlines()[0])
    assert first["source"].endswith("a.jsonl") and first["qualityscore"]["error"] == "holds no records"


def test_standard_input_that_holds_nothing(
    scorer: Scorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(b""))))  # type: ignore[arg-type]
    with pytest.raises(InputError, match="standard input is empty"):
        run(scorer, "-", tmp_path / "k.jsonl")
    assert not (tmp_path / "k.jsonl").exists()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))  # nothing that can be peeked into
    assert run(scorer, "-", tmp_path / "k.jsonl").errors == {"standard input is empty": 1}


def test_failed_records_have_the_band_of_pages_without_a_score(
    scorer: Scorer, source: Path, tmp_path: Path
) -> None:
    source.write_text('{"text": null}\n{"text": "\\u0000\\u0001 not one of the known texts"}\n')
    run(scorer, source, tmp_path / "k.jsonl", tmp_path / "r.jsonl")
    notes = [json.loads(line)["qualityscore"] for line in (tmp_path / "r.jsonl").read_text().splitlines()]
    assert [note["reason"] for note in notes] == ["error", "error"]
    verdict = scorer.failed("x").to_dict()
    for note in notes:
        for name in ("score", "band", "abstained", "words", "language"):
            assert note[name] == verdict[name], name
        assert note["model"] == scorer.model.id


def test_a_limit_below_one_is_refused(scorer: Scorer, source: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--limit must be at least 1, not 0"):
        run(scorer, source, tmp_path / "k.jsonl", limit=0)


@pytest.mark.parametrize("which", ["kept", "rejected"])
def test_a_missing_folder_is_named_and_not_the_journal(
    scorer: Scorer, source: Path, tmp_path: Path, which: str
) -> None:
    missing = tmp_path / "no" / "x.jsonl"
    kept, rejected = (missing, None) if which == "kept" else (tmp_path / "k.jsonl", missing)
    with pytest.raises(OutputError) as caught:
        run(scorer, source, kept, rejected)
    assert str(caught.value) == f"cannot write the output {missing}: there is no folder {missing.parent}"
    assert [p.name for p in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_journal_that_cannot_be_written_is_called_one(scorer: Scorer, source: Path, tmp_path: Path) -> None:
    (tmp_path / "k.jsonl.journal").mkdir()
    with pytest.raises(OutputError, match=r"\(its journal .*k\.jsonl\.journal\)"):
        run(scorer, source, tmp_path / "k.jsonl", resume=True)


@pytest.mark.parametrize(
    ("after", "says"),
    [
        (3, "nothing is kept of a run that ends before its first 5 records"),
        (7, "5 records are done: .*--resume"),
    ],
)
def test_an_interrupted_run_says_what_is_left_of_it(
    scorer: Scorer, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int, says: str
) -> None:
    interrupt_after(after, monkeypatch)
    with pytest.raises(KeyboardInterrupt) as caught:
        run(scorer, source, tmp_path / "k.jsonl")
    (note,) = caught.value.__notes__
    assert re.match(says, note)
    assert (tmp_path / "k.jsonl.journal").exists() == (after == 7)


def test_a_resumed_run_does_not_open_the_inputs_that_are_done(
    scorer: Scorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        (tmp_path / f"{name}.jsonl").write_bytes(jsonl(7))
    inputs = tmp_path / "?.jsonl"
    run(scorer, inputs, tmp_path / "whole.ndjson")
    with pytest.MonkeyPatch.context() as patch:
        interrupt_after(16, patch)
        with pytest.raises(KeyboardInterrupt):
            run(scorer, inputs, tmp_path / "k.ndjson")
    opened: list[str] = []

    def noted(found: FileInput, *rest: object) -> object:
        opened.append(Path(found.name).name)
        return items_of_input(found, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "items_of_input", noted)
    counts = run(scorer, inputs, tmp_path / "k.ndjson", resume=True)
    assert opened == ["c.jsonl"]  # 15 of 21 records were done
    assert counts.read == 21
    assert (tmp_path / "k.ndjson").read_bytes() == (tmp_path / "whole.ndjson").read_bytes()


def test_inputs_in_another_order_are_another_run(scorer: Scorer, tmp_path: Path) -> None:
    for name in ("x", "y"):
        (tmp_path / name).write_bytes(jsonl(7))

    def go(*names: str, resume: bool) -> object:
        chosen = module.FilterOptions(
            [str(tmp_path / n) for n in names], str(tmp_path / "k.jsonl"), resume=resume, checkpoint_every=5
        )
        return module.run_filter(scorer, module.Policy(None, "keep", "drop"), chosen)

    with pytest.MonkeyPatch.context() as patch:
        interrupt_after(8, patch)
        with pytest.raises(KeyboardInterrupt):
            go("x", "y", resume=False)
    with pytest.raises(ConfigError, match="cannot resume: input order is not what it was"):
        go("y", "x", resume=True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_named_pipe_is_read_once_and_whole(scorer: Scorer, source: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ConfigError, match="--resume needs inputs and outputs that are files, not pipes"):
        run(scorer, pipe, tmp_path / "k.jsonl", resume=True)
    writer = threading.Thread(target=lambda: pipe.write_bytes(source.read_bytes()), daemon=True)
    writer.start()
    # Whoever opened it a second time would wait for ever.
    found: list[int] = []
    reader = threading.Thread(
        target=lambda: found.append(run(scorer, pipe, tmp_path / "k.jsonl").read), daemon=True
    )
    reader.start()
    reader.join(60)
    assert found == [13]


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="there are no open files by name")
def test_a_pipe_of_a_shell_is_read_whole(scorer: Scorer, source: Path, tmp_path: Path) -> None:
    end, start = os.pipe()
    os.write(start, source.read_bytes())
    os.close(start)
    try:
        assert run(scorer, f"/dev/fd/{end}", tmp_path / "k.jsonl").read == 13
    finally:
        os.close(end)
