"""Reading the corpora and undoing their label leaks, on both sides alike.

What would let a model cheat here (see ``DATASHEET.md``) is undone where it arises: digits, names,
quotes and white space are folded by the package for every page; what is special to these corpora
is undone in this module.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualityscore.document import Page

# Coherent and useful programmatic pages: farms by template, not by harm. In no pass/fail figure.
BORDERLINE = frozenset(("openbankruptcyproject", "respaid"))


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled page.

    Attributes:
        id: unique within all corpora.
        set: ``web``, ``family`` (archetype family), ``wider`` or the name of a text corpus.
        label: 1 farm, 0 human, -1 neither (not used in any figure of the web set).
        network: pages of one owner, engine or source of texts.
        kind: of farm or of human page.
        date: ``YYYY-MM-DD`` or empty.
        tier: of the archetype family, else empty.
        origin: who wrote the words, as far as known.
        page: the page.
    """

    id: str
    set: str
    label: int
    network: str
    kind: str
    date: str
    tier: str
    origin: str
    page: Page


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Rows of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def web(data: Path) -> list[Sample]:
    """All web pages, human first."""
    out: list[Sample] = []
    for label, side in enumerate(("human", "farm")):
        for row in rows(data / "web" / f"{side}.jsonl.gz"):
            network = str(row["network"])
            out.append(
                Sample(
                    id=row["id"],
                    set="web",
                    label=-1 if network in BORDERLINE else label,
                    network=network,
                    kind=row["kind"],
                    date=row.get("date") or "",
                    tier="",
                    origin=row.get("text_origin", ""),
                    page=Page(row["raw"], row["format"], source=row["id"]),
                )
            )
    return out


def synthetic(data: Path) -> list[Sample]:
    """The archetype family and the wider kinds: never training data, only measured."""
    out: list[Sample] = []
    for name, file in (("family", "archetype_family"), ("wider", "wider_kinds")):
        for row in rows(data / "synthetic" / f"{file}.jsonl.gz"):
            out.append(
                Sample(
                    id=row["id"],
                    set=name,
                    label=1 if row["side"] == "farm" else 0,
                    network=row["network"],
                    kind=row["kind"],
                    date=row.get("date") or "",
                    tier=row.get("tier") or "",
                    origin="synthetic",
                    page=Page(row["raw"], row["format"], source=row["id"]),
                )
            )
    return out


def text_corpus(data: Path, name: str, labels: tuple[str, ...], limit: int) -> list[Sample]:
    """The first ``limit`` documents of a published corpus with these labels."""
    out: list[Sample] = []
    for row in rows(data / "text" / f"{name}.jsonl.gz"):
        if row["label"] in labels and len(out) < limit:
            out.append(
                Sample(
                    id=f"{name}/{row['id']}",
                    set=name,
                    label=-1,
                    network=str(row.get("network") or name),
                    kind=row["label"],
                    date=row.get("date") or "",
                    tier="",
                    origin=row["label"],
                    page=Page.from_text(" ".join(row["text"].split()), source=row["id"]),
                )
            )
    return out


def data_hash(data: Path) -> str:
    """SHA-256 (16 hex digits) over names and contents of the files a training run reads."""
    sha = hashlib.sha256()
    for path in sorted((data / "web").glob("*.gz")) + sorted((data / "synthetic").glob("*.gz")):
        sha.update(path.name.encode())
        sha.update(path.read_bytes())
    return sha.hexdigest()[:16]
