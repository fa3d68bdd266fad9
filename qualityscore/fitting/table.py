"""Pages as a table of features: what fitting works on."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualityscore.document import Page, build_document
from qualityscore.errors import InputError
from qualityscore.limits import DEFAULT_LIMITS, Limits
from qualityscore.model.abstention import abstention
from qualityscore.signals.registry import Runner

Float = npt.NDArray[np.float64]
UInt32 = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Row:
    """One page's features.

    Attributes:
        values: shape (d,), NaN where not measured, in the order of `columns`.
        words, tokens: ids of the two n-gram streams.
        n_words: words of the article.
        html: whether the page has markup.
        abstained: reason why it gets no score, else empty.
        error: why it could not be read, else empty.
    """

    values: Float
    words: UInt32
    tokens: UInt32
    n_words: int
    html: bool
    abstained: str
    error: str


def columns(scope: str) -> list[str]:
    """Names of all columns of a scope (``text`` or ``page``), in registry order."""
    return [c for s in Runner().signals if s.scope == scope for c in s.columns]


def all_columns() -> list[str]:
    """Text columns, then page columns."""
    return [*columns("text"), *columns("page")]


def extract(pages: Iterable[Page], *, limits: Limits = DEFAULT_LIMITS, strict: bool = True) -> list[Row]:
    """Extract one row a page, in order.

    Args:
        limits: bounds on one page; a page beyond them is a row with an error.
        strict: raise when a signal fails; else its columns stay NaN on that page.
    """
    runner = Runner()
    places = {name: i for i, name in enumerate(all_columns())}
    return [_row(page, runner, places, limits, strict) for page in pages]


def _row(page: Page, runner: Runner, places: Mapping[str, int], limits: Limits, strict: bool) -> Row:
    values = np.full(len(places), np.nan)
    empty = np.empty(0, dtype=np.uint32)
    # Training corpora are read to the end on a slow machine, too, or features would depend on it.
    deadline = None if strict else time.monotonic() + limits.max_seconds
    try:
        doc = build_document(page, limits)
        readings = runner.run(doc, limits, evidence=False, strict=strict, deadline=deadline)
    except InputError as error:
        return Row(values, empty, empty, 0, False, "", str(error))
    for reading in readings:
        for name, value in reading.values.items():
            place = places.get(f"{reading.id}.{name}")
            if place is not None:
                values[place] = value
    return Row(
        values, doc.hashes, doc.tokens.ids, doc.n_words, doc.markup is not None, abstention(doc) or "", ""
    )


@dataclass(frozen=True)
class Table:
    """Rows with labels.

    Attributes:
        x: shape (n, d); columns as named by `columns`.
        columns: names.
        words, tokens: per row, ids of the two streams.
        html, scored: shape (n,), bool; ``scored`` rows get a score, the rest abstain or failed.
        n_words: shape (n,).
        y: shape (n,), 1 farm, 0 human, -1 neither.
        group: shape (n,), the network: rows of one never stand on both sides of a fold.
    """

    x: Float
    columns: Sequence[str]
    words: Sequence[UInt32]
    tokens: Sequence[UInt32]
    html: npt.NDArray[np.bool_]
    scored: npt.NDArray[np.bool_]
    n_words: npt.NDArray[np.int64]
    y: npt.NDArray[np.int64]
    group: npt.NDArray[np.str_]

    @classmethod
    def build(cls, rows: Sequence[Row], y: Sequence[int], group: Sequence[str]) -> Table:
        """Stack rows."""
        names = all_columns()
        return cls(
            x=np.array([r.values for r in rows]).reshape(len(rows), len(names)),
            columns=names,
            words=[r.words for r in rows],
            tokens=[r.tokens for r in rows],
            html=np.array([r.html for r in rows], dtype=bool),
            scored=np.array([not r.abstained and not r.error for r in rows], dtype=bool),
            n_words=np.array([r.n_words for r in rows], dtype=np.int64),
            y=np.asarray(y, dtype=np.int64),
            group=np.asarray(group, dtype=np.str_),
        )

    def __len__(self) -> int:
        return len(self.y)
