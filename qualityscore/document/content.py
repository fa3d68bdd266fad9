"""Which text runs of a page are its main content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar

from qualityscore.document.blocks import RawBlock
from qualityscore.document.names import COMMENTS
from qualityscore.document.runs import Run
from qualityscore.document.walk import Walk
from qualityscore.native import compiled

T = TypeVar("T", bound=tuple[Any, ...])
_compiled = compiled("content")

_FORUM_MARKS = (
    "DiscussionForumPosting", "schema.org/QAPage", "phpBB", "vBulletin", "XenForo", "xenforo", "Discourse",
    "vanillaforums", "vanillicon", "NodeBB", "Invision", "viewtopic.php", "showthread.php",
)  # fmt: skip
_forum_marks = _compiled and _compiled.Marks(_FORUM_MARKS)
_FORUM_ADDRESS = re.compile(
    r"/(?:forums?|threads?|topics?|t|viewtopic|showthread|discussions?|questions|comments)[/.?]|//(?:forums?|community|discuss)\."
)


class MainContent:
    """The main content of a walked page, whose source is at hand in UTF-8.

    Attributes:
        blocks: the runs of the walk that are main content.
        chrome: texts of the others.
        visible_chars: characters of both.
    """

    def __init__(self, walk: Walk, page: bytes) -> None:
        self._walk = walk
        self._rescued = {0}  # chrome roots whose text counts nevertheless
        survey = (_compiled.Survey if _compiled is not None else Survey)(walk.runs)
        self._rescue(survey.chars(len(walk.places.roots)), page)
        self._mask = survey.mask(self._rescued)
        keep: list[bool] = survey.keep(self._rescued, self._mask)
        self._keep_title(keep, survey.titles())
        survey.drop_teasers(keep)
        self.visible_chars: int = survey.visible_chars()
        blocks, chrome = survey.split(keep)
        self.blocks: Sequence[RawBlock] = blocks
        self.chrome: Sequence[str] = chrome

    def placed(self, kind: type[T], found: list[tuple[Any, ...]]) -> tuple[T, ...]:
        """Links or images of the walk, with whether each is main content in place of its root and its bits of ``main``."""
        place = placed_in_python if _compiled is None else _compiled.placed
        return tuple(place(kind, found, self._rescued, self._mask))

    def first_heading(self) -> str:
        """The first heading of the main content, the title of last resort."""
        return next((block.text for block in self.blocks if block.kind == "heading"), "")

    def _rescue(self, chars: list[int], page: bytes) -> None:
        walk = self._walk
        roots = walk.places.roots
        total, outside = sum(chars), chars[0]
        comments = sum([size for root, size in enumerate(chars) if roots[root] == COMMENTS])
        if comments and (outside < 250 or self._is_forum(page)):
            self._rescued.update([root for root, why in enumerate(roots) if why == COMMENTS])
            outside += comments
        for root, size in enumerate(chars):
            if root and 2 * size > total and root not in walk.places.firm and roots[root] != COMMENTS:
                by_name = roots[root] != 0
                if outside < 600 or (by_name and size > 4 * outside):
                    self._rescued.add(root)

    def _is_forum(self, page: bytes) -> bool:
        if any(_FORUM_ADDRESS.search(address) for address in self._walk.head.addresses()):
            return True
        return has_forum_mark_in_python(page) if _forum_marks is None else _forum_marks.any_in(page)

    def _keep_title(self, keep: list[bool], titles: list[int]) -> None:
        """The ``h1`` that the title repeats is content wherever the template puts it."""
        title = _plain(self._walk.head.title)
        for i in titles:
            if keep[i]:
                return
            run = self._walk.runs[i]
            text = _plain(run.text)
            if len(text) > 8 and title.startswith(text) and run.chrome not in self._walk.places.firm:
                keep[i] = True
                return


def has_forum_mark_in_python(page: bytes) -> bool:
    """Whether forum software says its name in a page in UTF-8."""
    return any(mark.encode() in page for mark in _FORUM_MARKS)


def placed_in_python(kind: type[T], found: list[tuple[Any, ...]], rescued: set[int], mask: int) -> list[T]:
    """Named tuples of what was found: its last two entries, root and bits, become whether it is main content."""
    # Pages have hundreds; the constructor of a named tuple is Python, that of a tuple is not.
    make: Any = tuple.__new__
    return [
        make(kind, (*said, chrome in rescued and (not mask or main & mask != 0)))
        for *said, chrome, main in found
    ]


class Survey:
    """What the runs of a walk tell, one by one; `qualityscore.native.content` has a compiled twin."""

    def __init__(self, runs: list[Run]) -> None:
        self._runs = runs
        self._prose = [_prose_chars(run) for run in runs]

    def visible_chars(self) -> int:
        """Characters of all runs."""
        return sum([len(run.text) for run in self._runs])

    def split(self, keep: list[bool]) -> tuple[list[Run], list[str]]:
        """Runs that are main content, and the texts of the others."""
        both = list(zip(self._runs, keep, strict=True))
        return [run for run, kept in both if kept], [run.text for run, kept in both if not kept]

    def chars(self, roots: int) -> list[int]:
        """Characters of prose by chrome root."""
        chars = [0] * roots
        for run, size in zip(self._runs, self._prose, strict=True):
            chars[run.chrome] += size
        return chars

    def titles(self) -> list[int]:
        """Numbers of the runs that are headings of the first level."""
        return [i for i, run in enumerate(self._runs) if run.level == 1 and run.kind == "heading"]

    def mask(self, rescued: set[int]) -> int:
        """Bits of ``main`` of which a run of the article has one; 0 if it need not."""
        inside = [
            (size, run.main)
            for size, run in zip(self._prose, self._runs, strict=True)
            if run.chrome in rescued
        ]
        outside = sum([size for size, _ in inside])
        for mask in (2, 3):
            main = sum([size for size, bits in inside if bits & mask])
            if (main >= 600 or 2 * main > outside > 0) and 10 * main > 3 * outside:
                return mask
        return 0

    def keep(self, rescued: set[int], mask: int) -> list[bool]:
        """Whether each run is main content, as far as it alone tells."""
        return [
            run.chrome in rescued and (not mask or run.main & mask != 0) and not _is_menu(run)
            for run in self._runs
        ]

    def drop_teasers(self, keep: list[bool]) -> None:
        """Headings that are links, with no text under them, are a list of other pages."""
        following: Run | None = None
        for i in range(len(keep) - 1, -1, -1):
            if not keep[i]:
                continue
            run = self._runs[i]
            if run.kind == "heading" and run.level > 1 and 10 * run.link_chars > 7 * len(run.text):
                if following is None or following.kind == "heading" or len(following.text) < 40:
                    keep[i] = False
                    continue
            following = run


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _is_menu(run: Run) -> bool:
    """A short block made of links."""
    size = len(run.text)
    return 10 * run.link_chars > 7 * size and size <= 120 and run.kind != "heading"


def _prose_chars(run: Run) -> int:
    size = len(run.text) - run.link_chars
    return size if size > 40 else 0
