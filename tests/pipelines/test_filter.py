"""The filter: what is kept, what is said, in every format."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest
import zstandard

from qualityscore import ConfigError, InputError, OutputError, Scorer
from qualityscore.pipelines import judging
from qualityscore.pipelines.options import Counts
from qualityscore.pipelines.policy import Policy
from qualityscore.rules import Rules
from tests.pages import CAREFUL, FARM, SHORT
from tests.pipelines.filtering import (
    cached_score_all,
    jsonl,
    run,
    warc_records,
    write_input,
    write_parquet,
)

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

COUNT = 31  # the middle one is damaged: 15, which would have been kept
FORMATS = [".jsonl", ".jsonl.gz", ".jsonl.zst", ".csv", ".csv.gz", ".parquet", ".warc", ".warc.gz"]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "score_all", cached_score_all)


def plain(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data)
    if path.suffix == ".zst":
        return zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()
    return data


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in plain(path).splitlines()]


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_record_goes_somewhere(scorer: Scorer, tmp_path: Path, suffix: str) -> None:
    source = write_input(tmp_path, suffix, COUNT)
    kept, rejected = tmp_path / f"kept{suffix}", tmp_path / f"rejected{suffix}"
    counts = run(scorer, source, kept, rejected)
    assert (counts.read, counts.kept, counts.rejected, counts.failed) == (31, 20, 10, 1)
    assert counts.read == counts.kept + counts.rejected + counts.failed
    assert counts.abstained == {"too_short": 10} and counts.reasons == {"low_quality": 10}
    assert counts.others_passed == (1 if "warc" in suffix else 0)
    assert not list(tmp_path.glob("*.journal")) and not list(tmp_path.glob("*.parts"))
    again = run(scorer, kept, tmp_path / f"again{suffix}", tmp_path / f"none{suffix}")
    assert (again.read, again.kept) == (20, 20)
    if suffix == ".parquet":
        assert pq.read_table(kept).equals(pq.read_table(tmp_path / f"again{suffix}"))
    else:
        # Members end at other records, as they do every so many records read.
        assert plain(kept) == plain(tmp_path / f"again{suffix}")


def test_kept_lines_are_the_lines_that_were_read(scorer: Scorer, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    odd = b'{ "text" : ' + json.dumps(CAREFUL).encode() + b',\t"x":1.0e1, "x2": "\\u00e9" }'
    farm = json.dumps({"text": FARM, "qualityscore": "old"}).encode()
    empty = b'{"text": ""}'
    source.write_bytes(odd + b"\r\n" + farm + b"\n" + b"{}\n[1]\n" + odd)
    kept, rejected = tmp_path / "k.jsonl", tmp_path / "r.jsonl"
    counts = run(scorer, source, kept, rejected)
    assert kept.read_bytes() == odd + b"\n" + odd + b"\n"
    assert (counts.kept, counts.rejected, counts.failed) == (2, 1, 2)
    first, second, third = rows(rejected)
    note = first.pop("qualityscore")
    assert isinstance(note, dict)
    assert first == {"text": FARM}
    assert note["reason"] == "low_quality" and note["score"] > 0.8 and note["source"] == f"{source}:2"
    assert note["reasons"] and note["model"] == scorer.model.id and note["error"] is None
    assert second["qualityscore"]["reason"] == "error"  # type: ignore[index]
    assert "no field with the page's content" in second["qualityscore"]["error"]  # type: ignore[index]
    assert third["raw"] == "[1]" and third["source"] == f"{source}:4"
    source.write_bytes(odd + b"\n" + empty + b"\n")
    run(scorer, source, kept, annotate=True)
    annotated = kept.read_bytes().splitlines()[0]
    assert annotated.startswith(odd[:-2])
    assert json.loads(annotated)["qualityscore"]["band"] == "ok"


def test_annotating_keeps_all_and_says_what_would_be_dropped(scorer: Scorer, tmp_path: Path) -> None:
    for suffix in FORMATS:
        source = write_input(tmp_path, suffix, COUNT)
        kept = tmp_path / f"kept{suffix}"
        counts = run(scorer, source, kept, annotate=True)
        assert (counts.read, counts.kept, counts.rejected, counts.failed) == (31, 30, 0, 1)
        if "jsonl" in suffix:
            found = [r["qualityscore"] for r in rows(kept)]
        elif "csv" in suffix:
            data = kept.read_bytes()
            text = (gzip.decompress(data) if suffix.endswith("gz") else data).decode()
            table = list(csv.DictReader(io.StringIO(text)))
            assert table[0]["site"] == "a, b" and table[1]["text"] == FARM
            found = [{k.removeprefix("qualityscore_"): v or None for k, v in r.items()} for r in table]
        elif suffix == ".parquet":
            parquet = pq.read_table(kept)
            assert parquet.schema.metadata[b"made by"] == b"a test"
            found = [{k.removeprefix("qualityscore_"): v for k, v in r.items()} for r in parquet.to_pylist()]
        else:
            found = [
                json.loads(body)["qualityscore"] for kind, body in warc_records(kept) if kind == "metadata"
            ]
            assert [k for k, _ in warc_records(kept)[:3]] == ["warcinfo", "response", "metadata"]
        assert len(found) == 30
        assert [row["reason"] for row in found[:3]] == [None, "low_quality", None]
        assert [row["band"] for row in found[:3]] == ["ok", "low_quality", "abstained"]
        assert float(found[1]["score"]) > 0.8  # type: ignore[arg-type]
        again = tmp_path / f"again{suffix}"
        run(scorer, kept, again, annotate=True)
        if "jsonl" in suffix or suffix == ".parquet":
            table_of = rows if "jsonl" in suffix else lambda p: pq.read_table(p).to_pylist()
            assert len(table_of(again)[0]) == len(table_of(kept)[0])


def test_rejects_of_csv_and_parquet_have_their_reason_in_columns(scorer: Scorer, tmp_path: Path) -> None:
    run(scorer, write_input(tmp_path, ".csv", COUNT), tmp_path / "k.csv", tmp_path / "r.csv")
    table = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text())))
    assert [r["qualityscore_reason"] for r in table].count("low_quality") == 10
    (error,) = [r for r in table if r["qualityscore_reason"] == "error"]
    assert error["qualityscore_error"] == "the row has 2 cells, the header 3"
    run(scorer, write_input(tmp_path, ".parquet", COUNT), tmp_path / "k.parquet", tmp_path / "r.parquet")
    found = pq.read_table(tmp_path / "r.parquet").to_pylist()
    assert [r["qualityscore_reason"] for r in found].count("low_quality") == 10
    (row,) = [r for r in found if r["qualityscore_error"]]
    assert row["id"] == 15 and "holds no text but null" in row["qualityscore_error"]
    kept = pq.read_table(tmp_path / "k.parquet")
    assert kept.schema.equals(pq.read_schema(tmp_path / "in.parquet"), check_metadata=True)


def test_pages_and_archives_become_lines(scorer: Scorer, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "a.md").write_text(CAREFUL)
    (folder / "b.txt").write_text(FARM)
    (folder / "c.html").write_bytes(b"%PDF-1.4 " + bytes(1000))
    counts = run(scorer, folder, tmp_path / "k.jsonl", tmp_path / "r.jsonl")
    assert (counts.kept, counts.rejected, counts.failed) == (1, 1, 1)
    assert rows(tmp_path / "k.jsonl") == [{"source": str(folder / "a.md"), "url": None, "markdown": CAREFUL}]
    source = write_input(tmp_path, ".warc.gz", 3)
    run(scorer, source, tmp_path / "k.jsonl")
    assert rows(tmp_path / "k.jsonl")[0]["html"].startswith("<html>")  # type: ignore[attr-defined]
    for suffix in (".csv", ".parquet"):
        run(scorer, write_input(tmp_path, suffix, 4), tmp_path / "k.jsonl")
        assert rows(tmp_path / "k.jsonl")[0]["text"] == CAREFUL


def test_what_happens_to_pages_without_a_score(scorer: Scorer, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"text": SHORT}) + "\n")
    for choice, kept in (("keep", 1), ("drop", 0)):
        counts = run(scorer, source, tmp_path / "k.jsonl", policy=Policy(None, choice, "drop"))  # type: ignore[arg-type]
        assert (counts.kept, counts.abstained) == (kept, {"too_short": 1})
        assert counts.reasons == ({} if kept else {"abstained_too_short": 1})


def test_rules_decide_in_place_of_the_score(scorer: Scorer, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('[[rule]]\nname = "few words"\nreject = "words < 20"\n')
    policy = Policy(Rules.load(rules), "keep", "drop")
    counts = run(scorer, write_input(tmp_path, ".jsonl", 9), tmp_path / "k.jsonl", policy=policy)
    assert counts.reasons == {"rule few words": 3}


def test_the_limit_counts_pages(scorer: Scorer, tmp_path: Path) -> None:
    source = write_input(tmp_path, ".warc.gz", COUNT)
    for limit in (1, 7, 100):
        counts = run(scorer, source, tmp_path / "k.warc.gz", limit=limit)
        assert counts.read == min(limit, COUNT)


def test_tables_with_other_columns(scorer: Scorer, tmp_path: Path) -> None:
    quoted = '"' + CAREFUL.replace('"', '""') + '"'
    (tmp_path / "a.csv").write_text(f"text,n\n{quoted},1\n")
    (tmp_path / "b.csv").write_text(f"n;text\n2;{quoted}\n")
    (tmp_path / "c.csv").write_text(f"text,m\n{quoted},3\n")
    counts = run(scorer, tmp_path / "?.csv", tmp_path / "out.csv", tmp_path / "rejects.csv")
    assert (counts.kept, counts.failed) == (2, 1)
    assert "other columns than the output has" in next(iter(counts.errors))
    table = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text())))
    assert [(r["text"], r["n"]) for r in table] == [(CAREFUL, "1"), (CAREFUL, "2")]
    write_parquet(tmp_path / "a.parquet", 4)
    write_parquet(tmp_path / "b.parquet", 4, extra=pa.array([1.5] * 4))
    write_parquet(tmp_path / "c.parquet", 4, extra=pa.array([{"a": 1}] * 4))
    counts = run(scorer, tmp_path / "?.parquet", tmp_path / "out.parquet", tmp_path / "rejects.parquet")
    assert counts.errors["columns of other types than the output has"] == 0
    assert (counts.read, counts.failed) == (12, 6)
    found = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["extra"] for row in found] == [None, None, 1.5, 1.5]


def test_nothing_kept_is_still_a_file_of_that_format(scorer: Scorer, tmp_path: Path) -> None:
    for suffix in FORMATS:
        source = write_input(tmp_path, suffix, 1)
        kept, rejected = tmp_path / f"k{suffix}", tmp_path / f"r{suffix}"
        counts = run(scorer, source, kept, rejected)  # the one record is damaged
        assert (counts.kept, counts.failed) == (0, 1)
        assert kept.exists() and rejected.exists()
        if suffix == ".parquet":
            assert pq.read_table(kept).num_rows == 0


def test_wrong_use_is_refused_before_anything_is_written(scorer: Scorer, tmp_path: Path) -> None:
    source = write_input(tmp_path, ".jsonl", 3)
    table = write_input(tmp_path, ".csv", 3)
    kept = tmp_path / "k.jsonl"
    for settings, says in [
        ({"kept": tmp_path / "k.txt"}, "cannot tell the format"),
        ({"kept": tmp_path / "k.parquet.gz"}, "Parquet compresses inside"),
        ({"kept": source}, "both input and output"),
        ({"rejected": kept}, "same place"),
        ({"rejected": tmp_path / "r.warc"}, "warc output needs warc input"),
        ({"source": table, "kept": tmp_path / "k.parquet"}, "parquet output needs parquet input"),
        ({"workers": 0}, "--workers must be at least 1"),
        ({"limit": -1}, "--limit must be at least 1"),
        ({"kept": "-", "resume": True}, "--resume needs"),
    ]:
        with pytest.raises(ConfigError, match=says):
            run(scorer, **{"source": source, "kept": kept, **settings})  # type: ignore[arg-type]
    with pytest.raises(InputError, match="no such file"):
        run(scorer, tmp_path / "none.jsonl", kept)
    with pytest.raises(OutputError, match="cannot write the output"):
        run(scorer, source, tmp_path / "no" / "folder" / "k.jsonl")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.csv", "in.jsonl"]


def test_inputs_whose_content_does_not_fit_the_output(scorer: Scorer, tmp_path: Path) -> None:
    source = tmp_path / "data"
    source.write_bytes(jsonl(3))
    for suffix in (".csv", ".warc", ".parquet"):
        counts = run(scorer, source, tmp_path / f"k{suffix}", tmp_path / f"r{suffix}")
        assert counts.failed == counts.read == 3
        if suffix == ".parquet":
            assert len(pq.read_table(tmp_path / "r.parquet")) == 3
        elif suffix == ".csv":
            assert len((tmp_path / "r.csv").read_text().splitlines()) == 4


def test_counts_survive_a_journal() -> None:
    counts = Counts(3, 1, 1, 1)
    counts.errors["x"] += 1
    assert Counts.from_dict(json.loads(json.dumps(counts.to_dict()))) == counts
