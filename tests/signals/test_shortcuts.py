"""Signals that look only where something can be found find what a look at everything finds."""

from __future__ import annotations

import random
import zlib
from bisect import bisect_left

import pytest

from qualityscore import Page, build_document
from qualityscore.document import Document
from qualityscore.signals.repetition import compression_ratio, faq_repeats_body
from qualityscore.signals.repetition.duplicate_lines import duplicate_lines
from qualityscore.signals.spinning.split_apostrophes import split_apostrophes

LINES = (
    "What does the mill need?",
    "What does the mill need? It needs a wheel, a river and a miller who is up at dawn.",
    "It needs a wheel, a river and a miller who is up at dawn.",
    "Why is the canal shut. Is it the lock? Nobody knows, and nobody has asked the keeper yet.",
    "Who keeps the lock? Is it Ann, who had the boat, or is it somebody from the town?",
    "Where is the station that the guide has on its map?",
    "The station was sold? They say so, and the clock with it.",
    "How?",
    "?",
    "? ? ??",
    "***",
    "Home",
    "A quiet lane leads past orchards, barns and one shut pub towards the old quarry.",
)


def _page(seed: int, lines: tuple[str, ...] = LINES) -> Document:
    rng = random.Random(seed)
    return build_document(Page.from_text("\n\n".join(rng.choices(lines, k=rng.randint(0, 14)))))


def _answers(doc: Document) -> list[tuple[int, int, int]]:
    """Questions and answers, every line looked at."""
    lines = [line for line in doc.article if line.first < line.last]
    runs: list[list[tuple[int, int, int]]] = [[]]
    i = 0
    while i < len(lines):
        line, pair, step = lines[i], None, 1
        mark = doc.lower.find("?", line.start, line.end)
        if mark >= 0 and doc.words.lower[line.first] in faq_repeats_body._OPENERS:
            first = bisect_left(doc.words.starts, mark, line.first, line.last)
            if 3 <= first - line.first <= 25 and ". " not in doc.lower[line.start : mark]:
                last, rest = line.last, doc.lower[mark + 1 : line.end]
                if first == line.last and i + 1 < len(lines):
                    answer, step = lines[i + 1], 2
                    first, last, rest = answer.first, answer.last, doc.lower[answer.start : answer.end]
                if 4 <= last - first <= 70 and "?" not in rest:
                    pair = (line.first, first, last)
        if pair:
            runs[-1].append(pair)
        else:
            runs.append([])
        i += step if pair else 1
    return [pair for run in runs if len(run) >= 2 for pair in run]


@pytest.mark.parametrize("seed", range(150))
def test_questions_with_their_answers(seed: int) -> None:
    doc = _page(seed, LINES[: (4, 7, len(LINES))[seed % 3]])
    found = [(pair.begin, pair.first, pair.last) for pair in faq_repeats_body._answers(doc)]
    assert found == _answers(doc)


@pytest.mark.parametrize("seed", range(40))
def test_lines_that_occur_twice(seed: int) -> None:
    doc = _page(seed)
    texts = [doc.lower[line.start : line.end] for line in doc.article]
    found = [line for i, line in enumerate(doc.article) if texts[i] in texts[:i]]
    measured = duplicate_lines(doc)
    assert [(f.start, f.end) for f in measured.findings] == [(line.start, line.end) for line in found]
    assert measured.values == {"lines": len(found) / len(texts) if texts else 0.0}


WIDE = (
    LINES[1],
    LINES[-1],
    f"{'The old mill by the river is shut again, as it was in May. ' * 60}",
    "é日\U0001d518 " * 900,
)


@pytest.mark.parametrize("seed", range(60))
def test_the_opening_of_the_prose(seed: int) -> None:
    doc = _page(seed, WIDE)
    prose = "\n".join(doc.lower[line.start : line.end] for line in doc.prose)
    assert compression_ratio._opening(doc) == prose.encode()[:6_000]


@pytest.mark.parametrize("seed", range(80))
def test_a_narrow_window_compresses_alike(seed: int) -> None:
    rng = random.Random(seed)
    size = rng.randint(600, 6_000)
    piece = rng.randbytes(rng.choice((1, 3, 300, 3_000, 6_000)))
    for data in ((piece * size)[:size], bytes(rng.choices(b"abc de\n", k=size))):
        narrow = zlib.compress(data, 1, compression_ratio._WINDOW)
        assert len(narrow) == len(zlib.compress(data, 1)) and zlib.decompress(narrow) == data


def test_apostrophes_in_the_order_of_the_text() -> None:
    text = "T it isn t so, and we dont know. They re late, im told; a t and an s stand alone. Here s why."
    doc = build_document(Page.from_text(f"{text} {LINES[-1]} {LINES[-1]}"))
    measured = split_apostrophes(doc)
    assert [doc.folded[f.start : f.end] for f in measured.findings] == [
        "isn t", "dont", "They re", "im", "Here s",
    ]  # fmt: skip
    assert (measured.values["split_per_1k_words"], measured.values["fused_per_1k_words"]) == (12.0, 8.0)
