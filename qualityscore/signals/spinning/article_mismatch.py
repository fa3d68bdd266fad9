"""The wrong article before a word: 'a hour', 'an new', 'more cheaper'."""

import re

import numpy as np

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    per_1000,
    signal,
)

_A, _AN, _MORE, _MOST = 1, 2, 4, 8
_WORDS = {"an": _AN, "more": _MORE, "most": _MOST}
_VOWEL_SOUND = re.compile(
    r"(?:[aio]|e(?!u|we)|u(?!k|s|n[ie](?!n|m)|t[aei]|r[aeiou]|b|f|g|r)|hour|honest|honou?r(?!ari)|heir)"
)
_YOU_OR_WA = re.compile(
    r"(?:one(?:s|self|ness|-)?$|once|on[ce]-|oui|ouij|iota$|io$|uu|ubi|ufo|ur|us|ut|uk|ug)"
)
_CONSONANT = re.compile(
    r"(?:[bcdgjkpqtvwyz]|[flmnrsx][a-z]{2,}|h(?!our|one|onou?r|eir|erb|om|ist|er|is|o|y|ab|al|ar|un|um|ei)[a-z]{2,})"
)
# "U.S", "e-mail": the sound is that of a letter, or the word goes on.
_JOINED = frozenset("-/.'")
_COMPARATIVE = frozenset(
    "better worse bigger smaller larger easier harder cheaper faster slower higher lower older younger "
    "stronger weaker richer poorer safer cleaner closer greater longer shorter taller warmer colder".split()
)
_SUPERLATIVE = frozenset(
    "best worst biggest smallest largest easiest hardest cheapest fastest highest lowest oldest strongest "
    "greatest longest shortest safest closest".split()
)
# Letters, Latin and other languages, where "a" and "an" are no articles.
_NO_NOUN = frozenset("a e i o u y an and as at is in it if of or are am i'm etc".split())


@signal(
    id="article_mismatch",
    family="spinning",
    why="A word swapped by software keeps the article of the word it replaced, and the pair clashes.",
    limits="Learners of English and hasty typists make the same slip; some dialects say 'an historic'.",
    sources=[
        Source("Cabanac, Labbe and Magazinov 2021: Tortured phrases", "https://arxiv.org/abs/2107.06751"),
    ],
    features=[Feature("clashes_per_1k_words", "clashes / 1000 words")],
    needs=Needs(min_words=50),
    fires=[
        Example("It took a hour to find an new mill.", ["a hour", "an new"]),
        Example("This is a excellent and more cheaper way to bake.", ["a excellent", "more cheaper"]),
    ],
    quiet=[
        "It took an hour to see a unique, one-off union; a European gave a one-time user a ewe.",
        "An MP, an FBI man, an 8-year-old and an heir met a UFO on a U-turn.",
        "An X-ray and an S-bend; vitamin A is in a once-famous oil.",
    ],
)
def article_mismatch(doc: Document) -> Measured:
    words, text = doc.words, doc.folded
    clash = words.described(_word)[:-1] & words.described(_wrong_behind)[1:]
    found = [
        Finding(words.starts[i], words.ends[i + 1])
        for i in np.flatnonzero(clash).tolist()
        if text[words.ends[i] : words.starts[i + 1]] == " "
        and text[words.ends[i + 1] : words.ends[i + 1] + 1] not in _JOINED
    ]
    return Measured({"clashes_per_1k_words": per_1000(len(found), doc.n_words)}, found)


def _word(form: str) -> int:
    """Bit of a word that another may not follow; a capital "A" may be a letter or a name."""
    return _A if form == "a" else _WORDS.get(form.lower(), 0)


def _wrong_behind(form: str) -> int:
    """Bits of the words that a word may not follow."""
    low = form.lower()
    # Abbreviations and names of letters are spoken in ways that no spelling tells.
    if (len(form) > 1 and form[1:] != form[1:].lower()) or len(low) < 3 or low in _NO_NOUN:
        return 0
    if low[0] == low[1] or not low.isascii() or not low.isalpha():
        return 0
    bits = (low in _COMPARATIVE and _MORE) | (low in _SUPERLATIVE and _MOST)
    if form == low and _VOWEL_SOUND.match(low) and not _YOU_OR_WA.match(low):
        bits |= _A
    if form == low and _CONSONANT.match(low) and any(c in "aeiouy" for c in low):
        bits |= _AN
    return bits
