"""Texts that the compiled twins are held against Python with: written, generated, and of real pages."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from hypothesis import strategies as st

from benchmarks import bench_pages
from qualityscore.document.document import parse_page, segment
from qualityscore.document.lines import CHROME_LINES, TAIL_LINES
from qualityscore.errors import DecodeError, LimitExceeded

DATA = Path(os.environ.get("QUALITYSCORE_DATA") or "no data")
needs_pages = pytest.mark.skipif(
    not (DATA / "bench" / "bench_small.warc.gz").is_file(),
    reason="set QUALITYSCORE_DATA to the corpora's folder to run this",
)

TEXTS = (
    "",
    " ",
    "\n\n",
    "a",
    "\ud800",
    "'",
    ".",
    "It's 1,000.5 and 3.a, a1b2; x_y 'tis rock'n'roll' 12.5.3.",
    "'' ,., '1' a'1 1'a 1.,2 1..2 ...",
    "caf\u00e9 stra\u00dfe \u5b57\u6f22 \u0661\u0662.\u0663 x\u00b2 \u00bd \U0001d400b \u2014 d\u2019accord \ud83d",
    "Menu\nOne\nTwo\nThree\nFour\n\nThe ferry left at noon with forty crates of pears, two goats and a piano on board.",
    "Home \u00bb Boats \u00bb Ferries\nHome > Boats\nThe ferry left at noon with forty crates, two goats and a piano on it.",
    "What did it carry\nAnd who paid for it?\nThe ferry left at noon with forty crates, two goats and a piano on it.\n"
    "Comments:\nFine boat\nleave a reply",
    "1. First\n(2) Second\n12) Twelfth\n123. No\n# Title\n####### No\n\u2022 Dot\n- \u2028 x\n* y\n*z\n-\tt\n\u0661. arabic\n( x",
    'Dr. Lee met U.S. Rep. Kim. He left... "Why?" she asked. Vitamin I. It failed.Despite that, 3.5 kg. e.g. this. The U.K. The end',
    "etc. Starts with one and ends with a stop.",
    'We met Ada Lovelace - Byron in New  York: Paris, Rome; "Oslo" \u2026 Then Bergen!! \u00a35 or \u20ac6 (\u2014) Ulm.',
    "x" + " -, . " * 9 + "Name Here Now",
    "." * 300 + "x." + ")" * 300 + " A",
)
_PIECES = st.one_of(
    st.sampled_from(sorted(CHROME_LINES | TAIL_LINES)),
    st.sampled_from(
        "ferry Ferry FERRY the The It's I pears 1 1.5 2,000 1903 U.S. e.g. Dr. etc. Ada Byron Ulm x X \u00e9t\u00e9 \u0416\u0443\u043a \u5b57 "
        "\u0661 \u00bd \u01c5 \ud800 \U0001d7d9 \u0130 \u212a".split()
    ),
    st.sampled_from(
        list(
            " \t\n\r\x0b\x85\u2028\u3000.!?\u2026,;:'\"()[]{}*_#-+\u2013\u2014\u2022\u25e6$%\u00a3\u20ac>\u00bb|"
        )
    ),
    st.sampled_from(
        (
            "\n\n",
            " > ",
            "1. ",
            "(2) ",
            "- ",
            "# ",
            ". ",
            '." ',
            " The ferry left at noon with forty crates of pears and a goat",
        )
    ),
    st.text(max_size=3),
)
texts = st.builds(
    lambda pieces, joint: joint.join(pieces), st.lists(_PIECES, max_size=60), st.sampled_from(("", " "))
)


@cache
def page_texts() -> tuple[str, ...]:
    """Folded texts of bench pages."""
    found = []
    for page in bench_pages.read_pages(DATA / "bench", 60):
        try:
            found.append(segment(parse_page(page), page.url).folded)
        except (DecodeError, LimitExceeded):
            continue
    return tuple(found)
