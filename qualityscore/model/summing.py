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


@value
class Sums:
    """What the model says of a page: log-odds of the parts and by signal, and their deviation."""

    text: float
    page: float
    by_signal: list[float]
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
        # What to say before and behind the value of a column, by signal and feature.
        self._ordinary: dict[str, dict[str, tuple[str, str]]] = {}
        for part in (model.text, model.page):
            for column, ordinary in zip(part.columns, part.reference.tolist(), strict=True):
                signal_id, _, name = column.partition(".")
                said = name.replace("_", " ") + " ", f", human pages {ordinary:.3g}"
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
        return map(Sums, text.sum(axis=1).tolist(), page.sum(axis=1).tolist(), by_signal, deviations)

    def kind(self, readings: Sequence[Reading]) -> Kind | None:
        """What kind of farm page it would be; ``None`` if the model does not tell kinds."""
        if self.model.kinds is None or self._kind is None:
            return None
        (row,) = self.model.kinds.probabilities(self._kind.rows([readings])).tolist()
        return self.model.kinds.kind(row)

    def compared(self, reading: Reading) -> Reading:
        """A level that every page has quotes nothing: say how it compares with human pages."""
        ordinary = self._ordinary.get(reading.id, {})
        compared = [
            f"{ordinary[name][0]}{value:.3g}{ordinary[name][1]}"
            for name, value in reading.values.items()
            if name in ordinary and not math.isnan(value)
        ]
        note = "; ".join(compared) + " (median)"
        evidence = (Evidence("document", None, None, "", note),)
        return Reading(reading.id, reading.family, reading.status, reading.values, evidence)


class Weights:
    """The weights of a model: those for most pages, and those for pages without capitals. Immutable."""

    def __init__(self, model: Model, run: Sequence[str]) -> None:
        """Line up both parts' columns with signals; arguments as for `Summing`."""
        self._all = [Summing(part, run) for part in (model, model.caseless) if part is not None]
        signal, _, self._letters = CAPITALS.partition(".")
        self._capitals = run.index(signal) if signal in run else None

    def of(self, readings: Sequence[Reading]) -> Summing:
        """The weights for a page. Without capitals names count as words and headings as sentences."""
        if len(self._all) == 1 or self._capitals is None:
            return self._all[0]
        letters = readings[self._capitals].values.get(self._letters, math.nan)
        return self._all[letters < CASELESS_BELOW]

    def sums(
        self,
        chosen: Sequence[Summing],
        readings: Sequence[Sequence[Reading]],
        html: Sequence[bool],
        lexical: Sequence[float],
    ) -> list[Sums]:
        """The sums of several pages, each with the weights chosen for it; all of length (pages,)."""
        found: dict[int, Sums] = {}
        for summing in self._all:
            rows = [i for i, one in enumerate(chosen) if one is summing]
            if rows:
                sums = summing.sums(
                    [readings[i] for i in rows],
                    np.array([html[i] for i in rows]),
                    np.array([lexical[i] for i in rows]),
                )
                found |= zip(rows, sums, strict=True)
        return [found[i] for i in range(len(chosen))]

    def kind(self, readings: Sequence[Reading]) -> Kind | None:
        """What kind of farm page it would be; ``None`` if the model does not tell kinds."""
        return self._all[0].kind(readings)
