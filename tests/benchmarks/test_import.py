"""The benchmarks are run by hand: at least each of them must still find what it imports."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import benchmarks

# What only some benchmarks need and the development extra leaves out.
OPTIONAL = frozenset(("datatrove", "pyspark", "trafilatura"))


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(benchmarks.__path__)])
def test_a_benchmark_can_be_imported(name: str) -> None:
    try:
        importlib.import_module(f"benchmarks.{name}")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in OPTIONAL:
            raise
        pytest.skip(f"{error.name} is not installed")
