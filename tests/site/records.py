"""Records of pages as an audit keeps them, made without scoring."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from qualityscore.site.analysis import Analysis, analyse
from qualityscore.site.method import Run
from qualityscore.site.model import SiteModel

MODEL = SiteModel.load()


def record(text: str, source: str = "page.html", **fields: Any) -> dict[str, Any]:
    """A record with its notes; ``fields`` replace keys of either."""
    score = fields.get("score", 0.5)
    log_odds = None if score is None else math.log(score / (1 - score))
    row: dict[str, Any] = {
        "source": source,
        "url": None,
        "title": "",
        "language": "en",
        "words": len(text.split()),
        "score": score,
        "band": "abstained" if score is None else "low_quality" if score > 0.6 else "ok",
        "abstained": None,
        "parts": None if log_odds is None else {"intercept": log_odds},
        "signals": [],
        "error": None,
        "text": text,
        "site": {"input": "pages.jsonl", "author": "", "published": "", "address": "", "taken": ""},
    }
    for name, value in fields.items():
        (row["site"] if name in row["site"] else row)[name] = value
    return row


def run(**changes: Any) -> Run:
    """A run with the shipped page model."""
    settings: dict[str, Any] = {
        "version": "0.1.0",
        "model": {"id": MODEL.page_model, "version": "0.1.0"},
        "meaning": "score is a number.",
        "inputs": ["pages.jsonl"],
        "low_quality": 0.6,
        "suspect": 0.3,
        "max_fpr": 0.01,
    }
    return Run(**{**settings, **changes})


def analysed(rows: Iterable[dict[str, Any]], folder: Path, **changes: Any) -> Analysis:
    """The analysis of records."""
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return analyse(path, run(**changes), MODEL)
