"""Words beside their neighbours, and synonyms in their place.

In Python: `qualityscore.signals.tables` and `qualityscore.signals.spinning.rare_collocation`.
"""

from libc.stdint cimport int8_t, int64_t, uint8_t, uint32_t
from libc.stdlib cimport calloc, free

import numpy as np

# A level that no pair in the table has: the table does not know these words together.
cdef int8_t _UNKNOWN = -128
cdef enum:
    _BLOCK = 256
cdef float _PRIOR = <float> 0.1


def levels(
    const int64_t[::1] left,
    const int64_t[::1] right,
    const uint32_t[::1] crc,
    const float[::1] rate,
    const uint8_t[::1] pairs,
    int level_of_0,
):
    """Level of each pair of words, and of those that the table does not know what the logarithm is taken of.

    Args:
        left, right: ids of words, all below ``len(crc)``, shapes (n,).
        crc, rate, pairs: of the table, which has a power of two of pairs.
        level_of_0: taken from what the table holds.

    Returns:
        Levels, shape (n,), to be read by `fits`, and the odds, shape (unknown pairs,).
    """
    cdef Py_ssize_t size = left.shape[0], words = crc.shape[0], i, k, many, unknown = 0
    level, odds = np.empty(size, dtype=np.int8), np.empty(size, dtype=np.float32)
    cdef int8_t[::1] levels_out = level
    cdef float[::1] odds_out = odds
    cdef uint32_t slots[_BLOCK]
    cdef uint8_t checks[_BLOCK]
    cdef uint8_t found[_BLOCK]
    cdef uint32_t a, b, mixed
    cdef float chance
    cdef bint known
    cdef int shift = 32
    while shift > 1 and (<Py_ssize_t> 1 << (32 - shift)) < pairs.shape[0]:
        shift -= 1
    if right.shape[0] != size or rate.shape[0] != words or (<Py_ssize_t> 1 << (32 - shift)) != pairs.shape[0]:
        raise ValueError("the words or the table do not fit together")
    for i in range(0, size, _BLOCK):
        many = min(size - i, _BLOCK)
        for k in range(many):
            if not (0 <= left[i + k] < words and 0 <= right[i + k] < words):
                raise IndexError("no word of the table")
            a, b = crc[left[i + k]], crc[right[i + k]]
            mixed = a * <uint32_t> 0x9E3779B1 + (b ^ (b >> 15)) * <uint32_t> 0x85EBCA6B
            slots[k] = ((mixed ^ (mixed >> 13)) * <uint32_t> 0xC2B2AE35) >> shift
            checks[k] = (a ^ (b * <uint32_t> 0x27D4EB2F)) >> 28
        # The table is too large for any cache: in a loop of their own the look-ups wait for memory together.
        for k in range(many):
            found[k] = pairs[slots[k]]
        for k in range(many):
            chance = rate[left[i + k]] * rate[right[i + k]]
            known = (found[k] >> 4) == checks[k] and found[k] != 0 and chance > 0
            levels_out[i + k] = <int8_t> ((found[k] & 15) - level_of_0) if known else _UNKNOWN
            if not known:
                odds_out[unknown] = _PRIOR / (chance + _PRIOR)
                unknown += 1
    return level, odds[:unknown]


def fits(const int8_t[::1] level, const float[::1] logs, float least):
    """How well the words of each pair fit: its level, or where it is unknown the next of the logarithms."""
    cdef Py_ssize_t size = level.shape[0], i, at = 0
    out = np.empty(size, dtype=np.float32)
    cdef float[::1] filled = out
    for i in range(size):
        if level[i] != _UNKNOWN:
            filled[i] = level[i]
        elif at < logs.shape[0]:
            filled[i] = logs[at] if logs[at] > least else least
            at += 1
        else:
            raise ValueError("fewer logarithms than unknown pairs")
    return out


