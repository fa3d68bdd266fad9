"""A description that advertises instead of summing up."""

import re
from collections.abc import Sequence

from qualityscore.document.lines import WORD
from qualityscore.document.tokens import word_crc
from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, Source, signal
from qualityscore.signals.counts import places

_CALL = re.compile(
    r"\W{0,3}(?:learn|discover|explore|find out|compare|master|understand|unlock|uncover|looking (?:for|to)|wondering|"
    r"want to|get (?:the|your|expert)|check out|everything you|a (?:complete|comprehensive|practical|step-by-step|full)|"
    r"the (?:complete|ultimate|definitive|best)|complete guide|step-by-step|here's)\b"
)
_MIN_WORDS = 8


def _page(description: str) -> str:
    return (
        f'<head><meta name="description" content="{description}"></head><body><main>{{neutral}}</main></body>'
    )


@signal(
    id="description_shape",
    family="page",
    scope="page",
    why="Templates write the description as an advertisement for the search results: 'Discover the best …'. "
    "That of an author or an editor repeats what the text says.",
    limits="Shops, travel sites and magazines write descriptions like this too.",
    sources=[
        Source(
            "Google: control your snippets in search results",
            "https://developers.google.com/search/docs/appearance/snippet",
        )
    ],
    features=[
        Feature("call", "0 or 1", high=1.0),
        Feature("echo", "share of its word triples that the text has, 0-1", high=1.0, found=False),
    ],
    needs=Needs(html=True, min_words=50),
    fires=[
        Example(
            _page("Discover how a mill works and why it matters."),
            ["Discover how a mill works and why it matters."],
            "html",
        ),
        Example(
            _page("The ultimate guide to mills for beginners."),
            ["The ultimate guide to mills for beginners."],
            "html",
        ),
    ],
    quiet=[
        Example(_page("A visit to the mill at Harlow and a walk home along the canal."), kind="html"),
        Example("<body><main>{neutral}</main></body>", kind="html"),
    ],
)
def description_shape(doc: Document) -> Measured:
    description = doc.meta.description.replace("\u2019", "'").lower()
    if not description:
        return Measured({"call": float("nan"), "echo": float("nan")})
    call = _CALL.match(description) is not None
    words = WORD.findall(description[:1000])
    echo = _echo(doc, words) if len(words) >= _MIN_WORDS else float("nan")
    found = [Finding(0, 0, "description", "markup", doc.meta.description)] if call else []
    return Measured({"call": float(call), "echo": echo}, found)


def _echo(doc: Document, words: Sequence[str]) -> float:
    """Share of the triples of words that stand in the text."""
    wanted = set(zip(words, words[1:], words[2:], strict=False))
    lower = doc.words.lower
    at = places(doc.hashes, set(map(word_crc, words)), row=3)
    return len(wanted.intersection([(lower[i], lower[i + 1], lower[i + 2]) for i in at])) / len(wanted)
