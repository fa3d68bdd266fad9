"""The corpus of robots.txt and sitemap files, where it is there."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest


def fixtures() -> Iterator[tuple[str, bytes]]:
    """Names and contents; skips the test if there is no corpus."""
    folder = os.environ.get("QUALITYSCORE_DATA", "")
    path = Path(folder) / "hostile" / "robots.tar.gz"
    if not folder or not path.is_file():
        pytest.skip("set QUALITYSCORE_DATA to the corpora's folder to run this")
    with tarfile.open(path) as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield member.name, stream.read()
