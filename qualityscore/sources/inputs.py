"""The items of an input that must hold something: one that does not is named, not passed over."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from qualityscore.document.page import PageKind
from qualityscore.errors import InputError
from qualityscore.limits import DEFAULT_LIMITS, Limits
from qualityscore.sources.files import STDIN, FileInput
from qualityscore.sources.item import DEFAULT_FIELDS, EMPTY, MISSING, Bookmark, FieldNames, Item
from qualityscore.sources.items import items_of

NOTHING_PIPED = "standard input is empty"
_SHOWN = 3


def input_items(
    found: FileInput,
    *,
    fields: FieldNames = DEFAULT_FIELDS,
    kind: PageKind = "auto",
    limits: Limits = DEFAULT_LIMITS,
    others: bool = False,
    after: Bookmark | None = None,
) -> Iterator[Item]:
    """The items of one input, and an item with an error if there is none.

    Args:
        others: give records that hold no page (a WARC's requests) too; an input that holds
            nothing else is then not empty.
        after: give those after a bookmark.
    """
    if found.error:
        yield Item(found.name, None, found.error, MISSING)
        return
    left_out = 0
    empty = after is None
    for item in items_of(found, fields=fields, kind=kind, limits=limits, after=after):
        if not others and item.page is None and not item.error:
            left_out += 1
            continue
        empty = False
        yield item
    if empty:
        told = NOTHING_PIPED if found.name == STDIN else "holds no records"
        if left_out:
            told = f"holds no page, only {left_out} other records"
        yield Item(found.name, None, told, EMPTY)


def leads_nowhere(item: Item) -> bool:
    """Whether an item stands for an input that does not exist or holds nothing."""
    # Itself and not equal: rows have whatever fields they like.
    return item.values is MISSING or item.values is EMPTY


def not_all_lost(items: Iterator[Item]) -> Iterator[Item]:
    """The items, if at least one of them is more than an input that leads nowhere.

    Raises:
        InputError: none is; the text names the first inputs.
    """
    lost: list[Item] = []
    for item in items:
        if not leads_nowhere(item):
            return chain(lost, [item], items)
        lost.append(item)
    raise InputError(told_lost([(item.name, item.error) for item in lost]) or "no input")


def told_lost(lost: list[tuple[str, str]]) -> str:
    """Names and errors of inputs in one line."""
    shown = "; ".join(f"{name}: {error}" for name, error in lost[:_SHOWN])
    return shown + (f"; and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else "")
