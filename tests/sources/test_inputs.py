"""Inputs that lead nowhere are named, and are wrong use where there is nothing else."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualityscore import InputError
from qualityscore.sources import FileInput, Item, expand, input_items, leads_nowhere, not_all_lost
from tests.pages import CAREFUL
from tests.sources.warcs import record, response

ASK = record(b"GET / HTTP/1.1\r\n\r\n", "request", "application/http; msgtype=request")


def items(*names: object, others: bool = False) -> Iterator[Item]:
    for found in expand([str(name) for name in names]):
        yield from input_items(found, others=others)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.jsonl", b"", "holds no records"), ("a.jsonl", b"\n \n", "holds no records"),
        ("a.jsonl.gz", gzip.compress(b"", mtime=0), "holds no records"), ("a.csv", b"", "the file is empty"),
        ("a.csv", b"\n\n", "the file is empty"), ("a.csv", b"text,url\n", "holds no records"),
        ("a.warc", b"", "holds no records"), ("a.warc", ASK + ASK, "holds no page, only 2 other records"),
    ],
)  # fmt: skip
def test_an_input_without_a_page_is_an_item_that_says_so(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (item,) = items(tmp_path / name)
    assert item.page is None and says in item.error
    assert leads_nowhere(item)


def test_other_records_are_something_where_they_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(ASK + response(CAREFUL.encode()))
    assert [item.page is None for item in items(tmp_path / "a.warc", others=True)] == [True, False]
    assert [item.page is None for item in items(tmp_path / "a.warc")] == [False]
    (tmp_path / "b.warc").write_bytes(ASK)
    assert not any(map(leads_nowhere, items(tmp_path / "b.warc", others=True)))


def test_what_a_row_says_of_itself_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"failure": "empty"}\n')
    (item,) = items(tmp_path / "a.jsonl")
    assert item.error and not leads_nowhere(item)


def test_only_if_all_are_lost_is_it_wrong_use(tmp_path: Path) -> None:
    for name in "abcd":
        (tmp_path / f"{name}.jsonl").write_text("")
    with pytest.raises(
        InputError, match=r"a\.jsonl: holds no records; .*none\.txt: no such file.*and 2 more"
    ):
        not_all_lost(items(tmp_path / "a.jsonl", tmp_path / "none.txt", *sorted(tmp_path.glob("[bcd]*"))))
    (tmp_path / "e.jsonl").write_text("{}\n")
    found = not_all_lost(items(tmp_path / "a.jsonl", tmp_path / "e.jsonl"))
    assert [leads_nowhere(item) for item in found] == [True, False]
    assert leads_nowhere(next(input_items(FileInput("x", "gone"))))
