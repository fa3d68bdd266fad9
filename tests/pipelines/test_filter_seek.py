"""A resumed run begins where it stopped, in an input too."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path
from typing import Any

import pytest
import zstandard

from qualityscore import Scorer
from qualityscore.pipelines import judging
from qualityscore.pipelines.filter import run_filter
from qualityscore.pipelines.options import FilterOptions
from qualityscore.pipelines.policy import Policy
from qualityscore.sources import items
from tests.pages import SHORT
from tests.pipelines.filtering import cached_score_all
from tests.sources.warcs import member, response

# What is read of the first input to see that it holds a record, and to tell how the other is compressed.
_LOOK = (1 << 18) + (1 << 16)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "score_all", cached_score_all)


class Counted(io.FileIO):
    """A file that tells how much was read of all such files."""

    taken = 0

    def readinto(self, buffer: Any) -> int | None:
        got = super().readinto(buffer)
        Counted.taken += got or 0
        return got


@pytest.mark.parametrize("suffix", [".jsonl", ".warc", ".warc.gz", ".warc.zst"])
def test_what_is_done_of_an_input_is_not_read_again(
    scorer: Scorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    chance = random.Random(1)
    bodies = [f"<html>{SHORT} {chance.randbytes(15_000).hex()}".encode() for _ in range(200)]
    if suffix == ".jsonl":
        found = [json.dumps({"html": body.decode()}).encode() + b"\n" for body in bodies]
    else:
        pack = {".warc": bytes, ".warc.gz": member, ".warc.zst": zstandard.compress}[suffix]
        found = [pack(response(body)) for body in bodies]
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    first.write_bytes(b"".join(found[:20]))
    second.write_bytes(b"".join(found[20:]))
    # The smallest buffer: what is read ahead is not what is asked here.
    monkeypatch.setattr(items, "_opened", lambda name: io.BufferedReader(Counted(name), 4096))

    def work(kept: Path, stop: int, *, resume: bool) -> int:
        Counted.taken = 0
        options = FilterOptions([str(first), str(second)], str(kept), checkpoint_every=10, resume=resume)
        steps = iter(range(stop))

        def step() -> None:
            if next(steps, None) is None:
                raise KeyboardInterrupt

        run_filter(scorer, Policy(), options, step=step)
        return Counted.taken

    whole = tmp_path / f"whole{suffix}"
    in_all = work(whole, 1000, resume=False)
    size = second.stat().st_size
    assert in_all > size + first.stat().st_size
    cut = tmp_path / f"cut{suffix}"
    with pytest.raises(KeyboardInterrupt):
        work(cut, 185, resume=False)
    taken = work(cut, 1000, resume=True)
    assert cut.read_bytes() == whole.read_bytes()
    # What is left is a ninth of the second input; a record of the first is looked at before anything is written.
    assert taken < size / 9 + 4 * len(found[0]) + _LOOK
