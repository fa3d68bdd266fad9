from collections.abc import Callable, Mapping
from typing import Any

class Walker:
    def __init__(
        self,
        *,
        tags: Mapping[Any, int],
        derived: frozenset[str],
        beginnings: frozenset[str],
        known_names: dict[str, int],
        read_names: Callable[[str], int],
        hides: Callable[[str], bool],
        code_runs: Callable[[str, Any], list[Any]],
        script_chars: int,
    ) -> None: ...
    def walk(self, page: str, walk: Any, foreign_is_plain: Callable[[], bool]) -> bool: ...
