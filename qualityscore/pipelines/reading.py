"""What a filter reads: the files its inputs name, each of which must hold something."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Sequence
from contextlib import closing

from qualityscore.errors import InputError
from qualityscore.pipelines.options import FilterOptions
from qualityscore.pipelines.output import STDOUT
from qualityscore.scorer import Scorer
from qualityscore.sources import Bookmark, FileInput, Item, expand, input_items, leads_nowhere, told_lost
from qualityscore.sources.inputs import NOTHING_PIPED


def items_of_input(
    found: FileInput, options: FilterOptions, scorer: Scorer, after: Bookmark | None = None
) -> Generator[Item, None, None]:
    """All records of one input, or those after a bookmark, those that hold no page too."""
    yield from input_items(
        found, fields=options.fields, kind=options.kind, limits=scorer.limits, others=True, after=after
    )


def found_in(inputs: Sequence[str]) -> list[FileInput]:
    """The files that inputs name.

    Raises:
        InputError: there are none.
    """
    found = list(expand(inputs))
    if all(item.error for item in found):
        raise InputError(told_lost([(item.name, item.error) for item in found]) or "no input")
    return found


def require_records(found: Sequence[FileInput], options: FilterOptions, scorer: Scorer) -> None:
    """Refuse inputs that all hold nothing, before anything is written.

    Raises:
        InputError: they do. Named pipes, which can be read only once, are not looked into.
    """
    lost: list[tuple[str, str]] = []
    for place in found:
        if place.name == STDOUT and not place.error:
            peek = getattr(sys.stdin.buffer, "peek", None)
            if peek is None or peek(1):
                return
            lost.append((place.name, NOTHING_PIPED))
            continue
        if not place.error and not os.path.isfile(place.name):
            return
        with closing(items_of_input(place, options, scorer)) as items:
            first = next(items, None)
        if first is None or not leads_nowhere(first):
            return
        lost.append((first.name, first.error))
    raise InputError(told_lost(lost))


def read_once(found: Sequence[FileInput]) -> bool:
    """Whether one of them is standard input or a pipe, and cannot be read a second time."""
    return any(item.name == STDOUT or (not item.error and not os.path.isfile(item.name)) for item in found)
