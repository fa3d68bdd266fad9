"""Rows of CSV and Parquet files."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest

from qualityscore.errors import MissingExtraError
from qualityscore.limits import Limits
from qualityscore.sources import CsvOrigin, Item, ParquetOrigin, read_items

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

SMALL = Limits(max_bytes=2000)


def read(path: Path, **settings: object) -> list[Item]:
    return list(read_items([str(path)], **settings))  # type: ignore[arg-type]


def contents(items: list[Item]) -> list[object]:
    return [item.page.content if item.page else item.error for item in items]


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    data = '\ufeffid,text,date\r\n1,"two\nlines, one cell",2024\r\n2,b\r\n\r\n3,"c ""d""",x\r\n4,"open'
    path.write_bytes(data.encode())
    items = read(path)
    assert contents(items) == [
        "two\nlines, one cell",
        "the row has 2 cells, the header 3",
        'c "d"',
        items[3].error,
    ]
    assert "damaged row" in items[3].error
    assert [i.name for i in items] == [f"{path}:{n}" for n in (1, 2, 3, 4)]
    assert items[0].values == {"id": "1", "date": "2024"} and items[0].id == "1"
    assert items[0].origin == CsvOrigin(b'1,"two\nlines, one cell",2024\r\n', ("id", "text", "date"), ",")
    assert items[0].page is not None and items[0].page.kind == "text"


def test_csv_with_other_separators_and_compressed(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_bytes(b"html\turl\n<p>x</p>\thttp://a.example/\n")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(b"html;n\n<p>x</p>;1\n"))
    for name in ("a.tsv", "b.csv.gz"):
        assert contents(read(tmp_path / name)) == ["<p>x</p>"]


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "empty"), (b"\n\n", "empty"), (b"a,b\n1,2\n", "no column with the page's content"),
     (b"text,text\n1,2\n", "two columns have the same name"), (b"\xff,text\n1,2\n", "not UTF-8"),
     (b'"te"xt,b\n', "header line cannot be read")],
)  # fmt: skip
def test_csv_without_a_usable_header(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(data)
    (item,) = read(path)
    assert says in item.error and item.name == str(path)


def test_csv_damage_within(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(b"text\n\xff\n" + b"x" * 9000 + b"\ngood\n")
    items = read(path, limits=SMALL)
    assert [i.error[:8] for i in items] == ["not UTF-", "line is ", ""]
    assert contents(items[2:]) == ["good"]


def test_parquet_is_streamed_and_keeps_what_a_sink_needs(tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    table = pa.table({"html": [f"<p>{i}</p>" for i in range(200)], "n": range(200), "tags": [["a"]] * 200})
    pq.write_table(table, path, row_group_size=70)
    items = read(path)
    assert [i.name for i in items] == [f"{path}:{n + 1}" for n in range(200)]
    assert contents(items)[199] == "<p>199</p>"
    assert items[150].values == {"n": 150, "tags": ["a"]}
    origin = items[150].origin
    assert isinstance(origin, ParquetOrigin)
    assert origin.batch.slice(origin.row, 1).to_pylist() == table.slice(150, 1).to_pylist()
    (tmp_path / "data").write_bytes(path.read_bytes())
    assert len(read(tmp_path / "data")) == 200


def test_parquet_with_bytes_and_nulls(tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    pq.write_table(pa.table({"content": pa.array([b"<p>\xe9</p>", None], pa.binary())}), path)
    first, second = read(path)
    assert first.page is not None and first.page.content == b"<p>\xe9</p>"
    assert "holds no text but null" in second.error and isinstance(second.origin, ParquetOrigin)


def test_parquet_that_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    pq.write_table(pa.table({"a": [1]}), path)
    (item,) = read(path)
    assert "no column with the page's content" in item.error and "there are a" in item.error
    path.write_bytes(path.read_bytes()[:-10])
    (item,) = read(path)
    assert "not a readable Parquet file" in item.error


def test_a_damaged_row_group_costs_its_rows_only(tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    texts = [f"{i} " + "".join(chr(97 + i * j * 7919 % 26) for j in range(400)) for i in range(30)]
    pq.write_table(pa.table({"text": texts}), path, row_group_size=10, use_dictionary=False)
    column = pq.ParquetFile(path).metadata.row_group(1).column(0)
    data = bytearray(path.read_bytes())
    at = column.data_page_offset
    data[at : at + 40] = b"\xff" * 40
    path.write_bytes(bytes(data))
    items = read(path)
    assert [i.error[:28] for i in items if i.error] == ["10 rows of row group 1 canno"]
    assert len([i for i in items if i.page]) == 20


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "p.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"qualityscore\[parquet\]"):
        read(tmp_path / "p.parquet")
