"""Plain text, and telling which kind a page is."""

from __future__ import annotations

import re

from qualityscore.document.blocks import Parsed

_HTML_START = re.compile(
    r"\A\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,50})?(?:<!--.{0,2000}?-->\s{0,50}){0,3}<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_TAG = re.compile(r"</(?:p|div|a|li|h[1-6]|span|td|article|section)>", re.I)
_MARKDOWN = (
    re.compile(r"\A\s{0,20}(?:---|\+\+\+)[ \t]*\n.{0,20000}?\n(?:---|\+\+\+)[ \t]*\n", re.S),
    re.compile(r"^#{1,6} \S", re.M),
    re.compile(r"\[[^\]\n]{1,200}\]\((?:https?:|/|#|\./)[^)\s]{0,500}\)"),
    re.compile(r"^```", re.M),
)


def sniff(text: str) -> str:
    """``html``, ``markdown`` or ``text``, from the first 20,000 characters.

    A stray marker does not make Markdown: text copied from a browser can hold a literal ``**``.
    """
    head = text[:20_000]
    if _HTML_START.match(head) or len(_TAG.findall(head)) >= 3:
        return "html"
    if _MARKDOWN[0].match(head) or sum(bool(p.search(head)) for p in _MARKDOWN[1:]) >= 2:
        return "markdown"
    return "text"


def parse_text(text: str) -> Parsed:
    """A text as it is; a file wrapped at a fixed width is unwrapped first."""
    return Parsed("text", (), text=unwrap(text))


def unwrap(text: str) -> str:
    """Join the lines of hard-wrapped paragraphs; length and offsets do not change.

    A text counts as hard-wrapped when most of its paragraphs of several lines are filled to the
    same width of 40-110 characters: then a newline inside such a paragraph becomes a space.
    """
    # Odd places hold the blank lines between paragraphs, so that joining restores the text.
    parts = re.split(r"(\n[ \t]*\n)", text)
    several = [i for i in range(0, len(parts), 2) if parts[i].count("\n") >= 2]
    wrapped = [i for i in several if _is_wrapped(parts[i])]
    if len(several) < 2 or len(wrapped) * 3 < len(several) * 2:
        return text
    for i in wrapped:
        parts[i] = parts[i].replace("\n", " ")
    return "".join(parts)


def _is_wrapped(paragraph: str) -> bool:
    """Whether each line is as full as the next line's first word allows, which no list is."""
    lines = paragraph.strip().split("\n")
    body = [len(line) for line in lines[:-1]]
    if not body or min(body) < 40 or max(body) > 110:
        return False
    width = max(map(len, lines))
    loose = 0
    for line, following in zip(lines, lines[1:], strict=False):
        first = following.split(maxsplit=1)
        loose += not first or len(line) + 1 + len(first[0]) <= width
    return 10 * loose <= len(body)
