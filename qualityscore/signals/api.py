"""What a signal is made of: metadata, features, examples, findings.

A signal is one file in ``signals/<family>/`` named like its id, with one function under the
`signal` decorator. It reads a `Document` and returns what it `Measured`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from qualityscore.document import Document
from qualityscore.signals.phrases import Hits, phrase_file
from qualityscore.values import value

Scope = Literal["text", "page", "rendering"]
Where = Literal["text", "title", "markup", "url", "document"]
ExampleKind = Literal["text", "html", "markdown"]
Padding = Literal["around", "before", "after", "none"]

FAMILIES: Mapping[str, str] = {
    "boilerplate": "Blocks that automated writing pads an article with",
    "automation": "Defects that only a machine's assembly line leaves behind",
    "spinning": "Words replaced so that a copy looks new",
    "formula": "Formula writing: stock phrases, even rhythm, inflated significance",
    "specificity": "What filler lacks: names, numbers, dates, quotations, first-hand detail",
    "repetition": "The same thing said again: duplicate lines, n-grams, paraphrase",
    "shape": "Readability and the shape of the text, as corpus filters measure it",
    "page": "Evidence in the HTML: scripts, links, images, structured data",
    "evasion": "Tricks that hide a text from filters",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where the idea or formula of a signal comes from."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """One number a signal measures.

    Attributes:
        name: unique within the signal; the model's column is ``<signal id>.<name>``.
        unit: e.g. ``boxes / 1000 words``, ``share 0-1``.
        low, high: the range the value never leaves (``high`` may be infinite).
        found: whether a value above ``low`` means something was found, so that evidence is due.
    """

    name: str
    unit: str
    low: float = 0.0
    high: float = float("inf")
    found: bool = True


@dataclass(frozen=True, slots=True)
class Needs:
    """When a signal can measure at all; otherwise its reading is ``not_applicable``."""

    min_words: int = 0
    min_sentences: int = 0
    html: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A page in which the signal fires, and the exact passages it must quote, in order.

    Attributes:
        text: the example, in the maintainers' own words.
        evidence: expected evidence texts; empty for document-wide signals.
        kind: how the text is to be read.
        pad: where the contract test may add neutral prose without changing the finding.
    """

    text: str
    evidence: Sequence[str] = ()
    kind: ExampleKind = "text"
    pad: Padding = "around"


@value
class Finding:
    """A passage that shows what was measured.

    For ``where="text"``, ``start`` and ``end`` are offsets into `Document.folded`, or into
    `Document.text` if ``raw`` is set; elsewhere they are 0 and ``text`` holds the quotation.
    """

    start: int
    end: int
    note: str = ""
    where: Where = "text"
    text: str = ""
    raw: bool = False


@value
class Measured:
    """What a signal returns: a value for each of its features, and the findings behind them.

    A value of NaN means "could not be measured", 0 means "looked and found none".
    """

    values: Mapping[str, float]
    findings: Sequence[Finding] = ()


SignalFunction = Callable[..., Measured]


@dataclass(frozen=True)
class Signal:
    """A signal: its metadata and its function.

    Attributes:
        id: a noun for the failing thing; also the file's name.
        family: a key of `FAMILIES`.
        since: version that introduced it.
        scope: ``text`` depends on the words alone and is the same in every rendering; ``page``
            needs HTML; ``rendering`` depends on how the page was rendered and is evidence only.
        why: why it says something about how a page was made.
        limits: a known false positive.
        sources: where the idea comes from.
        features: what it measures.
        needs: when it can measure.
        phrases: lists of lower-case phrases, found for all signals in one pass.
        chrome_phrases: lists looked for in the page's chrome as well as in its text.
        phrases_only: whether all it measures is 0 where none of its phrases occurs: it is not called there.
        fires, quiet: at least two examples each.
        document_wide: why nonzero values carry no spans; empty if they do.
        common: reason why it may fire on over 5 % of human pages; empty if it does not.
    """

    id: str
    family: str
    since: str
    scope: Scope
    why: str
    limits: str
    sources: Sequence[Source]
    features: Sequence[Feature]
    needs: Needs
    phrases: Mapping[str, Sequence[str]]
    chrome_phrases: Mapping[str, Sequence[str]]
    phrases_only: bool
    fires: Sequence[Example]
    quiet: Sequence[str | Example]
    document_wide: str
    common: str
    function: SignalFunction = field(repr=False)

    @property
    def title(self) -> str:
        """First line of the function's module docstring."""
        import sys

        doc = sys.modules[self.function.__module__].__doc__ or self.id
        return doc.strip().split("\n")[0].rstrip(".")

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the model's columns for this signal."""
        return tuple(f"{self.id}.{feature.name}" for feature in self.features)


_REGISTERED: dict[str, Signal] = {}


def signal(
    *,
    id: str,
    family: str,
    why: str,
    limits: str,
    sources: Sequence[Source],
    features: Sequence[Feature],
    fires: Sequence[Example],
    quiet: Sequence[str | Example],
    since: str = "0.1.0",
    scope: Scope = "text",
    needs: Needs = Needs(),
    phrases: Mapping[str, Sequence[str]] | None = None,
    chrome_phrases: Mapping[str, Sequence[str]] | None = None,
    phrases_only: bool = False,
    document_wide: str = "",
    common: str = "",
) -> Callable[[SignalFunction], SignalFunction]:
    """Register a function as a signal.

    The function takes ``(doc)``, or ``(doc, hits)`` if the signal declares phrases, and returns
    `Measured`. It is pure: no globals, clock, network, randomness or knowledge of other signals.
    """

    def register(function: SignalFunction) -> SignalFunction:
        _REGISTERED[id] = Signal(
            id=id,
            family=family,
            since=since,
            scope=scope,
            why=why,
            limits=limits,
            sources=tuple(sources),
            features=tuple(features),
            needs=needs,
            phrases=dict(phrases or {}),
            chrome_phrases=dict(chrome_phrases or {}),
            phrases_only=phrases_only,
            fires=tuple(fires),
            quiet=tuple(quiet),
            document_wide=document_wide,
            common=common,
            function=function,
        )
        return function

    return register


def registered() -> Mapping[str, Signal]:
    """Signals whose modules have been imported so far."""
    return _REGISTERED


def per_1000(count: float, words: int) -> float:
    """Rate per 1000 words; a page under 250 words counts as 250, so one hit is no cliff."""
    return 1000.0 * count / max(words, 250)


def share(part: float, whole: float) -> float:
    """``part / whole`` in 0-1, and 0 for an empty whole."""
    return part / whole if whole > 0 else 0.0


def finder(*patterns: str, flags: int = 0) -> re.Pattern[str]:
    """Compile alternatives into one pattern; every repeat in them must be bounded."""
    return re.compile("|".join(patterns), flags)


__all__ = [
    "FAMILIES",
    "Document",
    "Example",
    "Feature",
    "Finding",
    "Hits",
    "Measured",
    "Needs",
    "Signal",
    "Source",
    "finder",
    "per_1000",
    "phrase_file",
    "registered",
    "share",
    "signal",
]
