"""Which pages a sample takes: in proportion from each pattern of addresses, the same every time."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

_DIGITS = re.compile(r"\d+")


def address_pattern(name: str) -> str:
    """Host and folders of an address or path with numbers as 0, and the page's suffix."""
    try:
        parts = urlsplit(name) if "://" in name else None
    except ValueError:
        parts = None
    path = parts.path if parts else name.replace(os.sep, "/")
    folder, _, last = path.rpartition("/")
    suffix = os.path.splitext(last)[1][:10]
    return f"{parts.netloc if parts else ''}{_DIGITS.sub('0', folder)}/{suffix}"


def choose(names: Iterable[str], size: int) -> tuple[frozenset[int], int]:
    """Numbers of the names to take, and how many names there are.

    Each pattern gives its share of ``size``, largest remainders first; within a pattern the names
    with the lowest hashes go.
    """
    strata: dict[str, list[tuple[bytes, int]]] = {}
    total = 0
    for number, name in enumerate(names):
        key = hashlib.blake2b(f"{name}\0{number}".encode("utf-8", "replace"), digest_size=8).digest()
        strata.setdefault(address_pattern(name), []).append((key, number))
        total += 1
    if total <= size:
        return frozenset(range(total)), total
    exact = {pattern: size * len(found) / total for pattern, found in strata.items()}
    take = {pattern: int(share) for pattern, share in exact.items()}
    rest = sorted(strata, key=lambda pattern: (take[pattern] - exact[pattern], pattern))
    for pattern in rest[: size - sum(take.values())]:
        take[pattern] += 1
    chosen: set[int] = set()
    for pattern, found in strata.items():
        chosen.update(number for _, number in sorted(found)[: take[pattern]])
    return frozenset(chosen), total
