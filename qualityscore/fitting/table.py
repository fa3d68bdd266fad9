"""Pages as a table of features: what fitting works on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualityscore.document import Page, build_document
from qualityscore.errors import InputError
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


def extract(pages: Iterable[Page]) -> list[Row]:
    """Extract one row a page, in order."""
    runner = Runner()
    places = {name: i for i, name in enumerate(all_columns())}
    rows: list[Row] = []
    empty = np.empty(0, dtype=np.uint32)
    for page in pages:
        values = np.full(len(places), np.nan)
        try:
            doc = build_document(page)
        except InputError as error:
            rows.append(Row(values, empty, empty, 0, False, "", str(error)))
            continue
        for reading in runner.run(doc, evidence=False, strict=True):
            for name, value in reading.values.items():
                place = places.get(f"{reading.id}.{name}")
                if place is not None:
                    values[place] = value
        rows.append(
            Row(
                values,
                doc.hashes,
                doc.tokens.ids,
                doc.n_words,
                doc.markup is not None,
                abstention(doc) or "",
                "",
            )
        )
    return rows


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
