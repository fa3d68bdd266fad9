"""`read_items`: every format, plain and compressed, and what is not as it should be."""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
from pathlib import Path

import pytest
import zstandard

from qualityscore.limits import Limits
from qualityscore.sources import FieldNames, Item, JsonOrigin, read_items
from tests.sources.warcs import HTML, response

SMALL = Limits(max_bytes=2000)


def read(path: Path, **settings: object) -> list[Item]:
    return list(read_items([str(path)], **settings))  # type: ignore[arg-type]


def contents(items: list[Item]) -> list[object]:
    return [item.page.content if item.page else item.error for item in items]


def line(**row: object) -> bytes:
    return json.dumps(row).encode() + b"\n"


class Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


ROWS = b"".join(line(html=f"<p>{i}</p>", url=f"http://a.example/{i}", date="2024", id=i) for i in range(3))


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda d: zstandard.ZstdCompressor().compress(d)])
@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson.gz", ".unknown"])
def test_json_lines_by_suffix_or_content(tmp_path: Path, pack: object, suffix: str) -> None:
    path = tmp_path / f"p{suffix}"
    path.write_bytes(pack(ROWS))  # type: ignore[operator]
    items = read(path)
    assert [i.name for i in items] == [f"{path}:{n}" for n in (1, 2, 3)]
    assert [i.page and (i.page.content, i.page.kind, i.page.url, i.page.source) for i in items] == [
        (f"<p>{i}</p>", "html", f"http://a.example/{i}", f"{path}:{i + 1}") for i in range(3)
    ]
    assert items[1].values == {"url": "http://a.example/1", "date": "2024", "id": 1}
    assert items[1].id == "1"
    assert items[1].origin == JsonOrigin(ROWS.splitlines()[1])


