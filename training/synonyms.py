"""Synonyms by WordNet's groups, inflected alike."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import TypeVar

from training.wordnet import FILE as WORDNET

T = TypeVar("T", int, float)
FUNCTION_WORDS = 150  # the commonest words: they have no synonyms worth asking about
SYNONYMS = 12
SAME_START = 5  # words with so many first letters in common are forms of one word
_VOWELS = "aeiou"


def wordnet() -> tuple[list[tuple[str, list[str]]], dict[tuple[str, str], list[str]], set[str]]:
    """Groups of synonyms by part of speech, irregular forms by (base, part), and all words."""
    groups: list[tuple[str, list[str]]] = []
    irregular: dict[tuple[str, str], list[str]] = {}
    known: set[str] = set()
    for line in gzip.decompress(WORDNET.read_bytes()).decode("ascii").splitlines():
        if line.startswith("#"):
            continue
        kind, *rest = line.split()
        if kind == "x":
            irregular.setdefault((rest[1], rest[2]), []).append(rest[0])
            known.add(rest[0])
        elif kind == "w":
            known.update(rest)
        else:
            groups.append((kind, rest))
            known.update(rest)
    return groups, irregular, known


def inflect(word: str, part: str, irregular: dict[tuple[str, str], list[str]]) -> dict[str, list[str]]:
    """Forms of a word by what they express, so that like stands for like."""
    odd = irregular.get((word, part), [])
    forms = {"base": [word]}
    if part not in "nv":
        return forms
    after_consonant = word.endswith("y") and word[-2:-1] not in _VOWELS
    hissing = word.endswith(("s", "x", "ch", "sh", "z"))
    plural = word + "es" if hissing else word[:-1] + "ies" if after_consonant else word + "s"
    if part == "n":
        return forms | {"plural": odd or [plural]}
    stem = word[:-1] if word.endswith("e") else word
    ing = [form for form in odd if form.endswith("ing")]
    past = [form for form in odd if not form.endswith("ing")]
    return forms | {
        "third": [plural],
        "ing": ing or [(word if word.endswith("ee") else stem) + "ing"],
        "past": past or [word[:-1] + "ied" if after_consonant else stem + "ed"],
    }


def alike(a: str, b: str) -> bool:
    """Whether two words share their stem or their letters, so that one stands for the other anywhere."""
    start = min(SAME_START, len(_stem(a)), len(_stem(b)))
    return a[:start] == b[:start] or sorted(a) == sorted(b)


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "ly", "er"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def synonyms(words: Mapping[str, float]) -> dict[str, list[str]]:
    """The most frequent synonyms of each of the words, inflected alike and of another stem."""
    groups, irregular, _ = wordnet()
    found: dict[str, set[str]] = {}
    forms: dict[tuple[str, str], dict[str, list[str]]] = {}
    for part, group in groups:
        for word in group:
            if (word, part) not in forms:
                forms[word, part] = inflect(word, part, irregular)
        for a in group:
            for b in group:
                if a == b:
                    continue
                for feature, ours in forms[a, part].items():
                    theirs = forms[b, part].get(feature, [])
                    for x in ours:
                        found.setdefault(x, set()).update(y for y in theirs if y in words)
    function = {word for word, _ in ranked(words)[:FUNCTION_WORDS]}
    out: dict[str, list[str]] = {}
    for word, others in found.items():
        if word in words and word not in function:
            far = [other for other in others - function - {word} if not alike(word, other)]
            kept = sorted(far, key=lambda w: (-words[w], w))[:SYNONYMS]
            if kept:
                out[word] = kept
    return out


def ranked(words: Mapping[str, T]) -> list[tuple[str, T]]:
    """Words by falling count, ties in alphabetical order."""
    return sorted(words.items(), key=lambda item: (-item[1], item[0]))
