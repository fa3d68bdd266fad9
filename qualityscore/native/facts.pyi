from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qualityscore.document import Line

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Spans = list[tuple[int, int]]

def name_words(
    info: Ints,
    prose: Bytes,
    ids: Ints,
    n_types: int,
    firsts: Ints,
    lasts: Ints,
    start_at: Ints,
    ascii: Bytes,
    opens: Bytes,
    flags: tuple[int, int, int, int, int],
    most: float,
) -> npt.NDArray[np.bool_]: ...
def names(
    mask: Bytes, ids: Ints, start_at: Ints, end_at: Ints
) -> tuple[int, dict[tuple[int, ...], tuple[int, int]]]: ...
def numbers(
    text: str,
    info: Ints,
    prose: Bytes,
    starts: Ints,
    ends: Ints,
    currency: str,
    flags: tuple[int, int, int, int],
) -> tuple[Spans, Spans]: ...
def quotations(
    ascii: Bytes, info: Ints, starts: Ints, lines: Sequence[Line], speech: int, reach: int
) -> list[tuple[int, int, bool]]: ...
