"""`Journal`: where a long run stands, so that it can go on after being killed.

A journal is a file beside the output. Its first line is a *fingerprint*: everything the output depends
on (inputs, options, model). Each further line is a *checkpoint*: whatever the run needs to go on from
there. Lines are appended and forced to disk; a line torn by a crash does not count. How to use it::

    journal, state = Journal.open(path, fingerprint, resume=resume)
    if state is not None:
        ...                      # cut the outputs back to what `state` says, skip what was read
    for ...:
        ...                      # work; flush and fsync the outputs, and only then:
        journal.checkpoint({"items": done, "kept": {"bytes": size}})
    journal.finish()             # the output is complete: the journal goes

The outputs must be a function of the inputs and the fingerprint alone, and must be brought to a definite
length at each checkpoint (compressed members closed); checkpoints must fall at the same places in every
run, so by number of records and never by time.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from qualityscore.errors import ConfigError

_FORMAT = 1


class Journal:
    """An open journal; see the module for its use."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path = path
        self._file = file

    @classmethod
    def open(
        cls, path: str | Path, fingerprint: Mapping[str, Any], *, resume: bool
    ) -> tuple[Journal, dict[str, Any] | None]:
        """Begin a journal, or go on with one.

        Args:
            fingerprint: JSON values by name. The names are shown to users (``threshold``, ``input a.jsonl``).
            resume: go on if the journal is there. If it is not, the run begins at the beginning.

        Returns:
            The journal and the last checkpoint, ``None`` if there is none.

        Raises:
            ConfigError: a journal is there and ``resume`` is not asked for; or it belongs to a run with
                another fingerprint; or it is no journal.
            OSError: it cannot be read or written.
        """
        path = Path(path)
        wanted = json.loads(json.dumps(dict(fingerprint)))
        if path.exists():
            if not resume:
                raise ConfigError(
                    f"{path} is the journal of a run that did not end: add --resume to go on, or delete it"
                )
            lines, size = _read(path)
            if lines:
                _compare(path, lines[0], wanted)
                file = path.open("r+b")
                file.truncate(size)
                file.seek(size)
                return cls(path, file), (lines[-1] if len(lines) > 1 else None)
        journal = cls(path, path.open("wb"))
        journal.checkpoint({"format": _FORMAT, **wanted})
        _sync_folder(path.parent)
        return journal, None

    def checkpoint(self, state: Mapping[str, Any]) -> None:
        """Append a state (JSON values) and force it to disk.

        Raises:
            OSError: the disk is full or gone.
        """
        self._file.write(_line(state))
        self._file.flush()
        os.fsync(self._file.fileno())

    def finish(self) -> None:
        """The run is complete: remove the journal."""
        self.close()
        self._path.unlink(missing_ok=True)
        _sync_folder(self._path.parent)

    def close(self) -> None:
        """Close the file and leave it for another run."""
        self._file.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def fingerprint_of(names: Sequence[str]) -> dict[str, Any]:
    """What tells whether input files are still the same: their number, and size, time of change and first bytes.

    Args:
        names: paths in the order in which they are read.

    Returns:
        ``input files`` (their number), one digest a file and their order; for more than 100 files one digest
        of all.
    """
    digests = {f"input {name}": _digest(name) for name in names}
    if len(digests) > 100:
        whole = hashlib.sha256(
            "\n".join(f"{k} {v}" for k, v in digests.items()).encode("utf-8", "surrogatepass")
        ).hexdigest()
        return {"input files": len(names), "inputs": whole[:32]}
    # Digests are compared by name, which does not tell in which order the names were.
    order = hashlib.sha256("\n".join(names).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return {"input files": len(names), **digests, "input order": order}


def _digest(name: str) -> str:
    try:
        status = os.stat(name)
        if not stat.S_ISREG(status.st_mode):
            return "not a file"  # what is read of a pipe is gone
        with open(name, "rb") as file:
            head = file.read(1 << 16)
    except OSError:
        return "cannot be read"
    told = f"{status.st_size} {status.st_mtime_ns} {hashlib.sha256(head).hexdigest()}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _line(state: Mapping[str, Any]) -> bytes:
    text = json.dumps(state, ensure_ascii=True, separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _read(path: Path) -> tuple[list[dict[str, Any]], int]:
    """The whole lines of a journal and how many bytes they take.

    Raises:
        ConfigError: it is no journal.
    """
    lines: list[dict[str, Any]] = []
    size = 0
    data = path.read_bytes()
    for line in data.splitlines(keepends=True):
        mark, _, text = line.rstrip(b"\n").partition(b" ")
        if not line.endswith(b"\n") or mark != b"%08x" % zlib.crc32(text):
            break
        lines.append(json.loads(text))
        size += len(line)
    if (data and not lines and b"\n" in data) or (lines and lines[0].get("format") != _FORMAT):
        raise ConfigError(f"{path} is not a journal of this version: delete it to begin again")
    return lines, size


def _compare(path: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    for name in [*new, *(set(old) - set(new) - {"format"})]:
        if old.get(name) == new.get(name) and (name in old) == (name in new):
            continue
        told = ""
        if not name.startswith("input"):
            told = f" ({json.dumps(old.get(name))} then, {json.dumps(new.get(name))} now)"
        raise ConfigError(
            f"cannot resume: {name} is not what it was when the run began{told}; "
            f"use the same as then, or delete {path} to begin again"
        )


def _sync_folder(folder: Path) -> None:
    """Make a new or removed name durable, where the system lets folders be synced."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
