"""Documents that the compiled parts and those in Python are compared on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import strategies as st

from qualityscore import Page, build_document
from qualityscore.document import Document

_WORDS = (
    "the a an of in and or said we garden house Garden London london NASA united United States heart assault "
    "attack interest grades rates May 12 March 2019 1850 3.5 kg $ % miles I'm don't naïve Åsa 日本 \U0001d518nit "
    "\ud800x climate switch change best better hour new more most tomato water deep soil roots"
).split(" ")
_GAPS = (
    " ",
    " ",
    " ",
    " ",
    ", ",
    ". ",
    ": ",
    ' "',
    '" ',
    "-",
    "\n",
    "\n\n",
    "; ",
    "  ",
    " $",
    "%",
    "° ",
    "…",
    "\u2003",
)

texts = st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_GAPS)), max_size=150).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)


def document(text: str) -> Document:
    """The document of a plain text."""
    return build_document(Page.from_text(text))


def bench_pages(number: int) -> list[Page]:
    """The first pages of the benchmark; the test is skipped where there are none."""
    folder = os.environ.get("QUALITYSCORE_DATA", "")
    if not folder or not Path(folder, "bench").is_dir():
        pytest.skip("set QUALITYSCORE_DATA to the corpora's folder to run this")
    from benchmarks import bench_pages

    return list(bench_pages.read_pages(Path(folder, "bench"), number))
