from collections.abc import Callable, Mapping
from typing import Any

class Walker:
    def __init__(
        self,
        tags: Mapping[Any, int],
        derived: frozenset[str],
        by_tag: Callable[[str, Any], Any],
        known: dict[str, int],
        run: type[Any],
        code_runs: Callable[[str, Any], list[Any]],
        script_chars: int,
    ) -> None: ...
    def walk(self, page: str, walk: Any, state: Any) -> bool: ...
