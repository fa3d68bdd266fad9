"""Bounds that every loop over words relies on: pages are hostile, and nothing else checks an index."""

from libc.stdint cimport int64_t


cdef inline void check_types(const int64_t[::1] ids, Py_ssize_t n_types) except *:
    """Refuse numbers of types that are none."""
    cdef Py_ssize_t i
    for i in range(ids.shape[0]):
        if ids[i] < 0 or ids[i] >= n_types:
            raise IndexError("no number of a type")


cdef inline void check_sentences(const int64_t[::1] firsts, const int64_t[::1] lasts, Py_ssize_t words) except *:
    """Refuse sentences outside the words."""
    cdef Py_ssize_t k
    if firsts.shape[0] != lasts.shape[0]:
        raise ValueError("as many sentences begin as end")
    for k in range(firsts.shape[0]):
        if firsts[k] < 0 or lasts[k] < firsts[k] or lasts[k] > words:
            raise IndexError("a sentence outside the words")
