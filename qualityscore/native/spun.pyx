"""Words beside their neighbours, and synonyms in their place.

In Python: `qualityscore.signals.tables` and `qualityscore.signals.spinning.rare_collocation`.
"""

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t
from libc.stdlib cimport calloc, free, malloc

import numpy as np

cdef enum:
    _BLOCK = 256
    # Differs from the check of every pair, which has 4 bits.
    _NO_CHECK = 255


cdef class Table:
    """The table of words and pairs, and what is asked of it for the words of a page."""

    cdef const uint32_t[::1] crc
    cdef const uint8_t[::1] pairs, kind
    cdef const float[:, ::1] unseen
    cdef const float[::1] log_count
    cdef const int64_t[::1] first, synonyms
    cdef int level_of_0, shift
    cdef int64_t unknown

    def __init__(
        self,
        const uint32_t[::1] crc,
        const uint8_t[::1] pairs,
        const uint8_t[::1] kind,
        const float[:, ::1] unseen,
        const float[::1] log_count,
        const int64_t[::1] first,
        const int64_t[::1] synonyms,
        int level_of_0,
    ):
        """What `tables.Collocations` has under these names; ``pairs`` has a power of two of entries."""
        cdef Py_ssize_t i, words = crc.shape[0]
        self.crc, self.pairs, self.kind, self.unseen = crc, pairs, kind, unseen
        self.log_count, self.first, self.synonyms, self.level_of_0 = log_count, first, synonyms, level_of_0
        # The last word is none: it stands for all that the table does not know.
        self.unknown = words - 1
        self.shift = 32
        while self.shift > 1 and (<Py_ssize_t> 1 << (32 - self.shift)) < pairs.shape[0]:
            self.shift -= 1
        if (<Py_ssize_t> 1 << (32 - self.shift)) != pairs.shape[0]:
            raise ValueError("the pairs are no power of two")
        if not words or not kind.shape[0] == log_count.shape[0] == words == first.shape[0] - 1 or first[0]:
            raise ValueError("the words do not fit together")
        for i in range(words):
            if first[i] > first[i + 1] or first[i + 1] > synonyms.shape[0]:
                raise ValueError("synonyms that the table does not have")
            if kind[i] >= unseen.shape[0] or kind[i] >= unseen.shape[1]:
                raise ValueError("a kind of word that the table does not have")
        for i in range(synonyms.shape[0]):
            if synonyms[i] < 0 or synonyms[i] >= words:
                raise ValueError("a synonym that is no word")

    cdef void _fit(self, const int32_t *left, const int32_t *right, float *out, Py_ssize_t size) noexcept:
        """How well pairs of words fit, whose ids the table has: `Collocations.fit`."""
        cdef Py_ssize_t i, k, many
        cdef uint32_t a, b, mixed
        cdef uint32_t slots[_BLOCK]
        cdef uint8_t checks[_BLOCK]
        cdef uint8_t found[_BLOCK]
        for i in range(0, size, _BLOCK):
            many = min(size - i, _BLOCK)
            for k in range(many):
                if left[i + k] == self.unknown or right[i + k] == self.unknown:
                    slots[k], checks[k] = 0, _NO_CHECK
                    continue
                a, b = self.crc[left[i + k]], self.crc[right[i + k]]
                mixed = a * <uint32_t> 0x9E3779B1 + (b ^ (b >> 15)) * <uint32_t> 0x85EBCA6B
                slots[k] = ((mixed ^ (mixed >> 13)) * <uint32_t> 0xC2B2AE35) >> self.shift
                checks[k] = (a ^ (b * <uint32_t> 0x27D4EB2F)) >> 28
            # The table is too large for any cache: in a loop of their own the look-ups wait for memory together.
            for k in range(many):
                found[k] = self.pairs[slots[k]]
            for k in range(many):
                if found[k] and found[k] >> 4 == checks[k]:
                    out[i + k] = (found[k] & 15) - self.level_of_0
                else:
                    out[i + k] = self.unseen[self.kind[left[i + k]], self.kind[right[i + k]]]

    def fit(self, const int64_t[::1] left, const int64_t[::1] right):
        """How well pairs of words fit."""
        cdef Py_ssize_t size = left.shape[0], i
        fits = np.empty(size, dtype=np.float32)
        cdef float[::1] out = fits
        if right.shape[0] != size:
            raise ValueError("as many words on the left as on the right")
        if not size:
            return fits
        cdef int32_t *both = <int32_t *> malloc(2 * size * sizeof(int32_t))
        if both == NULL:
            raise MemoryError
        try:
            for i in range(size):
                both[i], both[size + i] = self._checked(left[i]), self._checked(right[i])
            self._fit(both, both + size, &out[0], size)
        finally:
            free(both)
        return fits

    cdef int32_t _checked(self, int64_t word) except -1:
        """The id of a word, if the table has it."""
        if not 0 <= word <= self.unknown:
            raise IndexError("no word of the table")
        return <int32_t> word

    def uses(
        self,
        const uint32_t[::1] known,
        const int64_t[::1] start_at,
        const int64_t[::1] end_at,
        const uint8_t[::1] ascii,
    ):
        """The best use of each word that is asked about; arguments and result as for `uses_in_python`."""
        cdef Py_ssize_t size = known.shape[0], i, asked = 0
        cdef int32_t *words
        cdef float *fits
        if start_at.shape[0] != size or end_at.shape[0] != size:
            raise ValueError("as many ids as words")
        for i in range(size):
            asked += known[i] & 1
            if not (0 <= end_at[i] <= ascii.shape[0] and known[i] >> 1 <= self.unknown):
                raise IndexError("a word outside the text or the table")
        if size >= 1 << 30:
            raise MemoryError
        # Of each use: its place, the word on the left, the word itself twice, the word on the right.
        words = <int32_t *> malloc(5 * max(asked, 1) * sizeof(int32_t))
        fits = <float *> malloc(2 * max(asked, 1) * sizeof(float))
        try:
            if words == NULL or fits == NULL:
                raise MemoryError
            self._neighbours(known, start_at, end_at, ascii, words, asked)
            self._fit(words + asked, words + 3 * asked, fits, 2 * asked)
            return _best(words, fits, asked)
        finally:
            free(words)
            free(fits)

    cdef void _neighbours(
        self,
        const uint32_t[::1] known,
        const int64_t[::1] start_at,
        const int64_t[::1] end_at,
        const uint8_t[::1] ascii,
        int32_t *places,
        Py_ssize_t asked,
    ) noexcept:
        """Fill in the places of the words asked about and behind them those words and their neighbours."""
        cdef Py_ssize_t size = known.shape[0], i, at = 0
        cdef int32_t before = <int32_t> self.unknown, word
        cdef int32_t *left = places + asked
        cdef bint joined = False, goes_on
        for i in range(size):
            word = <int32_t> (known[i] >> 1)
            goes_on = (
                i + 1 < size
                and start_at[i + 1] - end_at[i] == 1
                and end_at[i] < ascii.shape[0]
                and ascii[end_at[i]] == 32
            )
            if known[i] & 1:
                places[at] = <int32_t> i
                left[at] = before if joined else <int32_t> self.unknown
                left[asked + at] = left[2 * asked + at] = word
                left[3 * asked + at] = <int32_t> (known[i + 1] >> 1) if goes_on else <int32_t> self.unknown
                at += 1
            before, joined = word, goes_on

    def swaps(
        self,
        const int64_t[::1] left,
        const int64_t[::1] word,
        const int64_t[::1] right,
        const float[::1] before,
        const float[::1] behind,
    ):
        """Every synonym in the place of its word; arguments and result as for `swaps_in_python`."""
        cdef Py_ssize_t size = word.shape[0], i, total = 0, at = 0
        cdef int64_t k
        cdef int32_t *pairs
        cdef float *fits
        number, start = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
        cdef int64_t[::1] number_out = number, start_out = start
        if not size == left.shape[0] == right.shape[0] == before.shape[0] == behind.shape[0]:
            raise ValueError("as many neighbours as words")
        for i in range(size):
            self._checked(left[i])
            self._checked(right[i])
            k = self._checked(word[i])
            start_out[i], number_out[i] = total, self.first[k + 1] - self.first[k]
            total += number_out[i]
        place, other = np.empty(total, dtype=np.int64), np.empty(total, dtype=np.int64)
        gains = np.empty((3, total), dtype=np.float32)
        cdef int64_t[::1] places = place, others = other
        cdef float[:, ::1] out = gains
        # The pairs that each synonym would be in: those on the left, then those on the right.
        pairs = <int32_t *> malloc(4 * max(total, 1) * sizeof(int32_t))
        fits = <float *> malloc(2 * max(total, 1) * sizeof(float))
        try:
            if pairs == NULL or fits == NULL:
                raise MemoryError
            for i in range(size):
                for k in range(self.first[word[i]], self.first[word[i] + 1]):
                    places[at], others[at] = i, self.synonyms[k]
                    pairs[at], pairs[total + at] = <int32_t> left[i], <int32_t> self.synonyms[k]
                    pairs[2 * total + at], pairs[3 * total + at] = <int32_t> self.synonyms[k], <int32_t> right[i]
                    at += 1
            self._fit(pairs, pairs + 2 * total, fits, 2 * total)
            for at in range(total):
                i = places[at]
                out[0, at], out[1, at] = fits[at] - before[i], fits[total + at] - behind[i]
                out[2, at] = out[0, at] + out[1, at] + self.log_count[others[at]] - self.log_count[word[i]]
        finally:
            free(pairs)
            free(fits)
        return number, start, place, other, gains[0], gains[1], gains[2]


