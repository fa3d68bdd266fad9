"""Build the tables that signals look words up in (`qualityscore.signals.tables`).

``python -m training.tables --data DIR [--out FOLDER]``

The counts come from human prose of published corpora and, for the pairs of words, from what other packages
have counted (`training.outside`, the extra ``train``). Whole web pages are left out, because the model is
measured on them, and so is every text that a synthetic page was written from. Synonyms come from
``training/wordnet.txt.gz`` (`training.synonyms`). Nothing here is random: the same corpora give the same files, bit for bit.
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
from training import outside
from training.synonyms import inflect, ranked, synonyms, wordnet

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
MIN_WORD = 20  # a word seen more rarely says nothing about the words beside it
# Unless the language model knows it well.
MIN_MODEL_WORD = 3
MIN_MODEL = 30
# Words that the probabilities of the language model and the shares of the web count for.
MODEL_WORDS = 40e6
WEB_WORDS = 30e6
PAIRS = 1_200_000  # kept pairs
RATE_POWER = 0.3  # a pair is worth the error without it times this power of its count
LONG_PIECE = 4
COMMON_WORDS = 8000  # misspellings of these are looked for
TYPO_SHARE = 1e-3  # seen at most this often beside the right spelling, a form is a misspelling
_QUOTES = str.maketrans("‘’“”", "''\"\"")
_BREAK = re.compile(r"[^\w' \-]+|\s-\s|--|\s'|'\s")


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


def crc(word: str) -> int:
    """The hash that `Document.hashes` gives a word."""
    return zlib.crc32(word.encode())


def combined(
    words: Counter[str], pairs: Counter[tuple[str, str]]
) -> tuple[dict[str, float], dict[tuple[str, str], float], float]:
    """Counts of the known words and of pairs of them in corpora, model and web together, and their total."""
    spoken, spoken_pairs = outside.spoken_and_written()
    web, web_pairs = outside.web()
    by_hash: dict[int, str] = {}
    for word in sorted(words):
        model = MODEL_WORDS * spoken.get(word, 0)
        known = words[word] >= MIN_WORD or (
            words[word] >= MIN_MODEL_WORD and model >= MIN_MODEL and word[0].isalpha()
        )
        if known:
            # Of words with one hash, which hardly ever happens, the first stays.
            by_hash.setdefault(crc(word), word)
    count = {
        w: words[w] + MODEL_WORDS * spoken.get(w, 0) + WEB_WORDS * web.get(w, 0) for w in by_hash.values()
    }
    total: dict[tuple[str, str], float] = {}
    for scale, found in ((1.0, pairs), (MODEL_WORDS, spoken_pairs), (WEB_WORDS, web_pairs)):
        for pair, number in found.items():
            if pair[0] in count and pair[1] in count:
                total[pair] = total.get(pair, 0.0) + scale * number
    return count, total, sum(words.values()) + MODEL_WORDS + WEB_WORDS


def build_collocations(words: Counter[str], pairs: Counter[tuple[str, str]]) -> dict[str, np.ndarray]:
    """Arrays of the table of words and pairs."""
    count, together, total = combined(words, pairs)
    known = sorted(count, key=crc)
    ids = {word: i for i, word in enumerate(known)}
    related = synonyms(count)
    asked = set(related).union(*related.values())
    kept = sorted(pair for pair in together if pair[0] in asked or pair[1] in asked)
    left, right = (np.array([ids[pair[side]] for pair in kept]) for side in (0, 1))
    often = np.array([together[pair] for pair in kept])
    counts = np.array([count[word] for word in known])
    chance = counts[left] * counts[right] / total
    fit = np.log((often + tables.PRIOR) / (chance + tables.PRIOR))
    # What is hardly off what the table says of an unknown pair, or hardly ever met, is left out.
    worth = np.abs(fit - tables.absent(chance)) * often**RATE_POWER
    chosen = np.sort(np.argsort(-worth, kind="stable")[:PAIRS])
    hashes = np.array([crc(word) for word in known], dtype=np.uint32)
    slot, check = tables.pair_slots(hashes[left[chosen]], hashes[right[chosen]])
    level = np.clip(np.rint(fit[chosen]) + tables.LEVEL_OF_0, 1, 15).astype(np.uint8)
    # Of pairs that fall into one slot the one worth most stays.
    order = np.lexsort((check, level, -worth[chosen], slot))
    _, first = np.unique(slot[order], return_index=True)
    winner = order[first]
    heads = sorted(related, key=ids.__getitem__)
    print(
        f"{len(ids):,} words, {len(heads):,} with synonyms, {len(kept):,} pairs, {len(winner):,} of them kept"
    )
    return {
        "words": np.frombuffer("\n".join(known).encode(), dtype=np.uint8),
        "level": np.rint(tables.WORD_STEPS * np.log2(np.maximum(counts, 1))).astype(np.uint8),
        "heads": np.diff([ids[h] for h in heads], prepend=0).astype(np.uint16),
        "many": np.array([len(related[h]) for h in heads], dtype=np.uint8),
        "synonyms": np.array([ids[s] for h in heads for s in related[h]], dtype=np.uint16),
        **sparse(slot[winner], (check[winner] << 4) | level[winner]),
        "total": np.array(total),
    }


def sparse(slot: np.ndarray, entry: np.ndarray) -> dict[str, np.ndarray]:
    """Filled slots in rising order, as steps of a byte; empty entries fill steps that are longer."""
    steps = np.diff(slot.astype(np.int64), prepend=-1)
    fill = (steps - 1) // 255
    at = np.arange(len(slot)) + np.cumsum(fill)
    step = np.full(len(slot) + int(fill.sum()), 255, dtype=np.uint8)
    pairs = np.zeros(len(step), dtype=np.uint8)
    step[at], pairs[at] = steps - 255 * fill, entry
    return {"step": step, "pairs": pairs}


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
