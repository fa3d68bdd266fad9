"""Runs of words that come back; in Python: `qualityscore.signals.repetition._grams`."""

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc

from qualityscore.native.bounds cimport check_types

import os

# Where a number goes in a table is nobody's to foresee: a page made for it could fill one place only.
cdef uint64_t _SEED = int.from_bytes(os.urandom(8), "little") | 1
cdef uint64_t _MULTIPLIER = 0x100000001B3


cdef class _Table:
    """Places of numbers by the number; room for so many numbers, each place kept with one added."""

    cdef int32_t *places
    cdef Py_ssize_t room
    cdef int shift

    def __cinit__(self, Py_ssize_t size):
        if size >= 1 << 30:
            raise MemoryError
        self.room, self.shift = 4, 62
        while self.room < 2 * size:
            self.room *= 2
            self.shift -= 1
        self.places = <int32_t *> calloc(self.room, sizeof(int32_t))
        if self.places == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.places)

    cdef inline int32_t *find(self, const uint64_t *codes, uint64_t code) noexcept:
        """Where the place of a number is kept, or is to be kept if it is 0."""
        cdef uint64_t mixed = (code ^ (code >> 29) ^ _SEED) * _SEED
        cdef Py_ssize_t slot
        mixed = (mixed ^ (mixed >> 32)) * <uint64_t> 0x9E3779B97F4A7C15
        slot = <Py_ssize_t> (mixed >> self.shift)
        while self.places[slot] and codes[self.places[slot] - 1] != code:
            slot = (slot + 1) & (self.room - 1)
        return &self.places[slot]


cdef class _Runs:
    """Runs of ``n`` words: their places and numbers. Most come once, which a small table of bytes shows."""

    cdef const uint32_t *hashes
    cdef int32_t *places
    cdef uint64_t *codes
    cdef uint8_t *seen
    cdef Py_ssize_t n, size
    cdef int shift

    def __cinit__(self, const uint32_t[::1] hashes, Py_ssize_t n):
        """Room for all runs of the words, which must outlive this."""
        cdef Py_ssize_t words = hashes.shape[0], room = 64
        if n < 1 or words >= 1 << 28:
            raise ValueError("no run of so many words")
        self.hashes, self.n, self.shift = &hashes[0] if words else NULL, n, 58
        while room < 4 * words:
            room *= 2
            self.shift -= 1
        self.places = <int32_t *> malloc(max(words, 1) * sizeof(int32_t))
        self.codes = <uint64_t *> malloc(max(words, 1) * sizeof(uint64_t))
        self.seen = <uint8_t *> calloc(room, 1)
        if self.places == NULL or self.codes == NULL or self.seen == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.places)
        free(self.codes)
        free(self.seen)

    cdef inline void add(self, Py_ssize_t place) noexcept:
        """Add the run that begins there; each may be added once."""
        cdef Py_ssize_t k
        cdef uint64_t code = 0
        for k in range(place, place + self.n):
            code = code * _MULTIPLIER + self.hashes[k]
        self.places[self.size], self.codes[self.size] = <int32_t> place, code
        self.size += 1
        # 1 is once, 2 more often.
        cdef uint8_t *seen = &self.seen[(code * _SEED) >> self.shift]
        seen[0] = 2 if seen[0] else 1

    cdef void keep_repeated(self) noexcept:
        """Drop runs that come once; a few may stay."""
        cdef Py_ssize_t i, kept = 0
        for i in range(self.size):
            self.places[kept], self.codes[kept] = self.places[i], self.codes[i]
            kept += self.seen[(self.codes[i] * _SEED) >> self.shift] == 2
        self.size = kept


def top_word(const int64_t[::1] ids, Py_ssize_t n_types, const uint8_t[::1] mask):
    """How many words the mask has, and how often the most frequent of these occurs among them."""
    cdef Py_ssize_t words = ids.shape[0], i, total = 0
    cdef int32_t most = 0
    if mask.shape[0] != words:
        raise ValueError("as many marks as words")
    check_types(ids, n_types)
    cdef int32_t *times = <int32_t *> calloc(max(n_types, 1), sizeof(int32_t))
    if times == NULL:
        raise MemoryError
    for i in range(words):
        if mask[i]:
            total += 1
            times[ids[i]] += 1
            most = max(most, times[ids[i]])
    free(times)
    return total, most


