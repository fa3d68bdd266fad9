"""`Page`: what came in, before anything is derived from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from qualityscore.errors import ConfigError, InputError, LimitExceeded
from qualityscore.limits import DEFAULT_LIMITS, Limits

PageKind = Literal["auto", "html", "markdown", "text"]
PAGE_KINDS: tuple[PageKind, ...] = ("auto", "html", "markdown", "text")

_KIND_BY_SUFFIX: Mapping[str, PageKind] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".txt": "text",
    ".text": "text",
}
PAGE_SUFFIXES: tuple[str, ...] = tuple(_KIND_BY_SUFFIX)


def kind_of_suffix(path: str | Path) -> PageKind:
    """The kind of page that a file's suffix stands for; ``auto`` if none."""
    return _KIND_BY_SUFFIX.get(Path(path).suffix.lower(), "auto")


@dataclass(frozen=True, slots=True)
class Page:
    """A raw page.

    Attributes:
        content: bytes as fetched, or text already decoded.
        kind: ``html``, ``markdown``, ``text``, or ``auto`` to tell from the content.
        url: address, if known; only used for links and in the record.
        source: where the page came from, as the record names it (a path, ``-``, a row).
        headers: HTTP headers with lower-case names; ``content-type`` helps decoding.
        title: what whoever stored the page calls it; the record has it where the page has no title itself.

    Raises:
        ConfigError: there is no such kind.
    """

    content: bytes | str
    kind: PageKind = "auto"
    url: str | None = None
    source: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    title: str = ""

    def __post_init__(self) -> None:
        # Any other word would be read as plain text, tags and all.
        if self.kind not in PAGE_KINDS:
            raise ConfigError(f"kind must be one of {', '.join(PAGE_KINDS)}, not {self.kind!r}")

    @classmethod
    def from_html(
        cls,
        content: bytes | str,
        url: str | None = None,
        *,
        source: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        """An HTML page from bytes or text."""
        return cls(content, "html", url, source, headers or {})

    @classmethod
    def from_text(cls, content: bytes | str, url: str | None = None, *, source: str | None = None) -> Page:
        """Plain text as a browser shows it, one paragraph, heading or item a line."""
        return cls(content, "text", url, source)

    @classmethod
    def from_markdown(
        cls, content: bytes | str, url: str | None = None, *, source: str | None = None
    ) -> Page:
        """Markdown; front matter is read as metadata."""
        return cls(content, "markdown", url, source)

    @classmethod
    def from_file(
        cls,
        path: str | Path,
        kind: PageKind = "auto",
        *,
        url: str | None = None,
        limits: Limits = DEFAULT_LIMITS,
    ) -> Page:
        """Read a page from disk; ``auto`` goes by the suffix first.

        Raises:
            InputError: the file is missing, a directory or unreadable.
            LimitExceeded: the file is larger than ``limits.max_bytes``.
        """
        path = Path(path)
        try:
            size = path.stat().st_size
            if size > limits.max_bytes:
                raise LimitExceeded(
                    f"page is {size / 1e6:.1f} MB, the limit is {limits.max_bytes / 1e6:.1f} MB"
                )
            if not path.is_file():
                raise InputError(f"cannot read {path}: not a regular file")
            content = path.read_bytes()
        except OSError as error:
            raise InputError(f"cannot read {path}: {error.strerror or error}") from error
        if kind == "auto":
            kind = kind_of_suffix(path)
        return cls(content, kind, url, str(path))
