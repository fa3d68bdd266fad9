import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]

class Table:
    def __init__(
        self,
        crc: npt.NDArray[np.uint32],
        pairs: Bytes,
        kind: Bytes,
        unseen: Floats,
        log_count: Floats,
        first: Ids,
        synonyms: Ids,
        level_of_0: int,
    ) -> None: ...
    def fit(self, left: Ids, right: Ids) -> Floats: ...
    def uses(
        self, known: npt.NDArray[np.uint32], start_at: Ids, end_at: Ids, ascii: Bytes
    ) -> tuple[Ids, Ids, Ids, Ids, Floats, Floats]: ...
    def swaps(
        self, left: Ids, word: Ids, right: Ids, before: Floats, behind: Floats
    ) -> tuple[Ids, Ids, Ids, Ids, Floats, Floats, Floats]: ...
