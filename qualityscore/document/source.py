"""The source of a page, as text and in UTF-8."""

from __future__ import annotations

from functools import cached_property


class Source:
    """A page's text, and just that in UTF-8, which the parser takes; what is missing is made when it is asked for.

    Attributes:
        size: characters of the text.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.size = len(text)

    @classmethod
    def of_utf8(cls, utf8: bytes, size: int) -> Source:
        """The source whose text these bytes are, known to be UTF-8 of so many characters."""
        source = cls.__new__(cls)
        source.utf8, source.size = utf8, size
        return source

    @cached_property
    def text(self) -> str:
        """The text of the page."""
        return self.utf8.decode("utf-8")

    @cached_property
    def utf8(self) -> bytes:
        """The text in UTF-8; halves of pairs, which it cannot hold, are left out, as the parser does."""
        return self.text.encode("utf-8", "ignore")
