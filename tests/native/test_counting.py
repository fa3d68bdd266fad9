"""Compiled counting and sharing against those in Python."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.signals import counts as python
from qualityscore.signals.automation import lost_capital, lost_space
from qualityscore.signals.counts import Counts
from qualityscore.signals.repetition import _grams, incoherent_neighbours, lexical_diversity, restated_title
from qualityscore.signals.repetition import repeated_sentence_frames as sentence_frames
from qualityscore.signals.shape import _chars, _tally
from qualityscore.signals.specificity import uncommon_words
from qualityscore.signals.spelling import EASY, NUMBER, STOP
from tests.native.documents import document, texts

counting = pytest.importorskip("qualityscore.native.counting", reason="the compiled parts were not built")
sharing = pytest.importorskip("qualityscore.native.sharing", reason="the compiled parts were not built")

numbers = st.lists(st.integers(0, 40), max_size=120)


def _bytes(mask: np.ndarray) -> np.ndarray:
    return np.asarray(mask, dtype=np.bool_).view(np.uint8)


@given(st.lists(st.sampled_from([0, 1, 255, 256, 1 << 31, (1 << 32) - 1]) | st.integers(0, (1 << 32) - 1)))
def test_numbers_of_types(hashes: list[int]) -> None:
    array = np.array(hashes, dtype=np.uint32)
    ids, n_types = counting.number_types(array)
    expected, n_expected = python.number_types_in_python(array)
    assert (ids.tolist(), n_types, ids.dtype) == (expected.tolist(), n_expected, expected.dtype)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_documents(text: str) -> None:
    doc = document(text)
    prose = {line.first for line in doc.prose}
    found = counting.prose_sentences(doc.sentences, doc.lines, prose, doc.n_words)
    expected = python.prose_sentences_in_python(doc.sentences, doc.lines, prose, doc.n_words)
    assert [np.asarray(part).tolist() for part in found] == [np.asarray(part).tolist() for part in expected]
    c = Counts(doc)
    stop = c.has(STOP)
    bounds = c.firsts, c.lasts
    assert (
        counting.per_sentence(_bytes(stop), *bounds).tolist()
        == python.per_sentence_in_python(stop, *bounds).tolist()
    )
    assert counting.per_line(_bytes(stop), doc.lines) == python.per_line_in_python(stop, doc.lines)
    for shortest, least in ((8, 5), (2, 1)):
        frames = sharing.frames(c.info, c.ids, *bounds, STOP, shortest, least)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sentence_frames, "_SHORTEST", shortest)
            patch.setattr(sentence_frames, "_LEAST", least)
            assert frames == sentence_frames.frames_in_python(c)
    solid = counting.plain(c.info, STOP, 3)
    assert solid.tolist() == python.plain_in_python(c.info, STOP, 3).tolist()
    for first, last in {(0, min(4, doc.n_words)), (doc.n_words // 2, doc.n_words)}:
        masks = _bytes(solid), _bytes(c.prose)
        held = sharing.held_words(*masks, c.ids, c.n_types, first, last, *bounds)
        assert held == restated_title.held_words_in_python(c, solid, first, last)
    places = doc.ascii, doc.words.start_at, doc.words.end_at
    assert counting.gap_kinds(*places).tolist() == python.gap_kinds_in_python(*places).tolist()
    assert counting.count_characters(doc.ascii, doc.article) == _chars.count_characters_in_python(
        doc.ascii, doc.article
    )
    tally = counting.tally(c.info, c.prose.view(np.uint8), NUMBER, STOP, EASY)
    assert _tally.Tally(*tally) == _tally.tally_in_python(c)
    assert uncommon_words._uncommon_types(c) == uncommon_words.uncommon_types_in_python(c)
    assert counting.glued(doc.ascii) == lost_space.glued_in_python(doc.ascii)
    if doc.n_words:
        n = len(c.firsts)
        mask = c.prose & ~stop
        shared = sharing.shared_words(_bytes(mask), c.ids, c.n_types, *bounds, max(2.0, n / 3))
        assert not n or shared == incoherent_neighbours.shared_in_python(c, mask, n)
        for least, most in ((2, 60), (1, 2)):
            arguments = _bytes(stop), c.ids, c.n_types, doc.prose, least, most
            found, expected = sharing.presence(*arguments), _grams.presence_in_python(*arguments)
            assert found[0] == expected[0]
            assert np.array_equal(found[1], expected[1]) and np.array_equal(found[2], expected[2])


@given(st.binary() | st.text("azAZ@[`{.,!? ").map(str.encode))
def test_glued(codes: bytes) -> None:
    ascii = np.minimum(np.frombuffer(codes, dtype=np.uint8), 128)
    assert counting.glued(ascii) == lost_space.glued_in_python(ascii)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6))))
def test_contested(words: list[tuple[int, int]]) -> None:
    kinds = np.array([kind for kind, _ in words], dtype=np.uint8)
    ids = np.array([number for _, number in words], dtype=np.int64)
    found = counting.contested(kinds, 2, 0, ids, 7)
    assert found == lost_capital.contested_in_python(kinds, 2, 0, ids, 7)


@given(numbers, st.integers(1, 30), st.integers(1, 90))
def test_windows(ids: list[int], short: int, long: int) -> None:
    array = np.array(ids, dtype=np.int64)
    found = sharing.repeated_in_windows(array, 41, short, long)
    for repeated, window in zip(found, (short, long), strict=True):
        assert repeated == lexical_diversity.repeated_in_python(array, window)


@given(numbers, st.sets(st.integers(0, 600)), st.integers(1, 5))
def test_places(hashes: list[int], wanted: set[int], row: int) -> None:
    array, ordered = np.array(hashes, dtype=np.uint32) * 7, np.array(sorted(wanted), dtype=np.uint32)
    found = counting.places(array, ordered, row)
    assert found == python.places_in_python(array, ordered, row)
    rows = [[7 * number for number in hashes[i : i + row]] for i in range(len(hashes) - row + 1)]
    assert found == [i for i, words in enumerate(rows) if wanted.issuperset(words)]


@given(st.integers(0, 6), st.integers(1, 9), st.integers(0, 99))
def test_weights(rows: int, columns: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    present = (rng.random((rows, columns)) < 0.4).astype(np.float32)
    used = rng.integers(0, 3, columns)
    weight, norms = rng.random(columns).astype(np.float32), rng.random(rows).astype(np.float32) + 1
    norms[:1] = 0
    found = sharing.weighted(present, used, weight, norms)
    expected = _grams.weighted_in_python(present, used, weight, norms)
    assert found.shape == expected.shape and found.tolist() == expected.tolist()
    # The order in memory decides in which order a product of matrices is summed.
    assert found.flags.f_contiguous and expected.flags.f_contiguous


@given(st.integers(1, 6), st.integers(0, 99))
def test_what_is_most_alike(rows: int, seed: int) -> None:
    similarity = np.random.default_rng(seed).choice(
        np.array([0, 0.25, 0.5, 1, 1.5], np.float32), (rows, rows)
    )
    nearest, *alike = sharing.closest(similarity)
    expected, *both = _grams.closest_in_python(similarity)
    assert (nearest.tolist(), alike) == (expected.tolist(), both)


def test_what_lies_outside_is_refused() -> None:
    mask, one, far = np.ones(3, np.uint8), np.array([0]), np.array([4])
    for wrong in (
        lambda: counting.per_sentence(mask, one, far),
        lambda: counting.per_sentence(mask, np.array([-1]), one),
        lambda: sharing.frames(np.zeros(3, np.int64), np.zeros(3, np.int64), one, far, 1, 1, 1),
        lambda: sharing.held_words(mask, mask, np.zeros(3, np.int64), 1, 0, 1, one, far),
        lambda: sharing.held_words(mask, mask, np.array([0, 5, 0]), 2, 0, 1, one, one),
        lambda: sharing.repeated_in_windows(np.array([0, 5, 0]), 2, 2, 3),
        lambda: sharing.shared_words(mask, np.array([0, 5, 0]), 2, one, np.array([3]), 2.0),
        lambda: sharing.presence(mask, np.array([0, -1, 0]), 2, (), 1, 9),
        lambda: sharing.presence(mask, np.zeros(3, np.int64), 2, document("So it is one line.").lines, 1, 9),
        lambda: counting.count_characters(mask, document("It is one line.").lines),
        lambda: counting.gap_kinds(mask, np.array([0, 9]), np.array([8, 10])),
    ):
        with pytest.raises(IndexError):
            wrong()
