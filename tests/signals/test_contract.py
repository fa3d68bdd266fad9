"""The contract every signal keeps: its examples, its range, its spans, its purity."""

from __future__ import annotations

import inspect
import math
from pathlib import Path

import pytest

from qualityscore.document import Document, Page, build_document
from qualityscore.signals import FAMILIES, Runner, all_signals
from qualityscore.signals.api import Example, Hits, Signal
from qualityscore.signals.registry import Reading
from tests.signals.neutral import NEUTRAL

SIGNALS = list(all_signals().values())
HOSTILE = {
    "empty": "",
    "one word": "word",
    "white space": " \n\t \u00a0 \n" * 50,
    "control characters": "a\x00b\x07c\x1b[31m d\x7f. " * 60,
    "only punctuation": "?!?.,;:-*#|<>[]{}()\"'" * 100,
    "one long word": "x" * 30_000,
    "one long line": "word and another word, " * 3_000,
    "many short lines": "Word\n" * 3_000,
    "digits": "1 22 3.5 2024-01-01 12:30 $5 " * 300,
    "astral": "\U0001f600\u200d\U0001f525 e\u0301 \u202etxet\u202c ａｂｃ привет 漢字 " * 100,
    "questions": "Why? How? What is it? " * 400,
    "broken html": "<p><b>un<i>closed <a href='x>y</p>" * 200,
}


def build(text: str, kind: str = "text") -> Document:
    return build_document(Page(text, kind))  # type: ignore[arg-type]


def padded(example: Example) -> str:
    if example.kind == "html":
        return example.text.replace("{neutral}", "".join(f"<p>{p}</p>" for p in NEUTRAL.split("\n\n")))
    before = NEUTRAL + "\n\n" if example.pad in ("around", "before") else ""
    after = "\n\n" + NEUTRAL if example.pad in ("around", "after") else ""
    return before + example.text + after


def read(signal: Signal, doc: Document) -> Reading:
    (reading,) = Runner(only=[signal.id]).run(doc, strict=True)
    return reading


def as_example(quiet: str | Example) -> Example:
    return quiet if isinstance(quiet, Example) else Example(quiet)


def fired(signal: Signal, reading: Reading) -> bool:
    return any(reading.values.get(f.name, 0.0) > f.low for f in signal.features if f.found)


@pytest.fixture(params=SIGNALS, ids=[s.id for s in SIGNALS])
def signal(request: pytest.FixtureRequest) -> Signal:
    return request.param  # type: ignore[no-any-return]


def test_metadata_is_complete(signal: Signal) -> None:
    path = Path(inspect.getfile(signal.function))
    assert path.stem == signal.id == signal.function.__name__
    assert path.parent.name == signal.family and signal.family in FAMILIES
    assert len(signal.why) > 20 and len(signal.limits) > 20 and signal.sources and signal.features
    assert len(signal.fires) >= 2 and len(signal.quiet) >= 2
    assert len(signal.title) > 10
    assert len(set(signal.columns)) == len(signal.columns)
    assert any(f.found for f in signal.features) or signal.document_wide


def test_fires_where_it_should_and_quotes_exactly(signal: Signal) -> None:
    for example in signal.fires:
        doc = build(padded(example), example.kind)
        reading = read(signal, doc)
        assert reading.status == "ok"
        if any(f.found for f in signal.features):
            assert fired(signal, reading), f"{signal.id} is silent on {example.text!r}: {reading.values}"
        quoted = [e.text for e in reading.evidence if e.where != "document"]
        assert quoted == list(example.evidence), signal.id
        if not signal.document_wide:
            assert quoted, f"{signal.id} finds without pointing"


def test_quiet_where_it_should_be(signal: Signal) -> None:
    if not any(f.found for f in signal.features):
        pytest.skip(f"{signal.id} measures a level that every page has; nothing fires")
    for quiet in signal.quiet:
        example = as_example(quiet)
        reading = read(signal, build(padded(example), example.kind))
        assert not fired(signal, reading), f"{signal.id} fires on {example.text!r}: {reading.values}"


def test_hostile_input_never_raises_and_stays_in_range(signal: Signal) -> None:
    for name, text in HOSTILE.items():
        for kind in ("text", "html", "markdown"):
            reading = read(signal, build(text, kind))
            assert reading.status in ("ok", "not_applicable"), (name, kind)
            for feature in signal.features:
                value = reading.values.get(feature.name, math.nan)
                assert math.isnan(value) or feature.low <= value <= feature.high, (name, kind)


@pytest.mark.parametrize("signal", [s for s in SIGNALS if s.phrases_only], ids=lambda s: s.id)
def test_nothing_is_measured_without_phrases_where_so_declared(signal: Signal) -> None:
    assert signal.phrases and all(feature.low == 0 for feature in signal.features)
    examples = [*signal.fires, *map(as_example, signal.quiet)]
    docs = [build(padded(example), example.kind) for example in examples]
    for doc in [*docs, *map(build, HOSTILE.values())]:
        measured = signal.function(doc, Hits({}, {}))
        # As text, in which 0.0 and -0.0 differ.
        assert repr(measured.values) == repr({feature.name: 0.0 for feature in signal.features})
        assert not measured.findings


def test_spans_are_sorted_in_bounds_and_quote_the_text(signal: Signal) -> None:
    for example in signal.fires:
        doc = build(padded(example), example.kind)
        spans = [e for e in read(signal, doc).evidence if e.where == "text"]
        for e in spans:
            assert e.start is not None and e.end is not None
            assert 0 <= e.start < e.end <= len(doc.text)
            assert doc.text[e.start : e.end] == e.text
        assert [(e.start, e.end) for e in spans] == sorted((e.start, e.end) for e in spans)


def test_same_result_twice_and_after_other_pages(signal: Signal) -> None:
    example = signal.fires[0]
    doc = build(padded(example), example.kind)
    first = read(signal, doc)
    read(signal, build(HOSTILE["one long line"]))
    assert repr(read(signal, build(padded(example), example.kind))) == repr(first)


def test_padding_in_front_only_shifts_the_evidence(signal: Signal) -> None:
    for example in signal.fires:
        if example.kind != "text" or example.pad not in ("around", "before"):
            continue
        once = read(signal, build(padded(example)))
        twice = read(signal, build(NEUTRAL + "\n\n" + padded(example)))
        shift = len(NEUTRAL) + 2
        moved = [(e.start + shift, e.end + shift) for e in once.evidence if e.start is not None and e.end]
        assert [(e.start, e.end) for e in twice.evidence if e.start is not None] == moved


def test_text_signals_agree_across_renderings(signal: Signal) -> None:
    if signal.scope != "text":
        pytest.skip(f"{signal.id} depends on the rendering by design")
    for example in signal.fires:
        if example.kind != "text":
            continue
        text = padded(example)
        body = "".join(
            f"<p>{line.replace('&', '&amp;').replace('<', '&lt;')}</p>"
            for line in text.split("\n")
            if line.strip()
        )
        plain = read(signal, build(text))
        html = read(signal, build(f"<html><body><article>{body}</article></body></html>", "html"))
        assert html.values == pytest.approx(plain.values, nan_ok=True), signal.id