def top_run(const uint32_t[::1] hashes, const uint8_t[::1] mask, Py_ssize_t n, Py_ssize_t least):
    """How often the most frequent run occurs, and where; arguments and result as for `top_run_in_python`."""
    cdef Py_ssize_t words = mask.shape[0], i, inside = 0
    cdef uint64_t best = 0
    cdef int32_t most
    cdef int32_t *times
    cdef int32_t *place
    cdef list places = []
    if hashes.shape[0] != words:
        raise ValueError("as many marks as words")
    cdef _Runs runs = _Runs(hashes, n)
    for i in range(words):
        inside += mask[i] != 0
        if i >= n:
            inside -= mask[i - n] != 0
        if i >= n - 1 and inside >= least:
            runs.add(i - n + 1)
    most = 1 if runs.size else 0
    runs.keep_repeated()
    cdef _Table table = _Table(runs.size)
    times = <int32_t *> calloc(max(runs.size, 1), sizeof(int32_t))
    if times == NULL:
        raise MemoryError
    for i in range(runs.size):
        place = table.find(runs.codes, runs.codes[i])
        if not place[0]:
            place[0] = <int32_t> i + 1
        times[place[0] - 1] += 1
        if times[place[0] - 1] > most or (times[place[0] - 1] == most and runs.codes[i] < best):
            most, best = times[place[0] - 1], runs.codes[i]
    free(times)
    if most > 1:
        for i in range(runs.size):
            if runs.codes[i] == best and len(places) < 5:
                places.append(runs.places[i])
    return most, places


cdef bint _mark_repeated(_Runs runs, uint8_t *marks, uint8_t before, uint8_t shared):
    """Mark the places of runs that have come before, and of those that come more than once; whether any does."""
    cdef Py_ssize_t i
    cdef int32_t *place
    cdef bint any = False
    runs.keep_repeated()
    cdef _Table table = _Table(runs.size)
    for i in range(runs.size):
        place = table.find(runs.codes, runs.codes[i])
        if place[0]:
            marks[runs.places[i]] |= before | shared
            marks[runs.places[place[0] - 1]] |= shared
            any = True
        else:
            place[0] = <int32_t> i + 1
    return any


def repeated_runs(const uint32_t[::1] hashes, Py_ssize_t short, Py_ssize_t long, Py_ssize_t most):
    """Words in runs that come again; arguments and result as for `repeated_runs_in_python`."""
    cdef Py_ssize_t words = hashes.shape[0], i, short_end = 0, long_end = 0, in_long = 0, in_short = 0, first = -1
    cdef list spans = []
    cdef uint8_t *marks
    cdef _Runs runs = _Runs(hashes, short)
    cdef _Runs longer = _Runs(hashes, long)
    marks = <uint8_t *> calloc(max(words, 1), 1)
    if marks == NULL:
        raise MemoryError
    try:
        for i in range(words - short + 1):
            runs.add(i)
        if not _mark_repeated(runs, marks, 1, 2):
            return 0, 0, spans
        # What repeats the longer run repeats the shorter.
        for i in range(words - long + 1):
            if marks[i] & 2:
                longer.add(i)
        _mark_repeated(longer, marks, 4, 0)
        for i in range(words):
            if marks[i] & 1:
                short_end = i + short
            if marks[i] & 4:
                long_end = i + long
            in_long += i < long_end
            in_short += long_end <= i < short_end
            if first < 0 and i < max(short_end, long_end):
                first = i
            elif first >= 0 and i >= max(short_end, long_end):
                spans.append((first, i))
                first = -1
        if first >= 0:
            spans.append((first, words))
    finally:
        free(marks)
    return in_long, in_short, spans[:most]


def title_runs(
    const uint8_t[::1] solid, const int64_t[::1] ids, Py_ssize_t first, Py_ssize_t last, Py_ssize_t widest
):
    """Runs of the title that come again; arguments and result as for `title_runs_in_python`."""
    cdef Py_ssize_t words = ids.shape[0], i, k, size = 0, opens = 0, closes = 0, begin = 0, end = -1
    cdef list starts = [], spans = []
    if solid.shape[0] != words or not 0 <= first <= last <= words:
        raise ValueError("the title and the content lie among the words")
    cdef int64_t *at = <int64_t *> malloc(max(words, 1) * (sizeof(int64_t) + sizeof(uint64_t)))
    if at == NULL:
        raise MemoryError
    # Places of the content words, and numbers for every three of them.
    cdef uint64_t *codes = <uint64_t *> at + words
    try:
        for i in range(words):
            if i == first:
                opens = size
            if i == last:
                closes = size
            if solid[i]:
                at[size] = i
                size += 1
        if last == words:
            closes = size
        if first == words:
            opens = size
        if size < 4 or closes - opens < 3:
            return None
        for i in range(size - 2):
            codes[i] = (
                <uint64_t> ids[at[i]] * _MULTIPLIER + <uint64_t> ids[at[i + 1]]
            ) * _MULTIPLIER + <uint64_t> ids[at[i + 2]]
        for i in range(closes, size - 2):
            for k in range(opens, closes - 2):
                if codes[i] == codes[k] and at[i + 2] - at[i] <= widest:
                    starts.append(at[i])
                    # Content words side by side make one passage.
                    if i <= end:
                        spans.pop()
                    else:
                        begin = at[i]
                    spans.append((begin, at[i + 2]))
                    end = i + 3
                    break
    finally:
        free(at)
    return starts, spans
