"""Reading the corpora's rows as pages. Nothing here is used by the package."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qualityscore.document import Page


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Rows of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def page(row: dict[str, Any]) -> Page:
    """The raw page of a row of ``web/`` or ``synthetic/``."""
    return Page(row["raw"], row["format"], source=row["id"])
