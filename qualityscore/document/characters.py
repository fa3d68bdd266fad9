"""Lower case of a text, and its letters and digits alone."""

from __future__ import annotations

from typing import cast

from qualityscore.native import compiled

_compiled = compiled("folding")


def lower(text: str) -> str:
    """As `str.lower`, quicker for a text that is not all ASCII."""
    return text.lower() if _compiled is None else cast(str, _compiled.lower(text))


def letters(text: str) -> str:
    """The letters and digits of a text in lower case, side by side."""
    return letters_in_python(text) if _compiled is None else cast(str, _compiled.letters(text))


def letters_in_python(text: str) -> str:
    """As `letters`."""
    return "".join(filter(str.isalnum, text.lower()))
