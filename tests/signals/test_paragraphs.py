"""What ends one paragraph and what opens the next do not make one finding."""

from __future__ import annotations

import pytest

from qualityscore import Page, build_document
from qualityscore.signals.registry import Runner
from tests.signals.neutral import NEUTRAL

PARAGRAPHS = (
    ("The choir sang in hall number 4", "May is the month in which the hall is aired, and all members come."),
    ("They meet on the first floor in May", "1871 chairs were counted when the school was sold to the town."),
    (
        "The last entry in the book is from 1902",
        "1903 is missing, as the clerk had left for the coast by then.",
    ),
)


@pytest.mark.parametrize(("end", "start"), PARAGRAPHS)
def test_dates_stay_within_their_paragraph(end: str, start: str) -> None:
    doc = build_document(Page.from_text(f"{NEUTRAL}\n\n{end}\n\n{start}\n"))
    for reading in Runner().run(doc):
        if reading.family == "specificity":
            for evidence in reading.evidence:
                assert "\n" not in evidence.text, reading.id