def test_several_members_and_frames(tmp_path: Path) -> None:
    lines = ROWS.splitlines(keepends=True)
    (tmp_path / "a.jsonl.gz").write_bytes(b"".join(map(gzip.compress, lines)) + bytes(512))
    (tmp_path / "b.jsonl.zst").write_bytes(b"".join(zstandard.ZstdCompressor().compress(x) for x in lines))
    for name in ("a.jsonl.gz", "b.jsonl.zst"):
        assert contents(read(tmp_path / name)) == ["<p>0</p>", "<p>1</p>", "<p>2</p>"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (ROWS, gzip.compress(ROWS)):
        monkeypatch.setattr(sys, "stdin", Stdin(data))
        assert [i.name for i in read_items(["-"])] == ["-:1", "-:2", "-:3"]
    monkeypatch.setattr(sys, "stdin", Stdin(b"{% include x %}\n\n# A page of Markdown"))
    (page,) = read_items(["-"])
    assert page.name == "-" and page.page is not None and page.origin is None
    monkeypatch.setattr(sys, "stdin", Stdin(response()))
    (page,) = read_items(["-"])
    assert page.page is not None and page.page.content == HTML
    monkeypatch.setattr(sys, "stdin", Stdin(b"PAR1 and so on"))
    (page,) = read_items(["-"])
    assert "save it first" in page.error


@pytest.mark.parametrize(
    ("row", "kind"),
    [({"html": "x"}, "html"), ({"text": "x"}, "text"), ({"markdown": "x"}, "markdown"), ({"content": "x"}, "auto"),
     ({"raw": "x", "format": "markdown"}, "markdown"), ({"raw": "x", "raw_kind": "file", "format": "html"}, "html"),
     ({"body": "x", "mime": "text/html; charset=utf-8"}, "html"), ({"content": "x", "format": 7}, "auto"),
     ({"text": "x", "format": "html"}, "text"), ({"html": None, "text": "x"}, "text")],
)  # fmt: skip
def test_the_kind_comes_from_the_name_then_from_a_format(
    tmp_path: Path, row: dict[str, object], kind: str
) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(line(**row))
    (item,) = read(path)
    assert item.page is not None and (item.page.content, item.page.kind) == ("x", kind)
    (item,) = read(path, kind="html")
    assert item.page is not None and item.page.kind == "html"


def test_names_may_be_given(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(line(html="no", mine="yes", where="http://b.example/", key="k"))
    (item,) = read(path, fields=FieldNames("mine", "where", "key"))
    assert item.page is not None and (item.page.content, item.page.url, item.id) == (
        "yes",
        "http://b.example/",
        "k",
    )
    (item,) = read(path, fields=FieldNames("absent"))
    assert "looked for absent; there are html, mine, where, key" in item.error


@pytest.mark.parametrize(
    ("bad", "says"),
    [(b'{"html": "cut in ha', "not valid JSON"), (b"[1]", "must be a JSON object, not list"),
     (b'{"html": "\xff"}', "not UTF-8"), (b'{"html": null}', "holds no text but null"),
     (b'{"html": 7}', "holds no text but int"), (b'{"other": "x"}', "no field with the page's content"),
     (b'{"html":' + b"[" * 100_000, "nested too deep"), (b'{"n": ' + b"1" * 5000 + b"}", "not valid JSON"),
     (b'{"html": "' + b"x" * 9000 + b'"}', "longer than the limit of 0.0 MB")],
)  # fmt: skip
def test_a_bad_line_is_one_error_and_the_rest_goes_on(tmp_path: Path, bad: bytes, says: str) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + line(html="a") + b"\n" + bad + b"\r\n" + line(html="b").rstrip())
    big = b"[[" in bad or b"11" in bad
    first, second, third = read(path, limits=Limits() if big else SMALL)
    assert contents([first, third]) == ["a", "b"]
    assert (second.name, second.page) == (f"{path}:3", None)
    assert says in second.error
    assert "\n" not in second.error


def test_a_line_without_end_is_never_held(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "p.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"html": "' + bytes(50_000_000) + b'"}\n' + line(html="b"), 1))
    tracemalloc.start()
    first, second = read(path, limits=SMALL)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "longer than the limit" in first.error
    assert contents([second]) == ["b"]
    assert peak < 5_000_000


@pytest.mark.parametrize("how", ["flipped", "cut", "checksum"])
def test_a_damaged_member_costs_its_lines_only(tmp_path: Path, how: str) -> None:
    texts = [line(html=f"{i} " + " ".join(str(i * j * 7919 % 10007) for j in range(300))) for i in range(4)]
    members = [gzip.compress(text) for text in texts]
    damaged = bytearray(members[1])
    if how == "flipped":
        damaged[60] ^= 0xFF
    elif how == "checksum":
        damaged[-6] ^= 0xFF
    else:
        del damaged[len(damaged) // 2 :]
    path = tmp_path / "p.jsonl.gz"
    path.write_bytes(members[0] + bytes(damaged) + members[2] + members[3])
    items = read(path)
    good = [str(i.page.content).split()[0] for i in items if i.page]
    assert good == ["0", "2", "3"]
    (error,) = [i.error for i in items if i.error]
    assert "damaged gzip data" in error


def test_damage_everywhere_costs_no_more_than_its_size(tmp_path: Path) -> None:
    import time

    path = tmp_path / "p.jsonl.gz"
    whole = gzip.compress(line(html="a"))
    path.write_bytes(b"\x1f\x8b\x08" * 3_000_000 + whole)
    started = time.process_time()
    items = read(path)
    assert time.process_time() - started < 30
    assert items[0].error
    # One large damaged member, and then many whole ones.
    noise = random.Random(1).randbytes(9_000_000)
    large = bytearray(gzip.compress(b'{"html": "' + noise.hex().encode() + b'"}\n', 1))
    large[5_000_000] ^= 0xFF
    path.write_bytes(bytes(large) + whole * 3000)
    started = time.process_time()
    items = read(path)
    assert time.process_time() - started < 30
    assert len([i for i in items if i.page]) == 3000


def test_a_file_cut_short_gives_what_there_is(tmp_path: Path) -> None:
    rows = b"".join(line(html=f"{i} {i * i * i}") for i in range(20_000))
    for name, data in (("a.jsonl.gz", gzip.compress(rows)), ("b.jsonl.zst", zstandard.compress(rows))):
        path = tmp_path / name
        path.write_bytes(data[: len(data) * 3 // 4])
        items = read(path)
        assert [bool(i.error) for i in items[-2:]] == [False, True]
        assert "ends early" in items[-1].error
        assert len(items) > (5000 if "gz" in name else 1000)


def test_zstd_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl.zst"
    path.write_bytes(b"\x28\xb5\x2f\xfd" + b"nothing of the kind" * 10)
    (item,) = read(path)
    assert "damaged zstd data" in item.error


def test_folders_patterns_and_pages(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.html").write_bytes(HTML)
    (tmp_path / "b.md").write_text("# b")
    (tmp_path / "c.html.gz").write_bytes(gzip.compress(HTML))
    (tmp_path / "d.html.gz").write_bytes(gzip.compress(HTML * 100))
    (tmp_path / "e.html.gz").write_bytes(gzip.compress(HTML)[:30])
    (tmp_path / "f.jsonl").write_bytes(ROWS)
    items = list(read_items([str(tmp_path / "site"), str(tmp_path / "*.*"), "none.html"], limits=SMALL))
    assert [Path(i.name).name for i in items] == [
        "a.html", "b.md", "c.html.gz", "d.html.gz", "e.html.gz", "f.jsonl:1", "f.jsonl:2", "f.jsonl:3",
        "none.html",
    ]  # fmt: skip
    assert [i.page.kind for i in items if i.page][:3] == ["html", "markdown", "html"]
    assert ["limit" in items[3].error, "ends early" in items[4].error, "no such" in items[8].error] == [
        True
    ] * 3
    assert all(i.origin is None for i in items[:5])


def test_archives_of_the_older_kind_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.arc.gz"
    path.write_bytes(gzip.compress(b"filedesc://a.arc 0.0.0.0 2008 text/plain 77\n"))
    (item,) = read(path)
    assert "ARC files are not read" in item.error
    (tmp_path / "b").write_bytes(b"filedesc://a.arc 0.0.0.0 2008 text/plain 77\n")
    (item,) = read(tmp_path / "b")
    assert "ARC files are not read" in item.error
