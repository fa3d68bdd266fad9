from collections.abc import Callable, Sequence
from typing import Any

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
