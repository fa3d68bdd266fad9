"""Markdown or HTML code that the reader sees instead of its effect."""

import re

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    per_1000,
    signal,
)

_STARS = re.compile(
    r"(?<![\w*])\*\*(?=[\w\"'(])[^*\n]{1,160}?(?<=\S)\*\*(?![\w*])|(?<!\w)__(?=[A-Z][a-z])[^_\n]{3,80}__(?!\w)"
)
_HEADING = re.compile(r"[ \t]{0,3}#{2,5} (?=[A-Z0-9*])[^\n#{};]{3,120}$", re.M)
_LINK = re.compile(r"\[[^\]\[\n]{2,120}\]\((?:https?://|/|#)[^)\s\n]{0,300}\)")
_TABLE = re.compile(r"\|?[ \t]{0,3}:?-{3,}:?[ \t]{0,3}\|[-| :\t]{3,200}$", re.M)
_ENTITY = re.compile(
    r"&(?:amp|nbsp|quot|rsquo|lsquo|ldquo|rdquo|mdash|ndash|hellip|#8217|#8216|#8220|#8221|#0?39|#x27);"
)
_TAG = re.compile(r"</(?:p|strong|em|b|i|h[1-6]|li|ul|div|span|a)>", re.I)


@signal(
    id="raw_markup",
    family="automation",
    why="Text taken from a chatbot or a database is published unrendered: asterisks, number signs, entities.",
    limits="Pages that teach Markdown or HTML show it on purpose; Markdown handed over as plain text shows it all.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("marks_per_1k_words", "marks / 1000 words")],
    needs=Needs(min_words=50),
    fires=[
        Example(
            "**Why it matters:** the harbour brings in half of the town's income.\n\n"
            "## What Comes Next\n\nThe council will decide in the spring, and then the work can start.",
            ["**Why it matters:**", "## What Comes Next"],
        ),
        Example(
            "Fish &amp; chips are sold at the pier, says [the owner](https://example.com/pier).",
            ["&amp;", "[the owner](https://example.com/pier)"],
        ),
    ],
    quiet=[
        "The result is 2 ** 8, and **kwargs holds the rest; a*b and 3 * 4 are products.",
        "He paid for fish & chips (see note [2]) at # 4, the last house.",
        "In C, #include and #define come first, and tags such as <b> are not closed here.",
    ],
)
def raw_markup(doc: Document) -> Measured:
    text = doc.folded
    found: list[Finding] = []
    # One character is found many times faster than two, and most pages have none of these.
    if "*" in text or "_" in text:
        found += _emphasis(text)
    if "#" in text:
        found += _at_line_starts("## ", _HEADING, text, "heading mark")
    if "[" in text and "](" in text:
        found += _all(_LINK, text, "link code")
    if "|" in text:
        found += _at_line_starts("---", _TABLE, text, "table code")
    if "&" in text:
        found += _all(_ENTITY, text, "HTML entity")
    if "<" in text:
        found += _all(_TAG, text, "HTML tag")
    return Measured({"marks_per_1k_words": per_1000(len(found), doc.n_words)}, found)


def _emphasis(text: str) -> list[Finding]:
    """Matches that start at a mark; trying only there is many times faster than a search."""
    found: list[Finding] = []
    star, line = text.find("**"), text.find("__")
    while star >= 0 or line >= 0:
        at = min(star, line) if star >= 0 and line >= 0 else max(star, line)
        match = _STARS.match(text, at)
        if match:
            found.append(Finding(at, match.end(), "emphasis marks"))
        at = match.end() if match else at + 1
        if 0 <= star < at:
            star = text.find("**", at)
        if 0 <= line < at:
            line = text.find("__", at)
    return found


def _all(pattern: re.Pattern[str], text: str, note: str) -> list[Finding]:
    return [Finding(match.start(), match.end(), note) for match in pattern.finditer(text)]


def _at_line_starts(mark: str, pattern: re.Pattern[str], text: str, note: str) -> list[Finding]:
    """Matches at the start of those lines that hold the mark."""
    found: list[Finding] = []
    at = text.find(mark)
    while at >= 0:
        match = pattern.match(text, text.rfind("\n", 0, at) + 1)
        if match:
            found.append(Finding(match.start(), match.end(), note))
        end = text.find("\n", at)
        at = text.find(mark, end) if end >= 0 else -1
    return found
