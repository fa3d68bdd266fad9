"""``qualityscore score``: formats, inputs, exit codes."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import jsonschema
import pytest

from qualityscore import record_schema
from qualityscore.cli.output import CSV_COLUMNS
from tests.cli.conftest import Cli, one_line
from tests.pages import CAREFUL, FARM, JAPANESE, NAVIGATION, SHORT, farm_html
from tests.sources.warcs import record, response


def rows(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_pipe_gets_jsonl_that_keeps_the_schema_in_order(cli: Cli, site: Path) -> None:
    result = cli("score", site)
    assert result.exit_code == 0
    assert result.stderr == ""
    found = rows(result.stdout)
    for row in found:
        jsonschema.validate(row, record_schema())
    names = [Path(str(row["source"])).relative_to(site).as_posix() for row in found]
    assert names == [
        "careful.txt", "farm.html", "farm.txt", "news/japanese.md", "news/navigation.html", "news/short.txt",
    ]  # fmt: skip
    bands = [row["band"] for row in found]
    assert bands == ["ok", "low_quality", "low_quality", "abstained", "abstained", "abstained"]
    assert found[3]["abstained"] == "unsupported_language"
    assert found[5]["abstained"] == "too_short"


def test_json_is_an_object_for_one_and_a_list_for_several(cli: Cli, site: Path) -> None:
    one = json.loads(cli("score", site / "farm.txt", "--format", "json").stdout)
    assert one["band"] == "low_quality"
    assert "text" not in one
    several = json.loads(cli("score", site / "farm.txt", site / "careful.txt", "--format", "json").stdout)
    assert [row["band"] for row in several] == ["low_quality", "ok"]
    (site / "lone").mkdir()
    (site / "lone" / "page.txt").write_text(FARM, encoding="utf-8")
    for argument in (site / "lone", site / "lone" / "*.txt"):
        assert len(json.loads(cli("score", argument, "--format", "json").stdout)) == 1


def test_with_text_gives_what_offsets_point_into(cli: Cli, site: Path) -> None:
    (row,) = rows(cli("score", site / "farm.html", "--with-text").stdout)
    text = str(row["text"])
    passages = [e for s in row["signals"] for e in s["evidence"] if e["start"] is not None]  # type: ignore[attr-defined]
    assert passages
    for evidence in passages:
        assert text[evidence["start"] : evidence["end"]] == evidence["text"]


def test_explain_adds_the_ngrams(cli: Cli, site: Path) -> None:
    (plain,) = rows(cli("score", site / "farm.txt").stdout)
    (told,) = rows(cli("score", site / "farm.txt", "--explain").stdout)
    assert plain["lexical"] == []
    assert "it comes" in [gram["ngram"] for gram in told["lexical"]]  # type: ignore[attr-defined]
    assert plain["score"] == told["score"]


def test_csv_is_flat(cli: Cli, site: Path) -> None:
    result = cli("score", site, "--format", "csv")
    assert "\r" not in result.stdout
    table = list(csv.DictReader(io.StringIO(result.stdout)))
    assert tuple(table[0]) == CSV_COLUMNS
    assert len(table) == 6
    assert float(table[1]["score"]) > 0.8
    assert "trivia_box" in table[1]["reasons"].split()
    assert table[5]["score"] == ""
    assert table[5]["abstained"] == "too_short"


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", " =", "\t=", "＝", "-1+"])
def test_csv_runs_nothing_in_a_spreadsheet(cli: Cli, lead: str) -> None:
    page = farm_html(title=f"{lead}HYPERLINK(&quot;http://x&quot;)")
    result = cli("score", "-", "--format", "csv", input=page)
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert row["title"].startswith("'") or not row["title"].lstrip().startswith(("=", "+", "-", "@", "＝"))
    assert "HYPERLINK" in row["title"]
    assert row["source"] == "-"


def test_standard_input_named_or_piped(cli: Cli) -> None:
    named, piped = cli("score", "-", input=FARM), cli("score", input=FARM)
    assert named.stdout == piped.stdout
    (row,) = rows(named.stdout)
    assert row["source"] == "-"
    assert row["band"] == "low_quality"
    (careful,) = rows(cli("score", "-", input=CAREFUL).stdout)
    assert careful["band"] == "ok"


def test_input_kind_says_how_to_read(cli: Cli) -> None:
    (html,) = rows(cli("score", "-", "--input-kind", "html", input=farm_html()).stdout)
    (text,) = rows(cli("score", "-", "--input-kind", "text", input=farm_html()).stdout)
    assert html["title"] == "Garden Hoses"
    assert text["title"] != "Garden Hoses"


@pytest.mark.parametrize(
    ("page", "reason"),
    [("\n", "too_short"), (SHORT, "too_short"), (JAPANESE, "unsupported_language"), (NAVIGATION, None),
     ("What to do with the hoses in the garden\nWhere to buy them\n" * 60, "not_prose")],
)  # fmt: skip
def test_abstaining_is_no_failure(cli: Cli, page: str, reason: str | None) -> None:
    result = cli("score", "-", "--fail-above", "0", input=page)
    (row,) = rows(result.stdout)
    assert result.exit_code == 0
    assert row["score"] is None
    assert row["error"] is None
    assert row["abstained"] == reason if reason else row["abstained"]


def test_pages_that_cannot_be_read_are_rows_and_exit_3(cli: Cli, tmp_path: Path, site: Path) -> None:
    (tmp_path / "image.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10)
    with (tmp_path / "huge.html").open("wb") as huge:
        huge.truncate(50_000_000)
    result = cli(
        "score", tmp_path / "image.html", site / "farm.txt", tmp_path / "huge.html", tmp_path / "none"
    )
    assert result.exit_code == 3
    found = rows(result.stdout)
    assert [bool(row["error"]) for row in found] == [True, False, True, True]
    for row in found:
        jsonschema.validate(row, record_schema())
    named = result.stderr.splitlines()
    assert len(named) == 3
    assert "binary content" in named[0]
    assert "image.html" in named[0]
    assert "50.0 MB" in named[1]
    assert "no such file" in named[2]


def test_one_unreadable_page_alone(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "image.html").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = cli("score", tmp_path / "image.html", "--format", "json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["error"] == "binary content, not a page of text"


@pytest.mark.parametrize(
    ("limit", "page", "code"),
    [("suspect", FARM, 1), ("low_quality", FARM, 1), ("0.9", FARM, 1), ("1", FARM, 0), ("suspect", CAREFUL, 0),
     ("0", CAREFUL, 1)],
)  # fmt: skip
def test_fail_above(cli: Cli, limit: str, page: str, code: int) -> None:
    assert cli("score", "-", "--fail-above", limit, input=page).exit_code == code


def test_a_page_above_the_limit_counts_more_than_a_failed_input(cli: Cli, site: Path) -> None:
    assert cli("score", site / "farm.txt", site / "none.txt", "--fail-above", "suspect").exit_code == 1


def test_thresholds(cli: Cli) -> None:
    (own,) = rows(cli("score", "-", "--threshold", "0.999", input=FARM).stdout)
    assert (own["threshold"], own["band"]) == (0.999, "suspect")
    result = cli("score", "-", "--max-fpr", "0.001", input=FARM)
    assert rows(result.stdout)[0]["threshold"] == 0.97
    assert "not certified by 5,000 pages" in one_line(result)
    assert cli("score", "-", "--max-fpr", "0.001", "-q", input=FARM).stderr == ""
    assert cli("score", "-", "--max-fpr", "0.05", input=FARM).stderr == ""


def test_disable_leaves_signals_out(cli: Cli) -> None:
    full = rows(cli("score", "-", input=FARM).stdout)[0]
    less = rows(
        cli("score", "-", "--disable", "trivia_box", "--disable", "truncated_ending", input=FARM).stdout
    )[0]
    assert len(full["signals"]) - len(less["signals"]) == 2  # type: ignore[arg-type]
    assert less["score"] < full["score"]  # type: ignore[operator]


def test_verbose_says_what_is_used(cli: Cli) -> None:
    for args in (("score", "-", "-v"), ("-v", "score", "-")):
        said = cli(*args, input=FARM).stderr
        assert "model " in said
        assert "threshold 0.8" in said
        assert "1 page in" in said


def test_hostile_text_stays_inert_in_every_machine_format(cli: Cli) -> None:
    page = farm_html(title="a\x1b[2J\x9b31m\u202ebad\u2028line\x7f")
    for form in ("json", "jsonl", "csv"):
        out = cli("score", "-", "--format", form, "--explain", "--with-text", "-q", input=page).stdout
        assert not set("\x1b\x9b\u202e\u2028\x7f") & set(out), form
    (row,) = rows(cli("score", "-", input=page).stdout)
    assert "\u202ebad" in str(row["title"])


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["nowhere.html"], "nowhere.html: no such file"),
        (["nowhere.html", "nor-here.html"], "nowhere.html: no such file or folder; nor-here.html"),
        (["*.html"], "no file matches"),
        (["."], "no pages in this folder"),
        (["ftp://example.com/a"], "only http and https addresses are fetched"),
        (["-", "--model", "nowhere.npz"], "cannot read model nowhere.npz"),
        (["-", "--model", "."], "cannot read model"),
        (["-", "--disable", "nothing_such"], "no signal is called 'nothing_such'"),
        (["-", "--threshold", "1.5"], "between 0 and 1"),
        (["-", "--threshold", "nan"], "between 0 and 1"),
        (["-", "--threshold", "high"], "--threshold"),
        (["-", "--max-fpr", "0"], "false-positive rate"),
        (["-", "--max-fpr", "0.1", "--threshold", "0.5"], "not both"),
        (["-", "--fail-above", "bad"], "suspect, low_quality or a score"),
        (["-", "--fail-above", "7"], "suspect, low_quality or a score"),
        (["-", "--format", "xml"], "--format"),
        (["-", "--input-kind", "pdf"], "--input-kind"),
        (["-", "--fromat", "csv"], "--fromat"),
        (["-", "-v", "-q"], "not both"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(cli: Cli, args: list[str], says: str) -> None:
    result = cli("score", *args, input=FARM)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert says in one_line(result)


def test_a_file_that_is_no_model(cli: Cli, site: Path) -> None:
    result = cli("score", "-", "--model", site / "farm.txt", input=FARM)
    assert result.exit_code == 2
    assert "is not a qualityscore model" in one_line(result)


def test_no_input_at_a_terminal(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qualityscore.cli.score.is_terminal", lambda _: True)
    result = cli("score")
    assert result.exit_code == 2
    assert "no input" in one_line(result)


def test_a_broken_signal_is_counted_aloud(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from qualityscore import all_signals

    def broken(doc: object, hits: object = None) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setitem(vars(all_signals()["truncated_ending"]), "function", broken)
    result = cli("score", "-", "-q", input=FARM)
    assert "truncated_ending (1)" in one_line(result)
    assert result.exit_code == 0


def test_files_of_records(cli: Cli, tmp_path: Path) -> None:
    lines = tmp_path / "pages.jsonl.gz"
    texts = [json.dumps({"text": t}) for t in (FARM, CAREFUL)]
    lines.write_bytes(gzip.compress("\n".join([texts[0], '{"text": "cut', texts[1]]).encode()))
    crawl = tmp_path / "crawl.warc"
    crawl.write_bytes(record(b"GET /", "request", "application/http") + response(farm_html().encode()))
    result = cli("score", lines, crawl)
    assert result.exit_code == 3
    found = rows(result.stdout)
    assert [row["source"] for row in found] == [f"{lines}:{n}" for n in (1, 2, 3)] + [f"{crawl}:2"]
    assert [row["band"] for row in found] == ["low_quality", "abstained", "ok", "low_quality"]
    assert f"{lines}:2: not valid JSON" in one_line(result)
    assert found[3]["url"] == "http://a.example/"


def test_json_is_a_list_for_records_even_where_the_name_does_not_tell(cli: Cli) -> None:
    text = json.dumps({"text": FARM})
    for given, records in ((text, 1), (f"{text}\n{text}", 2), (FARM, None)):
        found = json.loads(cli("score", "-", "--format", "json", input=given).stdout)
        assert (len(found) if isinstance(found, list) else None) == records


def test_a_file_without_a_page_is_named_and_alone_is_wrong_use(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("")
    (tmp_path / "b.csv").write_text("text,url\n")
    (tmp_path / "c.jsonl").write_text(json.dumps({"text": CAREFUL}) + "\n")
    alone = cli("score", tmp_path / "a.jsonl")
    assert alone.exit_code == 2 and alone.stdout == ""
    assert "a.jsonl: holds no records" in one_line(alone)
    both = cli("score", tmp_path / "a.jsonl", tmp_path / "b.csv")
    assert both.exit_code == 2 and "b.csv: holds no records" in one_line(both)
    mixed = cli("score", tmp_path / "a.jsonl", tmp_path / "c.jsonl", tmp_path / "b.csv")
    assert mixed.exit_code == 3
    found = rows(mixed.stdout)
    assert [row["error"] for row in found] == ["holds no records", None, "holds no records"]
    assert found[0]["band"] == "abstained" and found[0]["score"] is None
