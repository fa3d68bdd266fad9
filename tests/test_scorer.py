"""The scorer: bands, settings, order, laziness, threads, processes."""

from __future__ import annotations

import gc
import math
import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from qualityscore import (
    ConfigError,
    DecodeError,
    InputError,
    LimitExceeded,
    Limits,
    ModelError,
    ModelVersionError,
    Page,
    Scorer,
    SignalError,
    Verdict,
    all_signals,
)
from qualityscore.model.additive import AdditiveModel
from qualityscore.model.bundle import Model
from tests.pages import CAREFUL, FARM, JAPANESE, SHORT, farm_html, small_model

BINARY = Page(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
MIXED = [Page(t) for t in (FARM, CAREFUL, SHORT, farm_html(), JAPANESE, "")] + [BINARY]


def log_odds(score: float) -> float:
    return math.log(score / (1 - score))


@pytest.mark.parametrize("page", [Page(FARM), Page(CAREFUL), Page(farm_html()), Page.from_markdown(CAREFUL)])
def test_contributions_add_up_to_the_log_odds(scorer: Scorer, page: Page) -> None:
    verdict = scorer.score(page)
    assert verdict.score is not None
    assert verdict.parts is not None
    assert sum(verdict.parts.values()) == pytest.approx(log_odds(verdict.score), abs=1e-9)
    signals = sum(s.contribution for s in verdict.signals)
    assert signals == pytest.approx(verdict.parts["signals"] + verdict.parts["page"], abs=1e-9)
    explained = Scorer(scorer.model, explain=10_000).score(page)
    assert sum(g.contribution for g in explained.lexical) == pytest.approx(verdict.parts["lexical"], abs=1e-6)


def test_the_page_part_counts_for_html_only(scorer: Scorer) -> None:
    html, text = scorer.score(Page(farm_html())).parts, scorer.score(Page(FARM)).parts
    assert html is not None
    assert text is not None
    assert html["page"] > 0
    assert text["page"] == 0
    assert html["intercept"] - text["intercept"] == pytest.approx(scorer.model.page_intercept)


def test_bands_lie_strictly_above_their_thresholds(model: Model) -> None:
    score = Scorer(model).score(Page(FARM)).score
    assert score is not None
    assert Scorer(model, threshold=score).score(Page(FARM)).band == "suspect"
    assert Scorer(model, threshold=score - 1e-9).score(Page(FARM)).band == "low_quality"
    assert Scorer(model).score(Page(CAREFUL)).band == "ok"
    low = Scorer(model, threshold=0.1)
    assert low.suspect_threshold == 0.1


def test_max_fpr_picks_the_threshold_and_its_caveat(model: Model) -> None:
    assert Scorer(model).threshold == 0.8
    assert Scorer(model, max_fpr=0.05).threshold == 0.5
    assert Scorer(model, max_fpr=0.001).threshold == 0.97
    assert Scorer(model).caveat == "" == Scorer(model, threshold=0.2).caveat
    assert "not certified" in Scorer(model, max_fpr=0.001).caveat


@pytest.mark.parametrize(
    "settings",
    [{"threshold": -0.1}, {"threshold": 1.1}, {"threshold": math.nan}, {"max_fpr": 0.0}, {"max_fpr": 1.5},
     {"max_fpr": math.nan}, {"threshold": 0.5, "max_fpr": 0.5}, {"disable": ["nothing_such"]}],
)  # fmt: skip
def test_settings_that_make_no_sense(model: Model, settings: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        Scorer(model, **settings)  # type: ignore[arg-type]


def test_loading(model_path: object, tmp_path: object) -> None:
    scorer = Scorer.load(model_path, threshold=0.3)  # type: ignore[arg-type]
    assert scorer.threshold == 0.3
    assert scorer.score(Page(FARM)) == Scorer(small_model(), threshold=0.3).score(Page(FARM))
    with pytest.raises(ModelError, match="cannot read model"):
        Scorer.load(f"{tmp_path}/none.npz")


def test_a_model_for_other_signals_is_refused() -> None:
    text = AdditiveModel(("gone.rate",), np.array([[0.0, 1.0]]), np.array([[1.0]]), np.zeros(1))
    with pytest.raises(ModelVersionError, match=r"gone\.rate"):
        Scorer(small_model(text=text))


def test_a_disabled_signal_adds_nothing_and_needs_no_other_model(model: Model) -> None:
    verdict = Scorer(model, disable=["trivia_box"]).score(Page(FARM))
    assert "trivia_box" not in [s.reading.id for s in verdict.signals]
    full = Scorer(model).score(Page(FARM))
    (box,) = [s.contribution for s in full.signals if s.reading.id == "trivia_box"]
    assert verdict.score is not None
    assert full.score is not None
    assert log_odds(full.score) - log_odds(verdict.score) == pytest.approx(box)


def test_evidence_changes_no_score(model: Model) -> None:
    bare = Scorer(model, evidence=False).score(Page(FARM))
    assert bare.score == Scorer(model).score(Page(FARM)).score
    assert not any(s.reading.evidence for s in bare.signals)


def test_explain_bounds_the_ngrams(model: Model) -> None:
    assert Scorer(model).score(Page(FARM)).lexical == []
    grams = Scorer(model, explain=3).score(Page(FARM)).lexical
    assert len(grams) == 3
    sizes = [abs(g.contribution) for g in grams]
    assert sizes == sorted(sizes, reverse=True)


def test_many_equals_one_by_one_in_order(scorer: Scorer) -> None:
    pages = [replace(page, source=str(n)) for n, page in enumerate(MIXED * 11)]
    many = list(scorer.score_many(iter(pages)))
    assert [v.source for v in many] == [str(n) for n in range(len(pages))]
    for verdict, page in zip(many[: len(MIXED)], pages, strict=False):
        assert repr(verdict) == repr(scorer.score(page))
    assert list(scorer.score_many([])) == []


def test_many_is_lazy(scorer: Scorer) -> None:
    taken = 0

    def endless() -> Iterator[Page]:
        nonlocal taken
        while True:
            taken += 1
            yield Page(SHORT)

    stream = scorer.score_many(endless())
    assert taken == 0
    next(stream)
    assert 1 <= taken <= 64


def test_a_failed_page_ends_nothing(scorer: Scorer) -> None:
    verdicts = list(scorer.score_many([BINARY, Page(FARM), Page("x" * 100)]))
    assert [v.error for v in verdicts] == ["binary content, not a page of text", None, None]
    assert verdicts[0].band == "abstained"
    assert verdicts[0].score is None


def test_limits(model: Model) -> None:
    verdict = Scorer(model, limits=Limits(max_bytes=100)).score(Page(FARM))
    assert verdict.error is not None
    assert "the limit is" in verdict.error
    verdict = Scorer(model, limits=Limits(max_words=50)).score(Page(FARM))
    assert verdict.error is not None
    assert "words" in verdict.error
    verdict = Scorer(model, limits=Limits(max_seconds=-1)).score(Page(FARM))
    assert verdict.error is not None
    assert "longer than" in verdict.error


def test_strict_raises(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    scorer = Scorer(model, strict=True)
    with pytest.raises(DecodeError):
        scorer.score(BINARY)
    with pytest.raises(LimitExceeded):
        list(Scorer(model, strict=True, limits=Limits(max_bytes=9)).score_many([Page(FARM)]))

    def broken(doc: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setitem(vars(all_signals()["truncated_ending"]), "function", broken)
    with pytest.raises(SignalError, match="truncated_ending failed"):
        scorer.score(Page(FARM))
    verdict = Scorer(model).score(Page(FARM))
    (reading,) = [s.reading for s in verdict.signals if s.reading.id == "truncated_ending"]
    assert reading.status == "error"
    assert reading.values == {}
    assert "broken on purpose" in reading.error


def test_pickled_scorers_score_the_same(model: Model) -> None:
    scorer = Scorer(model, threshold=0.4, disable=["trivia_box"], explain=2)
    again: Scorer = pickle.loads(pickle.dumps(scorer))  # noqa: S301
    for page in MIXED:
        assert repr(again.score(page)) == repr(scorer.score(page))


def test_threads_share_a_scorer(scorer: Scorer) -> None:
    pages = MIXED * 20
    with ThreadPoolExecutor(8) as pool:
        threaded: list[Verdict] = list(pool.map(scorer.score, pages))
    expected = [repr(scorer.score(page)) for page in MIXED] * 20
    assert [repr(v) for v in threaded] == expected


def test_timings_are_told_by_stage(scorer: Scorer) -> None:
    timings: dict[str, float] = {}
    scorer.score(Page(FARM), timings=timings)
    scorer.score(Page(FARM), timings=timings)
    assert {"document", "phrases", "model", *all_signals()} <= set(timings)
    assert min(timings.values()) >= 0


def test_the_same_words_score_alike_in_every_rendering(model: Model) -> None:
    parts = [Scorer(model).score(p).parts for p in (Page.from_text(FARM), Page.from_html(farm_html()))]
    assert parts[0] is not None
    assert parts[1] is not None
    assert parts[0]["lexical"] == pytest.approx(parts[1]["lexical"])


def test_the_shipped_model_tells_farm_from_careful() -> None:
    from qualityscore.errors import ModelFormatError
    from qualityscore.model.shipped import shipped_model_path

    try:
        shipped_model_path()
    except ModelFormatError:
        pytest.skip("the model is not built yet")
    scorer = Scorer.load()
    farm, careful = scorer.score(Page(FARM)).score, scorer.score(Page(CAREFUL)).score
    assert farm is not None
    assert careful is not None
    assert farm > scorer.threshold > careful


@pytest.mark.parametrize("wrong", ["abc", b"abc", None, ["abc"]])
def test_what_is_no_page_is_refused_with_the_way_to_make_one(scorer: Scorer, wrong: Any) -> None:
    with pytest.raises(TypeError, match=rf"not {type(wrong).__name__}: .*Page\.from_text\("):
        scorer.score(wrong)
    with pytest.raises(TypeError, match=r"Page\.from_text\("):
        list(scorer.score_many([wrong]))


def test_a_kind_that_there_is_not_is_refused() -> None:
    wrong: Any = "htm"
    with pytest.raises(ConfigError, match=r"^kind must be one of auto, html, markdown, text, not 'htm'$"):
        Page("<p>Words.", wrong)


def test_a_page_without_content_is_an_error_of_its_own(scorer: Scorer, model: Model) -> None:
    null: Any = None
    first, broken, last = scorer.score_many(
        [Page.from_text(FARM), Page.from_html(null), Page.from_text(FARM)]
    )
    assert broken.error == "page has no text or bytes: its content is NoneType"
    assert (broken.score, broken.band) == (None, "abstained")
    assert first.score == last.score is not None
    with pytest.raises(InputError, match="NoneType"):
        Scorer(model, strict=True).score(Page.from_html(null))


def test_a_text_is_no_collection_of_pages(scorer: Scorer) -> None:
    with pytest.raises(TypeError, match=r"not str: .*Page\.from_text\("):
        list(scorer.score_many("abc"))  # type: ignore[arg-type]


def test_nothing_of_a_page_is_left_to_the_garbage_collector(scorer: Scorer) -> None:
    menu = "<ul class=nav><li><a href=/a>One</a><li><b>Two</b></ul><div><section><p>x</section></div>"
    pages = [
        Page(farm_html()),
        Page.from_html(f"{menu}{farm_html()}"),
        Page(FARM),
        Page.from_markdown(CAREFUL),
        Page(SHORT),
    ]
    list(scorer.score_many(pages))
    gc.collect()
    gc.disable()
    try:
        list(scorer.score_many(pages))
        assert gc.collect() == 0
    finally:
        gc.enable()
