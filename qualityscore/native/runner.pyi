from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

class Runner:
    def __init__(
        self,
        reading: type[Any],
        no_hits: object,
        quoted: Callable[..., tuple[Any, ...]],
        failed: Callable[..., Any],
    ) -> None: ...
    def read(
        self,
        task: Any,
        going: Sequence[Any],
        limits: Any,
        strict: bool,
        evidence: bool,
        clock: Callable[[], float],
        last: float,
    ) -> tuple[float, bool]: ...

def fill_rows(
    pages: Sequence[Sequence[Any]],
    wanted: list[tuple[int, list[tuple[str, int]]]],
    rows: npt.NDArray[np.float64],
) -> None: ...
