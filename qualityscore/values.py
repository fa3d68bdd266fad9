"""Plain values that a page has hundreds of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

C = TypeVar("C")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(cls: type[C]) -> type[C]:
    """A frozen dataclass with slots, as far as the type checker and every reader are concerned.

    At run time nothing refuses an assignment, since that makes an instance four times as slow to
    build; it is for small values made by the hundred, all others are plain frozen dataclasses.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
