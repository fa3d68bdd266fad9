import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

def repeated_in_windows(ids: Ints, n_types: int, window: int) -> int: ...
def frames(
    info: Ints, ids: Ints, firsts: Ints, lasts: Ints, stop: int, shortest: int, least: int
) -> tuple[list[int], list[int]]: ...
def held_words(
    solid: Bytes, prose: Bytes, ids: Ints, n_types: int, first: int, last: int, firsts: Ints, lasts: Ints
) -> tuple[int, int, int, list[int]]: ...
def shared_words(
    mask: Bytes, ids: Ints, n_types: int, firsts: Ints, lasts: Ints, most: float
) -> tuple[int, int, int]: ...
def presence(mask: Bytes, ids: Ints, n_types: int, firsts: Ints, lasts: Ints) -> npt.NDArray[np.float32]: ...
def weighted(
    present: npt.NDArray[np.float32],
    columns: Ints,
    weight: npt.NDArray[np.float32],
    norms: npt.NDArray[np.float32],
) -> npt.NDArray[np.float32]: ...
