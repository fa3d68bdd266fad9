"""The JSON Schema of a record."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def record_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every record validates against."""
    text = files("qualityscore").joinpath("record.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
