"""All phrase lists of all signals in one pass (Aho-Corasick over the lower-case text)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import ahocorasick_rs

from qualityscore.document import Document
from qualityscore.document.characters import lower
from qualityscore.native import compiled

Span = tuple[int, int]
Owners = dict[str, list[tuple[str, str]]]
_NONE: list[Span] = []
_compiled = compiled("phrases")


class Hits:
    """Where one signal's phrase lists occur, in order of their start.

    Spans index `Document.folded`; longer phrases win over phrases inside them.
    """

    def __init__(self, text: Mapping[str, list[Span]], chrome: Mapping[str, list[str]]) -> None:
        self._text = text
        self._chrome = chrome

    def __getitem__(self, name: str) -> list[Span]:
        """Spans of the list's phrases in the text."""
        return self._text.get(name, _NONE)

    def chrome(self, name: str) -> list[str]:
        """Phrases of the list found in the chrome outside the text."""
        return self._chrome.get(name, [])


class PhraseFinder:
    """One automaton over all lists; a phrase matches at word boundaries only."""

    def __init__(self, lists: Iterable[tuple[str, str, Sequence[str], bool]]) -> None:
        """``lists`` yields (signal id, list name, phrases, whether chrome is searched too)."""
        owners: Owners = {}
        chrome_owners: Owners = {}
        for signal_id, name, phrases, in_chrome in lists:
            for phrase in phrases:
                if phrase != phrase.lower() or not phrase.strip():
                    raise ValueError(f"{signal_id}: phrase {phrase!r} must be lower case")
                owners.setdefault(phrase, []).append((signal_id, name))
                if in_chrome:
                    chrome_owners.setdefault(phrase, []).append((signal_id, name))
        self._text = FinderInPython(owners) if _compiled is None else compiled_finder(owners)
        self._chrome = _Automaton(chrome_owners)

    def find(self, doc: Document) -> dict[str, Hits]:
        """All hits in a document by signal id."""
        spans = self._text.find(doc.lower)
        quoted: dict[str, dict[str, list[str]]] = {}
        if doc.chrome:
            low = lower(doc.chrome_text)
            for (signal_id, name), start, end in self._chrome.matches(low):
                quoted.setdefault(signal_id, {}).setdefault(name, []).append(low[start:end])
        return {
            signal_id: Hits(spans.get(signal_id, {}), quoted.get(signal_id, {}))
            for signal_id in spans.keys() | quoted.keys()
        }


def compiled_finder(owners: Owners) -> Any:
    """The compiled twin of `FinderInPython`."""
    assert _compiled is not None
    phrases = sorted(owners)
    lists = sorted({owner for of_phrase in owners.values() for owner in of_phrase})
    number = {owner: i for i, owner in enumerate(lists)}
    return _compiled.Finder(phrases, lists, [[number[owner] for owner in owners[p]] for p in phrases])


class FinderInPython:
    """Finds the phrases of all lists in a text, without the compiled loop."""

    def __init__(self, owners: Owners) -> None:
        self._automaton = _Automaton(owners)

    def find(self, text: str) -> dict[str, dict[str, list[Span]]]:
        """Spans of all phrases by signal and list, in order; longer phrases win over phrases inside them."""
        spans: dict[str, dict[str, list[Span]]] = {}
        for (signal_id, name), start, end in self._automaton.matches(text):
            spans.setdefault(signal_id, {}).setdefault(name, []).append((start, end))
        for lists in spans.values():
            for name, found in lists.items():
                if len(found) > 1:
                    lists[name] = _longest(found)
        return spans


class _Automaton:
    def __init__(self, owners: Owners) -> None:
        self._phrases = list(owners)
        self._owners = [owners[p] for p in self._phrases]
        # Whether the phrase's first and last characters need a word boundary beside them.
        self._edges = [(p[0].isalnum(), p[-1].isalnum()) for p in self._phrases]
        self._automaton = ahocorasick_rs.AhoCorasick(self._phrases) if self._phrases else None

    def __getstate__(self) -> Owners:
        return dict(zip(self._phrases, self._owners, strict=True))

    def __setstate__(self, state: Owners) -> None:
        self.__init__(state)  # type: ignore[misc]

    def matches(self, text: str) -> Iterable[tuple[tuple[str, str], int, int]]:
        if self._automaton is None:
            return
        size = len(text)
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            left, right = self._edges[index]
            if left and start and (text[start - 1].isalnum() or text[start - 1] == "_"):
                continue
            if right and end < size and (text[end].isalnum() or text[end] == "_"):
                continue
            for owner in self._owners[index]:
                yield owner, start, end


def _longest(spans: list[Span]) -> list[Span]:
    spans.sort(key=lambda span: (span[0], -span[1]))
    kept: list[Span] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def phrase_file(module_file: str, name: str) -> tuple[str, ...]:
    """Phrases of a data file beside a signal: one a line, ``#`` starts a comment."""
    text = (Path(module_file).parent / name).read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
