"""Build the tables that signals look words up in (`qualityscore.signals.tables`).

``python -m training.tables --data DIR [--out FOLDER]``

The counts come from human prose of published corpora alone. Whole web pages are left out, because the model
is measured on them, and so is every text that a synthetic page was written from. Synonyms come from
``training/wordnet.txt.gz``. Nothing here is random: the same corpora give the same files, bit for bit.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from qualityscore.document.lines import WORD
from qualityscore.signals import tables
from training.wordnet import FILE as WORDNET

# Prose that people wrote and editors passed. Learners' essays and the corpora whose machine rewrites the
# model learns from are left out: a text that was counted here looks more usual than any other.
CORPORA: dict[str, tuple[str, ...]] = {
    "bbc_news_2005": ("human",),
    "echoes_major_human": ("human",),
    "echoes_opinions": ("human", "human?"),
    "sheepdog_reframed": ("human",),
    "horne_fakenews": ("human",),
    "kinit_disinfo": ("human",),
}
MIN_WORD = 60  # a word seen more rarely says nothing about the words beside it
MIN_PAIR = 1
FUNCTION_WORDS = 150  # the commonest words: they have no synonyms worth asking about
SYNONYMS = 12
LONG_PIECE = 4
COMMON_WORDS = 8000  # misspellings of these are looked for
TYPO_SHARE = 1e-3  # seen at most this often beside the right spelling, a form is a misspelling
_QUOTES = str.maketrans("‘’“”", "''\"\"")
_BREAK = re.compile(r"[^\w' \-]+|\s-\s|--|\s'|'\s")
_VOWELS = "aeiou"


def texts(data: Path) -> tuple[list[str], list[str]]:
    """Texts to count and texts that synthetic pages were written from, lower case, straight quotes."""
    with gzip.open(data / "synthetic" / "archetype_family.jsonl.gz", "rt", encoding="utf-8") as file:
        sources = {json.loads(line)["source_id"] for line in file}
    counted: list[str] = []
    left_out: list[str] = []
    for corpus, labels in CORPORA.items():
        with gzip.open(data / "text" / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                text = row["text"].translate(_QUOTES).lower()
                if row["id"] in sources:
                    left_out.append(text)
                elif row["label"] in labels:
                    counted.append(text)
    return counted, left_out


def pieces(text: str) -> Iterator[list[str]]:
    """Words of a text between punctuation marks, all numbers as ``0``."""
    for piece in _BREAK.split(text):
        found = ["0" if w[0].isdigit() else w for w in WORD.findall(piece)]
        if found:
            yield found


def count(data: Path) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Counts of words, and of words side by side without punctuation between them.

    A long piece counts once, however many copies of a text or of a paper's standing notice the corpora
    hold, and a piece of a text that is left out never counts: the corpora have copies of some of these.
    """
    counted, left_out = texts(data)
    seen = {" ".join(found) for text in left_out for found in pieces(text)}
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in counted:
        for found in pieces(text):
            if len(found) >= LONG_PIECE:
                key = " ".join(found)
                if key in seen:
                    continue
                seen.add(key)
            words.update(found)
            pairs.update(zip(found, found[1:], strict=False))
    return words, pairs


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


def synonyms(words: Counter[str], common: set[str]) -> dict[str, list[str]]:
    """The most frequent synonyms of each word of ``common``, inflected alike."""
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
                        found.setdefault(x, set()).update(y for y in theirs if y in common)
    function = {word for word, _ in ranked(words)[:FUNCTION_WORDS]}
    out: dict[str, list[str]] = {}
    for word, others in found.items():
        if word in common and word not in function:
            kept = sorted(others - function - {word}, key=lambda w: (-words[w], w))[:SYNONYMS]
            if kept:
                out[word] = kept
    return out


def ranked(words: Counter[str]) -> list[tuple[str, int]]:
    """Words by falling count, ties in alphabetical order."""
    return sorted(words.items(), key=lambda item: (-item[1], item[0]))


def crc(word: str) -> int:
    """The hash that `Document.hashes` gives a word."""
    return zlib.crc32(word.encode())


