"""Read labelled pages once and keep their features."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from qualityscore.document import Page
from qualityscore.errors import TrainingError
from qualityscore.evaluation.labels import Labelled, Labels
from qualityscore.evaluation.run import page_format
from qualityscore.fitting.own import MIN_PAGES, Method, require_both_sides
from qualityscore.fitting.stream import extract_stream
from qualityscore.fitting.table import Row as Features
from qualityscore.fitting.table import Table
from qualityscore.sources import Item

# Wrong rows that are named one by one.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Note:
    """What stays of a labelled page besides its features."""

    labelled: Labelled
    format: str


@dataclass(slots=True)
class Collected:
    """Labelled pages as features.

    Attributes:
        notes: label, group and so on of every row, without the page.
        features: one a row.
        unread: rows that could not be read: name and error.
        set_aside: rows with a label that is neither positive nor negative.
        copies: rows whose id had been there with the same label; they take no part.
    """

    notes: list[Note] = field(default_factory=list)
    features: list[Features] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    set_aside: int = 0
    copies: int = 0

    def table(self) -> Table:
        """Features with labels and groups."""
        return Table.build(
            self.features, [n.labelled.y for n in self.notes], [n.labelled.group for n in self.notes]
        )


def collect(
    labels: Labels, items: Iterable[Item], *, workers: int = 1, step: Callable[[], None] = lambda: None
) -> Collected:
    """Read all pages once; only features stay in memory.

    Raises:
        ConfigError: a named field or label is nowhere.
        TrainingError: rows without a label, or one id under two labels.
    """
    out = Collected()
    pages = (
        (Note(labelled.without_page(), page_format(page)), page)
        for labelled, page in _taking_part(labels, items, out, step)
    )
    for note, features in extract_stream(pages, workers=workers):
        out.notes.append(note)
        out.features.append(features)
    return out


def survey(
    labels: Labels, items: Iterable[Item], method: Method, step: Callable[[], None] = lambda: None
) -> None:
    """Refuse labels from which no honest model can come, before hours go into reading the pages.

    Looks at fields alone: a few seconds a gigabyte.

    Raises:
        ConfigError: a named field or label is nowhere.
        TrainingError: rows without a label, one id under two labels, or hardly any pages or groups of a label.
    """
    pages = [0, 0]
    groups: tuple[set[str], set[str]] = (set(), set())
    for labelled, _ in _taking_part(labels, items, Collected(), step):
        pages[labelled.y] += 1
        if len(groups[labelled.y]) < 2:
            groups[labelled.y].add(labelled.group)
    # Of a few pages the scored ones are soon counted, and the message tells both numbers.
    if sum(pages) >= MIN_PAGES[method] or not all(pages):
        require_both_sides(pages, [len(names) for names in groups], method)


def _taking_part(
    labels: Labels, items: Iterable[Item], out: Collected, step: Callable[[], None]
) -> Iterator[tuple[Labelled, Page]]:
    """Rows with a label and a page; the others are counted.

    Raises:
        ConfigError, TrainingError: as `collect`.
    """
    unlabelled: list[str] = []
    by_id: dict[str, int] = {}
    for labelled in labels.read(items):
        step()
        if labelled.y < 0 and labelled.row and not labelled.label:
            unlabelled.append(labelled.name)
        elif labelled.other:
            out.set_aside += 1
        elif labelled.y < 0 or labelled.page is None:
            out.unread.append((labelled.name, labelled.error))
        elif labelled.id and by_id.get(labelled.id, labelled.y) != labelled.y:
            raise TrainingError(
                f"{labelled.name}: the id {labelled.id!r} has two labels (if that is no id, name one with --id-field)"
            )
        elif labelled.id and labelled.id in by_id:
            out.copies += 1
        else:
            if labelled.id:
                by_id[labelled.id] = labelled.y
            yield labelled, labelled.page
    if unlabelled:
        named = ", ".join(unlabelled[:_NAMED])
        raise TrainingError(
            f"{len(unlabelled):,} row{'s have' if len(unlabelled) > 1 else ' has'} no label in field {labels.fields.label!r} ({named}"
            f"{' …' if len(unlabelled) > _NAMED else ''}): label or remove them"
        )
