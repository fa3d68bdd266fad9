"""Which language the article is in."""

from __future__ import annotations

import numpy as np

from qualityscore.document.words import Words

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
# Statistics of letters mistake English lists of ingredients, keywords or addresses for Swedish or Latin, by a
# hair; a text in another language is farther from English by a seventh or has letters that English has not.
_HARDLY_ENGLISH = 0.08
_NEXT_TO_BEST = 1.06
_FOREIGN_LETTERS = 0.005
_ALL_LANGUAGES = 200


def _is_english(form: str) -> int:
    return form.lower() in _ENGLISH


def _mostly_ascii(text: str) -> bool:
    # Typographic quotes and bullets are no letters.
    foreign = sum(char > "\x7f" and char.isalpha() for char in text)
    return foreign <= _FOREIGN_LETTERS * len(text)


def detect_language(words: Words, text: str, declared: str) -> str:
    """ISO 639-1 code of the text, ``""`` if it cannot be told.

    English is told by its function words, which also holds for lists, names and learners' English
    where statistics of letters fail; other languages by resiliparse's detector.
    """
    size = min(len(words), _SAMPLE_WORDS)
    english = int(np.count_nonzero(words.described(_is_english)[:size]))
    # Numbers are no words; they are counted only where they could matter.
    if size and english >= _CLEARLY_ENGLISH * size:
        return "en"
    size -= sum(word[0].isdigit() for word in words.raw[:size])
    share = english / size if size else 0.0
    if share >= _CLEARLY_ENGLISH:
        return "en"
    from resiliparse.parse.lang import detect_fast

    sample = text[:_SAMPLE_CHARS]
    code, distance = detect_fast(sample)
    if code == "en" or (share >= _MAYBE_ENGLISH and code in ("unknown", "")):
        return "en"
    if share >= _HARDLY_ENGLISH and _mostly_ascii(sample):
        ranked = detect_fast(sample, distance * 2, _ALL_LANGUAGES)
        # With one result asked for it would be a pair.
        english_distance = dict(ranked).get("en") if isinstance(ranked, list) else None
        if english_distance is not None and english_distance <= _NEXT_TO_BEST * distance:
            return "en"
    if code in ("unknown", ""):
        return declared[:2].lower()
    return str(code)
