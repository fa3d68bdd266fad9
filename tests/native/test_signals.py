"""All signals of real pages, with the compiled parts and without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.native.documents import bench_pages

pytest.importorskip("qualityscore.native.counting", reason="the compiled parts were not built")

_PAGES = 12
_READ = f"""
import hashlib
from qualityscore import build_document
from qualityscore.errors import InputError
from qualityscore.signals.registry import Runner
from tests.native.documents import bench_pages

runner, found = Runner(), hashlib.sha256()
for page in bench_pages({_PAGES}):
    try:
        doc = build_document(page)
    except InputError:
        continue
    found.update(repr(runner.run(doc)).encode("utf-8", "surrogatepass"))
print(found.hexdigest())
"""


def test_same_readings_of_real_pages() -> None:
    bench_pages(1)
    outputs = [
        subprocess.run(
            [sys.executable, "-c", _READ],
            cwd=Path(__file__).parents[2],
            env=os.environ | {"QUALITYSCORE_PURE": pure},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for pure in ("", "1")
    ]
    assert outputs[0] == outputs[1] != ""
