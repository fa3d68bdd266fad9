"""Counting over the words and sentences of a document; in Python: `qualityscore.signals.counts` and its users."""

from libc.stdint cimport int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memset

from qualityscore.native.bounds cimport check_sentences, check_types
from qualityscore.native.sorting cimport sorted_by_bits

import numpy as np


def number_types(const uint32_t[::1] hashes):
    """Numbers of types, in the order of their hashes, shape (n,); and how many there are."""
    cdef Py_ssize_t size = hashes.shape[0], i
    cdef int64_t number = -1
    ids = np.empty(size, dtype=np.int64)
    cdef int64_t[::1] out = ids
    if not size:
        return ids, 0
    # A hash above, its place below.
    cdef uint64_t *both = <uint64_t *> malloc(2 * size * sizeof(uint64_t))
    cdef uint64_t *pairs
    if both == NULL:
        raise MemoryError
    for i in range(size):
        both[i] = <uint64_t> hashes[i] << 32 | <uint64_t> i
    pairs = sorted_by_bits(both, both + size, size, 32, 64)
    for i in range(size):
        if not i or pairs[i] >> 32 != pairs[i - 1] >> 32:
            number += 1
        out[<uint32_t> pairs[i]] = number
    free(both)
    return ids, int(number + 1)


def prose_sentences(sentences, lines, set prose, Py_ssize_t words):
    """The sentences of prose lines.

    Args:
        sentences, lines: of a document.
        prose: first word of each line of prose.
        words: how many the document has.

    Returns:
        Their indices; their first and last words, shapes (n,); whether each word is in one, shape (words,).
    """
    cdef Py_ssize_t at, first, last, size = 0, most = len(sentences)
    cdef list kept = []
    mask, firsts, lasts = np.zeros(words, dtype=np.uint8), np.empty(most, np.int64), np.empty(most, np.int64)
    cdef uint8_t[::1] inside = mask
    cdef int64_t[::1] first_at = firsts, last_at = lasts
    of_line = [line.first in prose for line in lines]
    for at, sentence in enumerate(sentences):
        if of_line[sentence.line]:
            first, last = sentence.first, sentence.last
            if first < 0 or last < first or last > words:
                raise IndexError("a sentence outside the words")
            if size == most:
                raise ValueError("more sentences than there were")
            kept.append(at)
            first_at[size], last_at[size] = first, last
            size += 1
            if last > first:
                memset(&inside[first], 1, last - first)
    return kept, firsts[:size], lasts[:size], mask.view(np.bool_)


def per_sentence(const uint8_t[::1] mask, const int64_t[::1] firsts, const int64_t[::1] lasts):
    """How many words of the mask each sentence has, shape (sentences,)."""
    cdef Py_ssize_t k, i
    cdef int64_t count
    found = np.empty(firsts.shape[0], dtype=np.int64)
    cdef int64_t[::1] out = found
    check_sentences(firsts, lasts, mask.shape[0])
    for k in range(firsts.shape[0]):
        count = 0
        for i in range(firsts[k], lasts[k]):
            count += mask[i] != 0
        out[k] = count
    return found


def plain(const int64_t[::1] info, int64_t flags, int64_t shortest):
    """Words that have none of these bits and are so long at least, shape (n,)."""
    cdef Py_ssize_t i
    found = np.empty(info.shape[0], dtype=np.uint8)
    cdef uint8_t[::1] out = found
    for i in range(info.shape[0]):
        out[i] = info[i] & flags == 0 and info[i] >> 26 >= shortest
    return found.view(np.bool_)


def per_line(const uint8_t[::1] mask, lines):
    """How many words of the mask each line has."""
    cdef Py_ssize_t i, first, last, count, size = mask.shape[0]
    cdef list found = []
    for line in lines:
        first, last = line.first, line.last
        if first < 0 or last > size:
            raise IndexError("a line outside the words")
        count = 0
        for i in range(first, last):
            count += mask[i] != 0
        found.append(count)
    return found


def places(const uint32_t[::1] hashes, const uint32_t[::1] wanted, Py_ssize_t row):
    """Places of the words that have one of these hashes, which ascend, and so have those behind: ``row`` in all."""
    cdef Py_ssize_t i, low, high, middle, hits = 0
    cdef list found = []
    cdef uint8_t bits[256]
    # Most words differ from all that are wanted in the last byte already.
    memset(bits, 0, sizeof(bits))
    for i in range(wanted.shape[0]):
        bits[wanted[i] & 255] = 1
    for i in range(hashes.shape[0]):
        low = high = wanted.shape[0]
        if bits[hashes[i] & 255]:
            low = 0
        while low < high:
            middle = (low + high) >> 1
            if wanted[middle] < hashes[i]:
                low = middle + 1
            else:
                high = middle
        hits = hits + 1 if low < wanted.shape[0] and wanted[low] == hashes[i] else 0
        if hits >= row:
            found.append(i - row + 1)
    return found


def glued(const uint8_t[::1] ascii):
    """Places of letters right behind a full stop, another mark that ends a sentence, or a comma."""
    cdef Py_ssize_t i
    cdef uint8_t before
    cdef list found = []
    for i in range(1, ascii.shape[0]):
        if 97 <= (ascii[i] | 32) <= 122:
            before = ascii[i - 1]
            if before == 44 or before == 46 or before == 33 or before == 63:
                found.append(i)
    return found