def neighbours(
    const int64_t[::1] ids,
    const uint8_t[::1] is_asked,
    int64_t unknown,
    const int64_t[::1] start_at,
    const int64_t[::1] end_at,
    const uint8_t[::1] ascii,
    list openings,
):
    """Words that are asked about, and the ids of the words a space away on either side.

    Args:
        ids, is_asked: table id of each word of a page, and whether it is asked about; shapes (n,).
        unknown: the id for all words that the table does not have.
        start_at, end_at: where the words stand, shapes (n,).
        ascii: codes of all characters.
        openings: words that open a line.

    Returns:
        Which words; the id of the word on the left of each, its own, and that of the one on the right.
    """
    cdef Py_ssize_t size = ids.shape[0], i, found = 0
    asked, left, word, right = (np.empty(size, dtype=np.int64) for _ in range(4))
    cdef int64_t[::1] asked_out = asked, left_out = left, word_out = word, right_out = right
    joined = np.zeros(size + 1, dtype=np.uint8)
    cdef uint8_t[::1] is_joined = joined
    if is_asked.shape[0] != size or start_at.shape[0] != size or end_at.shape[0] != size:
        raise ValueError("as many ids as words")
    for i in range(1, size):
        if end_at[i - 1] < 0 or end_at[i - 1] >= ascii.shape[0]:
            raise IndexError("a word outside the text")
        is_joined[i] = start_at[i] - end_at[i - 1] == 1 and ascii[end_at[i - 1]] == 32
    for opening in openings:
        i = opening
        if i < 0 or i > size:
            raise IndexError("a line outside the words")
        is_joined[i] = 0
    for i in range(size):
        if is_asked[i]:
            asked_out[found], word_out[found] = i, ids[i]
            left_out[found] = ids[i - 1] if is_joined[i] else unknown
            right_out[found] = ids[i + 1] if is_joined[i + 1] else unknown
            found += 1
    return asked[:found], left[:found], word[:found], right[:found]


def best_uses(const int64_t[::1] word, const float[::1] before, const float[::1] behind):
    """Of all uses of each word the one that fits best, the first of equals; in the order of the uses."""
    cdef Py_ssize_t size = word.shape[0], i, slot, room = 4, kept = 0
    if before.shape[0] != size or behind.shape[0] != size:
        raise ValueError("as many fits as words")
    out = np.empty(size, dtype=np.int64)
    cdef int64_t[::1] best = out
    while room < 2 * size:
        room *= 2
    # Place of the best use so far, and one, of each word; ids are small, so they scatter well as they are.
    cdef int64_t *table = <int64_t *> calloc(room, sizeof(int64_t))
    if table == NULL:
        raise MemoryError
    try:
        for i in range(size):
            slot = word[i] & (room - 1)
            while table[slot] and word[table[slot] - 1] != word[i]:
                slot = (slot + 1) & (room - 1)
            if not table[slot] or before[i] + behind[i] > before[table[slot] - 1] + behind[table[slot] - 1]:
                table[slot] = i + 1
        for slot in range(room):
            if table[slot]:
                best[kept] = table[slot] - 1
                kept += 1
    finally:
        free(table)
    return np.sort(out[:kept])


def swaps(
    const int64_t[::1] word,
    const int64_t[::1] left,
    const int64_t[::1] right,
    const int64_t[::1] first,
    const int64_t[::1] synonyms,
):
    """Every synonym in the place of its word, one word's after another's.

    Args:
        word, left, right: ids of words and their neighbours, shapes (n,).
        first, synonyms: of the table.

    Returns:
        How many synonyms each word has and where they begin, shapes (n,); of each synonym the place of its word,
        shape (m,), and the pairs that it would be in, shapes (2 * m,): those on the left, then those on the right.
    """
    cdef Py_ssize_t size = word.shape[0], i, total = 0, at = 0
    cdef int64_t k, known = first.shape[0] - 1
    number, start = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    cdef int64_t[::1] number_out = number, start_out = start
    if left.shape[0] != size or right.shape[0] != size:
        raise ValueError("as many neighbours as words")
    for i in range(size):
        if word[i] < 0 or word[i] >= known:
            raise IndexError("no word of the table")
        if first[word[i]] < 0 or first[word[i] + 1] > synonyms.shape[0] or first[word[i] + 1] < first[word[i]]:
            raise ValueError("the table is damaged")
        start_out[i], number_out[i] = total, first[word[i] + 1] - first[word[i]]
        total += number_out[i]
    place, before, behind = np.empty(total, np.int64), np.empty(2 * total, np.int64), np.empty(2 * total, np.int64)
    cdef int64_t[::1] places = place, firsts = before, seconds = behind
    for i in range(size):
        for k in range(first[word[i]], first[word[i] + 1]):
            places[at] = i
            firsts[at] = left[i]
            seconds[at] = firsts[total + at] = synonyms[k]
            seconds[total + at] = right[i]
            at += 1
    return number, start, place, before, behind
