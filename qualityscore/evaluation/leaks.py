"""What labels might be read from besides quality: copies, mixed groups, format, length, year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualityscore.evaluation.labels import Labelled
from qualityscore.evaluation.report import mixed_groups
from qualityscore.fitting.copies import find_copies
from qualityscore.fitting.ranking import Ranking
from qualityscore.fitting.table import Table

# From this AUROC on, a fact about how pages were collected tells the labels apart.
_TELLING = 0.85


def label_warnings(table: Table, rows: Sequence[Labelled], formats: Sequence[str]) -> list[str]:
    """Warnings about labelled pages; nothing here stops a fit."""
    out = [*mixed_groups(table.y, table.group), *_copies(table, rows)]
    usable = (table.y >= 0) & table.scored
    y = table.y[usable]
    html = np.array([f == "html" for f in formats])[usable]
    for side, other in ((1, 0), (0, 1)):
        shares = [float(html[y == s].mean()) for s in (side, other)]
        if shares[0] - shares[1] > 0.7:
            names = ("negative", "positive")
            out.append(
                f"format tells the labels apart: {100 * shares[0]:.0f} % of {names[side]} and "
                f"{100 * shares[1]:.0f} % of {names[other]} pages are HTML, so the page part may learn where pages came from"
            )
    years = np.array([int(r.year) if r.year else 0 for r in rows])[usable]
    for what, values, known in (
        ("year", years, years > 0), ("length", table.n_words[usable], np.ones(len(y), dtype=bool)),
    ):  # fmt: skip
        auroc = Ranking(values[known].astype(np.float64), y[known]).measures()["auroc"]
        if max(auroc, 1 - auroc) >= _TELLING:
            out.append(
                f"{what} alone tells the labels apart (AUROC {max(auroc, 1 - auroc):.2f}): figures may measure how "
                "the pages were collected"
            )
    return out


def _copies(table: Table, rows: Sequence[Labelled]) -> list[str]:
    copies = find_copies(table)
    out = []
    if copies.labels:
        a, b = copies.labels[0]
        out.append(
            f"{len(copies.labels):,} pairs of near-identical pages have different labels (first: {rows[a].name} and "
            f"{rows[b].name}): one of each pair is labelled wrongly"
        )
    if copies.groups:
        a, b = copies.groups[0]
        out.append(
            f"{len(copies.groups):,} pairs of near-identical pages are in different groups (first: {rows[a].name} and "
            f"{rows[b].name}): figures are too good, give them one group"
        )
    return out
