"""Evaluating a model on labelled pages, and reports about it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def evaluation_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``evaluation.json``."""
    text = files("qualityscore.evaluation").joinpath("evaluation.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
