from collections.abc import Sequence

Span = tuple[int, int]

class Finder:
    def __init__(
        self, phrases: Sequence[str], lists: Sequence[tuple[str, str]], owners: Sequence[Sequence[int]]
    ) -> None: ...
    def find(self, text: str) -> dict[str, dict[str, list[Span]]]: ...
