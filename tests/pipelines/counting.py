"""A scorer that notes every process that unpacks it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from qualityscore import Scorer


class CountingScorer(Scorer):
    """Writes a file into ``folder`` each time it is unpickled."""

    folder: str = ""

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        path = Path(self.folder)
        (path / f"{os.getpid()}-{len(list(path.iterdir()))}").touch()
