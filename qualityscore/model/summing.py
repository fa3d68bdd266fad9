"""What a model says of readings: log-odds of its parts, and by signal."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from qualityscore.model.bundle import CAPITALS, CASELESS_BELOW, Model
from qualityscore.model.columns import Columns
from qualityscore.model.kinds import Kind
from qualityscore.signals.registry import Evidence, Reading
from qualityscore.values import value

# Log-odds below which a measure has nothing to do with what its signal adds: shown as 0.00.
_TELLING = 0.005


@value
class Sums:
    """What the model says of a page: log-odds of the parts, by signal and by column, and their deviation.

    Columns are those of the text part, then those of the page part.
    """

    text: float
    page: float
    by_signal: list[float]
    by_column: list[float]
    deviation: float | None


class Summing:
    """A model's matrices over the signals that are run. Immutable."""

    def __init__(self, model: Model, run: Sequence[str]) -> None:
        """Line up the model's columns with signals.

        Args:
            run: ids of the signals, in the order of their readings.
        """
        self.model = model
        self._text, self._page = Columns(model.text.columns, run), Columns(model.page.columns, run)
        self._kind = Columns(model.kinds.columns, run) if model.kinds is not None else None
        # What to say before and behind the value of a column, and its place, by signal and feature.
        self._ordinary: dict[str, dict[str, tuple[str, str, int]]] = {}
        columns = (*model.text.columns, *model.page.columns)
        ordinary = (*model.text.reference.tolist(), *model.page.reference.tolist())
        for place, (column, usual) in enumerate(zip(columns, ordinary, strict=True)):
            signal_id, _, name = column.partition(".")
            label = name.replace("_", " ").replace("per 1k", "per 1,000")
            said = f"{label} ", f", on human pages usually {usual:.3g}", place
            self._ordinary.setdefault(signal_id, {})[name] = said

    def sums(
        self,
        readings: Sequence[Sequence[Reading]],
        html: npt.NDArray[np.bool_],
        lexical: npt.NDArray[np.float64],
    ) -> Iterator[Sums]:
        """The sums of several pages.

        Args:
            readings: of each page.
            html: whether the page part applies; shape (pages,).
            lexical: log-odds of the lexical part; shape (pages,).
        """
        model = self.model
        text_basis = model.text.ramps(self._text.rows(readings))
        page_basis = model.page.ramps(self._page.rows(readings))
        text = model.text.weighed(text_basis) * model.slope
        page = model.page.weighed(page_basis) * html[:, None]
        deviations: list[float | None] = [None] * len(readings)
        if model.spread is not None:
            centred = model.text.centred(text_basis), model.page.centred(page_basis)
            deviations = model.spread.deviations(lexical, *centred, html).tolist()
        by_signal = (self._text.by_signal(text) + self._page.by_signal(page)).tolist()
        by_column = np.hstack([text, page]).tolist()
        return map(
            Sums, text.sum(axis=1).tolist(), page.sum(axis=1).tolist(), by_signal, by_column, deviations
        )

    def kind(self, readings: Sequence[Reading]) -> Kind | None:
        """What kind of farm page it would be; ``None`` if the model does not tell kinds."""
        if self.model.kinds is None or self._kind is None:
            return None
        (row,) = self.model.kinds.probabilities(self._kind.rows([readings])).tolist()
        return self.model.kinds.kind(row)

    def compared(self, reading: Reading, by_column: Sequence[float]) -> Reading:
        """A level that every page has quotes nothing: say how it compares with human pages.

        Of several measures, the one that explains the signal's contribution comes first and each says what
        it adds; those that add nothing are left out. Without that, one that is as it should be reads as the reason.

        Args:
            by_column: log-odds of the page's columns, as in its `Sums`.
        """
        ordinary = self._ordinary.get(reading.id, {})
        found: list[tuple[float, str]] = []
        for name, measured in reading.values.items():
            if name in ordinary and not math.isnan(measured):
                before, behind, place = ordinary[name]
                found.append((by_column[place], f"{before}{measured:.3g}{behind}"))
        telling = [(added, text) for added, text in found if abs(added) >= _TELLING] or found
        raises = sum(added for added, _ in telling) >= 0
        telling.sort(key=lambda one: one[0], reverse=raises)
        alone = len(telling) == 1
        note = "; ".join(text if alone else f"{text} ({added:+.2f})" for added, text in telling)
        evidence = (Evidence("document", None, None, "", note),)
        return Reading(reading.id, reading.family, reading.status, reading.values, evidence)


class Weights:
    """The weights of a model: those for most pages, and those for pages without capitals. Immutable.

    Attributes:
        all: the weights, those for most pages first.
    """

    def __init__(self, model: Model, run: Sequence[str]) -> None:
        """Line up both parts' columns with signals; arguments as for `Summing`."""
        self.all = [Summing(part, run) for part in (model, model.caseless) if part is not None]
        signal, _, self._letters = CAPITALS.partition(".")
        self._capitals = run.index(signal) if signal in run else None

    def of(self, readings: Sequence[Reading]) -> Summing:
        """The weights for a page. Without capitals names count as words and headings as sentences."""
        if len(self.all) == 1 or self._capitals is None:
            return self.all[0]
        letters = readings[self._capitals].values.get(self._letters, math.nan)
        return self.all[letters < CASELESS_BELOW]

    def sums(self, pages: Sequence[tuple[Summing, Sequence[Reading], bool, float]]) -> list[Sums]:
        """The sums of pages: of each the weights chosen for it, its readings, whether it is HTML, its lexical log-odds."""
        found: dict[int, Sums] = {}
        for summing in self.all:
            rows = [i for i, page in enumerate(pages) if page[0] is summing]
            if rows:
                _, readings, html, lexical = zip(*(pages[i] for i in rows), strict=True)
                found |= zip(rows, summing.sums(readings, np.array(html), np.array(lexical)), strict=True)
        return [found[i] for i in range(len(pages))]

    def kind(self, readings: Sequence[Reading]) -> Kind | None:
        """What kind of farm page it would be; ``None`` if the model does not tell kinds."""
        return self.all[0].kind(readings)
