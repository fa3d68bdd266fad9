"""Reading on behind an item gives what reading from the beginning gives, and does not read what lies before."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest
import zstandard

from qualityscore.limits import Limits
from qualityscore.sources import FileInput, Item, items_of
from tests.sources.warcs import member, record, response

LIMITS = Limits(max_bytes=150_000)


def read(path: Path, after: Item | None = None) -> list[Item]:
    return list(items_of(FileInput(str(path)), limits=LIMITS, after=after.after if after else None))


def archive(chance: random.Random, how: str) -> bytes:
    """Records of all sizes, as writers and damage leave them."""
    parts = []
    for number in range(30):
        size = chance.choice([0, 10, 3_000, 66_000, chance.randrange(200_000)])
        # Half of it does not compress, so that blocks of compressed bytes end anywhere.
        body = b"<html>" + chance.randbytes(size // 2).hex().encode()
        found = response(body, ident=f"<urn:uuid:{number}>")
        if chance.random() < 0.1:
            found = record(body, length=len(body) + chance.randrange(-20, 100_000))
        if chance.random() < 0.1:
            found += b"\r\n" * chance.randrange(20)
        if chance.random() < 0.05:
            found = b"WARC/1.0\r\nX: " + b"y" * chance.choice([10, 300_000])
        parts.append(found)
    if how == "plain":
        return b"".join(parts)
    groups = [b"".join(parts[n : n + 3]) if n % 2 else parts[n] for n in range(0, 30, 3)]
    if how == "zstd":
        return b"".join(map(zstandard.compress, [*parts[:10], *groups[4:]]))
    return b"".join(map(member, [*parts[:10], *groups[4:]]))


def lines(chance: random.Random, how: str) -> bytes:
    rows = []
    for number in range(40):
        text = chance.randbytes(chance.choice([5, 3_000, 66_000])).hex()
        row = json.dumps({"id": number, "text": text}).encode()
        rows.append(chance.choice([row, row, row, b"", b"{", b"{" * 700_000, row + b"\r"]))
    return b"\xef\xbb\xbf" + b"\n".join(rows) + chance.choice([b"\n", b""])


def damaged(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(changed))
        what = chance.choice(["flip", "cut", "put"])
        if what == "flip":
            changed[at] ^= 1 << chance.randrange(8)
        elif what == "cut":
            del changed[at : at + chance.randrange(3_000)]
        else:
            changed[at:at] = chance.randbytes(chance.randrange(3_000))
    return bytes(changed)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    ("name", "how"), [("a.warc", "plain"), ("a.warc.gz", "members"), ("a.warc.zst", "zstd"), ("a.jsonl", ""), ("a", "")]
)  # fmt: skip
def test_reading_on_behind_any_item(tmp_path: Path, name: str, how: str, seed: int) -> None:
    chance = random.Random(f"{seed} {name}")
    path = tmp_path / name
    made = archive(chance, how) if how else lines(chance, how)
    path.write_bytes(damaged(made, chance) if seed else made)
    whole = read(path)
    marked = [n for n, item in enumerate(whole) if item.after is not None]
    assert seed or len(marked) > 10
    for n in marked:
        assert read(path, whole[n]) == whole[n + 1 :], n


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".csv", ".html"])
def test_where_reading_cannot_go_on_there_are_no_bookmarks(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"in{suffix}"
    data = {".jsonl.gz": gzip.compress(b'{"text": "x"}\n' * 3), ".csv": b"id,text\n1,x\n", ".html": b"<p>x"}
    path.write_bytes(data[suffix])
    assert {item.after for item in read(path)} == {None}
