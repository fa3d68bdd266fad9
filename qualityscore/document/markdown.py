"""Markdown to blocks: front matter is metadata, the rest is rendered and read like HTML."""

from __future__ import annotations

import dataclasses
import datetime
import re
from functools import lru_cache
from typing import Any

from qualityscore.document.blocks import Metadata, Parsed
from qualityscore.document.html import parse_html
from qualityscore.document.source import Source
from qualityscore.errors import LimitExceeded
from qualityscore.limits import Limits

_FIELD = 5_000
# The renderer takes some 25 microseconds for each of these.
_MARKS = ("[", "*", "_", "`", "<", "&")
_MAX_MARKS = 100_000
_SURROGATE = re.compile("[\ud800-\udfff]")
_FRONT_YAML = re.compile(r"\A\s{0,20}---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FRONT_TOML = re.compile(r"\A\s{0,20}\+\+\+[ \t]*\n(.{0,20000}?)\n\+\+\+[ \t]*(?:\n|\Z)", re.S)
# Template tags and shortcodes of static site generators: not the article.
_TAGS = re.compile(
    r"\{%[^%\n]{0,300}%\}|\{\{[<%][^>\n]{0,300}[>%]\}\}|\{:[^}\n]{0,200}\}|"
    r"\{\{-?[ \t]{0,9}(?:(?:site|page|post|content|layout|include)\b|[\"'])[^}\n]{0,300}\}\}"
)
# Import lines and components of MDX.
_MDX = re.compile(
    r"^(?:import|export) [^\n]{0,300}(?:;|from [^\n]{1,200}|\{)[ \t]*$|"
    r"^[ \t]{0,9}<[A-Z][A-Za-z.]{0,40}(?:\s[^<]{0,2000}?)?/>[ \t]*$|^[ \t]{0,9}</?[A-Z][A-Za-z.]{0,40}(?:\s[^<>\n]{0,500})?>[ \t]*$",
    re.M,
)
# What dialects add to CommonMark: heading attributes, footnotes, call-outs, Markdown inside HTML,
# spaces in a link's target.
_HEADING_ATTRIBUTES = re.compile(r"^(#{1,6} [^\n]{1,300}?)[ \t]{0,9}\{[#.][^}\n]{0,200}\}[ \t]*$", re.M)
_FOOTNOTE = re.compile(r"^\[\^[^\]\s]{1,40}\]:[ \t]?|\[\^[^\]\s]{1,40}\]", re.M)
_CALLOUT = re.compile(r"^([ \t]{0,3}>[ \t]{0,3})\[![A-Za-z]{2,20}\]", re.M)
_INSIDE_HTML = re.compile(
    r"^([ \t]{0,9}<[a-z][^>\n]{0,300}\bmarkdown=[\"']?(?:1|block)\b[^>\n]{0,300}>)[ \t]*$", re.M
)
_SPACED_TARGET = re.compile(
    r"\]\(((?:/|\./|\.\./|https?:)[^()\s\"'<>]{0,200}(?: [^()\s\"'<>]{1,200}){1,20})\)"
)
_FENCE = re.compile(r"^(?:```|~~~)", re.M)


@lru_cache(maxsize=1)
def _renderer() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def split_front_matter(source: str) -> tuple[dict[str, Any], str]:
    """Split front matter (YAML or TOML) from the body; broken front matter is dropped, unread."""
    match = _FRONT_YAML.match(source)
    if match:
        return _yaml(match.group(1)), source[match.end() :]
    match = _FRONT_TOML.match(source)
    if match:
        import tomllib

        try:
            return tomllib.loads(match.group(1)), source[match.end() :]
        except (ValueError, RecursionError):
            return {}, source[match.end() :]
    return {}, source


def has_front_matter(source: str) -> bool:
    """Whether a text begins with front matter that says something; a line of dashes alone is none."""
    return source[:100].lstrip("\ufeff \t\n").startswith(("---", "+++")) and bool(
        split_front_matter(source)[0]
    )


def _yaml(text: str) -> dict[str, Any]:
    import yaml

    # Aliases can blow up ("billion laughs"); front matter has no use for them.
    if re.search(r"(?:^|\s)[&*][A-Za-z0-9_]", text) and re.search(r":\s{0,9}&|-\s{0,9}&", text):
        return {}
    try:
        value = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    except (yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # PyYAML lets these escape for values that contradict their tag ("!!int ''").
        return {}
    return value if isinstance(value, dict) else {}


def parse_markdown(source: str, limits: Limits) -> Parsed:
    """Parse a Markdown page; its markup facts are left out, since they are the renderer's.

    Raises:
        LimitExceeded: more marks than the renderer can take, or too many nodes.
    """
    if sum(map(source.count, _MARKS)) > _MAX_MARKS:
        raise LimitExceeded(f"page has more than {_MAX_MARKS:,} Markdown marks")
    front, body = split_front_matter(source)
    html = f"<body><main>{_renderer().render(_commonmark(body))}</main></body>"
    parsed = parse_html(Source(html), limits)
    title = _field(front, "title", "post_title")
    meta = Metadata(
        title=title or next((b.text for b in parsed.blocks if b.kind == "heading"), ""),
        description=_field(front, "description", "excerpt", "summary"),
        author=_field(front, "author", "authors"),
        published=_field(front, "date", "pubDate", "published", "publishDate"),
        modified=_field(front, "updated", "lastmod", "modified"),
        language=_field(front, "lang", "language"),
        keywords=_field(front, "keywords", "tags"),
    )
    return dataclasses.replace(parsed, kind="markdown", meta=meta, markup=None)


def _commonmark(body: str) -> str:
    """Undo what dialects add; code between fences stays as it is."""
    fences = [match.start() for match in _FENCE.finditer(body)]
    if not fences:
        return _undo_dialects(body)
    cuts = [0, *fences, len(body)]
    # Odd parts lie between an opening and a closing fence.
    parts = [body[start:end] for start, end in zip(cuts, cuts[1:], strict=False)]
    return "".join(part if i % 2 else _undo_dialects(part) for i, part in enumerate(parts))


def _undo_dialects(text: str) -> str:
    text = _TAGS.sub("", text)
    if "{" in text:
        text = _HEADING_ATTRIBUTES.sub(r"\1", text)
    if "[^" in text:
        text = _FOOTNOTE.sub("", text)
    if "[!" in text:
        text = _CALLOUT.sub(r"\1", text)
    if "markdown=" in text:
        text = _INSIDE_HTML.sub(r"\1\n", text)
    text = _SPACED_TARGET.sub(lambda m: "](" + m.group(1).replace(" ", "%20") + ")", text)
    return _MDX.sub("", text)


def _field(front: dict[str, Any], *names: str) -> str:
    for name in names:
        value = front.get(name)
        if isinstance(value, list):
            text = ", ".join(filter(None, map(_scalar, value[:20])))
        else:
            text = _scalar(value.get("name") if isinstance(value, dict) else value)
        if text:
            return text
    return ""


def _scalar(value: Any) -> str:
    if isinstance(value, int) and value.bit_length() > 64:
        # Python refuses to write such a number out.
        return ""
    if isinstance(value, (str, int, float, datetime.date)):
        return _SURROGATE.sub("\ufffd", str(value)[:_FIELD])
    return ""
