"""Looking up the n-grams of a document among those that a model knows; in Python: `qualityscore.model.lexical`."""

from libc.math cimport sqrt
from libc.stdint cimport int32_t, uint32_t
from libc.stdlib cimport free, malloc

from qualityscore.native.ahead cimport fetch_ahead
from qualityscore.native.sorting cimport sorted_by_bits

cdef enum:
    BLOCK = 64


cdef inline uint32_t _hash(const uint32_t *ids, int n) noexcept nogil:
    """The hash of an n-gram, as `ngram_hashes` makes it."""
    cdef uint32_t value = ids[0]
    cdef int k
    for k in range(1, n):
        value = value * <uint32_t> 0x9E3779B1 + ids[k] * <uint32_t> 0x85EBCA77
        value += <uint32_t> 0x165667B1
        value ^= value >> 15
        value *= <uint32_t> 0x2C1B3C6D
        value ^= value >> 13
    return value


def log_odds(
    const uint32_t[::1] ids,
    int n,
    const uint32_t[::1] keys,
    const float[::1] weights,
    const int32_t[::1] index,
    int shift,
    const double[::1] logarithms,
):
    """Log-odds of one channel for a document; ``None`` if an n-gram occurs more often than the logarithms go.

    Args:
        ids: shape (tokens,), the document's stream.
        n: length of the n-grams.
        keys, weights: of the channel, keys in ascending order, shapes (m,).
        index: shape (2 ** (32 - shift) + 1,), where keys with these first bits begin.
        shift: how many bits of a key are not among the first ones.
        logarithms: ``log(1 + i)`` at place i.
    """
    cdef Py_ssize_t grams = ids.shape[0] - n + 1
    cdef Py_ssize_t i, k, many, found = 0
    cdef int32_t low, high, end, middle
    cdef uint32_t value
    cdef uint32_t values[BLOCK]
    cdef double logarithm, squares = 0.0, total = 0.0, norm
    cdef Py_ssize_t times
    cdef int bits = 0
    cdef int32_t *places
    if grams <= 0 or keys.shape[0] == 0:
        return 0.0
    cdef int32_t *known = <int32_t *> malloc(2 * grams * sizeof(int32_t))
    if known == NULL:
        raise MemoryError
    try:
        for i in range(0, grams, BLOCK):
            many = min(grams - i, BLOCK)
            # The keys are too many for any cache: asked for all at once, they are waited for together.
            for k in range(many):
                values[k] = value = _hash(&ids[i + k], n)
                low, high = index[value >> shift], index[(value >> shift) + 1]
                fetch_ahead(&keys[0] + ((low + high) >> 1))
            for k in range(many):
                value = values[k]
                low, high = index[value >> shift], index[(value >> shift) + 1]
                end = high
                while low < high:
                    middle = (low + high) >> 1
                    if keys[middle] < value:
                        low = middle + 1
                    else:
                        high = middle
                if low < end and keys[low] == value:
                    known[found] = low
                    found += 1
        while keys.shape[0] >> bits:
            bits += 1
        places = sorted_by_bits(known, known + grams, found, 0, bits)
        i = 0
        while i < found:
            times = 1
            while i + times < found and places[i + times] == places[i]:
                times += 1
            if times >= logarithms.shape[0]:
                return None
            logarithm = logarithms[times]
            squares += logarithm * logarithm
            total += <double> weights[places[i]] * logarithm
            i += times
    finally:
        free(known)
    norm = sqrt(squares)
    return total / norm if norm > 0 else 0.0
