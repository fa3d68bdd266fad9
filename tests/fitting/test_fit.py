"""A whole small fit: the stack agrees with its estimator, the parts add up, nothing leaks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from qualityscore.document import Page
from qualityscore.fitting.additive import AdditiveSettings, fit_stack, place_knots
from qualityscore.fitting.lexical import LexicalSettings, NgramCounts, fit_lexical, lexical_log_odds
from qualityscore.fitting.pipeline import FitSettings, calibrate, cross_fit
from qualityscore.fitting.table import Table, all_columns, extract

FARM = "In today's fast-paced world it is crucial to understand the importance of {}. Ultimately, experts agree on {}."
HUMAN = "I walked to {} on Tuesday with Ann. She said it was shut, and we ate our {} on the wall for an hour."
TOPICS = ["tea", "boats", "locks", "maps", "bread", "wool", "slate", "bees"]


def make_table(groups: int = 8, pages: int = 4) -> Table:
    made, y, group = [], [], []
    rng = np.random.default_rng(0)
    for g in range(groups):
        for p in range(pages):
            template = FARM if g % 2 else HUMAN
            words = rng.choice(TOPICS, 12)
            text = "\n\n".join(template.format(words[i], words[i + 1]) for i in range(0, 12, 2))
            made.append(
                Page.from_html(f"<article><p>{text}</p></article>") if p % 2 else Page.from_text(text)
            )
            y.append(g % 2)
            group.append(f"g{g}")
    return Table.build(extract(made), y, group)


@pytest.fixture(scope="module")
def table() -> Table:
    return make_table()


def test_extract_names_every_column_and_records_errors() -> None:
    rows = extract([Page.from_html(b"%PDF-1.4 binary"), Page.from_text("Short.")])
    assert "binary" in rows[0].error and np.isnan(rows[0].values).all()
    assert rows[1].abstained == "too_short"
    assert len(rows[1].values) == len(all_columns())


def test_lexical_model_of_the_table_equals_the_model_on_the_page(table: Table) -> None:
    counts = NgramCounts(table, LexicalSettings(min_groups=2))
    rows = np.arange(len(table))
    model = fit_lexical(counts, table, rows)
    from_table = lexical_log_odds(model, counts, rows)
    from qualityscore.document import build_document

    text = "\n\n".join(FARM.format("tea", "bees") for _ in range(5))
    doc = build_document(Page.from_text(text))
    single = Table.build(extract([Page.from_text(text)]), [1], ["new"])
    assert model.log_odds([doc])[0] > 0
    assert from_table[table.y == 1].min() > from_table[table.y == 0].max()
    # A page outside the table: same arithmetic through the channel's own lookup.
    total = sum(
        float(c.weights[cols].astype(float) @ vals) for c in model.channels for cols, vals in [c.known(doc)]
    )
    assert model.log_odds([doc])[0] == pytest.approx(total)
    assert single.words[0].shape == doc.hashes.shape


def test_vocabulary_counts_networks_of_the_training_rows_only(table: Table) -> None:
    counts = NgramCounts(table, LexicalSettings(min_groups=3))
    two_groups = np.flatnonzero(np.isin(table.group, ["g0", "g2"]))
    assert all(len(counts.shared_columns(i, two_groups)) == 0 for i in range(3))
    all_rows = np.arange(len(table))
    assert len(counts.shared_columns(0, all_rows)) > 5


def test_stack_matches_scikit_learn_and_adds_up() -> None:
    rng = np.random.default_rng(1)
    n = 400
    y = rng.integers(0, 2, n)
    html = rng.random(n) < 0.5
    x_text = rng.normal(size=(n, 3)) + y[:, None]
    x_text[rng.random((n, 3)) < 0.1] = np.nan
    x_page = rng.normal(size=(n, 2)) + 2 * y[:, None]
    z = rng.normal(size=n) + y
    stack = fit_stack(
        z, x_text, ("a.x", "b.x", "c.x"), x_page, ("p.x", "q.x"), html, y, np.ones(n), AdditiveSettings(c=0.1)
    )
    total = stack.log_odds(z, x_text, x_page, html)
    by_hand = stack.intercept + stack.lexical * z + stack.text.contributions(x_text).sum(axis=1)
    by_hand = by_hand + np.where(html, stack.page_intercept + stack.page.contributions(x_page).sum(axis=1), 0)
    assert total == pytest.approx(by_hand)
    assert stack.lexical > 0
    with_page = ((total > 0) == y)[html].mean()
    without = ((stack.log_odds(z, x_text, x_page, html & False) > 0) == y)[html].mean()
    assert with_page > without > 0.7


def test_knots_keep_zero_apart_and_never_touch() -> None:
    x = np.array([0.0] * 80 + list(np.linspace(1, 20, 20)))
    knots = place_knots(x, np.ones(100), 6)
    assert knots[0] == 0 and knots[1] > 0
    width = np.diff(knots)
    assert (width >= 0).all() and width[0] > 0
    assert (width[width > 0] > 0.03 * (knots[-1] - knots[0])).all()
    constant = place_knots(np.full(10, 3.0), np.ones(10), 6)
    assert constant[0] == 3 and constant[1] > 3
    assert (place_knots(np.full(4, np.nan), np.ones(4), 3) == 0).all()


def test_cross_fit_scores_every_row_by_models_that_had_not_seen_its_group(table: Table) -> None:
    settings = FitSettings(
        text_columns=("contraction_scarcity.places",)
        if "contraction_scarcity.places" in table.columns
        else (),
        page_columns=(),
        lexical=LexicalSettings(min_groups=2),
        folds=4,
        inner_folds=3,
    )
    counts = NgramCounts(table, settings.lexical)
    labelled = np.ones(len(table), dtype=bool)
    labelled[table.group == "g7"] = False
    result = cross_fit(table, counts, settings, labelled, labelled)
    assert (result.fold[~labelled] == -1).all() and (result.fold[labelled] >= 0).all()
    assert np.isfinite(result.log_odds).all()
    assert len(result.models) == 4
    slope, _ = calibrate(result.log_odds[labelled], table.y[labelled])
    assert slope > 0
    assert result.log_odds[table.group == "g7"].min() > result.log_odds[table.y == 0].max()


def test_expected_defects_keep_their_prior_until_pages_say_otherwise() -> None:
    rng = np.random.default_rng(2)
    n = 600
    y = rng.integers(0, 2, n)
    # A rare defect on two farm pages, one as frequent on both sides, and one that nothing has.
    rare, common = np.zeros(n), (rng.random(n) < 0.5).astype(float)
    rare[np.flatnonzero(y == 1)[:2]] = [1.0, 3.0]
    x = np.column_stack([rare, common, np.zeros(n)])
    columns = ("a.rare", "b.common", "c.never")
    nothing = np.zeros((n, 0))

    def fitted(prior: float) -> npt.NDArray[np.float64]:
        settings = AdditiveSettings(raises=frozenset(columns), expected=frozenset(columns), prior=prior)
        z, html = rng.normal(size=n), np.zeros(n, dtype=bool)
        stack = fit_stack(z, x, columns, nothing, (), html, y, np.ones(n), settings)
        return np.asarray(stack.text.rises.sum(axis=1))

    without, expected = fitted(0.0), fitted(0.8)
    assert 0 <= without[0] < 0.3 and expected[0] == pytest.approx(0.8, abs=0.3)
    assert expected[1] - without[1] < 0.6
    assert without[2] == expected[2] == 0
