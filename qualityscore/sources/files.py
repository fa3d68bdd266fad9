"""Files, folders, globs and standard input to pages."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import BinaryIO

from qualityscore.document.page import PAGE_SUFFIXES, Page, PageKind
from qualityscore.errors import InputError, LimitExceeded
from qualityscore.limits import DEFAULT_LIMITS, Limits
from qualityscore.sources.address import is_address

STDIN = "-"
MAGIC = re.compile(r"[*?\[]")
# What people type for a site; endings that files have too (.md, .py) are left to files.
_HOST = re.compile(r"(www\.[\w-]+\.|[\w-]+(\.[\w-]+)*\.(com|org|net|edu|gov|info|io)(/|$))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FileInput:
    """A file to read, ``-`` for standard input, or an argument that led to no page.

    Attributes:
        name: path as given or as found below what was given.
        error: why there is no page; empty if there may be one.
        address: the name is a web address, to be fetched.
    """

    name: str
    error: str = ""
    address: bool = False


def expand(arguments: Sequence[str], *, addresses: bool = False) -> Iterator[FileInput]:
    """Find the files that arguments name, lazily.

    Args:
        addresses: give web addresses as such, where they are an error otherwise.

    A file is taken whatever its suffix; a folder gives the files below it that have a page's
    suffix, sorted, without hidden ones; ``*``, ``?``, ``[…]`` and ``**`` match as in a shell.
    """
    used_stdin = False
    for argument in arguments:
        if argument == STDIN:
            yield FileInput(STDIN, "standard input can be read only once" if used_stdin else "")
            used_stdin = True
        elif os.path.isdir(argument):
            yield from _some(_walk(argument), argument, _no_pages(argument))
        elif os.path.lexists(argument):
            yield FileInput(argument)
        elif is_address(argument):
            yield _addressed(argument, addresses)
        elif MAGIC.search(argument):
            yield from _some(
                _glob(argument), argument, "no file matches this pattern" + _address_hint(argument)
            )
        else:
            yield FileInput(argument, "no such file or folder" + _address_hint(argument))


def _address_hint(argument: str) -> str:
    return f"; if it is a web address, write  https://{argument}" if _HOST.match(argument) else ""


def _addressed(argument: str, wanted: bool) -> FileInput:
    if not argument.lower().startswith(("http://", "https://")):
        return FileInput(argument, "only http and https addresses are fetched")
    if not wanted:
        return FileInput(
            argument, "addresses are not fetched here: use  qualityscore score  or save the page"
        )
    return FileInput(argument, address=True)


def read_page(item: FileInput, kind: PageKind = "auto", limits: Limits = DEFAULT_LIMITS) -> Page:
    """Read what `expand` found.

    Raises:
        InputError: it led to no page or cannot be read.
        LimitExceeded: it is larger than ``limits.max_bytes``.
    """
    if item.error:
        raise InputError(item.error)
    if item.name == STDIN:
        return Page(_bounded(sys.stdin.buffer, limits), kind, None, STDIN)
    try:
        if stat.S_ISREG(os.stat(item.name).st_mode):
            return Page.from_file(item.name, kind, limits=limits)
        # A pipe or device has no size to check beforehand.
        with open(item.name, "rb") as stream:
            return Page(_bounded(stream, limits), kind, None, item.name)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}") from error
    except LimitExceeded:
        raise
    except InputError as error:
        # The row names the path already.
        raise InputError(str(error).replace(f"cannot read {Path(item.name)}", "cannot be read")) from error


def _bounded(stream: BinaryIO, limits: Limits) -> bytes:
    data = stream.read(limits.max_bytes + 1)
    if len(data) > limits.max_bytes:
        raise LimitExceeded(f"page is larger than the limit of {limits.max_bytes / 1e6:.1f} MB")
    return data


def _no_pages(folder: str) -> str:
    told = f"no pages in this folder (looked for {' '.join(PAGE_SUFFIXES)})"
    return f"{told}; for files of records use a pattern such as  '{os.path.join(folder, '*.jsonl.gz')}'"


def _some(found: Iterator[FileInput], name: str, otherwise: str) -> Iterator[FileInput]:
    empty = True
    for item in found:
        empty = False
        yield item
    if empty:
        yield FileInput(name, otherwise)


def _listed(folder: str) -> list[os.DirEntry[str]]:
    """Entries that are not hidden, by name."""
    with os.scandir(folder or os.curdir) as entries:
        return sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)


def _walk(folder: str) -> Iterator[FileInput]:
    """Pages below a folder in the order of their paths; each real folder is entered once."""
    seen = {os.path.realpath(folder)}
    stack: list[Iterator[os.DirEntry[str]]] = []
    entering: str | None = folder
    while stack or entering is not None:
        if entering is not None:
            try:
                stack.append(iter(_listed(entering)))
            except OSError as error:
                yield FileInput(entering, f"folder cannot be read: {error.strerror or error}")
            entering = None
            continue
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
        elif _is_folder(entry):
            real = os.path.realpath(entry.path)
            if real not in seen:
                seen.add(real)
                entering = entry.path
        elif _is_page(entry):
            yield FileInput(entry.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_page(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.name.lower().endswith(PAGE_SUFFIXES) and entry.is_file()
    except OSError:
        return False


def _glob(pattern: str) -> Iterator[FileInput]:
    path = Path(pattern)
    parts = path.parts[1:] if path.anchor else path.parts
    seen: set[str] = set()
    for item in _match(path.anchor, parts):
        found: Iterator[FileInput] = iter((item,))
        if os.path.isdir(item.name):
            found = iter(()) if "**" in parts else _walk(item.name)
        for page in found:
            if page.name not in seen:
                seen.add(page.name)
                yield page


def _match(base: str, parts: Sequence[str]) -> Iterator[FileInput]:
    if not parts:
        yield FileInput(base)
        return
    part, rest = parts[0], parts[1:]
    if part == "**":
        if not rest:
            yield from _walk(base or os.curdir)
            return
        for folder in _folders(base):
            yield from _match(folder, rest)
    elif not MAGIC.search(part):
        path = os.path.join(base, part)
        if os.path.lexists(path):
            yield from _match(path, rest)
    else:
        try:
            entries = _matching(base, part)
        except OSError:
            return
        for entry in entries:
            if not rest or _is_folder(entry):
                yield from _match(os.path.join(base, entry.name), rest)


def _matching(folder: str, pattern: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder or os.curdir) as entries:
        found = [e for e in entries if fnmatch(e.name, pattern)]
    if not pattern.startswith("."):
        found = [e for e in found if not e.name.startswith(".")]
    return sorted(found, key=lambda e: e.name)


def _folders(base: str) -> Iterator[str]:
    """A folder and all below it, each real one once."""
    seen = {os.path.realpath(base or os.curdir)}
    stack = [base]
    while stack:
        folder = stack.pop()
        yield folder
        try:
            below = [e for e in _listed(folder) if _is_folder(e)]
        except OSError:
            continue
        for entry in reversed(below):
            real = os.path.realpath(entry.path)
            if real not in seen:
                seen.add(real)
                stack.append(os.path.join(folder, entry.name))
