"""Refusing pages that would keep the parser busy for minutes, before it sees them.

All looks at the page in UTF-8, as the parser does: sizes are bytes, and only ASCII characters are blanks or letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
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
_ANY_TAG = re.compile(rb"</?[a-zA-Z][a-zA-Z0-9-]{0,40}")
_NEVER_OPEN = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dd dt tr td th option optgroup "
    "thead tbody tfoot colgroup html head body script style title textarea rp rt a button nobr".split()
)
# What ends a name, inside a class of characters.
_BLANK = r" \t\n\r\f"
_ATTRIBUTE = re.compile(
    rf"[{_BLANK}/]*[^{_BLANK}/>=]+"
    rf"(?:[{_BLANK}]*=[{_BLANK}]*(?:\"[^\"]*\"|'[^']*'|[^{_BLANK}>\"'][^{_BLANK}>]*)?)?".encode()
)


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
    rf"<(/?)(?:({_NAMES})(?![a-zA-Z0-9-])([{_BLANK}/][^>]{{0,500}})?|[a-zA-Z][a-zA-Z0-9-]{{0,40}})".encode()
)


# All that such an element has in its tag is copied with it; so is a link's, of which only one is open at a time.
# Bytes of all different long tags, times the elements of the page, are the most that copies can come to.
_MAX_COPIED = 200_000_000
LONG_TAG = 128
_ONLY_ONE = frozenset((b"a", b"nobr"))
# As a parser reads it, quotes hiding what is between them only behind an equals sign. What has no end goes on to
# that of the page, so that every character is looked at once.
_WHOLE_TAG = re.compile(
    rf"<({_NAMES}|[aA]|[nN][oO][bB][rR])(?=[{_BLANK}/>])"
    rf"(?:[{_BLANK}/]++|[^{_BLANK}/>][^{_BLANK}/>=]*+"
    rf"(?:[{_BLANK}]*+=[{_BLANK}]*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^{_BLANK}>]*+))?+)*+(?:>|\Z)".encode()
)

# Letter by letter, since a search without regard to case looks at every character of the page.
_OPTION = re.compile(rb"</?[oO][pP][tT]")
_NAMED = rf"[oO][pP][tT](?:[iI][oO][nN]|[gG][rR][oO][uU][pP])(?=[{_BLANK}/>])"
_OPTION_START, _OPTION_END = re.compile(f"<{_NAMED}".encode()), re.compile(f"</{_NAMED}".encode())


class Tags(NamedTuple):
    """How often ``<`` and ``</`` occur in a page, and whether it may have options."""

    all: int
    ends: int
    options: bool

    @property
    def opened(self) -> int:
        """No fewer than there are start tags."""
        return self.all - self.ends


def count_tags(page: bytes) -> Tags:
    """Count the tags of a page."""
    return count_tags_in_python(page) if _compiled is None else Tags(*_compiled.count_tags(page))


def count_tags_in_python(page: bytes) -> Tags:
    """As `count_tags`, without compiled parts."""
    return Tags(page.count(b"<"), page.count(b"</"), _OPTION.search(page) is not None)


def without_options(page: bytes) -> bytes:
    """A page whose options and groups of them are void elements instead."""
    return without_options_in_python(page) if _compiled is None else bytes(_compiled.without_options(page))


def without_options_in_python(page: bytes) -> bytes:
    """As `without_options`; one pattern for both tags would call Python at each."""
    return _OPTION_END.sub(b"</wbr", _OPTION_START.sub(b"<wbr", page))


def check_cost(page: bytes, tags: Tags) -> None:
    """Refuse a page whose elements or attributes are too many for the parser.

    Raises:
        LimitExceeded: elements open inside each other, attributes of one tag, or formatting elements that
            are never closed, too many of them or too long.
    """
    opened = tags.opened
    if opened * len(page) > _MAX_COPIED and is_heavy(page, _MAX_COPIED // opened):
        raise LimitExceeded(
            f"tags of formatting elements or links are so long that {_MAX_COPIED / 1e6:.0f} MB could be copied"
        )
    if tags.all > _MANY_TAGS and opened > _MAX_OPEN and is_deep(page, tags):
        raise LimitExceeded(f"page has more than {_MAX_OPEN:,} elements inside each other")
    if opened > _FEW_OPENED and is_remade(page, tags):
        raise LimitExceeded(f"unclosed formatting elements would make more than {_MAX_REMADE:,} nodes")
    if len(page) >= _LONG_TAG:
        _check_attributes(page)


def is_heavy(page: bytes, most: int) -> bool:
    """Whether long tags of formatting elements, each up to three times, and the longest of links have so many bytes."""
    if _compiled is not None:
        return bool(_compiled.is_heavy(page, LONG_TAG, _ALIKE, most))
    return heavy_tags_in_python(page) > most


def heavy_tags_in_python(page: bytes) -> int:
    """Bytes of long tags of formatting elements, each tag up to three times; of links those of the longest."""
    longest = 0
    alike: Counter[bytes] = Counter()
    for match in _WHOLE_TAG.finditer(page):
        size = match.end() - match.start()
        if size > LONG_TAG:
            if match[1].lower() in _ONLY_ONE:
                longest = max(longest, size)
            else:
                alike[match.group()] += 1
    return longest + sum(len(tag) * min(count, _ALIKE) for tag, count in alike.items())


def is_deep(page: bytes, tags: Tags) -> bool:
    """Whether more elements are open inside each other than the parser can take."""
    if _compiled is not None:
        return bool(_compiled.is_deep(page, _NEVER_OPEN, tags.opened, _MAX_OPEN))
    return is_deep_in_python(page)


def is_deep_in_python(page: bytes) -> bool:
    """As `is_deep`, without compiled parts."""
    depth = 0
    opened: dict[str, int] = {}
    for written in _ANY_TAG.findall(page):
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
def _tag(written: bytes) -> tuple[str, bool]:
    """Name of a tag, empty if it cannot stay open, and whether it is an end tag."""
    closes = written.startswith(b"</")
    tag = written[1 + closes :].decode("ascii").lower()
    return "" if tag in _NEVER_OPEN else tag, closes


def is_remade(page: bytes, tags: Tags) -> bool:
    """Whether formatting elements that are not closed would be made again too often."""
    if _compiled is not None:
        return bool(_compiled.is_remade(page, _FORMATTING, _ALIKE, tags.opened, _MAX_REMADE))
    return is_remade_in_python(page)


def is_remade_in_python(page: bytes) -> bool:
    """As `is_remade`, without compiled parts."""
    still_open: dict[bytes, list[bytes]] = {name.encode(): [] for name in _FORMATTING}
    alike: Counter[tuple[bytes, bytes]] = Counter()
    count = remade = 0
    for closes, name, said in _TAG_OR_FORMATTING.findall(page):
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


def _check_attributes(page: bytes) -> None:
    scripts = _Scripts(page)
    # The tag whose attributes were counted last, how many it has, and where the next may start.
    tag = count = at = 0
    for start, end in _long_tags(page):
        # Scripts are looked for once there is a tag with many attributes, and then are the quicker question.
        if scripts.looked and scripts.open_at(end):
            continue
        if start != tag:
            tag, count, at = start, 0, start
        count, at = _attributes(page, count, at, end)
        if count > _MAX_ATTRIBUTES and not scripts.open_at(end):
            raise LimitExceeded(f"a tag has more than {_MAX_ATTRIBUTES:,} attributes")


class _Scripts:
    """Where the last script of a page began and ended, as far as it has been looked for."""

    def __init__(self, page: bytes) -> None:
        self._page = page
        self._start = self._end = -1
        self.looked = 0

    def open_at(self, place: int) -> bool:
        """Whether there is a script at a place, which is behind all that were asked for before."""
        self._start = max(self._start, self._last(b"<script", place))
        self._end = max(self._end, self._last(b"</script", place))
        self.looked = max(place - len("</script"), 0)
        return self._start > self._end

    def _last(self, mark: bytes, end: int) -> int:
        """The last place of a mark, found forwards: backwards Python takes ten times as long."""
        last, at = -1, self._page.find(mark, self.looked, end)
        while at >= 0:
            last, at = at, self._page.find(mark, at + 1, end)
        return last


def _long_tags(page: bytes) -> Iterator[tuple[int, int]]:
    """Where names of tags start and where these may end, in front of the next ``>`` that comes after a long time."""
    at, size = 0, len(page)
    while at + _LONG_TAG < size:
        end = page.rfind(b">", at, at + _LONG_TAG)
        if end < 0:
            end = page.find(b">", at)
            end = size if end < 0 else end
            start = page.rfind(b"<", 0, end) + 1
            if start and page[start : start + 1].isalpha():
                yield start, end
        at = end + 1


def _attributes(page: bytes, count: int, at: int, end: int) -> tuple[int, int]:
    """Go on counting attributes up to an end; how many there are and where the next may start, behind all if none can."""
    while at < end and count <= _MAX_ATTRIBUTES:
        match = _ATTRIBUTE.match(page, at)
        if match is None:
            return count, len(page)
        at = match.end()
        count += 1
    return count, at
