import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

def find_words(text: str) -> tuple[Ints, Ints]: ...

class Index:
    def __init__(self, vocabulary: dict[str, int], forms: list[str], lower: list[str]) -> None: ...
    def look_up(
        self, text: str, start_at: Ints, end_at: Ints
    ) -> tuple[list[str], list[str], list[int], list[int], npt.NDArray[np.intp]]: ...
