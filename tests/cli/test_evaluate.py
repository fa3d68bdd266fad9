"""``qualityscore evaluate``: files, formats, exit codes, what goes wrong."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from qualityscore.cli.evaluation_table import print_evaluation
from qualityscore.evaluation import evaluation_schema
from tests.cli.conftest import Cli, one_line
from tests.pages import CAREFUL, FARM, SHORT, farm_html

HOSTILE = "<script>alert(1)</script>\"'&\u202e"


def labelled(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def pages() -> list[dict[str, Any]]:
    rows = []
    for n in range(6):
        html = farm_html(FARM.replace("garden hoses", f"garden hoses {n}"))
        rows.append(
            {"html": html, "side": "farm", "site": f"f{n // 2}", "kind": "spun", "day": f"202{n}-01-01"}
        )
        rows.append({"html": f"<p>{CAREFUL}</p><p>{n}</p>", "side": "human", "site": f"h{n // 2}", "kind": "blog",
                     "day": ""})  # fmt: skip
    # One of each is wrong, one too short.
    rows.append({"html": f"<p>{CAREFUL}</p>", "side": "farm", "site": "f9", "kind": "spun", "day": ""})
    rows.append({"html": farm_html(title=HOSTILE), "side": "human", "site": HOSTILE, "kind": HOSTILE, "day": "",
                 "url": "javascript:alert(1)"})  # fmt: skip
    rows.append({"html": SHORT, "side": "farm", "site": "f1", "kind": "spun", "day": ""})
    return rows


ARGUMENTS = ("--label-field", "side", "--positive", "farm", "--group-field", "site", "--kind-field", "kind",
             "--date-field", "day", "--rounds", "100")  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return labelled(tmp_path / "pages.jsonl", pages())


@pytest.fixture
def run(cli: Cli, model_path: Path) -> Cli:
    return lambda *args, **more: cli("evaluate", *args, "--model", model_path, **more)


def test_json_on_stdout_keeps_the_schema(run: Cli, data: Path) -> None:
    result = run(data, *ARGUMENTS, "-q")
    assert result.exit_code == 0
    assert result.stderr == ""
    found = json.loads(result.stdout)
    jsonschema.validate(found, evaluation_schema())
    figures = found["figures"]
    assert (figures["positive"], figures["negative"]) == (8, 7)
    strict = figures["at_thresholds"][-1]
    assert (strict["true_positives"], strict["false_positives"], strict["missed"]) == (6, 1, 2)
    assert figures["coverage"]["positive"]["no_score"] == {"too_short": 1}
    assert [e["value"] for e in figures["slices"]["format"]] == ["html"]


def test_the_folder_has_everything(run: Cli, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    result = run(data, *ARGUMENTS, "-o", out, "--format", "table")
    assert result.exit_code == 0
    written = json.loads((out / "evaluation.json").read_text(encoding="utf-8"))
    jsonschema.validate(written, evaluation_schema())
    rows = list(csv.DictReader((out / "scores.csv").open(encoding="utf-8", newline="")))
    assert len(rows) == 15
    assert rows[-1]["no_score"] == "too_short"
    assert rows[-1]["score"] == ""
    assert float(rows[0]["score"]) > 0.8
    (wrong,) = written["worst"]["false_positives"]
    assert wrong["score"] > 0.8
    assert any("Did You Know" in quote for s in wrong["signals"] for quote in s["evidence"])
    assert any(gram["contribution"] > 0 for gram in wrong["ngrams"])
    (missed,) = written["worst"]["misses"]
    assert missed["score"] < 0.5
    again = tmp_path / "again"
    run(data, *ARGUMENTS, "-o", again, "--scores", "jsonl", "--workers", "2")
    assert (again / "evaluation.json").read_bytes() == (out / "evaluation.json").read_bytes()
    assert len((again / "scores.jsonl").read_text(encoding="utf-8").splitlines()) == 15


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "line", "circle", "rect", "polyline"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("circle",):
            assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_the_page_is_well_formed_inert_and_accessible(run: Cli, data: Path, tmp_path: Path) -> None:
    run(data, *ARGUMENTS, "-o", tmp_path / "out")
    text = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    parser = Page()
    parser.feed(text)
    assert parser.open == []
    assert "script" not in parser.tags
    assert "a" not in parser.tags
    assert not {"src", "href", "onload", "onclick"} & {name for name, _ in parser.attributes}
    assert "default-src 'none'" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert parser.tags.count("svg") == 4
    assert parser.tags.count("figure") == 4
    for figure in re.findall(r"<figure>.*?</figure>", text, re.S):
        assert 'role="img"' in figure
        assert "<title" in figure and "<desc" in figure
        assert "<table>" in figure
    assert "prefers-color-scheme:dark" in text
    ids = [value for name, value in parser.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_a_table_for_readers(run: Cli, data: Path) -> None:
    out = run(data, *ARGUMENTS, "--format", "table").stdout
    for words in (
        "AUROC",
        "recall at low_quality (0.800)",
        "by kind",
        "by length",
        "mind: ",
        "8 positive pages of 4 groups",
    ):
        assert words in " ".join(out.split()), words
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_the_largest_parts_stand_in_their_own_order(
    run: Cli, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = json.loads(run(data, *ARGUMENTS, "--format", "json").stdout)
    entry = result["figures"]["slices"]["year"][0]
    years = [{**entry, "value": str(2000 + n), "pages": 30 + n * 7 % 15} for n in range(15)]
    result["figures"]["slices"] = {"year": years}
    # A difference that rounds to nothing has no sign.
    gain = {"this": 0.9, "baseline": 0.9, "gain": 0.0, "interval": [-0.0001, 0.0204]}
    result["baseline"] = {"name": "model x as it was", "measures": {"auroc": gain, "tpr_at_1pct": gain}}
    capsys.readouterr()
    print_evaluation(result, [])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    shown = [words[0] for words in lines if words and re.fullmatch(r"20\d\d", words[0])]
    # 2000 has 30 pages, 2013 has 31, 2011 has 32.
    assert shown == [str(2000 + n) for n in range(15) if n not in (0, 11, 13)]
    assert ["…", "3", "smaller"] in lines
    assert "AUROC 0.900 0.900 +0.000 0.000 to 0.020".split() in lines
    assert "recall at 1 % FPR 0.900 0.900 +0.000 0.000 to 0.020".split() in lines


def test_rows_without_use_are_counted_and_exit_3(run: Cli, tmp_path: Path) -> None:
    rows = [*pages(), {"html": CAREFUL, "side": None, "site": "x"}, {"html": None, "side": "farm", "site": "y"}]  # fmt: skip
    data = labelled(tmp_path / "p.jsonl", rows)
    result = run(data, *ARGUMENTS, "--format", "json")
    assert result.exit_code == 3
    found = json.loads(result.stdout)
    assert found["not_read"]["left_out"] == 1
    assert found["not_read"]["failed"] == 1
    assert found["figures"]["positive"] == 9
    assert found["figures"]["coverage"]["positive"]["no_score"]["failed"] == 1
    assert "no label in field 'side'" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--label-field", "label", "--positive", "farm"), "no row has a field 'label'"),
        (("--label-field", "side", "--positive", "bad"), "no row has the label 'bad'"),
        (
            ("--label-field", "side", "--positive", "farm", "--group-field", "nope"),
            "no row has a field 'nope'",
        ),
        (
            ("--label-field", "side", "--positive", "farm", "--threshold", "0.5", "--max-fpr", "0.1"),
            "not both",
        ),
        (("--label-field", "side", "--positive", "farm", "--rounds", "5"), "--rounds"),
        (("--label-field", "side"), "--positive"),
    ],
)
def test_wrong_use_is_one_line(run: Cli, data: Path, arguments: tuple[str, ...], says: str) -> None:
    result = run(data, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert says in one_line(result)


def test_one_class_is_refused(run: Cli, tmp_path: Path) -> None:
    data = labelled(tmp_path / "p.jsonl", [r for r in pages() if r["side"] == "farm"])
    result = run(data, *ARGUMENTS)
    assert result.exit_code == 2
    assert "8 positive and 0 negative labelled pages: figures need both" in one_line(result)


def test_no_file(run: Cli) -> None:
    result = run("gone.jsonl", *ARGUMENTS)
    assert result.exit_code == 2
    assert "no labelled rows" in one_line(result)


def test_a_folder_of_pages_has_no_labels(run: Cli, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(farm_html(), encoding="utf-8")
    result = run(tmp_path, *ARGUMENTS)
    assert result.exit_code == 2
    assert one_line(result).endswith(
        ": pages without fields have no labels: give JSONL, CSV or Parquet, one page a row"
    )


def test_the_folder_cannot_be_made(run: Cli, data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    result = run(data, *ARGUMENTS, "-o", tmp_path / "file")
    assert result.exit_code == 2
    assert "cannot make the folder" in one_line(result)


def test_thresholds_can_be_given(run: Cli, data: Path) -> None:
    found = json.loads(run(data, *ARGUMENTS, "--threshold", "0.999", "-q").stdout)
    strict = found["figures"]["at_thresholds"][-1]
    assert strict["stands_for_fpr"] is None
    assert strict["true_positives"] == 0
    assert strict["precision"] == {"value": None, "interval": None}
    low = json.loads(run(data, *ARGUMENTS, "--threshold", "0.1", "-q").stdout)["figures"]["at_thresholds"]
    assert [(at["threshold"], at["stands_for_fpr"]) for at in low] == [(0.1, None), (0.1, None)]
    rare = run(data, *ARGUMENTS, "--max-fpr", "0.001", "--format", "json")
    assert "at low_quality is not certified by 5,000 pages of 120 networks" in rare.stderr
