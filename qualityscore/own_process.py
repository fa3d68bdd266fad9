"""What is done to a process that exists only to score pages."""

from __future__ import annotations

import gc

_YOUNG_OBJECTS = 50_000


def settle() -> None:
    """Keep the garbage collector from what stays: call it once the scorer is loaded.

    Modules, signals and model are never looked at again, and new objects only when there are as many as
    several pages are made of: a page leaves hardly any cycles behind. It is for commands and workers
    alone, since what a caller's own process holds at this moment would never be collected either.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS, *gc.get_threshold()[1:])
