"""Features of all samples, extracted in parallel and cached on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import joblib

from qualityscore.document import Page
from qualityscore.fitting.table import Row, Table, extract
from training.corpora import Sample

_CHUNK = 100


def code_hash() -> str:
    """Hash of everything that features depend on: documents and signals."""
    sha = hashlib.sha256()
    package = Path(__file__).resolve().parent.parent / "qualityscore"
    for folder in ("document", "signals"):
        for path in sorted((package / folder).rglob("*")):
            if path.suffix in (".py", ".txt", ".npz"):
                sha.update(path.relative_to(package).as_posix().encode())
                sha.update(path.read_bytes())
    for file in ("fitting/table.py", "model/abstention.py"):
        sha.update((package / file).read_bytes())
    return sha.hexdigest()[:16]


def _extract_chunk(pages: list[Page], key: str) -> list[Row]:
    del key  # what the cache goes by instead of the pages themselves
    return extract(pages)


def _key(pages: list[Page], code: str) -> str:
    sha = hashlib.sha256(code.encode())
    for page in pages:
        content = page.content if isinstance(page.content, bytes) else page.content.encode("utf-8", "replace")
        sha.update(f"{page.kind} {len(content)} ".encode())
        sha.update(content)
    return sha.hexdigest()


def build_table(samples: Sequence[Sample], cache: Path | None, jobs: int = 2) -> Table:
    """Extract the features of all samples.

    Args:
        cache: folder of the joblib cache, or ``None``; pages and code are the key.
        jobs: worker processes.
    """
    memory = joblib.Memory(cache, verbose=0)
    task = joblib.delayed(memory.cache(_extract_chunk, ignore=["pages"]))
    pages = [s.page for s in samples]
    code = code_hash()
    chunks = [pages[i : i + _CHUNK] for i in range(0, len(pages), _CHUNK)]
    parts = joblib.Parallel(n_jobs=jobs)(task(chunk, _key(chunk, code)) for chunk in chunks)
    found = [row for part in parts for row in part]
    return Table.build(found, [s.label for s in samples], [s.network for s in samples])
