from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
UInt32 = npt.NDArray[np.uint32]

class Maker:
    def __init__(self, marks: UInt32, name: int, line_break: int) -> None: ...
    def make(
        self,
        text: str,
        lines: Sequence[Any],
        starts: Ints,
        ends: Ints,
        hashes: UInt32,
        may_be_name: npt.NDArray[np.uint8],
    ) -> tuple[UInt32, Ints, Ints]: ...
