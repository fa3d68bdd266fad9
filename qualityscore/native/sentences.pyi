from collections.abc import Sequence, Set
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

S = TypeVar("S")

class Splitter(Generic[S]):
    def __init__(self, sentence: type[S], abbreviations: Set[str], starters: Set[str]) -> None: ...
    def split(
        self, text: str, lines: Sequence[Any], raw: list[str], start_at: npt.NDArray[np.int64]
    ) -> tuple[S, ...]: ...
