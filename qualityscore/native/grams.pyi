import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

def top_run(
    hashes: Hashes, ids: Ints, n_types: int, mask: Bytes, n: int, least: int
) -> tuple[int, list[int]]: ...
def repeated(
    hashes: Hashes, ids: Ints, n_types: int, n: int, among: Bytes | None = None
) -> tuple[Bools, Bools] | None: ...
def title_runs(
    solid: Bytes, ids: Ints, first: int, last: int, widest: int
) -> tuple[list[int], list[tuple[int, int]]] | None: ...
def cover(starts: Bytes, n: int, size: int) -> Bools: ...
