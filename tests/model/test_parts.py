"""The parts of a model: additive, lexical, thresholds, where the shipped one lies."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualityscore import ModelFormatError, Page, build_document
from qualityscore.model import shipped
from qualityscore.model.additive import AdditiveModel, ramps
from qualityscore.model.bundle import Model
from qualityscore.model.lexical import Channel, known_ngrams, ngram_hashes, stream_ids
from qualityscore.model.thresholds import Thresholds
from tests.pages import CAREFUL, FARM

ADDITIVE = AdditiveModel(
    ("a.x", "b.y"), np.array([[0.0, 2.0, 8.0], [-1.0, 0.0, 1.0]]), np.array([[0.8, -0.2], [0.5, 0.5]]),
    np.array([0.0, 0.5]),
)  # fmt: skip


def test_additive_values_by_hand() -> None:
    x = np.array([[0.0, 0.5], [1.0, -1.0], [2.0, 9.0], [5.0, np.nan], [99.0, -99.0]])
    expected = [[0.0, 0.0], [0.4, -0.75], [0.8, 0.25], [0.7, 0.0], [0.6, -0.75]]
    np.testing.assert_allclose(ADDITIVE.contributions(x), expected, atol=1e-12)


def test_no_rows_and_no_columns() -> None:
    assert ADDITIVE.contributions(np.empty((0, 2))).shape == (0, 2)
    empty = AdditiveModel((), np.empty((0, 3)), np.empty((0, 2)), np.empty(0))
    assert empty.contributions(np.empty((4, 0))).shape == (4, 0)


def test_equal_knots_are_a_step_and_no_division_by_zero() -> None:
    step = AdditiveModel(("a.x",), np.array([[1.0, 1.0]]), np.array([[2.0]]), np.zeros(1))
    values = step.contributions(np.array([[0.0], [1.0], [1.5]]))
    assert np.isfinite(values).all()
    np.testing.assert_allclose(values[:, 0], [0.0, 0.0, 2.0])


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_additive_is_bounded_everywhere(a: float, b: float) -> None:
    values = ADDITIVE.contributions(np.array([[a, b]]))
    assert np.isfinite(values).all()
    assert (np.abs(values) <= 2.0).all()


@given(st.floats(-20, 20), st.floats(0, 1e-3))
def test_additive_has_no_cliffs(x: float, step: float) -> None:
    near = ADDITIVE.contributions(np.array([[x, x], [x + step, x + step]]))
    assert np.abs(near[1] - near[0]).max() <= 0.5 * step + 1e-9


def test_ramps_shape() -> None:
    assert ramps(np.zeros((5, 2)), np.zeros((2, 3)), np.ones((2, 3))).shape == (5, 2, 3)


def test_ngram_hashes() -> None:
    ids = np.array([1, 2, 3, 1, 2], np.uint32)
    assert ngram_hashes(ids, 1).tolist() == ids.tolist()
    pairs = ngram_hashes(ids, 2)
    assert len(pairs) == 4
    assert pairs[0] == pairs[3]
    assert len(set(pairs.tolist())) == 3
    assert ngram_hashes(ids, 6).shape == (0,)
    assert ngram_hashes(np.array([2, 1], np.uint32), 2) != pairs[0]


def test_known_ngrams_are_counted_and_normalised() -> None:
    keys = np.array([10, 20, 30], np.uint32)
    columns, values = known_ngrams(np.array([20, 5, 20, 10, 99], np.uint32), keys)
    assert columns.tolist() == [0, 1]
    raw = np.array([math.log(2), math.log(3)])
    np.testing.assert_allclose(values, raw / np.linalg.norm(raw))
    for hashes, known in (([], [1]), ([1], []), ([5], [1])):
        columns, values = known_ngrams(np.array(hashes, np.uint32), np.array(known, np.uint32))
        assert len(columns) == len(values) == 0


@pytest.mark.parametrize("text", [FARM, CAREFUL, "", "word", "1 2 3"])
def test_lexical_explanation_adds_up(model: Model, text: str) -> None:
    doc = build_document(Page.from_text(text))
    grams = model.lexical.explain(doc, 10_000, 0.5)
    assert sum(g.contribution for g in grams) == pytest.approx(
        0.5 * model.lexical.log_odds([doc])[0], abs=1e-9
    )
    for gram in grams:
        for start, end in gram.spans:
            assert " ".join(doc.folded[start:end].split()).lower() == gram.ngram.lower()


def test_lexical_log_odds_are_the_same_to_the_bit_in_any_batch(model: Model) -> None:
    texts = [FARM, "", "word", CAREFUL, "so so " * 2000, FARM]
    docs = [build_document(Page.from_text(text)) for text in texts]
    together = model.lexical.log_odds(docs).tolist()
    assert together == [float(model.lexical.log_odds([doc])[0]) for doc in docs]
    assert together[0] != together[3]
    assert model.lexical.log_odds([]).shape == (0,)


def test_streams(model: Model) -> None:
    doc = build_document(Page.from_text("Anna Smith went home. It rained."))
    assert len(stream_ids(doc, "words")) == doc.n_words
    assert len(stream_ids(doc, "tokens")) == len(doc.tokens.starts)
    unknown = Channel("words", 9, np.empty(0, np.uint32), np.empty(0, np.float32))
    assert len(unknown.known(doc)[0]) == 0


THRESHOLDS = Thresholds([0.001, 0.01, 0.05], [0.97, 0.8, 0.5], 5000, 120)


@pytest.mark.parametrize(
    ("rate", "score"),
    [(0.0001, 0.97), (0.001, 0.97), (0.005, 0.97), (0.01, 0.8), (0.049, 0.8), (0.05, 0.5), (1.0, 0.5)],
)
def test_threshold_at_a_rate_never_exceeds_it(rate: float, score: float) -> None:
    assert THRESHOLDS.at(rate) == score


def test_caveats() -> None:
    assert THRESHOLDS.certified(0.002)
    assert not THRESHOLDS.certified(0.001)
    assert THRESHOLDS.caveat(0.01) == ""
    assert THRESHOLDS.caveat(0.001) == "not certified by 5,000 pages of 120 networks"


def test_thresholds_round_trip() -> None:
    assert Thresholds.from_manifest(THRESHOLDS.to_manifest()) == THRESHOLDS


@pytest.mark.parametrize(
    "data",
    [{}, {"rates": [], "scores": [], "pages": 1, "networks": 1}, {"rates": [0.1], "scores": [], "pages": 1, "networks": 1},
     {"rates": [0.2, 0.1], "scores": [0.1, 0.2], "pages": 1, "networks": 1}],
)  # fmt: skip
def test_thresholds_that_make_no_sense(data: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError)):
        Thresholds.from_manifest(data)


def test_an_installation_without_its_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / "qualityscore"
    (package / "model").mkdir(parents=True)
    monkeypatch.setattr(shipped, "__file__", str(package / "model" / "shipped.py"))
    with pytest.raises(ModelFormatError, match="reinstall"):
        shipped.shipped_model_path()
    for folder in (tmp_path / "site" / "models", package / "_models"):
        folder.mkdir()
        (folder / shipped.NAME).write_bytes(b"")
        assert shipped.shipped_model_path() == folder / shipped.NAME
