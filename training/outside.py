"""Counts of words and of pairs of words that other packages hold; only the building of tables reads them.

The packages are in the extra ``train``: the trigram model of general English that comes with pocketsphinx
(2,051,547 pairs with their probabilities), and the lists that come with symspellpy (242,342 pairs, 82,833
words, with counts of the web).
"""

from __future__ import annotations

import struct
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Shares = dict[str, float]
PairShares = dict[tuple[str, str], float]

_BINS = 1 << 16
_LOG = float(np.log(1.0001))  # the base of the model's logarithms
_WEB_WORDS = 1.02e12  # words that the lists of symspellpy were counted in
_PAIR_SCALE = 64  # its counts of pairs are so many times those of its words


def spoken_and_written() -> tuple[Shares, PairShares]:
    """Probability of each word and of each kept pair in pocketsphinx's model of US English.

    The file is a trie of n-grams (Heafield 2011, KenLM), last word first: head, quantised values, one row
    a word, then the pairs packed in bits: first word, value and back-off (16 bits each), place of triples.
    """
    data = files("pocketsphinx").joinpath("model/en-us/en-us.lm.bin").read_bytes()
    head = b"Trie Language Model"
    if not data.startswith(head) or data[len(head)] != 3:
        raise ValueError("the language model of pocketsphinx is of another format")
    counts = struct.unpack_from("<3I", data, len(head) + 1)
    at = len(head) + 1 + 3 * 4 + 4
    values = np.frombuffer(data, "<f4", _BINS, at)
    at += 3 * _BINS * 4
    row = np.dtype([("value", "<f4"), ("back_off", "<f4"), ("next", "<u4")])
    rows = np.frombuffer(data, row, counts[0] + 1, at)
    at += row.itemsize * len(rows)
    word_bits, next_bits = counts[0].bit_length(), counts[2].bit_length()
    width, last_width = word_bits + 32 + next_bits, word_bits + 16
    size = ((1 + counts[1]) * width + 7) // 8 + 8
    packed = np.frombuffer(data, np.uint8, size, at)
    at += size + ((1 + counts[2]) * last_width + 7) // 8 + 8 + 4
    words = data[at:].decode("latin-1").split("\0")[: counts[0]]
    second = np.repeat(np.arange(counts[0]), np.diff(rows["next"].astype(np.int64)).astype(np.intp))
    starts = np.arange(len(second), dtype=np.int64) * width
    first = _bits(packed, starts, word_bits).astype(np.int64)
    value = values[(_bits(packed, starts + word_bits, 32) >> np.uint64(16)).astype(np.int64)]
    alone = np.exp(rows["value"][:-1].astype(np.float64) * _LOG)
    together = alone[first] * np.exp(value.astype(np.float64) * _LOG)
    pairs = zip(first.tolist(), second.tolist(), together.tolist(), strict=True)
    return dict(zip(words, alone.tolist(), strict=True)), {(words[a], words[b]): p for a, b, p in pairs}


def web() -> tuple[Shares, PairShares]:
    """Share of each listed word and pair among the words of the web, from symspellpy's lists."""
    folder = files("symspellpy")
    words: Shares = {}
    for line in _lines(folder.joinpath("frequency_dictionary_en_82_765.txt").read_bytes()):
        word, number = line.split()
        words[word] = int(number) / _WEB_WORDS
    pairs: PairShares = {}
    for line in _lines(folder.joinpath("frequency_bigramdictionary_en_243_342.txt").read_bytes()):
        first, second, number = line.split()
        pairs[first, second] = int(number) / _PAIR_SCALE / _WEB_WORDS
    return words, pairs


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8-sig").splitlines()


def _bits(packed: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64], width: int) -> npt.NDArray[np.uint64]:
    """Numbers of at most 56 bits at these places, counted in bits."""
    out = np.zeros(len(starts), dtype=np.uint64)
    for i in range(8):
        out |= packed[(starts >> 3) + i].astype(np.uint64) << np.uint64(8 * i)
    return (out >> (starts & 7).astype(np.uint64)) & np.uint64((1 << width) - 1)
