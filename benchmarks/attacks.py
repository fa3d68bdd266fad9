"""What an evader does to a page's words, applied to the text of HTML or Markdown and never to its markup."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from training.tables import inflect, wordnet

LOOK_ALIKE = dict(zip("aceopxysijABCEHIKMOPTXSJ", "асеорхуѕіјАВСЕНІКМОРТХЅЈ", strict=True))
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
SPACES = ("  ", "\u00a0", "\u2009", " \u200a", "\t")
_WORD = re.compile(r"[A-Za-z]+")
# Function words are what everything else hangs on; a spinner leaves them.
_KEPT = frozenset(
    "a an and are as at be been but by can could did do does for from had has have he her his how i if in into is "
    "it its may more most must my no not of on one or our out over she should so some such than that the their "
    "them then there these they this those to up was we were what when where which who will with would you your".split()
)

Attack = Callable[[str, random.Random], str]


def homoglyphs(text: str, rng: random.Random) -> str:
    """30 % of the letters that have a Cyrillic look-alike."""
    return "".join(LOOK_ALIKE[c] if c in LOOK_ALIKE and rng.random() < 0.3 else c for c in text)


def zero_width(text: str, rng: random.Random) -> str:
    """An invisible character inside 30 % of words."""

    def hide(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) < 2 or rng.random() >= 0.3:
            return word
        at = rng.randrange(1, len(word))
        return word[:at] + rng.choice(ZERO_WIDTH) + word[at:]

    return _WORD.sub(hide, text)


def white_space(text: str, rng: random.Random) -> str:
    """20 % of the spaces between words become double, narrow, unbreakable, or tabs."""
    return re.sub(r"(?<=\S) (?=\S)", lambda _: rng.choice(SPACES) if rng.random() < 0.2 else " ", text)


def lower_case(text: str, rng: random.Random) -> str:
    """No capitals at all."""
    del rng
    return text.lower()


def no_em_dash(text: str, rng: random.Random) -> str:
    """Every long dash becomes a comma."""
    del rng
    return re.sub(r"[ \u00a0]?\u2014[ \u00a0]?| \u2013 ", ", ", text)


@dataclass(frozen=True)
class Synonyms:
    """WordNet's synonyms of single words, inflected alike; sampled with the word's case."""

    table: Mapping[str, tuple[str, ...]]
    share: float = 0.1

    @classmethod
    def load(cls) -> Synonyms:
        """Read the reduced WordNet that comes with the training code."""
        groups, irregular, _ = wordnet()
        found: dict[str, set[str]] = {}
        for part, group in groups:
            forms = {word: inflect(word, part, irregular) for word in group}
            for word, ours in forms.items():
                for feature, written in ours.items():
                    others = {w for other in group if other != word for w in forms[other].get(feature, [])}
                    for form in written:
                        if form not in _KEPT and len(form) > 2:
                            found.setdefault(form, set()).update(others - {form})
        return cls({word: tuple(sorted(others)) for word, others in found.items() if others})

    def __call__(self, text: str, rng: random.Random) -> str:
        """Replace ``share`` of all words; words without a synonym leave the rate to the others."""
        words = _WORD.findall(text)
        open_to = sum(w.lower() in self.table for w in words)
        rate = min(1.0, self.share * len(words) / open_to) if open_to else 0.0

        def swap(match: re.Match[str]) -> str:
            word = match.group()
            others = self.table.get(word.lower())
            if not others or rng.random() >= rate:
                return word
            new = rng.choice(others)
            return new.capitalize() if word[0].isupper() else new

        return _WORD.sub(swap, text)


def attacks() -> dict[str, Attack]:
    """All attacks by name."""
    return {
        "30 % homoglyphs": homoglyphs,
        "zero-width characters": zero_width,
        "white-space noise": white_space,
        "lower-casing": lower_case,
        "em-dash removal": no_em_dash,
        "synonyms for 10 % of words": Synonyms.load(),
    }
