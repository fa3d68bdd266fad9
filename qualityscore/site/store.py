"""The folder of an audit: rows as they are scored, and the files that its end leaves.

``pages.partial.jsonl`` grows while pages are scored: a first line that says what the run is, then one
record a page. It is all that resuming needs. The end turns it into ``pages.jsonl``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from qualityscore.errors import ConfigError, InputError
from qualityscore.site.analysis import Analysis
from qualityscore.site.summary import summary
from qualityscore.site.table import write_table
from qualityscore.verdict import Verdict

PARTIAL, PAGES, SITE, SUMMARY, TABLE = (
    "pages.partial.jsonl", "pages.jsonl", "site.json", "summary.md", "pages.parquet",
)  # fmt: skip
FORMAT = "qualityscore-audit-1"
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
    """The rows of an unfinished run."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / PARTIAL
        self._file: IO[bytes] | None = None

    def begin(self, settings: Mapping[str, Any]) -> None:
        """Start anew; what was there is lost."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("wb")
        self._file.write(json.dumps({"format": FORMAT, "settings": settings}).encode() + b"\n")
        self._file.flush()

    def resume(self, settings: Mapping[str, Any]) -> int:
        """Go on behind the last whole row.

        Returns:
            Rows there are.

        Raises:
            ConfigError: there is nothing to resume, or it was begun with other settings.
        """
        try:
            with self.path.open("rb") as file:
                head = file.readline()
                at, rows = len(head), 0
                begun = json.loads(head)
                for line in file:
                    if not line.endswith(b"\n"):
                        break
                    at += len(line)
                    rows += 1
        except FileNotFoundError:
            raise ConfigError(f"nothing to resume in {self.path.parent}: start without --resume") from None
        except ValueError:
            raise ConfigError(f"{self.path} is damaged: start again with --overwrite") from None
        before = begun.get("settings") if isinstance(begun, dict) and begun.get("format") == FORMAT else None
        if not isinstance(before, dict):
            raise ConfigError(f"{self.path} is of another version: start again with --overwrite")
        changed = sorted(k for k in {*before, *settings} if before.get(k) != settings.get(k))
        if changed:
            raise ConfigError(
                f"cannot resume: {', '.join(changed)} differ from the run that was begun in {self.path.parent}; "
                "use the same options or start again with --overwrite"
            )
        self._file = self.path.open("r+b")
        self._file.truncate(at)
        self._file.seek(at)
        return rows

    def add(self, verdict: Verdict, notes: Notes) -> None:
        """Write a row."""
        assert self._file is not None
        told = {name: getattr(notes, name) for name in Notes.__slots__}
        text = verdict.to_json(with_text=True)[:-1] + f', "site": {json.dumps(told)}}}\n'
        # What UTF-8 cannot say is written as JSON's own escape.
        self._file.write(text.encode("utf-8", "backslashreplace"))

    def flush(self) -> None:
        """Hand what was written to the system."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def head_size(self) -> int:
        """Bytes in front of the first row."""
        with self.path.open("rb") as file:
            return len(file.readline())


def finish(folder: Path, analysis: Analysis, skip: int) -> None:
    """Write ``pages.jsonl``, ``pages.parquet``, ``site.json`` and ``summary.md``, each at once.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    with (folder / PARTIAL).open("rb") as rows, replacing(folder / PAGES) as out:
        rows.seek(skip)
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
