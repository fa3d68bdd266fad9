"""Pages without capitals have weights of their own."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import pytest

from qualityscore import ModelError, ModelVersionError, Page, Scorer
from qualityscore.fitting.assemble import model_log_odds, recalibrated, with_manifest, without_capitals
from qualityscore.fitting.stream import extract_stream
from qualityscore.fitting.table import Table
from qualityscore.model.bundle import Model
from tests.model.test_bundle import rewrite
from tests.pages import CAREFUL, FARM, farm_html, small_model

LOWERED = [Page(FARM.lower()), Page(CAREFUL.lower()), Page(farm_html().lower(), "html")]
ORDINARY = [Page(FARM), Page(CAREFUL), Page(farm_html(), "html")]


@pytest.fixture(scope="module")
def both() -> Model:
    """The small model with a part for pages without capitals that says something else."""
    base = small_model()
    part = dataclasses.replace(small_model(slope=0.7, intercept=0.3), kinds=None)
    return with_manifest(dataclasses.replace(base, caseless=part), base.manifest)


def log_odds(score: float | None) -> float:
    assert score is not None
    return math.log(score / (1 - score))


def test_pages_without_capitals_and_no_others_get_their_weights(both: Model) -> None:
    assert both.caseless is not None
    told = Scorer(both, explain=3).score_many([*LOWERED, *ORDINARY])
    for verdict, page in zip(told, [*LOWERED, *ORDINARY], strict=True):
        part = both.caseless if page in LOWERED else dataclasses.replace(both, caseless=None)
        alone = Scorer(part, explain=3).score(page)
        assert (verdict.score, verdict.parts) == (alone.score, alone.parts)
        assert verdict.interval == alone.interval
        assert [s.contribution for s in verdict.signals] == [s.contribution for s in alone.signals]
        assert [n.contribution for n in verdict.lexical] == [n.contribution for n in alone.lexical]


def test_the_parts_differ_and_add_up(both: Model) -> None:
    for page in LOWERED:
        verdict = Scorer(both).score(page)
        assert verdict.parts is not None
        assert sum(verdict.parts.values()) == pytest.approx(log_odds(verdict.score), abs=1e-9)
        assert verdict.score != Scorer(small_model()).score(page).score


def test_one_name_written_right_is_not_enough_to_be_an_ordinary_page(both: Model) -> None:
    (page,) = LOWERED[:1]
    text = page.content
    assert isinstance(text, str)
    at = text.index(" ", 100) + 1
    once = Page(text[:at] + text[at].upper() + text[at + 1 :])
    assert abs(log_odds(Scorer(both).score(once).score) - log_odds(Scorer(both).score(page).score)) < 0.5


def test_without_the_signal_that_counts_capitals_all_pages_are_ordinary(both: Model) -> None:
    (page,) = LOWERED[:1]
    ordinary = Scorer(small_model(), disable=["capital_share"]).score(page)
    assert Scorer(both, disable=["capital_share"]).score(page).score == ordinary.score


def test_the_table_gives_what_the_scorer_gives(both: Model) -> None:
    pages = [*LOWERED, *ORDINARY]
    rows = [row for _, row in extract_stream(enumerate(pages))]
    table = Table.build(rows, [0] * 6, ["site"] * 6)
    assert without_capitals(table).tolist() == [True] * 3 + [False] * 3
    found = [log_odds(Scorer(both).score(page).score) for page in pages]
    assert model_log_odds(both, table) == pytest.approx(found, abs=1e-6)


def test_the_file_keeps_both_parts(both: Model, tmp_path: Path) -> None:
    both.save(tmp_path / "m.npz")
    again = Model.load(tmp_path / "m.npz")
    assert again.id == both.id != small_model().id
    assert again.caseless is not None
    assert again.caseless.manifest == again.manifest
    for page in LOWERED:
        assert Scorer(again).score(page) == Scorer(both).score(page)


def test_the_digest_covers_the_part(both: Model, tmp_path: Path) -> None:
    assert both.caseless is not None
    both.save(tmp_path / "m.npz")
    weights = both.caseless.lexical.channels[0].weights.copy()
    weights[0] += 1
    changed = rewrite(tmp_path / "m.npz", tmp_path / "n.npz", caseless_weights0=weights)
    with pytest.raises(ModelError, match=r"n\.npz"):
        Model.load(changed)
    missing = rewrite(tmp_path / "m.npz", tmp_path / "o.npz", caseless_keys0=None)
    with pytest.raises(ModelError, match=r"o\.npz"):
        Model.load(missing)


def test_calibration_moves_both_parts(both: Model) -> None:
    after = recalibrated(both, 0.5, 1.0, both.thresholds, both.manifest)
    for page in (LOWERED[0], ORDINARY[0]):
        before, now = (log_odds(Scorer(m).score(page).score) for m in (both, after))
        assert now == pytest.approx(0.5 * before + 1.0, abs=1e-9)


def test_a_part_that_needs_what_is_not_measured(both: Model) -> None:
    assert both.caseless is not None
    columns = [*both.text.columns, *both.page.columns]
    with pytest.raises(ModelVersionError, match=r"capital_share\.letters"):
        both.require([c for c in columns if c != "capital_share.letters"])
