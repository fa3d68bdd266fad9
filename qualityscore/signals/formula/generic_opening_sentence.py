"""An article that opens without a name, a number, a person or an event."""

import re

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    share,
    signal,
)
from qualityscore.signals.counts import counts
from qualityscore.signals.formula._shared import word_set

_PERSON = word_set("i i'm i've me my we our us he she his her him")
_CHECKABLE = re.compile(r'[\d"]')
_PAST_WORDS = word_set(
    "was were had did said went came took made got found saw told gave began wrote ran held met"
)
_LOOK_AT = 4
_NAMED, _PERSON_OR_PAST = 1, 2


@signal(
    id="generic_opening_sentence",
    family="formula",
    why="Filler opens on what everybody knows; reports and stories open on somebody, somewhere, some day.",
    limits="Definitions in textbooks, manuals and encyclopedias open in general terms too.",
    sources=[
        Source(
            "Google: Creating helpful, reliable, people-first content",
            "https://developers.google.com/search/docs/fundamentals/creating-helpful-content",
        ),
    ],
    features=[Feature("share", "share of the first 4 sentences 0-1", high=1.0)],
    needs=Needs(min_words=100, min_sentences=4),
    common="Definitions open in general terms as well.",
    fires=[
        Example(
            "A good night of sleep is essential for health.",
            ["A good night of sleep is essential for health."],
            pad="after",
        ),
        Example(
            "Gardens bring joy to people everywhere.",
            ["Gardens bring joy to people everywhere."],
            pad="after",
        ),
    ],
    quiet=[
        Example("Gardens brought joy to Ann Dyer in 1950.", pad="after"),
        Example("I slept badly that night.", pad="after"),
    ],
)
def generic_opening_sentence(doc: Document) -> Measured:
    looked = 0
    found: list[Finding] = []
    sentences = doc.sentences
    kinds = doc.words.described(_kind).tobytes()
    for number in counts(doc).sentences:
        s = sentences[number]
        if s.last - s.first < 5:
            continue
        looked += 1
        # The capital of the first word says nothing.
        named_or_past = kinds[s.first] > _NAMED or any(kinds[s.first + 1 : s.last])
        if not named_or_past and not _CHECKABLE.search(doc.folded, s.start, s.end):
            found.append(Finding(s.start, s.end))
        if looked == _LOOK_AT:
            break
    if not looked:
        return Measured({"share": float("nan")})
    return Measured({"share": share(len(found), looked)}, found)


def _kind(form: str) -> int:
    """Whether a word stands for a person or for what is past, or has the capital of a name."""
    word = form.lower()
    if word in _PERSON or word in _PAST_WORDS or (len(word) > 4 and word.endswith("ed")):
        return _PERSON_OR_PAST
    return _NAMED if form[0].isupper() and len(form) > 1 else 0
