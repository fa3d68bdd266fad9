from __future__ import annotations

import random

import numpy as np

from qualityscore.document import Page
from qualityscore.fitting.lexical import LexicalSettings, NgramCounts
from qualityscore.fitting.pipeline import FitSettings
from training.corpora import Sample
from training.features import build_table
from training.spun import cross_fit_taught, spin, spun_copies, with_copies

TEXT = (
    "The council met in the old hall and voted to close the swimming pool before the summer. "
    "A man from the street said that his children had learned to swim there, as he had. "
)


def sample(number: int, label: int) -> Sample:
    extra = f"Number {number} of the minutes is kept in the library. " * (1 + number % 3)
    page = Page.from_text(TEXT * 3 + extra + ("Buy now. " * 9 if label else "They went home. "))
    return Sample(f"p{number}", "web", label, f"n{number}", "x", "", "", "", page)


def test_spinning_swaps_lower_case_words_alone_and_is_repeatable() -> None:
    assert spin("It is <b>", 1.0, random.Random(0)) == "It is <b>"
    spun = spin(TEXT, 1.0, random.Random(1))
    assert spun == spin(TEXT, 1.0, random.Random(1)) != TEXT
    assert spun.startswith("The ") and len(spun.split()) == len(TEXT.split())
    assert spin(TEXT, 0.0, random.Random(1)) == TEXT


def test_copies_come_from_human_pages_of_the_web_set() -> None:
    samples = [sample(i, i % 2) for i in range(6)]
    copies = spun_copies(samples, count=2)
    assert len(copies) == 2
    assert {c.network for c in copies} <= {"n0", "n2", "n4"}
    assert all(c.label == 1 and c.set != "web" for c in copies)


def test_copies_teach_and_are_in_no_result() -> None:
    samples = [sample(i, i % 2) for i in range(24)]
    table = build_table(samples, None, jobs=1)
    whole, copies = with_copies(samples, table, None)
    assert len(copies) and copies.min() == len(table) and (whole.y[copies] == 1).all()
    settings = FitSettings(
        text_columns=("rare_collocation.shortfall",),
        page_columns=(),
        lexical=LexicalSettings(min_groups=2),
        folds=3,
        inner_folds=2,
    )
    counts = NgramCounts(whole, settings.lexical)
    usable = np.ones(len(table), dtype=np.bool_)
    crossed = cross_fit_taught(whole, counts, settings, usable, usable, copies)
    alone = cross_fit_taught(whole, counts, settings, usable, usable, copies[:0])
    assert len(crossed.fold) == len(crossed.log_odds) == len(table)
    assert np.array_equal(crossed.lexical, alone.lexical)
    assert not np.array_equal(crossed.log_odds, alone.log_odds)