cdef object _best(const int32_t *uses, const float *fits, Py_ssize_t size):
    """Of all uses of each word the one that fits best, the first of equals; in the order of the uses.

    Args:
        uses: places of the words, the words on their left, the words themselves twice, the words on the right.
        fits: of each word with the one on its left, then with the one on its right.
    """
    cdef Py_ssize_t i, slot, room = 4, kept = 0
    cdef const int32_t *word = uses + 2 * size
    cdef const float *behind = fits + size
    while room < 2 * size:
        room *= 2
    # Place of the best use so far, and one, of each word; ids are small, so they scatter well as they are.
    cdef int32_t *table = <int32_t *> calloc(room + size, sizeof(int32_t))
    if table == NULL:
        raise MemoryError
    cdef int32_t *chosen = table + room
    for i in range(size):
        slot = word[i] & (room - 1)
        while table[slot] and word[table[slot] - 1] != word[i]:
            slot = (slot + 1) & (room - 1)
        if not table[slot]:
            kept += 1
        elif fits[i] + behind[i] <= fits[table[slot] - 1] + behind[table[slot] - 1]:
            continue
        else:
            chosen[table[slot] - 1] = 0
        table[slot] = <int32_t> i + 1
        chosen[i] = 1
    found, both = np.empty((4, kept), dtype=np.int64), np.empty((2, kept), dtype=np.float32)
    cdef int64_t[:, ::1] out = found
    cdef float[:, ::1] fits_out = both
    kept = 0
    for i in range(size):
        if chosen[i]:
            out[0, kept], out[1, kept], out[2, kept] = uses[i], uses[size + i], word[i]
            out[3, kept] = uses[4 * size + i]
            fits_out[0, kept], fits_out[1, kept] = fits[i], behind[i]
            kept += 1
    free(table)
    return *found, *both
