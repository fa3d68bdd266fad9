"""Our readability figures are textstat's, and neither needs the network."""

from __future__ import annotations

import importlib.util
import socket
from typing import Any

import pytest

from qualityscore.document import Page, build_document, words
from qualityscore.signals import Runner, spelling
from qualityscore.signals.shape._readability import Readability, readability

# No hyphens, decimals or abbreviations: on those, textstat's idea of a word or a sentence differs.
TEXTS = {
    "plain": (
        "The cat sat on the mat and looked at the rain. Then the old man came in with a pail of milk. "
        "Nobody had told him about the visitors. He put the pail down and went to fetch the chairs."
    ),
    "dense": (
        "Institutional accountability presupposes transparent administrative procedures. The commission "
        "nevertheless recommended comprehensive constitutional amendments. International organisations "
        "subsequently criticised the parliamentary deliberations, because ministers had deliberately "
        "disregarded independent recommendations."
    ),
    "mixed": (
        "We walked to Harrogate on Sunday, and Margaret carried the umbrella. The museum opens at ten! Why "
        "did the caretaker leave so early? He wasn't paid for the afternoon, as it happens, and he'd said so "
        "in his letter to the treasurer. There were 340 visitors that week."
    ),
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to open a connection or to look up a host fails the test."""

    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError(f"network access: {args!r}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def textstat(monkeypatch: pytest.MonkeyPatch) -> Any:
    """textstat with its pyphen syllables: releases with a pronouncing dictionary do without it."""
    module = pytest.importorskip("textstat")
    try:
        from textstat.backend.counts import _count_syllables
    except ImportError:
        # Early releases round the means inside the formula as well.
        module.textstat.set_rounding(False)
        return module.textstat
    monkeypatch.setattr(_count_syllables, "get_cmudict", lambda lang: None)
    from textstat import backend

    for package in (backend.counts, backend.metrics, backend.selections, backend.validations):
        for function in vars(package).values():
            if hasattr(function, "cache_clear"):
                function.cache_clear()
    return module.textstat


def counted(text: str) -> Readability:
    return readability(build_document(Page(text, "text")))


@pytest.mark.parametrize("name", TEXTS)
def test_flesch_is_textstats(textstat: Any, name: str) -> None:
    text = TEXTS[name]
    # Early releases round to two decimals.
    assert counted(text).flesch_reading_ease() == pytest.approx(textstat.flesch_reading_ease(text))


@pytest.mark.parametrize("name", TEXTS)
def test_fog_and_dale_chall_are_textstats(textstat: Any, name: str) -> None:
    if importlib.util.find_spec("textstat.backend") is None:
        pytest.skip("early releases of textstat count a difficult word once however often it occurs")
    text = TEXTS[name]
    assert counted(text).gunning_fog() == pytest.approx(textstat.gunning_fog(text))
    expected = textstat.dale_chall_readability_score(text)
    assert counted(text).dale_chall() == pytest.approx(expected)


@pytest.mark.parametrize("name", TEXTS)
def test_counts_are_textstats(textstat: Any, name: str) -> None:
    text, ours = TEXTS[name], counted(TEXTS[name])
    assert ours.tally.words == textstat.lexicon_count(text)
    assert ours.sentences == textstat.sentence_count(text)
    assert ours.tally.syllables == textstat.syllable_count(text)


def test_scoring_from_a_cold_start_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    for kept in (
        spelling.easy_words,
        spelling._kinds,
        spelling._hyphenator,
        spelling._pattern_finder,
        spelling._patterns,
    ):
        kept.cache_clear()
    words._vocabulary = words.Vocabulary()
    doc = build_document(Page("\n\n".join(TEXTS.values()), "text"))
    readings = Runner(only=["flesch_reading_ease", "gunning_fog", "dale_chall"]).run(doc, strict=True)
    assert {r.status for r in readings} == {"ok"}


def test_word_list_is_the_dale_chall_list() -> None:
    words = spelling.easy_words()
    assert len(words) > 2_900
    assert {"about", "garden", "window", "cup", "may"} <= words
    assert "parliamentary" not in words


def test_syllables_fill_no_cache_of_pyphen() -> None:
    cache = spelling._hyphenator().hd.cache
    before = len(cache)
    for n in range(50):
        spelling.syllables(f"syllable{'a' * (n % 7)}tion")
    assert len(cache) == before


def test_syllables_are_pyphens() -> None:
    hyphenator = spelling._hyphenator()
    text = " ".join(TEXTS.values()).lower()
    for word in {*text.split(), "a", "ab", "hyphenation", "it's", "straße", "co-operate", "x" * 39}:
        assert spelling.syllables(word) == len(hyphenator.positions(word)) + 1
