"""Put an evaluation together and write it: ``evaluation.json``, ``report.html``, the scores."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

import qualityscore
from qualityscore.errors import ConfigError
from qualityscore.evaluation.figures import METHOD, VERSION
from qualityscore.evaluation.html import render
from qualityscore.evaluation.labels import LabelFields
from qualityscore.evaluation.scored import Row, ScoredSet
from qualityscore.verdict import MEANING

ScoresFormat = Literal["csv", "jsonl"]
_FIRST = 20
_NAMED = 3
_COLUMNS = tuple(f.name for f in fields(Row))
# Spreadsheets run a cell that begins so, also after white space and in full width.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
# A few groups more than this and the bootstrap's interval is worth something.
_FEW_GROUPS = 10


def evaluation(
    *,
    title: str,
    about: str,
    model: Mapping[str, str],
    inputs: Sequence[str],
    fields: LabelFields,
    scored: ScoredSet,
    figures: Mapping[str, Any],
    worst: Mapping[str, Any],
    warnings: Sequence[str],
    baseline: Mapping[str, Any] | None = None,
    method: Sequence[str] = (),
) -> dict[str, Any]:
    """The object that ``evaluation.json`` holds; see `qualityscore.evaluation.evaluation_schema`."""
    failed = [r for r in scored.rows if r.error]
    first = [{"name": r.name, "error": r.error} for r in failed]
    first += [{"name": name, "error": error} for name, error in scored.unlabelled]
    return {
        "format": VERSION,
        "version": qualityscore.__version__,
        "title": title,
        "about": about,
        "meaning": MEANING,
        "model": dict(model),
        "inputs": list(inputs),
        "labels": {
            "field": fields.label,
            "positive": fields.positive,
            "negative": sorted(fields.negative),
            "group_field": fields.group,
            "kind_field": fields.kind,
            "source_field": fields.source,
            "date_field": fields.date,
        },
        "warnings": list(warnings),
        "figures": dict(figures),
        "baseline": None if baseline is None else dict(baseline),
        "worst": dict(worst),
        "not_read": {
            "failed": len(failed),
            "left_out": scored.left_out,
            "set_aside": scored.set_aside,
            "first": first[:_FIRST],
        },
        "method": [*METHOD, *method],
    }


def set_warnings(figures: Mapping[str, Any]) -> list[str]:
    """Warnings that follow from the figures: few groups, few pages for a rate."""
    out = []
    groups = figures["groups"]
    for side in ("positive", "negative"):
        if groups[side] < _FEW_GROUPS:
            out.append(
                f"{groups[side]} group{'s' if groups[side] != 1 else ''} of {side} pages: intervals are too "
                "narrow and say little about other sites"
            )
    negatives = figures["negative"]
    for rate in (0.01, 0.05):
        if rate * negatives < 10:
            out.append(
                f"a false-positive rate of {100 * rate:g} % is not certified by {negatives:,} negative pages of "
                f"{groups['negative']:,} groups (at least {round(10 / rate):,} pages are needed)"
            )
    return out


def mixed_groups(y: npt.NDArray[np.int64], group: npt.NDArray[np.str_]) -> list[str]:
    """A warning that names groups with pages of both labels, if there are any."""
    both = sorted(set(group[y == 1]) & set(group[y == 0]))
    if not both:
        return []
    named = ", ".join(str(name)[:60] for name in both[:_NAMED]) + (" …" if len(both) > _NAMED else "")
    if len(both) == 1:
        return [f"one group has pages of both labels ({named}): it is drawn and folded whole"]
    return [f"{len(both):,} groups have pages of both labels ({named}): each is drawn and folded whole"]


def write(folder: Path, evaluation: Mapping[str, Any], scored: ScoredSet, form: ScoresFormat) -> list[Path]:
    """Write the three files into a folder, which is made if need be.

    Raises:
        ConfigError: the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"cannot make the folder {folder}: {error.strerror or error}") from error
    data = folder / "evaluation.json"
    text = json.dumps(evaluation, ensure_ascii=False, indent=1, allow_nan=False)
    data.write_text(text + "\n", encoding="utf-8", newline="\n")
    page = folder / "report.html"
    page.write_text(render(evaluation), encoding="utf-8", newline="\n")
    scores = folder / f"scores.{form}"
    with scores.open("w", encoding="utf-8", newline="") as file:
        if form == "csv":
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(_COLUMNS)
            rows.writerows([_cell(value) for value in asdict(row).values()] for row in scored.rows)
        else:
            file.writelines(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in scored.rows)
    return [data, page, scores]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6f}"
    text = " ".join(str(value).split())
    return f"'{text}" if isinstance(value, str) and _FORMULA.match(text) and text != "-" else text
