"""The folder of an audit: rows as they are scored, and the files that its end leaves.

``pages.partial.jsonl`` grows while pages are scored, one record a page, and ``audit.journal`` says how
many of them are safe on disk. The end turns them into ``pages.jsonl``.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from qualityscore.errors import InputError
from qualityscore.journal import Journal
from qualityscore.site.analysis import Analysis
from qualityscore.site.summary import summary
from qualityscore.site.table import write_table
from qualityscore.verdict import Verdict

PARTIAL, PAGES, SITE, SUMMARY, TABLE = (
    "pages.partial.jsonl", "pages.jsonl", "site.json", "summary.md", "pages.parquet",
)  # fmt: skip
JOURNAL = "audit.journal"
_CHECKPOINT = 100
# Quotes inside a JSON string are escaped, so these bytes can only be the notes of a row.
_NOTES = b', "site": {"input": '


@dataclass(frozen=True, slots=True)
class Notes:
    """What a run notes of a page beside its record.

    Attributes:
        input: the input it came from.
        author, published: as the row or the page says, empty if neither does.
        address: the address that the page names as its own.
        taken: when it was fetched, empty if nobody says.
    """

    input: str
    author: str = ""
    published: str = ""
    address: str = ""
    taken: str = ""


class Partial:
    """The rows of an unfinished run, and the journal that says how many of them count."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / PARTIAL
        self._journal_path = folder / JOURNAL
        self._file: IO[bytes] | None = None
        self._journal: Journal | None = None
        self._rows = 0

    @property
    def unfinished(self) -> bool:
        """Whether a run did not end."""
        return self._journal_path.exists()

    def open(self, fingerprint: Mapping[str, Any], *, resume: bool) -> Counter[str]:
        """Begin anew (what was there is lost), or go on behind the last row that counts.

        Args:
            fingerprint: what the rows depend on, by the name a user knows it by.

        Returns:
            Sources of the rows there are.

        Raises:
            ConfigError: the unfinished run had another fingerprint.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not resume:
            self._journal_path.unlink(missing_ok=True)
        self._journal, state = Journal.open(self._journal_path, fingerprint, resume=resume)
        self._file = self.path.open("r+b" if state else "w+b")
        done: Counter[str] = Counter()
        if state:
            self._file.truncate(state["bytes"])
            done.update(json.loads(line)["source"] or "-" for line in self._file)
        self._rows = done.total()
        return done

    def add(self, verdict: Verdict, notes: Notes) -> None:
        """Write a row; every hundredth makes those before it count."""
        assert self._file is not None
        told = {name: getattr(notes, name) for name in Notes.__slots__}
        text = verdict.to_json(with_text=True)[:-1] + f', "site": {json.dumps(told)}}}\n'
        # What UTF-8 cannot say is written as JSON's own escape.
        self._file.write(text.encode("utf-8", "backslashreplace"))
        self._rows += 1
        if self._rows % _CHECKPOINT == 0:
            self.checkpoint()

    def checkpoint(self) -> None:
        """Make all rows count, whatever happens next."""
        assert self._file is not None and self._journal is not None
        self._file.flush()
        os.fsync(self._file.fileno())
        self._journal.checkpoint({"rows": self._rows, "bytes": self._file.tell()})

    def close(self) -> None:
        """Leave the rows for another run."""
        if self._file is not None:
            self._file.close()
        if self._journal is not None:
            self._journal.close()

    def finish(self) -> None:
        """The report is written: the rows and the journal go."""
        assert self._journal is not None
        self.close()
        self.path.unlink()
        self._journal.finish()


def finish(folder: Path, analysis: Analysis) -> None:
    """Write ``pages.jsonl``, ``pages.parquet``, ``site.json`` and ``summary.md``, each at once.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    with (folder / PARTIAL).open("rb") as rows, replacing(folder / PAGES) as out:
        for line, notes in zip(rows, analysis.notes, strict=True):
            told = json.dumps(notes, ensure_ascii=False).encode("utf-8", "backslashreplace")
            out.write(line[: line.rindex(_NOTES)] + b', "site": ' + told + b"}\n")
    with replacing(folder / TABLE) as out:
        write_table(out, analysis)
    with replacing(folder / SITE) as out:
        text = json.dumps(analysis.report, ensure_ascii=False, indent=1)
        out.write(text.encode("utf-8", "backslashreplace") + b"\n")
    with replacing(folder / SUMMARY) as out:
        out.write(summary(analysis.report).encode("utf-8", "replace"))


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name only once it is whole."""
    new = path.with_name(path.name + ".new")
    try:
        with new.open("wb") as out:
            yield out
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)


def read_report(folder: Path) -> dict[str, Any]:
    """The ``site.json`` of a finished audit.

    Raises:
        InputError: there is none, or it is damaged.
    """
    path = folder / SITE
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"{folder} holds no audit: cannot read {path.name}: {error.strerror or error}"
        ) from error
    except ValueError as error:
        raise InputError(f"{path} is damaged: {error}") from error
    if not isinstance(report, dict) or "sites" not in report or "thresholds" not in report:
        raise InputError(f"{path} is not the report of an audit")
    return report
