"""Which language the article is in."""

from __future__ import annotations

from collections.abc import Sequence

# The commonest English function words; a fifth of running English is made of them, of no other
# language is a tenth.
_ENGLISH = frozenset(
    "the of and to in is that it for was on are as with his they be at this have from or had by but "
    "what were we when your can said there an which she do their if will how our would these has its "
    "who not been than into you".split()
)
_SAMPLE_WORDS = 2_000
_SAMPLE_CHARS = 20_000
_CLEARLY_ENGLISH = 0.2
_MAYBE_ENGLISH = 0.1


def detect_language(lower: Sequence[str], text: str, declared: str) -> str:
    """ISO 639-1 code of the text, ``""`` if it cannot be told.

    English is told by its function words, which also holds for lists, names and learners' English
    where statistics of letters fail; other languages by resiliparse's detector.
    """
    sample = lower[:_SAMPLE_WORDS]
    english = sum(map(_ENGLISH.__contains__, sample))
    # Numbers are no words; they are counted only where they could matter.
    if sample and english >= _CLEARLY_ENGLISH * len(sample):
        return "en"
    size = len(sample) - sum(word[0].isdigit() for word in sample)
    share = english / size if size else 0.0
    if share >= _CLEARLY_ENGLISH:
        return "en"
    from resiliparse.parse.lang import detect_fast

    code, _ = detect_fast(text[:_SAMPLE_CHARS])
    if code == "en" or (share >= _MAYBE_ENGLISH and code in ("unknown", "")):
        return "en"
    if code in ("unknown", ""):
        return declared[:2].lower()
    return str(code)
