"""Templates of a site as its report names them: patterns, what fills them, examples."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from qualityscore.document.tokens import word_crc
from qualityscore.document.words import find_words, words_at
from qualityscore.site.arrays import Ids, gathered, run_ids
from qualityscore.site.chrome import Flags
from qualityscore.site.groups import rounded
from qualityscore.site.page import HEADING, SENTENCE, SitePage, folded
from qualityscore.site.patterns import pattern_of, split_unit
from qualityscore.site.templates import (
    FEWEST,
    MOST_WORDS,
    Kind,
    Rows,
    Template,
    UnitTable,
    fixed_words,
    mine,
)

MOST_TEMPLATES = 15
_MOST_ALSO, _SLOTS, _EXAMPLES, _EXAMPLE_CHARS, _LOOKED_AT = 10, 5, 3, 300, 10
_KEPT_CHARS = 20_000_000
_SAME_PAGES = 0.8
_TELLING_WORDS = 10
KINDS: tuple[Kind, ...] = ("title", "heading", "sentence")
_SEPARATOR = re.compile(r"\s(?:\||-|–|—|·|::|»|•|«|<|>)\s")


class PageTexts:
    """Folded texts of pages, read again from the file of pages when an example is shown."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._kept: dict[int, str] = {}
        self._chars = 0

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[PageTexts]:
        """Texts of the records in a JSON-lines file."""
        with path.open("rb") as file:
            yield cls(file)

    def of(self, page: SitePage) -> str:
        """The text that the page's units point into."""
        text = self._kept.get(page.number)
        if text is None:
            self._file.seek(page.offset)
            text = folded(json.loads(self._file.readline())["text"])
            if self._chars + len(text) > _KEPT_CHARS:
                self._kept.clear()
                self._chars = 0
            self._kept[page.number] = text
            self._chars += len(text)
        return text


def word_ids(text: str) -> tuple[Ids, list[tuple[int, int]]]:
    """Ids of the words of a text, as those of `Units`, and their spans."""
    starts, ends = find_words(text)
    words = words_at(text, starts, ends)
    spans = list(zip(words.starts, words.ends, strict=True))
    return words.described(word_crc).astype(np.uint32), spans


def own_titles(pages: Sequence[SitePage]) -> list[str]:
    """Titles of one site's pages without the site's name, which half of them end or begin with."""
    parts = [_SEPARATOR.split(folded(p.title)) for p in pages]
    several = [p for p in parts if len(p) > 1]
    names: set[tuple[int, str]] = set()
    if len(several) >= 3:
        for end in (-1, 0):
            for name, count in Counter(p[end] for p in several).items():
                if 2 * count > len(pages):
                    names.add((end, name))
    out = []
    for page, pieces in zip(pages, parts, strict=True):
        title = folded(page.title)
        if len(pieces) > 1 and (-1, pieces[-1]) in names:
            title = title[: title.rindex(pieces[-1])].rstrip()[:-1].rstrip(" :")
        elif len(pieces) > 1 and (0, pieces[0]) in names:
            title = title[len(pieces[0]) :].lstrip()[1:].lstrip(" :")
        out.append(title)
    return out


@dataclass(slots=True)
class Recurring:
    """A template and the pages it stands on, as places in the list of pages.

    Attributes:
        units: places of pages, and of the units in them (-1 for a title).
        also: further templates on the same pages, each with one such unit.
    """

    kind: Kind
    template: Template
    units: list[tuple[int, int]]
    pages: list[int]
    also: list[tuple[Template, tuple[int, int]]]


def find_templates(
    pages: Sequence[SitePage], titles: Sequence[Ids], chrome: Sequence[Flags]
) -> list[Recurring]:
    """Templates among titles, headings and sentences of the pages, the most telling first.

    Those of one kind that stand on the same pages are parts of one box, and count as one.

    Args:
        titles: word ids of every page's title without the site's name.
        chrome: which lines of every page are the site's frame.
    """
    found: list[Recurring] = []
    if sum(p.units is not None for p in pages) < FEWEST:
        return found
    for kind in KINDS:
        units = _title_table(pages, titles) if kind == "title" else _text_table(kind, pages, titles, chrome)
        kept: list[Recurring] = []
        for template in mine(kind, units):
            own = list(
                zip(units.page[template.units].tolist(), units.place[template.units].tolist(), strict=True)
            )
            members = template.pages.tolist()
            twin = next((k for k in kept if kind != "title" and _same(k.pages, members)), None)
            if twin is not None:
                if len(twin.also) < _MOST_ALSO:
                    twin.also.append((template, own[0]))
            elif len(kept) < MOST_TEMPLATES:
                kept.append(Recurring(kind, template, own, members, []))
        found += kept
    return sorted(found, key=lambda r: (-_weight(r), KINDS.index(r.kind), r.pages[0]))


