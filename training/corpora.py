"""Reading the corpora and undoing their label leaks, on both sides alike.

What would let a model cheat here (see ``DATASHEET.md``) is undone where it arises: digits, names,
quotes and white space are folded by the package for every page; what is special to these corpora
is undone in this module.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
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


# Human texts on which a false alarm is a scandal, and corpora with both sides for diagnosis only.
# None of them trains anything.
MEASURED_CORPORA: Mapping[str, tuple[str, ...]] = {
    "ellipse_nonnative": ("human",),
    "liang_bias": ("human",),
    "bbc_news_2005": ("human",),
    "echoes_major_human": ("human",),
    "echoes_opinions": ("human",),
    "horne_fakenews": ("human", "low", "satire"),
    "biscope": ("human", "machine"),
    "detectrl": ("human", "machine", "spun"),
    "imbd": ("human", "machine"),
    "l2r": ("human", "machine"),
    "llm_misinfo": ("human", "machine"),
    "hart_humanized": ("machine",),
    "kinit_disinfo": ("machine",),
    "gpt3_175b_samples": ("machine",),
}
# What these corpora carry in front of a text: a label, or a chatbot's announcement.
_PREFIX = re.compile(
    r"^\s{0,9}(?:(?:title|headline)\s{0,3}:\s{0,3}|(?:sure|certainly|here(?:'s| is| are))[^\n]{0,160}:\s{0,3}\n)",
    re.I,
)


def text_corpora(data: Path, limit: int = 200) -> list[Sample]:
    """Every n-th document, at most ``limit`` a corpus and label, line breaks and prefixes undone."""
    out: list[Sample] = []
    for name, labels in MEASURED_CORPORA.items():
        by_label: dict[str, list[dict[str, Any]]] = {label: [] for label in labels}
        for row in rows(data / "text" / f"{name}.jsonl.gz"):
            adversarial = str(row.get("variant") or "").startswith("adversarial")
            if row["label"] in by_label and not adversarial:
                by_label[row["label"]].append(row)
        for label, found in by_label.items():
            for row in found[:: max(1, len(found) // limit)][:limit]:
                text = " ".join(_PREFIX.sub("", row["text"].replace("```", " ")).split())
                out.append(
                    Sample(
                        id=f"{name}/{row['id']}",
                        set=f"{name}/{label}",
                        label=-1,
                        network=str(row.get("network") or name),
                        kind=str(row.get("domain") or ""),
                        date=row.get("date") or "",
                        tier="",
                        origin=label,
                        page=Page.from_text(text, source=row["id"]),
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