def uncommon_types(
    const int64_t[::1] info,
    const uint8_t[::1] prose,
    const int64_t[::1] ids,
    Py_ssize_t n_types,
    int64_t skipped,
    int64_t common,
    Py_ssize_t most,
):
    """Different words among the first of the prose, and those that are uncommon.

    Args:
        info, prose, ids: of `Counts`, shapes (n,).
        skipped: bits of words that are left out.
        common: bit of common words.
        most: words looked at.
    """
    cdef Py_ssize_t size = info.shape[0], i, known = 0, uncommon = 0
    if prose.shape[0] != size or ids.shape[0] != size:
        raise ValueError("one entry a word")
    check_types(ids, n_types)
    # 1 for a type that was met, 2 for one that is uncommon, too.
    cdef uint8_t *seen = <uint8_t *> calloc(max(n_types, 1), 1)
    if seen == NULL:
        raise MemoryError
    for i in range(size):
        if not most:
            break
        if prose[i] and not info[i] & skipped:
            most -= 1
            seen[ids[i]] |= 1 if info[i] & common else 3
    for i in range(n_types):
        known += seen[i] & 1
        uncommon += seen[i] >> 1
    free(seen)
    return known, uncommon


def gap_kinds(const uint8_t[::1] ascii, const int64_t[::1] start_at, const int64_t[::1] end_at):
    """What stands in front of each word: 1 for one space, 2 for a comma and a space, 0 for anything else."""
    cdef Py_ssize_t size = start_at.shape[0], i
    cdef int64_t wide, at
    kinds = np.zeros(size, dtype=np.uint8)
    cdef uint8_t[::1] out = kinds
    if end_at.shape[0] != size:
        raise ValueError("as many words start as end")
    for i in range(1, size):
        at, wide = end_at[i - 1], start_at[i] - end_at[i - 1]
        if at < 0 or start_at[i] > ascii.shape[0]:
            raise IndexError("a word outside the text")
        if wide == 1:
            out[i] = ascii[at] == 32
        elif wide == 2 and ascii[at] == 44 and ascii[at + 1] == 32:
            out[i] = 2
    return kinds


def contested(const uint8_t[::1] kinds, int one, int other, const int64_t[::1] ids, Py_ssize_t n_types):
    """Words of two kinds whose type is at least twice of the one and once of the other.

    Args:
        kinds: kind of each word, shape (n,).
        one, other: the kinds.
        ids: number of each word's type, shape (n,).

    Returns:
        Places of those of the one kind, and of the other.
    """
    cdef Py_ssize_t size = kinds.shape[0], i
    cdef list first = [], second = []
    if ids.shape[0] != size:
        raise ValueError("as many types as words")
    check_types(ids, n_types)
    # How often each type is of the one kind, up to 2, and 4 if it is of the other.
    cdef uint8_t *seen = <uint8_t *> calloc(max(n_types, 1), 1)
    if seen == NULL:
        raise MemoryError
    try:
        for i in range(size):
            if kinds[i] == one and (seen[ids[i]] & 3) < 2:
                seen[ids[i]] += 1
            elif kinds[i] == other:
                seen[ids[i]] |= 4
        for i in range(size):
            if seen[ids[i]] == 6:
                if kinds[i] == one:
                    first.append(i)
                elif kinds[i] == other:
                    second.append(i)
    finally:
        free(seen)
    return first, second


def tally(const int64_t[::1] info, const uint8_t[::1] prose, int64_t number, int64_t stop, int64_t easy):
    """What the words add up to; arguments and result as for `tally_in_python`."""
    cdef Py_ssize_t size = info.shape[0], i
    cdef int64_t all_spelled = 0, letters = 0, words = 0, spelled = 0, stops = 0
    cdef int64_t syllables = 0, unfamiliar = 0, difficult = 0, many
    cdef bint hard
    if prose.shape[0] != size:
        raise ValueError("as many marks as words")
    for i in range(size):
        if not info[i] & number:
            all_spelled += 1
            letters += info[i] >> 26
        if not prose[i]:
            continue
        words += 1
        if not info[i] & number:
            spelled += 1
            stops += (info[i] & stop) != 0
        many, hard = (info[i] >> 20) & 63, not info[i] & easy
        syllables += many
        unfamiliar += hard
        difficult += hard and many >= 3
    return all_spelled, letters, words, spelled, stops, syllables, unfamiliar, difficult


def count_characters(const uint8_t[::1] ascii, lines):
    """How often each code occurs in these lines."""
    cdef Py_ssize_t i, start, end
    # Two tables, as one count must not wait for the one before.
    cdef int64_t counts[2][256]
    memset(counts, 0, sizeof(counts))
    for line in lines:
        start, end = line.start, line.end
        if start < 0 or end > ascii.shape[0]:
            raise IndexError("a line outside the text")
        for i in range(start, end):
            counts[i & 1][ascii[i]] += 1
    return [counts[0][i] + counts[1][i] for i in range(129)]
