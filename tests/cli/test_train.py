"""``qualityscore train``: models that load, honest figures, refusals in one line."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from qualityscore import Page, Scorer
from qualityscore.evaluation import collect, evaluation_schema
from tests.cli.conftest import Cli, one_line
from tests.labelled import rows, text_of, write
from tests.pages import CAREFUL

ARGUMENTS = ("--label-field", "side", "--positive", "farm", "--group-field", "site", "--kind-field", "kind",
             "--date-field", "day", "--rounds", "100")  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("own") / "pages.jsonl", rows())


@pytest.fixture
def run(cli: Cli, model_path: Path, tmp_path: Path) -> Cli:
    def call(*args: object, **more: object) -> Any:
        return cli("train", *args, *ARGUMENTS, "--model", model_path, "-o", tmp_path / "own.npz", **more)

    return call


def test_a_refit_with_its_report(run: Cli, cli: Cli, data: Path, tmp_path: Path) -> None:
    result = run(data, "--report", tmp_path / "report", "--format", "json", "-q")
    assert result.exit_code == 0
    assert result.stderr == ""
    found = json.loads(result.stdout)
    jsonschema.validate(found, evaluation_schema())
    assert found == json.loads((tmp_path / "report" / "evaluation.json").read_text(encoding="utf-8"))
    assert found["figures"]["ranking"]["auroc"]["value"] > 0.95
    assert found["figures"]["groups"] == {"positive": 12, "negative": 12, "both": 0}
    assert "not certified by 120 negative pages of 12 groups" in " ".join(found["warnings"])
    assert found["baseline"]["measures"]["auroc"]["this"] == found["figures"]["ranking"]["auroc"]["value"]
    assert (tmp_path / "report" / "report.html").stat().st_size > 10_000
    assert (
        len(list(csv.DictReader((tmp_path / "report" / "scores.csv").open(encoding="utf-8", newline=""))))
        == 240
    )
    scorer = Scorer.load(tmp_path / "own.npz")
    assert scorer.model.id == found["model"]["id"]
    farm = scorer.score(Page.from_text(text_of(True, 9999))).score
    human = scorer.score(Page.from_text(text_of(False, 9999))).score
    assert farm is not None and human is not None and farm > 0.5 > human
    manifest = json.loads((tmp_path / "own.json").read_text(encoding="utf-8"))
    assert manifest["method"] == "refit"
    assert manifest["own_metrics"]["warnings"] == found["warnings"]
    assert not list(tmp_path.glob("*.part"))
    assert cli("score", "-", "--model", tmp_path / "own.npz", input=text_of(True, 77)).exit_code == 0
    first = (tmp_path / "own.npz").read_bytes()
    run(data, "-q", "--workers", "2")
    assert (tmp_path / "own.npz").read_bytes() == first


def test_recalibration_explains_its_errors(run: Cli, data: Path) -> None:
    result = run(data, "--calibrate-only", "--format", "json", "-q")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    jsonschema.validate(found, evaluation_schema())
    brier = found["baseline"]["measures"]["brier"]
    assert brier["this"] < brier["baseline"]
    worst = found["worst"]["misses"] + found["worst"]["false_positives"]
    assert worst
    for page in worst:
        assert sum(page["parts"].values()) == pytest.approx(_log_odds(page["score"]), abs=0.02)


def _log_odds(p: float) -> float:
    import math

    return math.log(p / (1 - p))


def test_a_table_and_where_it_went(run: Cli, data: Path, tmp_path: Path) -> None:
    result = run(data, "--format", "table", "-v")
    assert "Refit, measured out of fold" in result.stdout
    assert "against model" in result.stdout
    assert "own.npz, model" in result.stderr
    assert "fold 5 of 5" in result.stderr


def test_oddities_are_named_but_train(run: Cli, tmp_path: Path) -> None:
    lines = rows()
    lines[1]["html"] = lines[0]["html"]
    lines[3]["site"] = lines[0]["site"]
    lines.append({**lines[5]})
    lines.append({**lines[5], "id": "new", "html": None})
    lines.append({**lines[5], "id": "other", "side": "unsure"})
    data = write(tmp_path / "odd.jsonl", lines)
    result = run(data, "--negative", "human", "--format", "json")
    assert result.exit_code == 3
    found = json.loads(result.stdout)
    told = " ".join(found["warnings"])
    for words in (
        "near-identical pages have different labels (first: ",
        "group has pages of both labels (s00)",
        "rows repeat an id",
    ):
        assert words in told, words
        assert words in " ".join(result.stderr.split())
    assert (found["not_read"]["left_out"], found["not_read"]["set_aside"]) == (1, 1)
    assert found["figures"]["pages"] == 240


def test_collection_artefacts_are_named(run: Cli, tmp_path: Path) -> None:
    lines = rows()
    for row in lines:
        farm = row["side"] == "farm"
        row["day"] = "2024-01-01" if farm else "2010-01-01"
        if not farm:
            row["text"] = row.pop("html").replace("</p>", "\n\n").replace("<p>", "").replace("<article>", "")
    told = " ".join(json.loads(run(write(tmp_path / "t.jsonl", lines), "-q").stdout)["warnings"])
    assert "format tells the labels apart: 100 % of positive and 0 % of negative pages are HTML" in told
    assert "year alone tells the labels apart (AUROC 1.00)" in told


Change = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda rows: rows[:20], "a refit needs 200 labelled pages that get a score; there are 20 of 20"),
        (lambda rows: [r for r in rows if r["side"] == "farm"] * 2, "positive and 0 negative ones"),
        (lambda rows: [{**r, "side": None if r["id"] == "p7" else r["side"]} for r in rows],
         "1 row has no label in field 'side'"),
        (lambda rows: [{**r, "side": float("nan") if r["id"] == "p7" else r["side"]} for r in rows],
         "1 row has no label in field 'side'"),
        (lambda rows: [*rows, {**rows[0], "side": "farm"}], "the id 'p0' has two labels"),
        (lambda rows: [{**r, "site": "one"} if r["side"] == "farm" else r for r in rows],
         "all positive pages are of one group"),
        (lambda rows: [{k: v for k, v in r.items() if k != "side"} for r in rows], "no row has a field 'side'"),
        (lambda rows: [{**r, "html": f"<p>{CAREFUL}</p>"} for r in rows],
         "follow nothing that is measured"),
    ],
    ids=["twenty", "one class", "no label", "nan", "two labels", "one group", "no field", "all the same"],
)  # fmt: skip
def test_nonsense_trains_nothing(
    run: Cli, tmp_path: Path, change: Change, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("pages were read")

    if "get a score" not in says and "measured" not in says:
        # What the labels alone tell is told before hours of reading.
        monkeypatch.setattr(collect, "extract_stream", never)
    data = write(tmp_path / "bad.jsonl", change(rows()))
    result = run(data, "-q")
    assert result.exit_code == 2
    assert says in one_line(result)
    assert result.stdout == ""
    assert not (tmp_path / "own.npz").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("-",), "not on standard input"),
        (("gone.jsonl",), "no labelled rows"),
    ],
)
def test_wrong_use(run: Cli, arguments: tuple[str, ...], says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in one_line(result)


@pytest.mark.parametrize(
    ("name", "says"), [("own.json", "must be named *.npz"), ("no/own.npz", "cannot write")]
)
def test_where_the_model_cannot_go(cli: Cli, data: Path, tmp_path: Path, name: str, says: str) -> None:
    result = cli("train", data, *ARGUMENTS, "-o", tmp_path / name)
    assert result.exit_code == 2
    assert says in one_line(result)
