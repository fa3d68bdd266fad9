"""A missing space behind a full stop or a comma in running text."""

import re

import numpy as np
import numpy.typing as npt

from qualityscore.native import compiled
from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    per_1000,
    signal,
)
from qualityscore.signals.automation._careless import OPENERS, hurried

_MARK, _LETTER = 1, 2
_KINDS = bytes(
    _MARK if c in ".?!," else _LETTER if c.isascii() and c.isalpha() else 0 for c in map(chr, range(256))
)
_BREAK = frozenset(" \t\n")
_INSIDE = frozenset("/\\@#<>=_(){}[]|*+$%&~^:;0123456789`")
# Domains, files and names of code, whatever their case.
_SUFFIXES = frozenset(
    "com net org edu gov info biz io ai app dev co uk js ts py rb go md html htm php asp aspx css json xml yml "
    "txt pdf doc docx xls xlsx zip exe png jpg jpeg gif svg mp mp3 mp4 sh tv me ly us eu de fr nl".split()
)
_ABBREVIATED = re.compile(r"(?:[A-Z]\.){2,4}\Z")


@signal(
    id="lost_space",
    family="automation",
    why="Pasting a text together by program loses the space between two sentences; an edited text keeps it.",
    limits="Pages whose line breaks were lost in conversion are glued too; chat and comments are left out.",
    sources=[
        Source(
            "Google spam policies: scaled content abuse",
            "https://developers.google.com/search/docs/essentials/spam-policies",
        ),
    ],
    features=[Feature("per_1k_words", "lost spaces / 1000 words")],
    needs=Needs(min_words=50),
    fires=[
        Example(
            "They called off the match.Despite this, the fans stayed, and talks have stalled,largely for want "
            "of time.",
            ["match.Despite", "stalled,largely"],
        ),
        Example(
            "Envoys of the U.S.and the island met on Sunday evening.The talks went on.",
            ["U.S.and", "evening.The"],
        ),
    ],
    quiet=[
        "Call System.Out or string.Format in Node.js, or open Readme.Txt and Booking.Com to see it.",
        "It is on example.com,example.org and at p.12,or so the list a,b,c says. E.g.this one.",
        "i was so tired.The bus never came,and nobody said why. lol",
    ],
)
def lost_space(doc: Document) -> Measured:
    text = doc.folded
    strong: list[Finding] = []
    weak: list[Finding] = []
    for at in _glued(doc.ascii):
        if not _may_be_prose(text, at):
            continue
        start = _left(text, at)
        end = _right(text, at)
        weight = _weight(text[start:end], at - start, text[end : end + 2])
        if weight:
            note = f"no space behind the {'comma' if text[at - 1] == ',' else 'full stop'}"
            (strong if weight == 2 else weak).append(Finding(start, end, note))
    if not strong or hurried(doc):
        return Measured({"per_1k_words": 0.0})
    # A pair that may be a name or code counts where lost spaces are certain elsewhere.
    found = strong + weak
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)


def glued_in_python(ascii: npt.NDArray[np.uint8]) -> list[int]:
    """Places of letters right behind a full stop, another mark that ends a sentence, or a comma."""
    kinds = np.frombuffer(ascii.tobytes().translate(_KINDS), dtype=np.uint8)
    return (np.flatnonzero((kinds[:-1] == _MARK) & (kinds[1:] == _LETTER)) + 1).tolist()


_compiled = compiled("counting")
_glued = glued_in_python if _compiled is None else _compiled.glued


def _may_be_prose(text: str, at: int) -> bool:
    """Whether the letter behind the mark has the right case: most that has not is an address or a file."""
    if text[at - 1] == ",":
        return text[at].islower()
    # Only an abbreviation in capitals ends on a full stop before a small letter.
    return text[at].isupper() or (text[at - 1] == "." and "A" <= text[at - 2 : at - 1] <= "Z")


def _left(text: str, at: int) -> int:
    low = max(0, at - 40)
    start = at
    while start > low and text[start - 1] not in _BREAK:
        start -= 1
    while start < at and not text[start].isalnum():
        start += 1
    return start


def _right(text: str, at: int) -> int:
    high = min(len(text), at + 40)
    end = at
    while end < high and text[end] not in _BREAK:
        end += 1
    while end > at and not text[end - 1].isalnum():
        end -= 1
    return max(end, at + 1)


def _weight(chunk: str, at: int, after: str) -> int:
    """2 for two words of prose surely glued, 1 for a pair that may be a name, 0 for anything else."""
    if len(chunk) > 36 or not _INSIDE.isdisjoint(chunk) or at < 4 or after[:1] == "(":
        return 0
    left, mark, right = chunk[: at - 1], chunk[at - 1], chunk[at:]
    low = right.lower()
    if low in _SUFFIXES or not right.replace("'", "").replace("-", "").isalpha():
        return 0
    if mark == ".":
        if _ABBREVIATED.match(chunk[:at]):
            return 2 if right in OPENERS else 0
        if right[0].islower():
            return 0
    plain = left.replace("'", "").replace("-", "")
    if not plain.isalpha() or not plain[1:].islower() or len(left) < 3:
        return 0
    if mark == ",":
        if not right.islower():
            return 0
        return 2 if right in OPENERS and left.islower() and len(left) >= 4 else 1
    if right[0].islower() or (right[1:] and not right[1:].replace("'", "").islower()):
        return 0
    return 2 if low in OPENERS and (left.islower() or mark == ".") else 1
