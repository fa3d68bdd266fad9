"""Models from own labels: honest folds, calibration, refusals; copies; the stream of features."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from qualityscore import ModelFormatError, Page, Scorer, TrainingError
from qualityscore.fitting.assemble import model_log_odds, settings_of
from qualityscore.fitting.copies import find_copies
from qualityscore.fitting.lexical import NgramCounts
from qualityscore.fitting.own import check, train_own, without_idle_page_part
from qualityscore.fitting.pipeline import calibrate, fit
from qualityscore.fitting.stream import CHUNK, extract_stream
from qualityscore.fitting.table import Table
from qualityscore.model.bundle import Model
from tests.labelled import rows
from tests.pages import FARM, SHORT, farm_html, small_model

MANIFEST = {"name": "test", "version": "0.1.0"}
ROWS = rows()
PAGES = [Page.from_html(row["html"]) for row in ROWS]


@pytest.fixture(scope="module")
def table() -> Table:
    features = [row for _, row in extract_stream((n, page) for n, page in enumerate(PAGES))]
    return Table.build(features, [int(r["side"] == "farm") for r in ROWS], [r["site"] for r in ROWS])


def part(table: Table, keep: np.ndarray) -> Table:
    at = np.flatnonzero(keep)
    return replace(
        table,
        words=[table.words[i] for i in at],
        tokens=[table.tokens[i] for i in at],
        **{name: getattr(table, name)[at] for name in ("x", "html", "scored", "n_words", "y", "group")},
    )


def test_the_table_gives_what_the_scorer_gives(table: Table) -> None:
    model = small_model()
    score = 1 / (1 + np.exp(-model_log_odds(model, table)))
    for n in range(0, 40, 7):
        assert Scorer(model).score(PAGES[n]).score == pytest.approx(score[n], abs=1e-9)
    parts = Scorer(model).score(PAGES[5]).parts
    assert parts is not None
    text = model.intercept + parts["lexical"] + parts["signals"]
    assert model_log_odds(model, table, page=False)[5] == pytest.approx(text, abs=1e-9)


def test_refit_scores_by_models_that_had_not_seen_the_group(table: Table) -> None:
    own = train_own(table, small_model(), "refit", manifest=MANIFEST)
    assert len(own.fold_models) == 5
    for name in set(table.group):
        assert len(set(own.fold[table.group == name])) == 1
    # The model of a fold scores a page itself as reported.
    for n in range(0, len(PAGES), 31):
        verdict = Scorer(own.fold_models[own.fold[n]]).score(PAGES[n])
        assert verdict.score == pytest.approx(own.score[n], abs=1e-6)
    assert own.score[table.y == 1].mean() > 0.8 > 0.2 > own.score[table.y == 0].mean()
    again = train_own(table, small_model(), "refit", manifest=MANIFEST)
    assert again.model.id == own.model.id
    assert train_own(table, small_model(), "refit", seed=1, manifest=MANIFEST).model.id != own.model.id
    assert own.model.manifest["settings"]["lexical"]["min_groups"] == 3
    assert own.model.thresholds.pages == 120


def test_calibration_keeps_the_order_and_the_weights(table: Table) -> None:
    base = small_model()
    own = train_own(table, base, "calibrate", manifest=MANIFEST)
    before, after = model_log_odds(base, table), model_log_odds(own.model, table)
    slope = own.model.slope / base.slope
    assert slope > 0
    assert after == pytest.approx(slope * before + (after - slope * before)[0])
    assert np.array_equal(own.model.lexical.channels[0].weights, base.lexical.channels[0].weights)
    assert own.model.id != base.id
    brier = [float(np.mean((s - table.y) ** 2)) for s in (own.score, own.baseline)]
    assert brier[0] < brier[1]
    n = 3
    held = Scorer(own.fold_models[own.fold[n]]).score(PAGES[n])
    assert held.score == pytest.approx(own.score[n], abs=1e-6)


def test_separable_labels_do_not_become_certain(table: Table) -> None:
    y = (model_log_odds(small_model(), table) > -1.4).astype(np.int64)
    own = train_own(replace(table, y=y), small_model(), "calibrate", manifest=MANIFEST)
    certain, _ = calibrate(model_log_odds(small_model(), table), y)
    assert 0 < own.model.slope / small_model().slope < certain / 3
    assert own.score[y == 1].max() > 0.9


def test_labels_the_wrong_way_round_are_refused(table: Table) -> None:
    with pytest.raises(TrainingError, match="the wrong way round"):
        train_own(replace(table, y=1 - table.y), small_model(), "calibrate", manifest=MANIFEST)


@pytest.mark.parametrize(
    ("keep", "says"),
    [
        (lambda t: np.arange(len(t)) < 20, "needs 200 labelled pages that get a score; there are 20 of 20"),
        (lambda t: np.arange(len(t)) < 100, "with 50 you can recalibrate"),
        (lambda t: (t.y == 0) | (np.arange(len(t)) < 20), "needs 200 labelled pages"),
    ],
)
def test_too_little_is_refused(table: Table, keep: object, says: str) -> None:
    with pytest.raises(TrainingError, match=says):
        check(part(table, keep(table)), "refit")  # type: ignore[operator]


def test_one_class_and_one_group_are_refused(table: Table) -> None:
    with pytest.raises(TrainingError, match="20 pages of each label; there are 0 positive"):
        check(replace(table, y=np.zeros_like(table.y)), "refit")
    alone = np.where(table.y == 1, "one", table.group)
    with pytest.raises(TrainingError, match="all positive pages are of one group"):
        check(replace(table, group=alone), "refit")
    two = np.where((table.y == 1) & (table.group > "s12"), "b", np.where(table.y == 1, "a", table.group))
    assert check(replace(table, group=two), "refit") == 2


def test_a_fold_of_one_label_is_refused(table: Table) -> None:
    counts = NgramCounts(table, settings_of(small_model()).lexical)
    with pytest.raises(TrainingError, match="one label only are left"):
        fit(table, counts, np.flatnonzero(table.y == 1), settings_of(small_model()))


def test_html_on_one_side_only_teaches_no_page_part(table: Table) -> None:
    html = table.html & (table.y == 1)
    assert not without_idle_page_part(replace(table, html=html)).html.any()
    assert without_idle_page_part(table).html.all()
    own = train_own(replace(table, html=html), small_model(), "refit", manifest=MANIFEST)
    assert own.model.page_intercept == 0
    assert not own.model.page.rises.any()


def test_settings_come_from_the_manifest() -> None:
    told = {
        "lexical": {"channels": [["words", 1]], "c": 2.0},
        "additive": {"raises": ["trivia_box.x"], "c": 0.2},
    }
    model = small_model(manifest={**small_model().manifest, "settings": told})
    settings = settings_of(model, folds=3)
    assert settings.lexical.channels == (("words", 1),)
    assert settings.additive.raises == frozenset(["trivia_box.x"])
    assert (settings.lexical.c, settings.additive.c, settings.folds) == (2.0, 0.2, 3)
    assert settings_of(small_model()).text_columns == tuple(small_model().text.columns)
    for damaged in ({"lexical": {"nonsense": 1}}, {"additive": 5}, {"lexical": {"channels": [["words"]]}}):
        with pytest.raises(ModelFormatError, match="settings"):
            settings_of(small_model(manifest={**small_model().manifest, "settings": damaged}))


def test_the_shipped_model_tells_its_settings() -> None:
    from qualityscore.model.shipped import shipped_model_path

    settings = settings_of(Model.load(shipped_model_path()))
    assert len(settings.additive.raises) > 20
    assert settings.lexical.channels[0] == ("words", 1)


def test_near_copies_are_found_across_labels_and_groups(table: Table) -> None:
    assert find_copies(table).labels == find_copies(table).groups == []
    text = "\n\n".join(
        f"Sentence number {n} of a page that was written to be copied elsewhere." for n in range(30)
    )
    near = text.replace("number 7", "number seven")
    other = "\n\n".join(f"Line {n} says another thing about boats, ropes and the tide." for n in range(30))
    pages = [Page.from_text(t) for t in (text, near, text, other, text)]
    made = Table.build([r for _, r in extract_stream((0, p) for p in pages)], [1, 0, 1, 0, 1], list("abcda"))
    copies = find_copies(made)
    assert (0, 1) in copies.labels
    assert (0, 2) in copies.groups
    assert all(3 not in pair for pair in [*copies.labels, *copies.groups])
    assert (0, 4) not in copies.groups, "the same group and label is no leak"


@pytest.mark.parametrize("workers", [1, 2])
def test_the_stream_keeps_order_and_holds_few_pages(workers: int) -> None:
    taken = 0

    def source() -> object:
        nonlocal taken
        for n in range(8 * CHUNK):
            taken += 1
            yield n, Page(b"%PDF-1.4\x00\x00") if n == 3 else Page.from_text(SHORT)

    stream = extract_stream(source(), workers=workers)  # type: ignore[arg-type]
    first = next(stream)
    if workers == 1:
        assert taken <= CHUNK
    rest = list(stream)
    assert [note for note, _ in [first, *rest]] == list(range(8 * CHUNK))
    assert rest[2][1].error
    assert rest[3][1].abstained == "too_short"


def test_a_signal_that_fails_leaves_its_columns_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    from qualityscore import all_signals

    def broken(doc: object, hits: object = None) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setitem(vars(all_signals()["truncated_ending"]), "function", broken)
    ((_, row),) = extract_stream([(0, Page.from_html(farm_html(FARM)))])
    assert row.error == ""
    assert np.isnan(row.values).any() and not np.isnan(row.values).all()
