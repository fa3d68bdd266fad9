"""Numbers of types and bounds of prose sentences; in Python: `qualityscore.signals.counts`."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int64_t, uint8_t, uint32_t
from libc.string cimport memset

import numpy as np


cdef struct Place:
    # A word's hash and where it stands.
    uint32_t hash
    uint32_t at


def number_types(const uint32_t[::1] hashes):
    """Number of every word's type, in the order of their hashes, and how many types there are."""
    cdef Py_ssize_t i, size = hashes.shape[0]
    cdef int64_t count = 0
    found = np.empty(size, dtype=np.int64)
    cdef int64_t[::1] numbers = found
    if size > 0xFFFFFFFF:
        raise ValueError("too many words")
    cdef Place *places = <Place *> PyMem_Malloc((2 * size + 1) * sizeof(Place))
    if places == NULL:
        raise MemoryError
    for i in range(size):
        places[i].hash, places[i].at = hashes[i], <uint32_t> i
    _sort(places, places + size, size)
    for i in range(size):
        if i and places[i].hash != places[i - 1].hash:
            count += 1
        numbers[places[i].at] = count
    PyMem_Free(places)
    return found, count + 1 if size else 0


cdef void _sort(Place *places, Place *other, Py_ssize_t size) noexcept nogil:
    """Sort by hashes, a byte at a time; four times from one half to the other leave all in the first."""
    cdef Py_ssize_t counts[256]
    cdef Py_ssize_t i, before, here
    cdef int shift
    cdef Place *swapped
    for shift in range(0, 32, 8):
        memset(counts, 0, sizeof(counts))
        for i in range(size):
            counts[(places[i].hash >> shift) & 255] += 1
        before = 0
        for i in range(256):
            here = counts[i]
            counts[i] = before
            before += here
        for i in range(size):
            here = (places[i].hash >> shift) & 255
            other[counts[here]] = places[i]
            counts[here] += 1
        swapped = places
        places = other
        other = swapped


def prose_sentences(tuple sentences, tuple lines, prose, Py_ssize_t n_words):
    """Of the sentences of prose lines: their indices, bounds in words, and which words stand in them."""
    cdef set wanted = {line.first for line in prose}
    cdef list kept = []
    firsts = np.empty(len(sentences), dtype=np.int64)
    lasts = np.empty(len(sentences), dtype=np.int64)
    found = np.zeros(n_words, dtype=np.bool_)
    cdef int64_t[::1] first_of = firsts
    cdef int64_t[::1] last_of = lasts
    cdef uint8_t[::1] marks = found.view(np.uint8)
    cdef Py_ssize_t first, last, i = 0, count = 0
    cdef bint inside = False
    cdef object number, previous = None
    for sentence in sentences:
        number = sentence.line
        # The sentences of a line follow each other.
        if number is not previous:
            inside = lines[number].first in wanted
            previous = number
        if inside:
            first, last = sentence.first, sentence.last
            if not 0 <= first <= last <= n_words:
                raise ValueError("a sentence ends outside the text")
            kept.append(i)
            first_of[count], last_of[count] = first, last
            count += 1
            if first < last:
                memset(&marks[first], 1, last - first)
        i += 1
    return kept, firsts[:count], lasts[:count], found
