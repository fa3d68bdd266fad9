import numpy as np
import numpy.typing as npt

def log_odds(
    ids: npt.NDArray[np.uint32],
    n: int,
    keys: npt.NDArray[np.uint32],
    weights: npt.NDArray[np.float32],
    index: npt.NDArray[np.int32],
    shift: int,
    logarithms: npt.NDArray[np.float64],
) -> float | None: ...
