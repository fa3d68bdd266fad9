"""Which letters of other alphabets imitate Latin ones, told by the words they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualityscore.document.confusables import CONFUSABLES, FOREIGN, IDENTICAL, LOOSE, PHONETIC, styled

_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
LOOKALIKE = re.compile(f"[{FOREIGN}]")
_LETTER = re.compile(f"[{_LATIN}{FOREIGN}]")
_RUN = re.compile(f"[{_LATIN}{FOREIGN}]+")


def replacements(text: str, candidates: Sequence[int]) -> Iterator[tuple[int, str, bool]]:
    """(place, Latin letters, whether it counts as evasion), in order."""
    runs = _runs(text, candidates)
    kinds = [_kind(text, start, run) for start, run in runs]
    hidden = kinds.count("hidden")
    genuine = kinds.count("genuine")
    # Words of nothing but look-alikes prove an attack where no word of their alphabet stands among them.
    whole = sum(kind == "whole" and len(run) > 2 for kind, (_, run) in zip(kinds, runs, strict=True))
    attacked = hidden >= 2 or (whole >= 5 and not genuine)
    for i, (start, run) in enumerate(runs):
        kind = kinds[i]
        if kind in ("latin", "genuine"):
            continue
        if kind == "short" and not attacked:
            # "μm", "Δt", "cosα": a Greek letter beside a Latin one is science unless the page hides words.
            continue
        if kind == "whole" and (
            hidden < genuine
            or not (attacked or (len(run) > 1 and all(c in IDENTICAL for c in run)))
            or (genuine and _beside_genuine(text, i, runs, kinds))
        ):
            continue
        for offset, char in enumerate(run):
            new, counts = _latin(char)
            if new:
                yield start + offset, new, counts and len(run) > 1


def _runs(text: str, candidates: Sequence[int]) -> list[tuple[int, str]]:
    """Place and letters of every run of letters that has one at a candidate."""
    runs: list[tuple[int, str]] = []
    end = 0
    for at in candidates:
        if at < end:
            continue
        start = at
        while start > end and _LETTER.match(text, start - 1):
            start -= 1
        match = _RUN.match(text, start)
        if match is not None:
            end = match.end()
            runs.append((start, match.group()))
    return runs


def _beside_genuine(text: str, i: int, runs: Sequence[tuple[int, str]], kinds: Sequence[str]) -> bool:
    """Whether a word of another alphabet is the next one before or behind a run."""
    start, run = runs[i]
    if i and kinds[i - 1] == "genuine":
        before, word = runs[i - 1]
        if not _RUN.search(text, before + len(word), start):
            return True
    return (
        i + 1 < len(runs)
        and kinds[i + 1] == "genuine"
        and not _RUN.search(text, start + len(run), runs[i + 1][0])
    )


def _kind(text: str, start: int, run: str) -> str:
    """How a run of letters mixes alphabets.

    ``latin`` phonetic script; ``styled`` only Latin letters in disguise (full-width, mathematical); ``hidden``
    Latin letters with others among them; ``short`` the same, but as science writes it; ``whole`` nothing but
    look-alikes; ``genuine`` a word of another alphabet.
    """
    foreign = [c for c in run if LOOKALIKE.match(c)]
    other = [c for c in foreign if not styled(c)]
    if not other:
        return "styled"
    if len(foreign) < len(run) or len(other) < len(foreign):
        end = start + len(run)
        if PHONETIC.match(other[0]) and (
            PHONETIC.match(text, max(start - 1, 0)) or PHONETIC.match(text, end)
        ):
            return "latin"
        greek = all("\u0370" <= c <= "\u03ff" for c in other)
        inside = run[0] not in other and run[-1] not in other
        if greek and not (inside and len(run) > 3) and not (len(run) > 4 and len(other) > 1):
            return "short"
        return "hidden"
    if any(c not in CONFUSABLES for c in other):
        return "genuine"
    return "whole" if len({_alphabet(c) for c in other}) == 1 else "hidden"


def _alphabet(char: str) -> int:
    """A number for the alphabet of a look-alike letter."""
    if PHONETIC.match(char) or "\u1d00" <= char <= "\u1d22" or char in "\ua730\ua731":
        return 0
    return 4 if "\u0400" <= char < "\u0530" else ord(char) >> 8


def _latin(char: str) -> tuple[str, bool]:
    """The Latin letters a character stands for, and whether that may be evasion."""
    if not LOOKALIKE.match(char):
        return "", False
    plain = styled(char)
    if plain:
        return plain, not "\ufb00" <= char <= "\ufb06"
    return CONFUSABLES.get(char) or LOOSE.get(char, ""), True
