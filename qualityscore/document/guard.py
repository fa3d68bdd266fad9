"""Refusing pages that would keep the parser busy for minutes, before it sees them."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from qualityscore.errors import LimitExceeded
from qualityscore.native import compiled

_compiled = compiled("guard")

# Lexbor takes time quadratic in the depth of open elements and in the attributes of one tag.
_MAX_OPEN = 4_000
_MANY_TAGS = 8_000
_MAX_ATTRIBUTES = 5_000
_LONG_TAG = 16_384
_ANY_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,40}")
_NEVER_OPEN = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dd dt tr td th option optgroup "
    "thead tbody tfoot colgroup html head body script style title textarea rp rt a button nobr".split()
)
_ATTRIBUTE = re.compile(r"[\s/]*[^\s/>=][^\s/>=]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*)?)?")


# A formatting element that is not closed is made again in every block that follows: n of them and n paragraphs
# make n * n nodes. More than three that are written alike count as three.
_MAX_REMADE = 2_000_000
# Of n opening tags, at most (n / 2) ** 2 elements can be made again: half of the tags opening, half making again.
_FEW_OPENED = int(2 * _MAX_REMADE**0.5)
_FORMATTING = ("b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u")
_ALIKE = 3
# Letter by letter, since a search without regard to case looks at every character of the page.
_NAMES = "|".join("".join(f"[{c}{c.upper()}]" for c in name) for name in _FORMATTING)
# Whether it is an end tag, the name of a formatting element (none of any other), and what else is in its tag.
_TAG_OR_FORMATTING = re.compile(
    rf"<(/?)(?:({_NAMES})(?![a-zA-Z0-9-])([\s/][^>]{{0,500}})?|[a-zA-Z][a-zA-Z0-9-]{{0,40}})"
)


# All that such an element has in its tag is copied with it; so is a link's, of which only one is open at a time.
# Characters of all different long tags, times the elements of the page, are the most that copies can come to.
_MAX_COPIED = 200_000_000
LONG_TAG = 128
_ONLY_ONE = frozenset(("a", "nobr"))
_BLANK = r"[ \t\n\r\f]"
# As a parser reads it, quotes hiding what is between them only behind an equals sign. What has no end goes on to
# that of the page, so that every character is looked at once.
_WHOLE_TAG = re.compile(
    rf"<({_NAMES}|[aA]|[nN][oO][bB][rR])(?=[ \t\n\r\f/>])"
    r"(?:[ \t\n\r\f/]++|[^ \t\n\r\f/>][^ \t\n\r\f/>=]*+"
    rf"(?:{_BLANK}*+={_BLANK}*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^ \t\n\r\f>]*+))?+)*+(?:>|\Z)"
)

# Letter by letter, since a search without regard to case looks at every character of the page.
_OPTION = re.compile(r"</?[oO][pP][tT]")
_NAMED = r"[oO][pP][tT](?:[iI][oO][nN]|[gG][rR][oO][uU][pP])(?=[\s/>])"
_OPTION_START, _OPTION_END = re.compile("<" + _NAMED), re.compile("</" + _NAMED)


class Tags(NamedTuple):
    """How often ``<`` and ``</`` occur in a page, and whether it may have options."""

    all: int
    ends: int
    options: bool


def count_tags(source: str, utf8: bytes | None = None) -> Tags:
    """Count the tags of a page; in UTF-8, if it is at hand, they are found faster."""
    if _compiled is not None:
        return Tags(*_compiled.count_tags(utf8 or source))
    return count_tags_in_python(source)


def count_tags_in_python(source: str) -> Tags:
    """As `count_tags`, without compiled parts."""
    return Tags(source.count("<"), source.count("</"), _OPTION.search(source) is not None)


def without_options(source: str) -> str:
    """A page whose options and groups of them are void elements instead."""
    return without_options_in_python(source) if _compiled is None else str(_compiled.without_options(source))


def without_options_in_python(source: str) -> str:
    """As `without_options`; one pattern for both tags would call Python at each."""
    return _OPTION_END.sub("</wbr", _OPTION_START.sub("<wbr", source))


def heavy_tags(source: str) -> int:
    """Characters of long tags of formatting elements, each tag up to three times; of links those of the longest."""
    if _compiled is not None:
        return int(_compiled.heavy_tags(source, LONG_TAG, _ALIKE))
    return heavy_tags_in_python(source)


def heavy_tags_in_python(source: str) -> int:
    """As `heavy_tags`, without compiled parts."""
    longest = 0
    alike: Counter[str] = Counter()
    for match in _WHOLE_TAG.finditer(source):
        size = match.end() - match.start()
        if size > LONG_TAG:
            if match[1].lower() in _ONLY_ONE:
                longest = max(longest, size)
            else:
                alike[match.group()] += 1
    return longest + sum(len(tag) * min(count, _ALIKE) for tag, count in alike.items())


def check_cost(source: str, tags: Tags) -> None:
    """Refuse a page whose elements or attributes are too many for the parser.

    Raises:
        LimitExceeded: elements open inside each other, attributes of one tag, or formatting elements that
            are never closed, too many of them or too long.
    """
    opened = tags.all - tags.ends
    if opened * len(source) > _MAX_COPIED and opened * heavy_tags(source) > _MAX_COPIED:
        raise LimitExceeded(
            f"tags of formatting elements or links are so long that {_MAX_COPIED / 1e6:.0f} MB could be copied"
        )
    if tags.all > _FEW_OPENED:
        if tags.all > _MANY_TAGS and opened > _MAX_OPEN and is_deep(source):
            raise LimitExceeded(f"page has more than {_MAX_OPEN:,} elements inside each other")
        if opened > _FEW_OPENED and is_remade(source):
            raise LimitExceeded(f"unclosed formatting elements would make more than {_MAX_REMADE:,} nodes")
    if len(source) >= _LONG_TAG:
        _check_attributes(source)


def is_deep(source: str) -> bool:
    """Whether more elements are open inside each other than the parser can take."""
    if _compiled is not None:
        return bool(_compiled.is_deep(source, _NEVER_OPEN, _MAX_OPEN))
    return is_deep_in_python(source)


def is_deep_in_python(source: str) -> bool:
    """As `is_deep`, without compiled parts."""
    depth = 0
    opened: dict[str, int] = {}
    for written in _ANY_TAG.findall(source):
        tag, closes = _tag(written)
        if not tag:
            continue
        if closes:
            # A stray end tag closes nothing.
            if opened.get(tag):
                opened[tag] -= 1
                depth -= 1
        else:
            opened[tag] = opened.get(tag, 0) + 1
            depth += 1
            if depth > _MAX_OPEN:
                return True
    return False


@lru_cache(maxsize=1_000)
def _tag(written: str) -> tuple[str, bool]:
    """Name of a tag, empty if it cannot stay open, and whether it is an end tag."""
    closes = written[1] == "/"
    tag = written[1 + closes :].lower()
    return "" if tag in _NEVER_OPEN else tag, closes


def is_remade(source: str) -> bool:
    """Whether formatting elements that are not closed would be made again too often."""
    if _compiled is not None:
        return bool(_compiled.is_remade(source, _FORMATTING, _ALIKE, _MAX_REMADE))
    return is_remade_in_python(source)


def is_remade_in_python(source: str) -> bool:
    """As `is_remade`, without compiled parts."""
    still_open: dict[str, list[str]] = {name: [] for name in _FORMATTING}
    alike: Counter[tuple[str, str]] = Counter()
    count = remade = 0
    for closes, name, said in _TAG_OR_FORMATTING.findall(source):
        if not name:
            if not closes:
                remade += count
                if remade > _MAX_REMADE:
                    return True
            continue
        name = name.lower()
        opened = still_open[name]
        if not closes:
            if alike[name, said] < _ALIKE:
                alike[name, said] += 1
                opened.append(said)
                count += 1
        elif opened:
            alike[name, opened.pop()] -= 1
            count -= 1
    return False


def _check_attributes(source: str) -> None:
    at, size = 0, len(source)
    # Where the last script began and ended, as far as the text has been looked through.
    looked = 0
    script = script_end = -1
    while at + _LONG_TAG < size:
        close = source.rfind(">", at, at + _LONG_TAG)
        if close >= 0:
            at = close + 1
            continue
        end = source.find(">", at)
        end = size if end < 0 else end
        start = source.rfind("<", 0, end) + 1
        last_script, last_end = last_scripts(source, looked, end)
        script, script_end = max(script, last_script), max(script_end, last_end)
        looked = max(end - len("</script"), 0)
        if start and script <= script_end and _attributes(source, start, end) > _MAX_ATTRIBUTES:
            raise LimitExceeded(f"a tag has more than {_MAX_ATTRIBUTES:,} attributes")
        at = end + 1


def last_scripts(source: str, start: int, end: int) -> tuple[int, int]:
    """Where the last ``<script`` and the last ``</script`` stand between two places, -1 for none."""
    if _compiled is not None:
        return _compiled.last_scripts(source, start, end)  # type: ignore[no-any-return]
    return last_scripts_in_python(source, start, end)


def last_scripts_in_python(source: str, start: int, end: int) -> tuple[int, int]:
    """As `last_scripts`, without compiled parts."""
    return _last(source, "<script", start, end), _last(source, "</script", start, end)


def _last(source: str, mark: str, start: int, end: int) -> int:
    """The last place of a mark, found forwards: backwards Python takes ten times as long."""
    last, at = -1, source.find(mark, start, end)
    while at >= 0:
        last, at = at, source.find(mark, at + 1, end)
    return last


def _attributes(source: str, start: int, end: int) -> int:
    count = 0
    if not source[start : start + 1].isalpha():
        return 0
    while start < end and count <= _MAX_ATTRIBUTES:
        match = _ATTRIBUTE.match(source, start)
        if match is None or match.end() == start:
            break
        start = match.end()
        count += 1
    return count