def build_collocations(words: Counter[str], pairs: Counter[tuple[str, str]]) -> dict[str, np.ndarray]:
    """Arrays of the table of words and pairs."""
    by_crc: dict[int, str] = {}
    for word, number in ranked(words):
        if number >= MIN_WORD:
            by_crc.setdefault(crc(word), word)
    hashes = sorted(by_crc)
    ids = {by_crc[h]: i for i, h in enumerate(hashes)}
    related = synonyms(words, set(ids))
    heads = sorted(related, key=ids.__getitem__)
    rows = [[ids[s] for s in related[h]] for h in heads]
    rows = [row + [ids[h]] * (SYNONYMS - len(row)) for h, row in zip(heads, rows, strict=True)]
    # The synonyms beyond the usual ones add no pairs: they would push others out of their slots.
    asked = set(related) | {s for others in related.values() for s in others[: tables.USUAL]}
    kept = sorted(
        (crc(a), crc(b), number)
        for (a, b), number in pairs.items()
        if number >= MIN_PAIR and a in ids and b in ids and (a in asked or b in asked)
    )
    left, right, often = (np.array(column, dtype=np.uint32) for column in zip(*kept, strict=True))
    level = 1 + np.rint(tables.PAIR_STEPS * np.log2(often)).astype(np.uint8)
    slot, check = tables.pair_slots(left, right)
    # Of pairs that fall into one slot the most frequent stays.
    order = np.lexsort((check, -level.astype(np.int64), slot))
    _, first = np.unique(slot[order], return_index=True)
    winner = order[first]
    counts = np.array([words[by_crc[h]] for h in hashes], dtype=np.float64)
    print(
        f"{len(ids):,} words, {len(heads):,} with synonyms, {len(kept):,} pairs, {len(winner):,} of them kept"
    )
    return {
        "crc": np.array(hashes, dtype=np.uint32),
        "words": np.frombuffer("\n".join(by_crc[h] for h in hashes).encode(), dtype=np.uint8),
        "level": np.rint(tables.WORD_STEPS * np.log2(counts)).astype(np.uint8),
        "heads": np.array([ids[h] for h in heads], dtype=np.uint16),
        "synonyms": np.array(rows, dtype=np.uint16),
        **sparse(slot[winner], check[winner], level[winner]),
        "total": np.array(sum(words.values()), dtype=np.int64),
    }


def sparse(slot: np.ndarray, check: np.ndarray, level: np.ndarray) -> dict[str, np.ndarray]:
    """Filled slots in rising order, as steps of a byte; empty entries fill steps that are longer."""
    steps = np.diff(slot.astype(np.int64), prepend=-1)
    fill = (steps - 1) // 255
    at = np.arange(len(slot)) + np.cumsum(fill)
    step = np.full(len(slot) + int(fill.sum()), 255, dtype=np.uint8)
    out = np.zeros((2, len(step)), dtype=np.uint8)
    step[at], out[0, at], out[1, at] = steps - 255 * fill, check, level
    return {"step": step, "check": out[0], "pairs": out[1]}


def misspellings(word: str) -> Iterator[str]:
    """The word with two neighbouring letters swapped.

    Dropped and doubled letters are left out: learners drop and double letters, machines do not.
    """
    for i in range(len(word) - 1):
        if word[i] != word[i + 1]:
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def build_scrambles(words: Counter[str]) -> dict[str, np.ndarray]:
    """Arrays of the table of misspellings."""
    groups, irregular, known = wordnet()
    for part, group in groups:
        for word in group:
            for forms in inflect(word, part, irregular).values():
                known.update(forms)
    plain = [(w, n) for w, n in ranked(words) if len(w) >= 4 and w.isascii() and w.isalpha()]
    targets = plain[:COMMON_WORDS]
    meant: dict[str, int] = {}
    for index, (word, number) in enumerate(targets):
        for form in misspellings(word):
            if form not in known and words[form] <= TYPO_SHARE * number:
                meant.setdefault(form, index)
    by_crc: dict[int, int] = {}
    taken = {crc(word) for word, number in words.items() if number >= 3}
    for form, index in meant.items():
        if crc(form) not in taken or words[form] >= 3:
            by_crc.setdefault(crc(form), index)
    hashes = sorted(by_crc)
    print(f"{len(hashes):,} misspellings of {len(targets):,} words")
    return {
        "crc": np.array(hashes, dtype=np.uint32),
        "word": np.array([by_crc[h] for h in hashes], dtype=np.uint16),
        "words": np.frombuffer("\n".join(w for w, _ in targets).encode("ascii"), dtype=np.uint8),
    }


def main() -> None:
    """Count, build and write both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--out", type=Path, default=tables.DATA, help="folder to write the tables to")
    args = parser.parse_args()
    words, pairs = count(args.data)
    print(f"{sum(words.values()):,} words counted")
    args.out.mkdir(parents=True, exist_ok=True)
    for name, arrays in (
        (tables.COLLOCATIONS, build_collocations(words, pairs)),
        (tables.SCRAMBLES, build_scrambles(words)),
    ):
        path = args.out / name
        np.savez_compressed(path, allow_pickle=False, **arrays)
        print(f"{path.name}: {path.stat().st_size:,} bytes, CRC-32 {zlib.crc32(path.read_bytes()):08x}")


if __name__ == "__main__":
    main()
