"""The record of a page."""

from __future__ import annotations

import json
import math
from dataclasses import FrozenInstanceError

import jsonschema
import pytest

from qualityscore import NgramResult, Page, Scorer, SignalResult, Verdict, record_schema
from qualityscore.model.bundle import Model
from qualityscore.signals.registry import Evidence, Reading
from qualityscore.verdict import BANDS
from tests.pages import CAREFUL, FARM, JAPANESE, SHORT, farm_html

PAGES = [
    Page.from_text(FARM), Page.from_html(farm_html(), "https://example.com/hoses", source="hoses.html"),
    Page.from_markdown(CAREFUL), Page(SHORT), Page(JAPANESE), Page(""), Page(b"\x89PNG\r\n\x1a\n"),
    Page.from_text(FARM.replace(" ", " \u200b")),
]  # fmt: skip


@pytest.fixture(scope="module")
def verdicts(model: Model) -> list[Verdict]:
    return list(Scorer(model, explain=10).score_many(PAGES))


def verdict(*signals: SignalResult) -> Verdict:
    return Verdict(
        source=None, url=None, title="", language="en", words=100, score=0.5, band="ok", abstained=None,
        threshold=0.8, parts={"intercept": 0.0, "lexical": 0.0, "signals": 0.0, "page": 0.0}, signals=signals,
        lexical=[], model={"id": "x", "version": "0"},
    )  # fmt: skip


def result(name: str, contribution: float, *, quoted: bool = True) -> SignalResult:
    evidence = (Evidence("text", 0, 1, "x"),) if quoted else ()
    return SignalResult(Reading(name, "shape", "ok", {"rate": 1.0}, evidence), contribution)


def test_every_record_keeps_the_schema(verdicts: list[Verdict]) -> None:
    validator = jsonschema.Draft202012Validator(record_schema())
    for v in verdicts:
        for with_text in (False, True):
            validator.validate(json.loads(v.to_json(with_text=with_text)))
            validator.validate(v.to_dict(with_text=with_text))


def test_json_is_strict_and_one_line(verdicts: list[Verdict]) -> None:
    for v in verdicts:
        text = v.to_json()
        assert "\n" not in text
        json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
        assert json.loads(v.to_json(indent=2)) == json.loads(text)


def test_text_only_when_asked(verdicts: list[Verdict]) -> None:
    assert "text" not in verdicts[0].to_dict()
    assert verdicts[0].to_dict(with_text=True)["text"] == verdicts[0].text


def test_spans_quote_the_text(verdicts: list[Verdict]) -> None:
    quoted = 0
    for v in verdicts:
        for s in v.signals:
            for e in s.reading.evidence:
                if e.start is not None and e.end is not None:
                    assert v.text[e.start : e.end] == e.text
                    quoted += 1
        for gram in v.lexical:
            for start, end in gram.spans:
                assert 0 <= start < end <= len(v.text)
    assert quoted > 3


def test_bands_and_abstention(verdicts: list[Verdict]) -> None:
    for v in verdicts:
        assert v.band in BANDS
        assert (v.score is None) == (v.band == "abstained") == (v.parts is None)
        assert v.score is None or (v.abstained is None and v.error is None)
    assert [v.abstained for v in verdicts[3:6]] == ["too_short", "unsupported_language", "too_short"]
    assert verdicts[6].error
    assert verdicts[6].abstained is None


def test_reasons_are_the_strongest_that_can_be_quoted() -> None:
    v = verdict(
        result("a", 0.1), result("b", 2.0), result("c", 9.0, quoted=False), result("d", -3.0), result("e", 0)
    )
    assert [r.reading.id for r in v.reasons()] == ["b", "a"]
    assert [r.reading.id for r in v.reasons(1)] == ["b"]
    assert verdict().reasons() == []


def test_nan_becomes_null_and_zero_stays_zero() -> None:
    reading = Reading("a", "shape", "ok", {"x": math.nan, "y": 0.0})
    record = verdict(SignalResult(reading, 0.0)).to_dict()
    assert record["signals"][0]["values"] == {"x": None, "y": 0.0}


def test_errors_of_signals_are_told() -> None:
    record = verdict(SignalResult(Reading("a", "shape", "error", error="ValueError: x"), 0.0)).to_dict()
    assert record["signals"][0]["status"] == "error"
    assert record["signals"][0]["error"] == "ValueError: x"
    jsonschema.validate(record, record_schema())


def test_verdicts_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        verdict().score = 0.1  # type: ignore[misc]
    assert NgramResult("a b", 0.1, [(0, 3)]) == NgramResult("a b", 0.1, [(0, 3)])


def test_long_texts_stay_out_of_repr(verdicts: list[Verdict]) -> None:
    assert "garden hoses play" not in repr(verdicts[0].__class__) + repr(verdict())
