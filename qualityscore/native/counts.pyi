from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

def number_types(hashes: npt.NDArray[np.uint32]) -> tuple[Ints, int]: ...
def prose_sentences(
    sentences: tuple[Any, ...], lines: tuple[Any, ...], prose: tuple[Any, ...], n_words: int
) -> tuple[list[int], Ints, Ints, npt.NDArray[np.bool_]]: ...
