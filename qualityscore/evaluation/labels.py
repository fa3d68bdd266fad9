"""Labelled pages: which field says what, and what is wrong with the labels."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from qualityscore.document import Page
from qualityscore.errors import ConfigError
from qualityscore.sources import Item

_SHOWN = 8
_SOON = 1000
_MOST_LABELS = 10_000


@dataclass(frozen=True, slots=True)
class LabelFields:
    """Names of the fields (columns) that carry what is known about a page.

    Attributes:
        label: the label.
        positive: its value for pages that should score high.
        negative: values for pages that should score low; empty: every other value.
        group: pages of one owner or source, the unit of resampling and of folds; ``None``: every
            page is its own group.
        id, kind, source, date: fields to report by, or ``None``.
    """

    label: str
    positive: str
    negative: frozenset[str] = frozenset()
    group: str | None = None
    id: str | None = None
    kind: str | None = None
    source: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled page, or a row that could not become one.

    Attributes:
        name: how a message names the row.
        y: 1 positive, 0 negative, -1 without a usable label.
        label: the label as written.
        group, id, kind, source: as named by the fields, empty if unknown.
        year: ``2024`` or empty.
        page: the page, ``None`` if it could not be read.
        error: why the row has no label or no page, else empty.
        url: address, or empty.
        row: whether there was a row of fields at all.
        other: the label is neither positive nor one of the negative ones.
    """

    name: str
    y: int
    label: str
    group: str
    id: str
    kind: str
    source: str
    year: str
    page: Page | None
    error: str = ""
    url: str = ""
    row: bool = True
    other: bool = False

    def without_page(self) -> Labelled:
        """All but the page, which may be large."""
        return replace(self, page=None)


def plain(value: object) -> str:
    """A field's value as text: ``True`` is ``true``, ``1.0`` is ``1``, nothing and NaN are empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() else str(value)
    text = " ".join(str(value).split())
    return "" if text.lower() in ("nan", "none", "null") else text


def as_label(value: object) -> str:
    """A label as text: as `plain`, and ``True`` and ``1.0`` in a CSV file mean what they mean elsewhere."""
    text = plain(value)
    if text in ("True", "False"):
        return text.lower()
    whole, _, rest = text.partition(".")
    return whole if whole.isdecimal() and rest and not rest.strip("0") else text


def year_of(date: str) -> str:
    """The year that a date begins with, or an empty string."""
    head = date[:4]
    plausible = len(head) == 4 and head.isdecimal() and "1900" <= head <= "2100"
    return head if plausible and not date[4:5].isdecimal() else ""


@dataclass
class Labels:
    """Reads labels and remembers what it saw, so that wrong names can be told from missing values."""

    fields: LabelFields
    seen: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    _names: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        f = self.fields
        negative = frozenset(map(as_label, f.negative))
        self.fields = replace(f, positive=as_label(f.positive), negative=negative)

    def read(self, items: Iterable[Item]) -> Iterator[Labelled]:
        """One labelled page an item, lazily.

        Raises:
            ConfigError: if the first thousand rows lack the label's field; at the end, if no row has
                the positive value, or a named field is in no row.
        """
        for item in items:
            yield self.one(item)
            if self.rows == _SOON:
                # A wrong name should not be told after an hour.
                self._check_field("label", self.fields.label)
        self.check()

    def one(self, item: Item) -> Labelled:
        """Interpret one item."""
        f = self.fields
        if item.page is None and not item.values:
            # No row: a file that cannot be read, or a record that is no page.
            return Labelled(
                item.name, -1, "", "", "", "", "", "", None, item.error or "not a page", "", False
            )
        self.rows += 1
        for name in item.values:
            if len(self._names) < 200:
                self._names.setdefault(name)
        values = {
            key: self._value(item.values, name)
            for key, name in (
                ("label", f.label), ("group", f.group), ("id", f.id), ("kind", f.kind),
                ("source", f.source), ("date", f.date),
            )
        }  # fmt: skip
        label = as_label(values["label"])
        if label and (label in self.seen or len(self.seen) < _MOST_LABELS):
            self.seen[label] += 1
        y, error = -1, item.error
        if label == f.positive:
            y = 1
        elif label and (not f.negative or label in f.negative):
            y = 0
        elif not label:
            error = error or f"no label in field {f.label!r}"
        group = values["group"]
        if f.group is not None and not group and y >= 0:
            # Pages without a group must not become one large group.
            group = f"(none) {item.name}"
        return Labelled(
            item.name,
            y,
            label,
            group if f.group is not None else item.name,
            values["id"] or item.id or "",
            values["kind"],
            values["source"],
            year_of(values["date"]),
            item.page,
            error,
            (item.page.url or "") if item.page is not None else "",
            other=y < 0 and bool(label),
        )

    def _value(self, row: Mapping[str, object], name: str | None) -> str:
        if name is None:
            return ""
        value = plain(row.get(name))
        if not value:
            self.missing[name] += 1
        return value

    def check(self) -> None:
        """Raise for fields that are nowhere, and for a positive value that is never seen.

        Raises:
            ConfigError: with the names or labels that there are.
        """
        if not self.rows:
            raise ConfigError(
                "no labelled rows (is the file there, and not empty?): give JSONL, CSV or Parquet, one page a row"
            )
        f = self.fields
        if f.positive in f.negative:
            raise ConfigError(f"label {f.positive!r} is both --positive and --negative")
        for option, name in (
            ("label", f.label), ("group", f.group), ("id", f.id), ("kind", f.kind), ("source", f.source),
            ("date", f.date),
        ):  # fmt: skip
            self._check_field(option, name)
        for value, option in ((f.positive, "positive"), *((n, "negative") for n in sorted(f.negative))):
            if value not in self.seen:
                found = ", ".join(f"{name} ({count:,})" for name, count in self.seen.most_common(_SHOWN))
                raise ConfigError(
                    f"no row has the label {value!r} (--{option}); the labels are: {found or 'all empty'}"
                )

    def _check_field(self, option: str, name: str | None) -> None:
        if name is not None and name not in self._names:
            if not self._names:
                raise ConfigError(
                    "pages without fields have no labels: give JSONL, CSV or Parquet, one page a row"
                )
            found = ", ".join(list(self._names)[:_SHOWN])
            raise ConfigError(f"no row has a field {name!r} (--{option}-field); fields are: {found}")

    def warnings(self) -> list[str]:
        """What an honest reader must know about the labels."""
        f, out = self.fields, []
        others = [name for name in self.seen if name != f.positive]
        if not f.negative and len(others) > 1:
            shown = ", ".join(f"{name} ({self.seen[name]:,})" for name in others[:_SHOWN])
            out.append(f"several labels count as negative: {shown}; name the ones you mean with --negative")
        if f.group is None:
            out.append(
                "no group field: intervals are over single pages and too narrow if pages of one site or "
                "owner are alike (name it with --group-field)"
            )
        elif self.missing[f.group]:
            count = self.missing[f.group]
            rows = "one row has" if count == 1 else f"{count:,} rows have"
            out.append(f"{rows} no {f.group!r}: each such row counts as its own group")
        return out
