from collections.abc import Callable, Set
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
L = TypeVar("L")

def filled_lines(text: str) -> tuple[list[int], list[int]]: ...

class Splitter(Generic[L]):
    def __init__(self, make_line: Callable[..., L], chrome: Set[str], tail: Set[str]) -> None: ...
    def split(self, text: str) -> tuple[tuple[L, ...], Ints, Ints]: ...
