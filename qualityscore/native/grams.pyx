"""Runs of words that come back; in Python: `qualityscore.signals.repetition._grams`."""

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc

from qualityscore.native.bounds cimport check_types

import os

import numpy as np

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
    """Runs of ``n`` words that may come more than once, as every word of theirs does: places and numbers of them."""

    cdef int32_t *places
    cdef uint64_t *codes
    cdef Py_ssize_t size

    def __cinit__(self, const uint32_t[::1] hashes, const int64_t[::1] ids, Py_ssize_t n_types, Py_ssize_t n):
        cdef Py_ssize_t words = ids.shape[0], i, k, streak = 0
        cdef uint64_t code
        if hashes.shape[0] != words or n < 1 or words >= 1 << 30:
            raise ValueError("as many types as words, and runs of one word at least")
        check_types(ids, n_types)
        self.places = <int32_t *> malloc(max(words, 1) * sizeof(int32_t))
        self.codes = <uint64_t *> malloc(max(words, 1) * sizeof(uint64_t))
        cdef int32_t *times = <int32_t *> calloc(max(n_types, 1), sizeof(int32_t))
        if self.places == NULL or self.codes == NULL or times == NULL:
            free(times)
            raise MemoryError
        for i in range(words):
            times[ids[i]] += 1
        for i in range(words):
            streak = streak + 1 if times[ids[i]] > 1 else 0
            if streak >= n:
                code = 0
                for k in range(i - n + 1, i + 1):
                    code = code * _MULTIPLIER + hashes[k]
                self.places[self.size], self.codes[self.size] = <int32_t> (i - n + 1), code
                self.size += 1
        free(times)

    def __dealloc__(self):
        free(self.places)
        free(self.codes)


def top_run(
    const uint32_t[::1] hashes,
    const int64_t[::1] ids,
    Py_ssize_t n_types,
    const uint8_t[::1] mask,
    Py_ssize_t n,
    Py_ssize_t least,
):
    """How often the most frequent run occurs, and where; arguments and result as for `top_run_in_python`."""
    cdef _Runs runs = _Runs(hashes, ids, n_types, n)
    cdef _Table table = _Table(runs.size)
    cdef Py_ssize_t words = mask.shape[0], i, kept = 0, inside = 0
    cdef uint64_t best = 0
    cdef int32_t most = 0
    cdef int32_t *place
    cdef list places = []
    if words != ids.shape[0]:
        raise ValueError("as many marks as words")
    # Of each word: how many of the mask the run that begins there has. Of each number: how often it occurs.
    cdef int32_t *counts = <int32_t *> calloc(max(words + runs.size, 1), sizeof(int32_t))
    if counts == NULL:
        raise MemoryError
    cdef int32_t *times = counts + words
    for i in range(words):
        inside += mask[i] != 0
        if i >= n:
            inside -= mask[i - n] != 0
        if i >= n - 1:
            counts[i - n + 1] = <int32_t> inside
            if inside >= least:
                most = 1
    for i in range(runs.size):
        if counts[runs.places[i]] < least:
            continue
        place = table.find(runs.codes, runs.codes[i])
        if not place[0]:
            place[0] = <int32_t> i + 1
        times[place[0] - 1] += 1
        if times[place[0] - 1] > most or (times[place[0] - 1] == most and runs.codes[i] < best):
            most, best = times[place[0] - 1], runs.codes[i]
    if most > 1:
        for i in range(runs.size):
            if runs.codes[i] == best and counts[runs.places[i]] >= least and len(places) < 5:
                places.append(runs.places[i])
    free(counts)
    return most, places


def repeated(
    const uint32_t[::1] hashes,
    const int64_t[::1] ids,
    Py_ssize_t n_types,
    Py_ssize_t n,
    const uint8_t[::1] among=None,
):
    """Runs of words that come again; arguments and result as for `repeated_in_python`."""
    cdef _Runs runs = _Runs(hashes, ids, n_types, n)
    cdef _Table table = _Table(runs.size)
    cdef Py_ssize_t size = max(ids.shape[0] - n + 1, 0), i
    cdef int32_t *place
    cdef bint any = False
    if among is not None and among.shape[0] < size:
        raise ValueError("as many marks as runs")
    before, shared = np.zeros(size, dtype=np.uint8), np.zeros(size, dtype=np.uint8)
    cdef uint8_t[::1] before_out = before, shared_out = shared
    for i in range(runs.size):
        if among is not None and not among[runs.places[i]]:
            continue
        place = table.find(runs.codes, runs.codes[i])
        if place[0]:
            before_out[runs.places[i]] = shared_out[runs.places[i]] = 1
            shared_out[runs.places[place[0] - 1]] = 1
            any = True
        else:
            place[0] = <int32_t> i + 1
    return (before.view(np.bool_), shared.view(np.bool_)) if any else None


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


def cover(const uint8_t[::1] starts, Py_ssize_t n, Py_ssize_t size):
    """Words that any run of ``n`` words starting at ``starts`` covers, shape (size,)."""
    cdef Py_ssize_t i, end = 0
    out = np.zeros(size, dtype=np.uint8)
    cdef uint8_t[::1] covered = out
    if starts.shape[0] > size:
        raise ValueError("more runs than words")
    for i in range(size):
        if i < starts.shape[0] and starts[i]:
            end = i + n
        covered[i] = i < end
    return out.view(np.bool_)
