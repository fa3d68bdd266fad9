"""Which field says what, and what is wrong with the labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from qualityscore import ConfigError, Page
from qualityscore.evaluation.labels import LabelFields, Labels, plain, year_of
from qualityscore.sources import Item


def item(n: int, **values: Any) -> Item:
    return Item(f"t.jsonl:{n}", Page.from_text("words"), values=values)


def test_values_become_plain_text() -> None:
    values = (None, True, False, 1, 1.0, 1.5, float("nan"), " a\n b ", "NaN", "null", "0")
    assert [plain(v) for v in values] == ["", "true", "false", "1", "1", "1.5", "", "a b", "", "", "0"]


def test_years() -> None:
    assert [year_of(d) for d in ("2024-05-01", "2024", "20240501", "05/2024", "", "1066-01-01")] == [
        "2024", "2024", "", "", "", "",
    ]  # fmt: skip


def test_labels_groups_and_facets() -> None:
    fields = LabelFields("side", "farm", group="site", kind="kind", source="from", date="day", id="key")
    labels = Labels(fields)
    found = list(
        labels.read(
            [
                item(1, side="farm", site="a", kind="spun", day="2024-05-01", key="k1", **{"from": "x"}),
                item(2, side="human", site=None, kind=None, day="", key="k2", **{"from": "x"}),
                item(3, side=float("nan"), site="b", kind="", day="", key="k3", **{"from": ""}),
                Item("lost.jsonl", None, "no such file"),
                Item("t.jsonl:5", None, "field 'html' holds no text", {"side": "farm", "site": "c"}),
            ]
        )
    )
    assert [f.y for f in found] == [1, 0, -1, -1, 1]
    assert [f.group for f in found] == ["a", "(none) t.jsonl:2", "b", "", "c"]
    assert (found[0].kind, found[0].source, found[0].year, found[0].id) == ("spun", "x", "2024", "k1")
    assert found[2].error == "no label in field 'side'"
    assert found[3].error == "no such file"
    assert found[4].page is None
    assert "one row has no 'site'" in labels.warnings()[0]


def test_other_labels_are_negative_unless_the_negative_ones_are_named() -> None:
    rows = [item(1, y="farm"), item(2, y="human"), item(3, y="mixed")]
    labels = Labels(LabelFields("y", "farm"))
    assert [f.y for f in labels.read(rows)] == [1, 0, 0]
    assert "several labels count as negative: human (1), mixed (1)" in labels.warnings()[0]
    assert "no group field" in labels.warnings()[1]
    named = Labels(LabelFields("y", "farm", frozenset(["human"])))
    found = list(named.read(rows))
    assert [f.y for f in found] == [1, 0, -1]
    assert [f.other for f in found] == [False, False, True]
    assert not any("several" in w for w in named.warnings())


def test_numbers_and_booleans_are_labels() -> None:
    assert [f.y for f in Labels(LabelFields("y", "1")).read([item(1, y=1), item(2, y=0.0)])] == [1, 0]
    assert [f.y for f in Labels(LabelFields("y", "1")).read([item(1, y="1.0"), item(2, y="0.0")])] == [1, 0]
    assert [f.y for f in Labels(LabelFields("y", "True")).read([item(1, y="true"), item(2, y=False)])] == [
        1,
        0,
    ]
    assert [f.label for f in Labels(LabelFields("y", "v1.0")).read([item(1, y="v1.0")])] == ["v1.0"]
    assert [f.y for f in Labels(LabelFields("y", "true")).read([item(1, y=True), item(2, y=False)])] == [1, 0]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (LabelFields("label", "farm"), "no row has a field 'label' (--label-field); fields are: side, site"),
        (LabelFields("side", "spam"), "no row has the label 'spam' (--positive); the labels are: farm (1), human"),
        (LabelFields("side", "farm", frozenset(["good"])), "no row has the label 'good' (--negative)"),
        (LabelFields("side", "farm", frozenset(["farm"])), "both --positive and --negative"),
        (LabelFields("side", "farm", group="network"), "no row has a field 'network' (--group-field)"),
    ],
)  # fmt: skip
def test_wrong_names_are_told_with_what_there_is(fields: LabelFields, says: str) -> None:
    rows = [item(1, side="farm", site="a"), item(2, side="human", site="b")]
    with pytest.raises(ConfigError) as error:
        list(Labels(fields).read(rows))
    assert says in str(error.value)


def test_no_rows_at_all() -> None:
    with pytest.raises(ConfigError, match="no labelled rows"):
        list(Labels(LabelFields("y", "1")).read([Item("gone.csv", None, "no such file")]))


def test_a_wrong_field_is_told_early() -> None:
    taken = 0

    def many() -> Iterator[Item]:
        nonlocal taken
        for taken in range(1, 5000):
            yield item(taken, side="farm")

    with pytest.raises(ConfigError, match="no row has a field 'label'"):
        list(Labels(LabelFields("label", "farm")).read(many()))
    assert taken == 1000
