"""Sorting numbers by their bits, which for the numbers of a page is faster than comparing them."""

from libc.stdint cimport int32_t, uint64_t
from libc.string cimport memset

# What is sorted; the loop is compiled for both.
ctypedef fused Number:
    int32_t
    uint64_t


cdef inline Number *sorted_by_bits(Number *values, Number *other, Py_ssize_t size, int low, int high) noexcept nogil:
    """Sort numbers by their bits from ``low`` up to ``high``, a byte at a time; equal ones keep their order.

    Returns:
        ``values`` or ``other``, which is as large: where the sorted numbers are.
    """
    cdef Py_ssize_t counts[256]
    cdef Py_ssize_t i, before, here
    cdef Number *swapped
    while low < high:
        memset(counts, 0, sizeof(counts))
        for i in range(size):
            counts[(values[i] >> low) & 255] += 1
        before = 0
        for i in range(256):
            here = counts[i]
            counts[i] = before
            before += here
        for i in range(size):
            here = (values[i] >> low) & 255
            other[counts[here]] = values[i]
            counts[here] += 1
        swapped = values
        values = other
        other = swapped
        low += 8
    return values
