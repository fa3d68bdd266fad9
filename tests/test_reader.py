"""Batches of pages: what they hold at a time, and that a page costs nobody but itself."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from qualityscore import Document, Page, Scorer, all_signals
from qualityscore.signals import registry
from qualityscore.signals.api import Measured
from tests.pages import CAREFUL, FARM, farm_html


@pytest.mark.parametrize(
    ("page", "taken"),
    [
        (Page.from_text("many words " * 90_000), 1),  # 990,000 characters; their source weighs a tenth
        (Page.from_text("word " * 80_000), 3),
        (Page.from_html(f"<p>{FARM}</p><!--{'-' * 4_800_000}-->"), 3),  # markup weighs a tenth
        (Page.from_text("word " * 100), 32),
    ],
    ids=["beyond a batch", "long texts", "long markup", "short"],
)
def test_long_pages_are_read_in_smaller_batches(scorer: Scorer, page: Page, taken: int) -> None:
    count = 0

    def pages() -> Iterator[Page]:
        nonlocal count
        while True:
            count += 1
            yield page

    next(scorer.score_many(pages()))
    assert count == taken


def test_a_page_that_takes_too_long_costs_the_others_of_its_batch_nothing(
    scorer: Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [Page(CAREFUL), Page(FARM), Page(farm_html())]
    alone = [scorer.score(page) for page in pages]
    now = 0.0
    signal = all_signals()["truncated_ending"]
    function = signal.function

    def slow(doc: Document) -> Measured:
        nonlocal now
        now += 31.0 if doc.text == alone[1].text else 0.0
        return function(doc)

    clock = SimpleNamespace(perf_counter=lambda: now, monotonic=lambda: now)
    monkeypatch.setattr(registry, "time", clock)
    monkeypatch.setitem(vars(signal), "function", slow)
    first, late, last = scorer.score_many(pages)
    assert (late.error, late.score, late.band) == ("page took longer than 30 s", None, "abstained")
    assert (late.words, late.language, list(late.signals)) == (alone[1].words, "en", [])
    assert [repr(first), repr(last)] == [repr(alone[0]), repr(alone[2])]
