"""Lines and words of a folded text, and which lines are the article.

Everything here is decided from the text alone, never from markup: the same article as HTML,
Markdown or plain text yields the same lines, headings, words and sentences. What the markup says
is in `Document.blocks`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from qualityscore.document.words import WORD, Words, find_words, words_at
from qualityscore.native import compiled
from qualityscore.values import value

__all__ = [
    "CHROME_LINES",
    "TAIL_LINES",
    "WORD",
    "Line",
    "Words",
    "split_lines",
]

_MARKER = re.compile(r"(?:[•●◦▪■·‣⁃○*+\-–—]|\(?\d{1,2}[.)]|#{1,6})[ \t]+(?=\S)")
_TERMINAL = frozenset(".!?…")
_CLOSERS = "\"')]}*_"
_LONG_LINE = 12
_HEADING_WORDS = 16

# A line that is exactly one of these is the template's, not the article's.
CHROME_LINES = frozenset(
    "home|about|about us|contact|contact us|menu|search|skip to content|skip to main content|log in|"
    "login|sign in|sign up|register|subscribe|share|share this|share this:|tweet|facebook|twitter|"
    "pinterest|email|print|reply|like|like this:|loading...|advertisement|advertisements|sponsored|"
    "previous|next|previous post|next post|previous article|next article|newer|older|back to top|"
    "read more|related|related:|related posts|related articles|related stories|you may also like|"
    "you might also like|recommended|recommended for you|more from|leave a comment|leave a reply|"
    "leave a comment cancel reply|comments|comment|post comment|post a comment|adblock detected|"
    "privacy policy|terms of service|terms of use|terms|cookie policy|all rights reserved|newsletter|"
    "categories|tags|archives|recent posts|recent comments|popular posts|trending|follow us|sitemap|"
    "continue reading|view all|see also|show more|load more|close|accept|toggle navigation".split("|")
)
# After one of these, near the end, nothing is the article any more.
TAIL_LINES = frozenset(
    "you may also like|you might also like|related posts|related articles|related stories|"
    "leave a comment|leave a reply|leave a comment cancel reply|recommended for you|post a comment|"
    "adblock detected|comments|recent posts|recent comments|more from this author".split("|")
)


@value
class Line:
    """A non-empty line; offsets are into the folded text.

    Attributes:
        start, end: without white space and without the list marker.
        marker: list or heading marker in front (``"• "``, ``"* "``, ``"3. "``), else ``""``.
        first, last: its words are ``words[first:last]``; equal for chrome.
        n_words: number of words, also for chrome.
        terminal: it ends with ``.``, ``!``, ``?`` or ``…`` (quotes and brackets aside).
        heading: it has the shape of a heading.
        chrome: navigation, share bar or another part of the template.
    """

    start: int
    end: int
    marker: str
    first: int
    last: int
    n_words: int
    terminal: bool
    heading: bool
    chrome: bool


@dataclass(slots=True)
class _Draft:
    start: int
    end: int
    marker: str
    terminal: bool
    first: int = 0
    size: int = 0
    heading: bool = False
    chrome: bool = False


_compiled = compiled("lines")
_splitter = None if _compiled is None else _compiled.Splitter(Line, CHROME_LINES, TAIL_LINES)


def split_lines(text: str) -> tuple[tuple[Line, ...], Words]:
    """Split a folded text into lines and the words of those that are the article."""
    if _splitter is None:
        return split_lines_in_python(text)
    lines, starts, ends = _splitter.split(text)
    return lines, words_at(text, starts, ends)


def split_lines_in_python(text: str) -> tuple[tuple[Line, ...], Words]:
    """As `split_lines`."""
    all_starts, all_ends = find_words(text)
    drafts: list[_Draft] = []
    at = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            drafts.append(_draft(text, stripped, at + len(raw) - len(raw.lstrip())))
        at += len(raw) + 1
    firsts = np.searchsorted(all_starts, [d.start for d in drafts]).tolist()
    lasts = np.searchsorted(all_starts, [d.end for d in drafts]).tolist()
    for d, first, last in zip(drafts, firsts, lasts, strict=True):
        d.first, d.size = first, last - first
    _mark_chrome(drafts, text)
    _mark_headings([d for d in drafts if not d.chrome], text)
    lines: list[Line] = []
    opens: list[int] = []
    closes: list[int] = []
    count = 0
    for d in drafts:
        first, size = count, d.size
        if size and not d.chrome:
            count += size
            opens.append(d.first)
            closes.append(d.first + size)
        lines.append(Line(d.start, d.end, d.marker, first, count, size, d.terminal, d.heading, d.chrome))
    # No two lines open or close at the same word.
    edges = np.zeros(len(all_starts) + 1, dtype=np.int8)
    edges[opens] = 1
    edges[closes] -= 1
    kept = np.cumsum(edges[:-1], dtype=np.int8) > 0
    return tuple(lines), words_at(text, all_starts[kept], all_ends[kept])


def _draft(text: str, stripped: str, start: int) -> _Draft:
    end = start + len(stripped)
    marker = ""
    if not stripped[0].isalpha():
        match = _MARKER.match(text, start, end)
        if match:
            marker = match.group()
            start = match.end()
    tail = text[max(start, end - 6) : end].rstrip(_CLOSERS)
    return _Draft(start, end, marker, bool(tail) and tail[-1] in _TERMINAL)


def _mark_chrome(drafts: list[_Draft], text: str) -> None:
    count = len(drafts)
    long_lines = [i for i, d in enumerate(drafts) if d.size >= _LONG_LINE]
    if not long_lines:
        return
    crumbs = "»" in text or " > " in text
    for d in drafts:
        if d.size <= 5:
            key = text[d.start : d.end].lower()
            d.chrome = key in CHROME_LINES or not d.size
        if crumbs and not d.chrome and d.size < 30:
            # Breadcrumbs: "Home » world » …".
            piece = text[d.start : min(d.end, d.start + 60)]
            d.chrome = "»" in piece[:40] or (piece[:4].lower() == "home" and " > " in piece)
    # A run of three or more very short lines at either end is a menu or a footer. Its length
    # must not decide alone: a poem or a list of ingredients stands in the middle.
    _short_run(drafts, range(min(long_lines[0], count)))
    last = long_lines[-1]
    for i in range(last, count):
        d = drafts[i]
        if text[d.start : d.end].lower().rstrip(":") in TAIL_LINES:
            for later in drafts[i:]:
                later.chrome = True
            return
    words_seen, total = 0, sum(d.size for d in drafts)
    for i, d in enumerate(drafts):
        words_seen += d.size
        if (
            d.size <= 6
            and 4 * words_seen >= 3 * total
            and text[d.start : d.end].lower().rstrip(":") in TAIL_LINES
        ):
            for later in drafts[i:]:
                later.chrome = True
            return


def _short_run(drafts: list[_Draft], where: range) -> None:
    run: list[_Draft] = []
    for i in [*where, -1]:
        d = drafts[i] if i >= 0 else None
        if d is not None and d.size <= 3 and not d.terminal:
            run.append(d)
            continue
        if len(run) >= 4:
            for item in run:
                item.chrome = True
        run = []


def _mark_headings(drafts: list[_Draft], text: str) -> None:
    """A short line without closing punctuation in front of a long one is a heading."""
    candidates = [_may_head(d, text) for d in drafts]
    for i, d in enumerate(drafts):
        if not _is_long(d) or not i:
            continue
        j = i
        while j and candidates[j - 1]:
            j -= 1
        run = drafts[j:i]
        for h in run if len(run) <= 2 else run[-1:]:
            h.heading = True


def _is_long(d: _Draft) -> bool:
    size = d.size
    return size >= _LONG_LINE or (d.terminal and size >= 6)


def _may_head(d: _Draft, text: str) -> bool:
    size = d.size
    if not 1 <= size <= _HEADING_WORDS:
        return False
    last = text[d.end - 1]
    if last in ",;" or (last == ":" and size > 4):
        return False
    if d.terminal:
        # A question may head a section; a statement with a full stop does not.
        return last == "?" and size >= 3
    return not text[d.start].islower()
