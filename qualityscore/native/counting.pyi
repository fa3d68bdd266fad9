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
def per_line(mask: Bytes, lines: Sequence[Line]) -> list[int]: ...
def places(hashes: npt.NDArray[np.uint32], wanted: npt.NDArray[np.uint32], row: int) -> list[int]: ...
def uncommon_types(
    info: Ints,
    prose: npt.NDArray[np.uint8],
    ids: Ints,
    n_types: int,
    skipped: int,
    common: int,
    most: int,
) -> tuple[int, int]: ...
def gap_kinds(ascii: Bytes, start_at: Ints, end_at: Ints) -> Bytes: ...
def contested(kinds: Bytes, one: int, other: int, ids: Ints, n_types: int) -> tuple[list[int], list[int]]: ...
