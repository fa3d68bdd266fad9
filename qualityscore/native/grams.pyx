"""Runs of words that come back; in Python: `qualityscore.signals.repetition._grams`."""

from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free

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


def codes(const uint32_t[::1] hashes, tuple sizes):
    """A number for every run of so many words, by the size of the runs, which ascend."""
    cdef Py_ssize_t words = hashes.shape[0], i, k, done = 1
    cdef dict out = {}
    cdef uint64_t[::1] now, before
    run = np.asarray(hashes).astype(np.uint64)
    before = run
    for n in sizes:
        if n <= done:
            raise ValueError("sizes must ascend")
        run = np.empty(max(words - n + 1, 0), dtype=np.uint64)
        now = run
        for i in range(now.shape[0]):
            now[i] = before[i]
        for k in range(done, n):
            for i in range(now.shape[0]):
                now[i] = now[i] * _MULTIPLIER + hashes[i + k]
        out[n] = run
        before, done = now, n
    return out


def most_frequent(const uint64_t[::1] codes, const uint8_t[::1] mask):
    """The number of the mask that occurs most often, and how often; the smallest of equals, (0, 0) of none."""
    cdef Py_ssize_t size = codes.shape[0], i
    cdef int32_t *place
    cdef uint64_t best = 0
    cdef int32_t most = 0, times
    if mask.shape[0] != size:
        raise ValueError("as many numbers as places")
    if not size:
        return 0, 0
    cdef _Table table = _Table(size)
    cdef int32_t *counts = <int32_t *> calloc(size, sizeof(int32_t))
    if counts == NULL:
        raise MemoryError
    for i in range(size):
        if not mask[i]:
            continue
        place = table.find(&codes[0], codes[i])
        if not place[0]:
            place[0] = <int32_t> i + 1
        times = counts[place[0] - 1] + 1
        counts[place[0] - 1] = times
        if times > most or (times == most and codes[i] < best):
            most, best = times, codes[i]
    free(counts)
    return int(best), int(most)


def repeated(const uint64_t[::1] codes, const uint8_t[::1] among=None):
    """Which numbers have occurred before, and which occur more than once, shapes (n,).

    Args:
        among: the numbers that are looked at, shape (n,) or longer; by default all.
    """
    cdef Py_ssize_t size = codes.shape[0], i
    cdef int32_t *place
    before, shared = np.zeros(size, dtype=np.uint8), np.zeros(size, dtype=np.uint8)
    cdef uint8_t[::1] before_out = before, shared_out = shared
    cdef _Table table = _Table(size)
    if among is not None and among.shape[0] < size:
        raise ValueError("as many numbers as places")
    for i in range(size):
        if among is not None and not among[i]:
            continue
        place = table.find(&codes[0], codes[i])
        if place[0]:
            before_out[i] = shared_out[i] = shared_out[place[0] - 1] = 1
        else:
            place[0] = <int32_t> i + 1
    return before.view(np.bool_), shared.view(np.bool_)


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
