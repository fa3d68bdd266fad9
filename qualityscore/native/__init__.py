"""Compiled twins of the loops that see every element, word and n-gram of a page.

Each ``.pyx`` file stands for functions that the package also has in Python, and yields exactly the same
(`tests/native`). A wheel built without a C compiler, or ``QUALITYSCORE_PURE=1``, leaves Python alone.
"""

from __future__ import annotations

import importlib
import os
from types import ModuleType


def compiled(name: str) -> ModuleType | None:
    """The compiled module of that name; ``None`` where it was not built or is not wanted."""
    if os.environ.get("QUALITYSCORE_PURE"):
        return None
    try:
        return importlib.import_module(f"qualityscore.native.{name}")
    except ImportError:
        return None
