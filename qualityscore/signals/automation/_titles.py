"""Title-like lines of a text: what may be its title, and where it comes back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualityscore.document import Document, Line
from qualityscore.document.lines import WORD
from qualityscore.signals.counts import per_document

_SMALL = frozenset(
    "a an the of in on at for to from with by and or but as is are was were its it this that your you how what "
    "why when who will be has have not".split()
)
_AFTER = 100
LEAST = 0.5
_LONGEST = 22
# Lists of comments and of related posts name the page they stand on.
_ABOUT_THE_PAGE = re.compile(
    r"(?:re:|posts? |related|more |comments? |share |about |tags|filed|cite |recipe|print |\d{1,4} |one )|"
    r".{0,60}(?:editor|https?://|\bresponses? to\b|\bcomments? on\b|\bresponded in\b)"
)


def _content_words(doc: Document, line: Line) -> frozenset[str]:
    """Words that tell one title from another, cut to stems of five letters (Dialogue, Dialog)."""
    if line.chrome:
        words = [match.group().lower() for match in WORD.finditer(doc.folded, line.start, line.end)]
    else:
        words = doc.words.lower[line.first : line.last]
    return frozenset(
        w.removesuffix("'s")[:5] for w in words if w not in _SMALL and len(w) > 1 and not w[0].isdigit()
    )


def title_like(doc: Document, line: Line) -> bool:
    """Whether a line could be a title: 4 to 22 words, a capital first, no full stop."""
    if not 4 <= line.n_words <= 22:
        return False
    text = doc.folded
    return text[line.end - 1] not in ".,;:" and (text[line.start].isupper() or text[line.start].isdigit())


@per_document
def titles(doc: Document) -> list[tuple[Line, frozenset[str]]]:
    """Up to three title-like lines in front of the first paragraph, chrome included."""
    found: list[tuple[Line, frozenset[str]]] = []
    shown = 0
    for line in doc.lines[:60]:
        if line.n_words >= 25 or (line.terminal and line.n_words >= 8 and found):
            break
        if title_like(doc, line):
            # Of the article's own lines only the first two can be a title and its variant.
            shown += not line.chrome
            words = _content_words(doc, line)
            if len(words) >= 5:
                found.append((line, words))
            if shown == 3:
                break
    return found[:3]


def repeats(doc: Document, least: float, after: int = _AFTER, behind: int = 80) -> list[Line]:
    """Lines that nearly repeat a title.

    Args:
        least: how alike they are, `LEAST` or more.
        after, behind: words of the article in front and behind, `_AFTER` or more in front.
    """
    first = titles(doc)
    if not first:
        return []
    found: list[Line] = []
    last = doc.n_words - behind
    for line, words in _later(doc):
        if line.first < after or line.last > last:
            continue
        asks = doc.folded[line.end - 1] == "?"
        for title, own in first:
            # Of a short title one changed word is a third; it must be nearly the same.
            if alike(words, own) >= least + 0.05 * (len(own) < 7) and asks == (
                doc.folded[title.end - 1] == "?"
            ):
                if not _ABOUT_THE_PAGE.match(doc.lower, line.start, line.end):
                    found.append(line)
                break
    return found


@per_document
def _later(doc: Document) -> list[tuple[Line, frozenset[str]]]:
    """Title-like lines behind the first words of the article that are short enough, and ask if a title does."""
    found: list[tuple[Line, frozenset[str]]] = []
    first = titles(doc)
    stems = [tuple(words) for _, words in first]
    longest = min(3 * max((len(words) for _, words in first), default=0), _LONGEST)
    asking = {doc.folded[title.end - 1] == "?" for title, _ in first}
    for line in doc.article:
        if (
            5 <= line.n_words <= longest
            and line.first >= _AFTER
            and (doc.folded[line.end - 1] == "?") in asking
            and title_like(doc, line)
            and any(_may_be_alike(doc.lower, line, own) for own in stems)
        ):
            words = _content_words(doc, line)
            if len(words) >= 5:
                found.append((line, words))
    return found


def _may_be_alike(lower: str, line: Line, stems: Sequence[str]) -> bool:
    """Whether a line may have half of the stems of a title, `LEAST` of what both have."""
    missing = 0
    for stem in stems:
        # Outside ASCII, letters in lower case may depend on what is around them.
        if stem.isascii() and lower.find(stem, line.start, line.end) < 0:
            missing += 1
            if 2 * missing > len(stems):
                return False
    return True


def alike(a: frozenset[str], b: frozenset[str]) -> float:
    """Jaccard overlap of two titles, 0-1."""
    return len(a & b) / len(a | b) if a and b else 0.0
