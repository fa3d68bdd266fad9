"""What a spelling tells of a word: its kinds as bits, its syllables, its length."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path
from typing import Any, cast

from ahocorasick_rs import AhoCorasick

from qualityscore.errors import ConfigError
from qualityscore.native import compiled

(
    CAPITAL, MIXED, LOWER, NUMBER, STOP, MONTH, DAY, UNIT, YEAR, FIRST_PERSON, PAST, SPEECH, ABSTRACT,
    EASY, UPPER, BRIDGE, TIME_PLACE,
) = (1 << bit for bit in range(17))  # fmt: skip
# In front of the bits of kinds: the syllables, up to 63, and the characters.
SYLLABLES_AT = 20
LENGTH_AT = 26
# No English word is longer; a hyphenator must not be fed a page without spaces.
_LONGEST = 40


def _word_lists() -> dict[str, frozenset[str]]:
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = lists.setdefault(line.strip("[] "), [])
        elif not line.startswith("#"):
            current.extend(line.split())
    return {name: frozenset(words) for name, words in lists.items()}


_compiled = compiled("hyphens")
_LISTS = _word_lists()
_ABSTRACT = ("tion", "sion", "ment", "ity", "ness", "ance", "ence", "ship", "ism")
_ABSTRACT_ENDS = (*_ABSTRACT, *(f"{end}s" for end in _ABSTRACT))
_ABSTRACT_WORD = re.compile(rf".{{3,40}}(?:{'|'.join(_ABSTRACT)})s?")


@cache
def easy_words() -> frozenset[str]:
    """The Dale-Chall list of easy words that textstat carries, read without importing textstat.

    Raises:
        ConfigError: textstat is not installed or its list is not where any known release has it.
    """
    spec = importlib.util.find_spec("textstat")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for place in ("resources/en/easy_words.txt", "resources/easy_words.txt", "easy_words.txt"):
            path = Path(folder) / place
            if path.is_file():
                words = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
                return frozenset(words) | _LISTS["easy"]
    raise ConfigError("textstat's word list is missing: run  pip install --force-reinstall textstat")


@cache
def _hyphenator() -> Any:
    from pyphen import Pyphen

    return Pyphen(lang="en_US")


@cache
def _pattern_finder() -> tuple[Any, list[tuple[int, tuple[int, ...]]]]:
    """All of pyphen's patterns as one automaton, and what each does: where, and to which points."""
    patterns = _hyphenator().hd.patterns
    return AhoCorasick(list(patterns)), list(patterns.values())


@cache
def _patterns() -> Any:
    """The same for compiled code."""
    assert _compiled is not None
    return _compiled.Patterns(_hyphenator().hd.patterns)


def syllables(word: str) -> int:
    """Syllables of a lower-case word: places where it may be hyphenated, plus one.

    The same places as ``Pyphen.positions`` finds by looking every part of the word up.
    """
    if len(word) > _LONGEST:
        return _LONGEST
    if _compiled is None:
        return syllables_in_python(word)
    hyphenator = _hyphenator()
    return 1 + cast(int, _patterns().breaks(word, hyphenator.left, hyphenator.right))


def syllables_in_python(word: str) -> int:
    """As `syllables`, of a word that is not too long."""
    hyphenator = _hyphenator()
    finder, effects = _pattern_finder()
    points = [0] * (len(word) + 3)
    for pattern, start, _ in finder.find_matches_as_indexes(f".{word}.", overlapping=True):
        offset, values = effects[pattern]
        for at, value in enumerate(values, start + offset):
            if value > points[at]:
                points[at] = value
    first, last = hyphenator.left + 1, len(word) - hyphenator.right + 1
    return 1 + sum([point % 2 for point in points[first : last + 1]])


def describe(raw: str) -> int:
    """Bits, syllables and length of one word."""
    low = raw.lower()
    bits = min(len(raw), 1023) << LENGTH_AT
    if raw[0].isdigit():
        bits |= NUMBER | 1 << SYLLABLES_AT
        if len(raw) == 4 and raw.isdigit() and "1400" <= raw <= "2099":
            bits |= YEAR
        return bits
    bits |= min(syllables(low), 63) << SYLLABLES_AT
    kinds = _kinds().get(low, 0)
    if raw[0].isupper():
        bits |= CAPITAL | kinds
        if not raw.isupper() and any(c.islower() for c in raw):
            bits |= MIXED
        elif len(raw) > 1:
            bits |= UPPER
    else:
        bits |= LOWER | kinds & ~MONTH
    if low.endswith("ed") and len(low) > 3 and low not in _LISTS["not past"]:
        bits |= PAST
    if low.endswith("ly") and len(low) > 4:
        bits |= BRIDGE
    if low.endswith(_ABSTRACT_ENDS) and _ABSTRACT_WORD.fullmatch(low):
        bits |= ABSTRACT
    return bits


@cache
def _kinds() -> dict[str, int]:
    """The kinds of every word of a list."""
    kinds: dict[str, int] = {}
    for flag, words in (
        (STOP, _LISTS["stop"]),
        (DAY, _LISTS["day"]),
        (MONTH, _LISTS["month"]),
        (UNIT, _LISTS["unit"]),
        (FIRST_PERSON, _LISTS["first person"]),
        (PAST, _LISTS["past"]),
        (SPEECH, _LISTS["speech"]),
        (BRIDGE, _LISTS["bridge"]),
        (TIME_PLACE, _LISTS["time and place"]),
        (EASY, easy_words()),
    ):
        for word in words:
            kinds[word] = kinds.get(word, 0) | flag
    return kinds
