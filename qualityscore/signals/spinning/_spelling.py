"""Words that are spelled in two ways, shared by the signals about spelling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from qualityscore.signals.api import Document, phrase_file
from qualityscore.signals.counts import per_document

BRITISH, AMERICAN = 0, 1
# British usage has both "-ise" and "-ize", so the pair is one word in two spellings but no proof of dialect.
_IZE = ("ize", "ized", "izes", "izing", "ization", "izations")
_ISE = tuple(ending.replace("iz", "is") for ending in _IZE)
# What `kinds` says of a spelling.
IS_BRITISH, IS_AMERICAN, IS_VARIANT, IS_VERB = 1, 2, 4, 8


def pairs(name: str) -> Mapping[str, tuple[str, int]]:
    """Spelling -> (the word in its first spelling, which of the two it is), plurals included."""
    found: dict[str, tuple[str, int]] = {}
    for line in phrase_file(__file__, name):
        forms = line.split()
        for side, form in enumerate(forms):
            found[form] = (forms[0], side)
            if not form.endswith(("s", "ed", "ing", "al", "ic", "ful", "y")):
                found[form + "s"] = (forms[0] + "s", side)
    return found


DIALECTS = pairs("spellings.txt")
VARIANTS = pairs("variants.txt")


def kinds(form: str) -> int:
    """Bits of a spelling; a dialect is told by words in lower case only, as names keep their spelling."""
    found = 0
    if form in DIALECTS:
        found |= IS_BRITISH if DIALECTS[form][1] == BRITISH else IS_AMERICAN
    if form.lower() in VARIANTS:
        found |= IS_VARIANT
    if form.endswith(_IZE) or form.endswith(_ISE):
        found |= IS_VERB
    return found


@per_document
def spellings(doc: Document) -> list[tuple[int, int]]:
    """Words of a document that have such a spelling, and what `kinds` says of each."""
    found = doc.words.described(kinds)
    at = np.flatnonzero(found)
    return list(zip(at.tolist(), found[at].tolist(), strict=True))


def ise_and_ize(words: Iterable[str]) -> list[tuple[str, str]]:
    """Words that occur both with "-ise" and with "-ize"."""
    known = words if isinstance(words, set) else set(words)
    out: list[tuple[str, str]] = []
    for word in known:
        if word.endswith(_IZE):
            at = word.rindex("iz")
            other = f"{word[:at]}is{word[at + 2 :]}"
            # "Prize" and "seize" are other words than "prise" and "seise".
            if at >= 4 and other in known:
                out.append((other, word))
    return sorted(out)
