"""`SitePage`: what the analysis keeps of a page, a few kilobytes, whatever the size of its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

import numpy as np
import numpy.typing as npt

from qualityscore.document.fold import fold
from qualityscore.document.lines import split_lines
from qualityscore.document.sentences import split_sentences
from qualityscore.document.tokens import word_crc
from qualityscore.site.arrays import Ids, run_ids
from qualityscore.site.dates import UNDATED, Dated, date_in_address, read_date
from qualityscore.site.identity import address_host, path_below, path_parts

Ints = npt.NDArray[np.int32]

# A page's share of the analysis is bounded however long the page is.
MAX_WORDS = 5_000
# Log-odds from which a signal counts as raising a score.
RAISES = 0.05
HEADING, SENTENCE = 1, 2
_AUTHOR, _TITLE = 100, 300


@dataclass(slots=True)
class Units:
    """The headings and sentences of a page, in order.

    Attributes:
        words: ids of all words of the article, shape (n,).
        kind: ``HEADING`` or ``SENTENCE``, shape (m,).
        line: number of the line a unit stands in, shape (m,).
        first, last: ``words[first:last]`` are a unit's words, shape (m,).
        start, end: offsets into the folded text, shape (m,).
        line_ids: an id of every line's words, shape (lines,).
        line_sizes: words of every line, shape (lines,).
    """

    words: Ids
    kind: npt.NDArray[np.uint8]
    line: Ints
    first: Ints
    last: Ints
    start: Ints
    end: Ints
    line_ids: npt.NDArray[np.uint64]
    line_sizes: Ints


@dataclass(slots=True)
class SitePage:
    """One page of a site.

    Attributes:
        number: its place in the file of pages, from 0.
        offset: byte at which its line begins there.
        source: as the record names it.
        url: address, ``None`` if unknown.
        title: at most 300 characters.
        input: the input it came from.
        path: its file below the input, or ``source``.
        folder: folders of its address, or of that path.
        host: of the site it belongs to; settled once all pages are known.
        section: as reports name it; settled likewise.
        declared_host: host that the page itself names, else empty.
        taken: ISO day on which it was fetched, else empty.
        author: by-line, else empty.
        dated: when it was published.
        score, log_odds: ``None`` without a score.
        band, abstained, error: of the verdict.
        signals: what signals add to the log-odds, by the number of the signal, zeros left out.
        values: of the features of signals that raise the score, by signal and feature.
        language: ISO 639-1 code, else empty.
        n_words: words of the article.
        units: headings and sentences; ``None`` for a page without text.
    """

    number: int
    offset: int
    source: str
    url: str | None
    title: str
    input: str
    path: str
    folder: tuple[str, ...]
    host: str
    section: str
    declared_host: str
    taken: str
    author: str
    dated: Dated
    score: float | None
    log_odds: float | None
    band: str
    abstained: str | None
    error: str | None
    signals: tuple[tuple[int, float], ...]
    values: tuple[tuple[int, tuple[tuple[str, float], ...]], ...]
    language: str
    n_words: int
    units: Units | None


def read_site_page(record: Mapping[str, Any], number: int, offset: int, names: dict[str, int]) -> SitePage:
    """A page from its record with text and the ``site`` notes that the run added.

    Args:
        names: numbers of signal ids; grows as ids are met.
    """
    notes = record["site"]
    url = record["url"]
    source = record["source"] or "-"
    parts = record["parts"]
    text = record.get("text") or ""
    # A page that could not be fetched is known by the address that was asked for.
    address = url or (source if address_host(source) else None)
    dated = read_date(notes["published"])
    if not dated.day and not dated.problem:
        dated = date_in_address(url or source)
    return SitePage(
        number=number,
        offset=offset,
        source=source,
        url=url,
        title=" ".join((record["title"] or "").split())[:_TITLE],
        input=notes["input"],
        path=path_below(source, notes["input"]),
        folder=path_parts(address, source, notes["input"]),
        host=address_host(address or ""),
        section="",
        declared_host=address_host(notes["address"]),
        taken=read_date(notes["taken"]).day or "",
        author=" ".join(notes["author"].split())[:_AUTHOR],
        dated=dated if not record["error"] else UNDATED,
        score=record["score"],
        log_odds=None if parts is None else sum(parts.values()),
        band=record["band"],
        abstained=record["abstained"],
        error=record["error"],
        signals=tuple(
            (names.setdefault(s["id"], len(names)), s["contribution"])
            for s in record["signals"]
            if s["contribution"]
        ),
        values=tuple(
            (
                names[s["id"]],
                tuple(
                    (intern(name), value) for name, value in s.get("values", {}).items() if value is not None
                ),
            )
            for s in record["signals"]
            if s["contribution"] and s["contribution"] >= RAISES
        ),
        language=record["language"],
        n_words=record["words"],
        units=read_units(text) if text.strip() else None,
    )


def folded(text: str) -> str:
    """The text that the offsets of `Units` point into."""
    return fold(text).text


def read_units(text: str) -> Units:
    """Split a page's text; words beyond `MAX_WORDS` are left out."""
    text = folded(text)
    lines, words = split_lines(text)
    ids = words.described(word_crc).astype(np.uint32, copy=False)
    found: list[tuple[int, int, int, int, int, int]] = []
    for number, line in enumerate(lines):
        if line.heading and not line.chrome:
            found.append((HEADING, number, line.first, line.last, line.start, line.end))
    for sentence in split_sentences(text, lines, words):
        found.append((SENTENCE, sentence.line, sentence.first, sentence.last, sentence.start, sentence.end))
    found = sorted((u for u in found if u[3] <= MAX_WORDS), key=lambda u: u[2])
    columns = np.array(found, dtype=np.int32).reshape(len(found), 6).T
    firsts = np.array([line.first for line in lines], dtype=np.int64)
    lasts = np.array([line.last for line in lines], dtype=np.int64)
    return Units(
        words=ids[:MAX_WORDS].copy(),
        kind=columns[0].astype(np.uint8),
        line=columns[1].copy(),
        first=columns[2].copy(),
        last=columns[3].copy(),
        start=columns[4].copy(),
        end=columns[5].copy(),
        line_ids=run_ids(ids, firsts, lasts),
        line_sizes=(lasts - firsts).astype(np.int32),
    )
