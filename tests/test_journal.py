"""The journal: torn lines, other runs, changed inputs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qualityscore.errors import ConfigError
from qualityscore.journal import Journal, fingerprint_of

PRINT = {"threshold": 0.5, "model": "m", "input files": 1}


def test_the_last_checkpoint_counts(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    journal, state = Journal.open(path, PRINT, resume=False)
    assert state is None
    with journal:
        journal.checkpoint({"items": 1})
        journal.checkpoint({"items": 2})
    journal, state = Journal.open(path, PRINT, resume=True)
    assert state == {"items": 2}
    journal.checkpoint({"items": 3})
    journal.close()
    journal, state = Journal.open(path, PRINT, resume=True)
    assert state == {"items": 3}
    journal.finish()
    assert not path.exists()


def test_cut_anywhere_it_gives_a_checkpoint_that_was_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    journal, _ = Journal.open(path, PRINT, resume=False)
    sizes = [path.stat().st_size]
    for number in range(3):
        journal.checkpoint({"items": number})
        sizes.append(path.stat().st_size)
    journal.close()
    data = path.read_bytes()
    for size in range(len(data) + 1):
        path.write_bytes(data[:size])
        journal, state = Journal.open(path, PRINT, resume=True)
        journal.checkpoint({"items": "after"})
        journal.close()
        whole = sum(size >= s for s in sizes) - 2
        assert state == ({"items": whole} if whole >= 0 else None)
        journal, state = Journal.open(path, PRINT, resume=True)
        assert state == {"items": "after"}
        journal.close()


def test_a_flipped_byte_ends_what_counts(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    journal, _ = Journal.open(path, PRINT, resume=False)
    journal.checkpoint({"items": 1})
    journal.checkpoint({"items": 2})
    journal.close()
    data = bytearray(path.read_bytes())
    data[-3] ^= 1
    path.write_bytes(bytes(data))
    assert Journal.open(path, PRINT, resume=True)[1] == {"items": 1}


@pytest.mark.parametrize(
    ("now", "says"),
    [({**PRINT, "threshold": 0.6}, r"threshold is not what it was .*\(0.5 then, 0.6 now\)"),
     ({**PRINT, "rules": "x"}, "rules is not what"), ({"threshold": 0.5, "input files": 1}, "model is not what"),
     ({**PRINT, "input files": 2}, "input files is not what")],
)  # fmt: skip
def test_another_run_is_refused(tmp_path: Path, now: dict[str, object], says: str) -> None:
    path = tmp_path / "out.journal"
    Journal.open(path, PRINT, resume=False)[0].close()
    with pytest.raises(ConfigError, match=says) as caught:
        Journal.open(path, now, resume=True)
    assert "\n" not in str(caught.value)


def test_a_run_that_did_not_end_is_not_overwritten_by_accident(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    Journal.open(path, PRINT, resume=False)[0].close()
    with pytest.raises(ConfigError, match="add --resume"):
        Journal.open(path, PRINT, resume=False)


def test_what_is_no_journal_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    path.write_text("something\nelse\n")
    with pytest.raises(ConfigError, match="not a journal"):
        Journal.open(path, PRINT, resume=True)


def test_inputs_are_told_apart_by_size_time_and_first_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("one")
    os.utime(path, ns=(1, 1))
    before = fingerprint_of([str(path)])
    assert fingerprint_of([str(path)]) == before
    path.write_text("two")
    os.utime(path, ns=(1, 1))
    second = fingerprint_of([str(path)])
    os.utime(path, ns=(1, 2))
    third = fingerprint_of([str(path)])
    path.unlink()
    assert len({str(p) for p in (before, second, third, fingerprint_of([str(path)]))}) == 4
    many = fingerprint_of([f"{path}{number}" for number in range(200)])
    assert many["input files"] == 200 and len(many) == 2
