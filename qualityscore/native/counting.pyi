from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qualityscore.document import Line, Sentence

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

def number_types(hashes: npt.NDArray[np.uint32]) -> tuple[Ints, int]: ...
def prose_sentences(
    sentences: Sequence[Sentence], lines: Sequence[Line], prose: set[int], words: int
) -> tuple[list[int], Ints, Ints, npt.NDArray[np.bool_]]: ...
def per_sentence(mask: Bytes, firsts: Ints, lasts: Ints) -> Ints: ...
def repeated_in_windows(ids: Ints, n_types: int, window: int) -> int: ...
def frames(stop: Bytes, ids: Ints, firsts: Ints, lasts: Ints, multiplier: int) -> npt.NDArray[np.uint64]: ...
def shared_words(
    mask: Bytes, ids: Ints, n_types: int, firsts: Ints, lasts: Ints, most: float
) -> tuple[int, int, int]: ...
