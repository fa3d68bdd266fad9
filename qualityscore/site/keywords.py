"""Doorway sets whose texts differ: pages on one phrase for any subject ("{} coloring pages").

Such pages are put together from many sentences, so no two are alike; what gives them away is that the
words of a page's own title stand in the slot of a sentence that its sisters have with theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualityscore.document.tokens import FUNCTION_WORDS, NUMBER, word_crc
from qualityscore.site.page import SitePage
from qualityscore.site.recurring import Recurring, word_ids
from qualityscore.site.templates import fixed_words

_FUNCTION = frozenset(word_crc(w) for w in FUNCTION_WORDS)
FEWEST = 3
# So many of a sentence's pages fill its slot with words of their own titles, and so many ways.
_OWN, _DIFFERENT = 0.6, 0.5
# So many of those have the phrase in the title.
_TITLED = 0.5
Phrase = tuple[int, int]
Variants = tuple[tuple[frozenset[int], str], ...]


@dataclass(slots=True)
class Family:
    """Pages of one site on one phrase.

    Attributes:
        pattern: the phrase with its slot, as the first title has it.
        pages: places of the pages, in order.
    """

    pattern: str
    pages: list[int]


def find_families(
    pages: Sequence[SitePage], titles: Sequence[str], templates: Iterable[Recurring]
) -> list[Family]:
    """The families of one site, the largest first.

    Args:
        titles: of every page, without the site's name.
        templates: those of the site; places are places in ``pages``.
    """
    words = [_variants(title) for title in titles]
    phrases: list[frozenset[Phrase]] = []
    for template in templates:
        if template.kind == "sentence" and (found := _phrases(pages, words, template)):
            phrases.append(found)
    families: list[Family] = []
    for group in _joined(phrases):
        members = [i for i, title in enumerate(words) if _places(title, group)]
        fills = {_subject(words[i], group) for i in members}
        if len(members) < FEWEST or len(fills) <= _DIFFERENT * len(members):
            continue
        # "Coloring page" and "coloring pages" are found apart, and are one.
        if twin := next((f for f in families if len(set(f.pages) & set(members)) > len(members) / 2), None):
            twin.pages = sorted({*twin.pages, *members})
        else:
            families.append(Family(_pattern(words[members[0]], group), members))
    return sorted(families, key=lambda f: (-len(f.pages), f.pages[0]))


def key_of(pattern: str) -> str:
    """The same for the spellings of a pattern on several hosts."""
    return " ".join(word.removesuffix("s") for word in pattern.lower().split())


def _variants(title: str) -> Variants:
    """Every word of a title with the ids of its spellings in singular and plural."""
    out = []
    ids, spans = word_ids(title)
    for number, (a, b) in zip(ids.tolist(), spans, strict=True):
        word = title[a:b].lower()
        other = word[:-1] if word.endswith("s") else word + "s"
        out.append(
            (
                frozenset((number, word_crc(other)))
                if len(word) > 2 and word.isalpha()
                else frozenset((number,)),
                title[a:b],
            )
        )
    return tuple(out)


def _phrases(pages: Sequence[SitePage], titles: Sequence[Variants], template: Recurring) -> frozenset[Phrase]:
    """Phrases that titles share with a sentence into which each page puts words of its own title."""
    own: set[int] = set()
    seen: set[int] = set()
    fills: set[frozenset[int]] = set()
    shared = Counter[Phrase]()
    for place, unit in template.units:
        units = pages[place].units
        if units is None:
            continue
        seen.add(place)
        ids = units.words[units.first[unit] : units.last[unit]]
        fixed = fixed_words(ids, template.template.keep).tolist()
        words = ids.tolist()
        slot = {w for w, kept in zip(words, fixed, strict=True) if not kept} - _FUNCTION - {NUMBER}
        title = frozenset[int]().union(*(spelled for spelled, _ in titles[place]))
        if place in own or not slot or not slot <= title:
            continue
        own.add(place)
        fills.add(frozenset(slot))
        # A phrase stands at a slot: words further on are the sentence's own.
        pairs = {
            (words[i], words[i + 1])
            for i in range(len(words) - 1)
            if fixed[i] and fixed[i + 1] and not (words[i] in _FUNCTION and words[i + 1] in _FUNCTION)
            if (i and not fixed[i - 1]) or (i + 2 < len(words) and not fixed[i + 2])
        }
        shared.update(pair for pair in pairs if _places(titles[place], (pair,)))
    if len(own) < max(FEWEST, _OWN * len(seen)) or len(fills) < max(FEWEST, _DIFFERENT * len(own)):
        return frozenset()
    return frozenset(pair for pair, count in shared.items() if count >= max(FEWEST, _TITLED * len(own)))


def _joined(groups: Sequence[frozenset[Phrase]]) -> list[frozenset[Phrase]]:
    """Groups that share a phrase as one."""
    out: list[frozenset[Phrase]] = []
    for group in groups:
        apart = [other for other in out if not other & group]
        out = [*apart, group.union(*(other for other in out if other & group))]
    return out


def _places(title: Variants, phrases: Iterable[Phrase]) -> list[int]:
    """Where one of the phrases begins in a title."""
    return [
        i for i in range(len(title) - 1) if any(a in title[i][0] and b in title[i + 1][0] for a, b in phrases)
    ]


def _subject(title: Variants, phrases: Iterable[Phrase]) -> tuple[str, ...]:
    at = _places(title, phrases)[0]
    return tuple(word.lower() for i, (_, word) in enumerate(title) if i not in (at, at + 1))


def _pattern(title: Variants, phrases: Iterable[Phrase]) -> str:
    at = _places(title, phrases)[0]
    phrase = f"{title[at][1]} {title[at + 1][1]}"
    return f"{'{} ' if at else ''}{phrase}{' {}' if at + 2 < len(title) and not at else ''}"