def _weight(found: Recurring) -> int:
    """What a template tells: "Frequently Asked Questions" less than a sentence on as many pages."""
    return len(found.pages) * min(found.template.fixed_words, _TELLING_WORDS)


def _title_table(pages: Sequence[SitePage], titles: Sequence[Ids]) -> UnitTable:
    rows = [
        i
        for i, (page, title) in enumerate(zip(pages, titles, strict=True))
        if page.units is not None and 1 <= len(title) <= MOST_WORDS
    ]
    return UnitTable(
        words=_joined([titles[i] for i in rows]),
        sizes=np.array([len(titles[i]) for i in rows], dtype=np.int32),
        page=np.array(rows, dtype=np.int32),
        place=np.full(len(rows), -1, dtype=np.int32),
        pages=sum(p.units is not None for p in pages),
    )


def _text_table(
    kind: Kind, pages: Sequence[SitePage], titles: Sequence[Ids], chrome: Sequence[Flags]
) -> UnitTable:
    wanted = HEADING if kind == "heading" else SENTENCE
    words: list[Ids] = []
    sizes: list[Rows] = []
    page_of: list[Rows] = []
    places: list[Rows] = []
    for number, (page, title, frame) in enumerate(zip(pages, titles, chrome, strict=True)):
        units = page.units
        if units is None or not len(units.kind):
            continue
        length = units.last - units.first
        good = (units.kind == wanted) & ~frame[units.line] & (length >= 1) & (length <= MOST_WORDS)
        if wanted == HEADING and len(title):
            # A page's title stands above its text once more.
            runs = run_ids(units.words, units.first, units.last)
            good &= runs != run_ids(title, np.zeros(1, np.int32), np.array([len(title)], np.int32))[0]
        place = np.flatnonzero(good).astype(np.int32)
        if len(place):
            words.append(gathered(units.words, units.first[place], units.last[place]))
            sizes.append(length[place])
            page_of.append(np.full(len(place), number, dtype=np.int32))
            places.append(place)
    return UnitTable(
        words=_joined(words),
        sizes=_joined_rows(sizes),
        page=_joined_rows(page_of),
        place=_joined_rows(places),
        pages=sum(p.units is not None for p in pages),
    )


def _joined(parts: list[Ids]) -> Ids:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.uint32)


def _joined_rows(parts: list[Rows]) -> Rows:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)


def _same(a: Sequence[int], b: Sequence[int]) -> bool:
    common = len(set(a).intersection(b))
    return common >= _SAME_PAGES * (len(a) + len(b) - common)


def described(
    found: Recurring, name: str, pages: Sequence[SitePage], titles: Sequence[str], texts: PageTexts
) -> dict[str, Any]:
    """The entry of a template in the report."""
    looked_at = found.units[:: max(1, len(found.units) // _LOOKED_AT)][:_LOOKED_AT]
    shown = [(place, _text(place, unit, pages, titles, texts)) for place, unit in looked_at]
    pattern, slots = pattern_of([_split(found.template, text) for _, text in shown])
    first_of_page = dict(reversed(shown))
    examples = [
        {"source": pages[place].source, "text": first_of_page[place][:_EXAMPLE_CHARS]}
        for place in sorted(first_of_page)[:_EXAMPLES]
    ]
    with_text = sum(p.units is not None for p in pages)
    scores = [s for i in found.pages if (s := pages[i].score) is not None]
    also = [
        pattern_of([_split(template, _text(*unit, pages, titles, texts))])[0] for template, unit in found.also
    ]
    return {
        "id": name,
        "kind": found.kind,
        "pattern": pattern,
        "also": list(dict.fromkeys(also)),
        "pages": len(found.pages),
        "share": rounded(len(found.pages) / with_text),
        "mean_score": rounded(sum(scores) / len(scores)) if scores else None,
        "slots": [slot[:_EXAMPLE_CHARS] for slot in slots[:_SLOTS]],
        "examples": examples,
    }


def _text(place: int, unit: int, pages: Sequence[SitePage], titles: Sequence[str], texts: PageTexts) -> str:
    page = pages[place]
    if unit < 0:
        return titles[place]
    assert page.units is not None
    return texts.of(page)[page.units.start[unit] : page.units.end[unit]]


def _split(template: Template, text: str) -> tuple[list[str], list[str]]:
    ids, spans = word_ids(text)
    return split_unit(text, spans, fixed_words(ids, template.keep).tolist())
