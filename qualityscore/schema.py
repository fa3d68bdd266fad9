"""The JSON Schemas of a record and of a site report."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def record_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every record validates against."""
    return _read("record.schema.json")


def site_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that the ``site.json`` of every audit validates against."""
    return _read("site.schema.json")


def _read(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(files("qualityscore").joinpath(name).read_text(encoding="utf-8"))
    return schema
