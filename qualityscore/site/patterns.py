"""How a template is shown: its fixed words, and what fills the slots between them."""

from __future__ import annotations

from collections.abc import Sequence


def split_unit(
    text: str, spans: Sequence[tuple[int, int]], fixed: Sequence[bool]
) -> tuple[list[str], list[str]]:
    """A unit's text as the pieces that are fixed and what fills the slots between them.

    Args:
        text: the unit as a reader sees it.
        spans: its words in ``text``.
        fixed: whether each of them belongs to the template.

    Returns:
        Pieces, one more than slots, and fillers.
    """
    # A number within a name ("B2B") is no slot.
    known = [
        is_fixed or (text[a].isdigit() and text[a - 1 : a].isalpha() and text[b : b + 1].isalpha())
        for is_fixed, (a, b) in zip(fixed, spans, strict=True)
    ]
    pieces: list[str] = []
    fillers: list[str] = []
    at = 0
    i = 0
    while i < len(spans):
        j = i
        if not known[i]:
            while j + 1 < len(spans) and not known[j + 1]:
                j += 1
            pieces.append(text[at : spans[i][0]])
            fillers.append(text[spans[i][0] : spans[j][1]])
            at = spans[j][1]
        i = j + 1
    return [*pieces, text[at:]], fillers


def pattern_of(units: Sequence[tuple[list[str], list[str]]], most: int = 200) -> tuple[str, list[str]]:
    """The pattern of units that were split alike, and what fills its slots, once each.

    Words that every filler of a slot begins or ends with belong to the pattern.

    Args:
        units: the first one gives the pattern's words; those with other slots are left out.
        most: characters of the pattern at most.
    """
    pieces = list(units[0][0])
    alike = [fillers for _, fillers in units if len(fillers) == len(pieces) - 1]
    slots = [[filler.split() for filler in column] for column in zip(*alike, strict=True)]
    for i, column in enumerate(slots):
        if len({tuple(words) for words in column}) < 2:
            continue
        while min(map(len, column)) > 1 and len({words[0].lower() for words in column}) == 1:
            pieces[i] += column[0][0] + " "
            column[:] = [words[1:] for words in column]
        while min(map(len, column)) > 1 and len({words[-1].lower() for words in column}) == 1:
            pieces[i + 1] = f" {column[0][-1]}{pieces[i + 1]}"
            column[:] = [words[:-1] for words in column]
    shown = " ".join("{}".join(pieces).split())
    joined = [" … ".join(" ".join(words) for words in row) for row in zip(*slots, strict=True)]
    return shown if len(shown) <= most else shown[: most - 1] + "…", list(dict.fromkeys(joined))
