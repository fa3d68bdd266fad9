from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qualityscore.document import Line

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

def repeated_in_windows(ids: Ints, n_types: int, short: int, long: int) -> tuple[int, int]: ...
def frames(
    info: Ints, ids: Ints, firsts: Ints, lasts: Ints, stop: int, shortest: int, least: int
) -> tuple[list[int], list[int]]: ...
def held_words(
    solid: Bytes, prose: Bytes, ids: Ints, n_types: int, first: int, last: int, firsts: Ints, lasts: Ints
) -> tuple[int, int, int, list[int]]: ...
def shared_words(
    mask: Bytes, ids: Ints, n_types: int, firsts: Ints, lasts: Ints, most: float
) -> tuple[int, int, int]: ...
def presence(
    mask: Bytes, ids: Ints, n_types: int, lines: Sequence[Line], least: int, most: int
) -> tuple[list[Line], Floats, Ints]: ...
def weighted(present: Floats, used: Ints, weight: Floats, norms: Floats) -> Floats: ...
def closest(similarity: Floats) -> tuple[Floats, int, int]: ...
