"""The runner on batches: the same readings as one by one, and a bound for each document."""

from __future__ import annotations

import math

import pytest

from qualityscore.document import Page, build_document
from qualityscore.errors import LimitExceeded
from qualityscore.signals.registry import Runner
from tests.pages import CAREFUL, FARM, SHORT, farm_html

DOCS = [build_document(Page(page)) for page in (FARM, CAREFUL, SHORT, farm_html())]


def test_a_batch_reads_as_its_documents_do_alone() -> None:
    runner = Runner()
    together = runner.run_many(DOCS)
    assert [repr(readings) for readings in together] == [repr(runner.run(doc)) for doc in DOCS]


def test_documents_without_time_cost_nobody_else_anything() -> None:
    late, in_time = Runner().run_many(DOCS[:2], seconds=[0.0, math.inf])
    assert isinstance(late, LimitExceeded)
    assert repr(in_time) == repr(Runner().run(DOCS[1]))


def test_a_passed_deadline_is_raised() -> None:
    with pytest.raises(LimitExceeded, match="longer than"):
        Runner().run(DOCS[0], deadline=0.0)


def test_timings_name_every_signal_of_a_batch() -> None:
    runner, timings = Runner(only=["em_dash_rate", "generated_faq"]), dict[str, float]()
    runner.run_many(DOCS, timings=timings)
    assert set(timings) == {"phrases", "em_dash_rate", "generated_faq"}
    assert timings["em_dash_rate"] > 0
