"""Labelled scores: what figures are made of."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

LENGTHS = (
    (0, "under 100 words"),
    (100, "100-299"),
    (300, "300-599"),
    (600, "600-1199"),
    (1200, "1200 and more"),
)
FACETS = ("source", "kind", "length", "year", "format")


def length_class(words: int) -> str:
    """The name of a page's length class."""
    return next(name for least, name in reversed(LENGTHS) if words >= least)


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled page with its score.

    Attributes:
        name, label, id, group, kind, source, year: as in `Labelled`.
        y: 1 positive, 0 negative.
        score: probability, ``None`` if abstained or failed.
        no_score: why there is none: a reason of abstention, or ``failed``.
        error: one line if the page could not be read.
        words: of the article.
        format: ``html``, ``markdown``, ``text``, or empty if it could not be read.
        url: address, or empty.
    """

    name: str
    label: str
    y: int
    score: float | None
    no_score: str = ""
    error: str = ""
    words: int = 0
    format: str = ""
    id: str = ""
    group: str = ""
    kind: str = ""
    source: str = ""
    year: str = ""
    url: str = ""


@dataclass(slots=True)
class ScoredSet:
    """All scored rows, and what could not be labelled.

    Attributes:
        rows: labelled pages in the order of the input.
        unlabelled: names and errors of rows without a usable label or page, in order, at most
            1,000 kept.
        left_out: how many of them there were.
        set_aside: rows with a label that is neither positive nor one of the negative ones.
    """

    rows: list[Row] = field(default_factory=list)
    unlabelled: list[tuple[str, str]] = field(default_factory=list)
    left_out: int = 0
    set_aside: int = 0

    def leave_out(self, name: str, error: str) -> None:
        """Count a row that no figure can use."""
        self.left_out += 1
        if len(self.unlabelled) < 1000:
            self.unlabelled.append((name, error))

    @property
    def y(self) -> npt.NDArray[np.int64]:
        """Labels, shape (n,)."""
        return np.array([r.y for r in self.rows], dtype=np.int64)

    @property
    def score(self) -> npt.NDArray[np.float64]:
        """Scores, shape (n,), NaN where there is none."""
        return np.array([np.nan if r.score is None else r.score for r in self.rows], dtype=np.float64)

    @property
    def group(self) -> npt.NDArray[np.str_]:
        """Groups, shape (n,)."""
        return np.array([r.group for r in self.rows], dtype=np.str_)

    def facet(self, name: str) -> list[str]:
        """The value of a facet for every row, empty where unknown."""
        if name == "length":
            return [length_class(r.words) if r.no_score != "failed" else "" for r in self.rows]
        return [str(getattr(r, name)) for r in self.rows]
