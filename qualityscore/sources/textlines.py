"""Lines of a file, bounded, and going on after damage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qualityscore.sources.raw import Damaged
from qualityscore.sources.streams import Unpacked


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that could not be read.

    Attributes:
        error: why, in a few words.
        raw: how the line begins, as far as it was read.
        size: bytes of the line.
    """

    error: str
    raw: bytes
    size: int = 0


_SHOWN = 100_000


def lines(source: Unpacked, limit: int, looks: Callable[[bytes], bool]) -> Iterator[bytes | Fault]:
    """Lines with their line ends, each at most ``limit`` bytes; one that is longer is a `Fault`.

    After damage, what was read of a line is a `Fault`, and reading goes on at the next piece whose
    first bytes ``looks`` accepts.
    """
    begun: list[bytes] = []
    size = 0
    while True:
        try:
            chunk = source.read(1 << 18)
            if not chunk:
                if source.next_piece():
                    continue
                break
        except Damaged as damage:
            yield Fault(str(damage), b"".join(begun)[:_SHOWN])
            begun, size = [], 0
            if not source.recover(looks):
                return
            continue
        found = chunk.split(b"\n")
        for piece in found[:-1]:
            size += len(piece) + 1
            if size > limit:
                yield _too_long(limit, begun, size)
            else:
                begun.append(piece)
                begun.append(b"\n")
                yield b"".join(begun)
            begun, size = [], 0
        size += len(found[-1])
        if found[-1] and size <= limit:
            begun.append(found[-1])
    if size > limit:
        yield _too_long(limit, begun, size)
    elif begun:
        yield b"".join(begun)


def _too_long(limit: int, begun: list[bytes], size: int) -> Fault:
    return Fault(f"line is longer than the limit of {limit / 1e6:.1f} MB", b"".join(begun[:2])[:_SHOWN], size)
