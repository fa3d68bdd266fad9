import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint32]
Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

def top_word(ids: Ints, n_types: int, mask: Bytes) -> tuple[int, int]: ...
def top_run(hashes: Hashes, mask: Bytes, n: int, least: int) -> tuple[int, list[int]]: ...
def repeated_runs(
    hashes: Hashes, short: int, long: int, most: int
) -> tuple[int, int, list[tuple[int, int]]]: ...
def title_runs(
    solid: Bytes, ids: Ints, first: int, last: int, widest: int
) -> tuple[list[int], list[tuple[int, int]]] | None: ...
