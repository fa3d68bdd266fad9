"""Runs of text: what the walk over a page makes of it, before main content is decided."""

from __future__ import annotations

from qualityscore.document.states import State

# A cell's border inside a row; the parser drops NUL from the source.
CELL_BORDER = "\0"


class Run:
    """A finished block of the walk, with where it stands."""

    __slots__ = ("bold_lead", "chrome", "kind", "level", "link_chars", "main", "text")

    def __init__(self, text: str, state: State, bold_lead: int, link_chars: int) -> None:
        self.text = text
        self.kind, self.level, self.chrome, self.main = state.kind, state.level, state.chrome, state.main
        size = len(text)
        self.bold_lead = bold_lead if bold_lead < size else size
        self.link_chars = link_chars if link_chars < size else size


def collapse(text: str) -> str:
    """Collapse white space as a browser does; a tab separates the cells of a row."""
    if CELL_BORDER in text:
        return "\t".join(map(collapse, text.split(CELL_BORDER))).strip("\t")
    if text.isascii():
        return " ".join(text.split())
    # Other spaces stay: `split` without an argument would take them too.
    for odd in "\t\n\r\f":
        if odd in text:
            text = text.replace(odd, " ")
    if "  " in text:
        return " ".join(filter(None, text.split(" ")))
    return text.strip(" ")


def code_runs(raw: str, state: State) -> list[Run]:
    """A run for each line of code that is not empty."""
    lines = [line.rstrip() for line in raw.replace(CELL_BORDER, "").split("\n")]
    return [Run(line, state, 0, 0) for line in lines if line]
