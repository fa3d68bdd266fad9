"""The wrong article before a word: 'a hour', 'an new', 'more cheaper'."""

import re
import zlib

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

_A, _AN, _MORE, _MOST = (np.uint32(zlib.crc32(word)) for word in (b"a", b"an", b"more", b"most"))
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
    lower, raw = doc.words.lower, doc.words.raw
    starts, ends, text = doc.words.starts, doc.words.ends, doc.folded
    hashes = doc.hashes[:-1]
    where = np.flatnonzero((hashes == _A) | (hashes == _AN) | (hashes == _MORE) | (hashes == _MOST))
    found = []
    for i in where.tolist():
        word, follow = lower[i], lower[i + 1]
        if text[ends[i] : starts[i + 1]] != " ":
            continue
        shown = raw[i + 1]
        # Abbreviations and names of letters are spoken in ways that no spelling tells.
        if (len(shown) > 1 and shown[1:] != shown[1:].lower()) or len(follow) < 3 or follow in _NO_NOUN:
            continue
        if (
            follow[0] == follow[1]
            or not follow.isascii()
            or not follow.isalpha()
            or text[ends[i + 1] : ends[i + 1] + 1] in _JOINED
        ):
            continue
        if word == "a":
            wrong = raw[i] == "a" and shown == follow and bool(_VOWEL_SOUND.match(follow))
            wrong = wrong and not _YOU_OR_WA.match(follow)
        elif word == "an":
            wrong = shown == follow and bool(_CONSONANT.match(follow)) and any(c in "aeiouy" for c in follow)
        else:
            wrong = follow in (_COMPARATIVE if word == "more" else _SUPERLATIVE)
        if wrong:
            found.append(Finding(starts[i], ends[i + 1]))
    return Measured({"clashes_per_1k_words": per_1000(len(found), doc.n_words)}, found)
