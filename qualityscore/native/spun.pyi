import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float32]

def levels(
    left: Ids,
    right: Ids,
    crc: npt.NDArray[np.uint32],
    rate: Floats,
    pairs: npt.NDArray[np.uint8],
    level_of_0: int,
) -> tuple[npt.NDArray[np.int8], Floats]: ...
def fits(level: npt.NDArray[np.int8], logs: Floats, least: float) -> Floats: ...
def neighbours(
    ids: Ids,
    is_asked: npt.NDArray[np.uint8],
    unknown: int,
    start_at: npt.NDArray[np.int64],
    end_at: npt.NDArray[np.int64],
    ascii: npt.NDArray[np.uint8],
    openings: list[int],
) -> tuple[Ids, Ids, Ids, Ids]: ...
def best_uses(word: Ids, before: Floats, behind: Floats) -> Ids: ...
def swaps(word: Ids, left: Ids, right: Ids, first: Ids, synonyms: Ids) -> tuple[Ids, Ids, Ids, Ids, Ids]: ...
