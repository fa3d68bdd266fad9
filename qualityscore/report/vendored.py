"""The libraries that come along in ``vendor/``, unmodified as published on npm.

To renew one: ``npm pack NAME@VERSION``, copy the named file of the package and its LICENSE here, and
write down version and SHA-256. A test compares the sums, so no edit goes unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Library:
    """A vendored file.

    Attributes:
        package, version, path: where it is on npm.
        file, licence_file: names in ``vendor/``.
        licence: SPDX identifier.
        sha256: of the file, hexadecimal.
    """

    package: str
    version: str
    path: str
    file: str
    licence: str
    licence_file: str
    sha256: str


LIBRARIES = {
    "d3": Library(
        "d3",
        "7.9.2",
        "dist/d3.min.js",
        "d3.min.js",
        "ISC",
        "d3.LICENSE.txt",
        "912111098ea99503a6f4967361d2bbdc9dbf58cf9c678c8e27e5b02d1a07f0c1",
    ),
    "plot": Library(
        "@observablehq/plot",
        "0.6.17",
        "dist/plot.umd.min.js",
        "plot.umd.min.js",
        "ISC",
        "plot.LICENSE.txt",
        "4358086467740777dd788d6b27a95cebdbaefdd50c730a3060117073bd7134cb",
    ),
}


@cache
def library(name: str) -> str:
    """The text of a vendored library: ``d3``, or ``plot``, which needs ``d3`` before it."""
    return files("qualityscore.report").joinpath("vendor", LIBRARIES[name].file).read_text(encoding="utf-8")


@cache
def asset(name: str) -> str:
    """The text of one of our own style sheets or scripts in ``assets/``, e.g. ``base.css``."""
    return files("qualityscore.report").joinpath("assets", name).read_text(encoding="utf-8")
