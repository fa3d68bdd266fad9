"""Finding the words of a text and looking each of them up; in Python: `qualityscore.document.words`."""

from cpython.list cimport PyList_New, PyList_SET_ITEM
from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.object cimport PyObject
from cpython.ref cimport Py_INCREF
from cython cimport boundscheck
from libc.stdint cimport int32_t, int64_t, intptr_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy

import os
import weakref

import numpy as np

from qualityscore.native.ahead cimport fetch_ahead
from qualityscore.native.characters cimport (
    Numbers,
    PyUnicode_Substring,
    Text,
    char_at,
    find_words_between,
    release,
    text_of,
)


def find_words(text):
    """Starts and ends of all words of a text, two arrays."""
    cdef Text chars = text_of(text)
    cdef Numbers starts = Numbers(NULL, 0, 0)
    cdef Numbers ends = Numbers(NULL, 0, 0)
    try:
        find_words_between(&chars, 0, chars.size, &starts, &ends)
        return _array(&starts), _array(&ends)
    finally:
        release(&starts)
        release(&ends)


cdef object _array(Numbers *numbers):
    """The numbers as an array."""
    found = np.empty(numbers.size, dtype=np.int64)
    cdef int64_t[::1] values = found
    if numbers.size:
        memcpy(&values[0], numbers.values, numbers.size * sizeof(int64_t))
    return found


cdef struct Slot:
    # A spelling: the upper half of its hash, its number, itself and what it is in lower case. The
    # vocabulary owns both strings and never lets go of one.
    uint32_t hash
    int32_t number
    PyObject *form
    PyObject *lower


cdef class Index:
    """Finds the spellings of a vocabulary from places in a text, without making a `str` of each.

    A table of what the vocabulary, a `dict`, was asked before. The hash is salted, so that no page can be
    made of words that all collide.
    """

    cdef object vocabulary
    cdef list forms
    cdef list lower
    cdef Slot *slots
    cdef size_t mask
    cdef size_t used
    cdef uint64_t salt
    cdef uint64_t factor

    def __cinit__(self, vocabulary, list forms, list lower):
        """``forms`` and ``lower``: by number, all that the vocabulary has met and will meet."""
        # It holds this index: were that mutual, an outgrown vocabulary would wait for the garbage collector.
        self.vocabulary = weakref.ref(vocabulary)
        self.forms, self.lower = forms, lower
        self.salt = int.from_bytes(os.urandom(8), "little")
        self.factor = int.from_bytes(os.urandom(8), "little") | 1
        self._make_room(1 << 12)

    def __dealloc__(self):
        PyMem_Free(self.slots)

    cdef int _make_room(self, size_t room) except -1:
        """Start a table of ``room`` slots, a power of two, with all that is in the present one."""
        cdef Slot *slots = <Slot *> PyMem_Calloc(room, sizeof(Slot))
        if slots == NULL:
            raise MemoryError
        cdef Slot *before = self.slots
        cdef size_t i, size = self.mask + 1 if before != NULL else 0
        self.slots, self.mask, self.used = slots, room - 1, 0
        for i in range(size):
            if before[i].form != NULL:
                self._fill(before[i])
        PyMem_Free(before)
        return 0

    cdef Slot *_fill(self, Slot slot) noexcept:
        """Put a spelling into the first free slot from where its hash points to; there is one."""
        cdef size_t at = slot.hash & self.mask
        while self.slots[at].form != NULL:
            at = (at + 1) & self.mask
        self.slots[at] = slot
        self.used += 1
        return &self.slots[at]

    cdef Slot *_find(
        self, object text, const Text *chars, Py_ssize_t start, Py_ssize_t end, uint32_t hashed
    ) except NULL:
        """The spelling between two places of a text; stays there until the next is looked up."""
        cdef size_t at = hashed & self.mask
        while self.slots[at].form != NULL:
            if self.slots[at].hash == hashed and _same(<object> self.slots[at].form, chars, start, end):
                return &self.slots[at]
            at = (at + 1) & self.mask
        return self._learn(PyUnicode_Substring(text, start, end), hashed)

    @boundscheck(True)
    cdef Slot *_learn(self, object form, uint32_t hashed) except NULL:
        """Ask the vocabulary about a spelling that is not in the table."""
        cdef Slot slot
        # Another thread may come in here, so the table is looked at only afterwards.
        slot.number = self.vocabulary()[form]
        slot.hash = hashed
        slot.form = <PyObject *> self.forms[slot.number]
        slot.lower = <PyObject *> self.lower[slot.number]
        if 4 * self.used >= 3 * self.mask:
            self._make_room(2 * (self.mask + 1))
        return self._fill(slot)

    def look_up(self, text, const int64_t[::1] start_at, const int64_t[::1] end_at):
        """Of the words between these offsets: spellings, in lower case, and numbers."""
        cdef Text chars = text_of(text)
        cdef Py_ssize_t i, start, end, size = start_at.shape[0]
        cdef Slot *slot
        if end_at.shape[0] != size:
            raise ValueError("words have as many ends as starts")
        cdef list raw = PyList_New(size)
        cdef list lower = PyList_New(size)
        numbers = np.empty(size, dtype=np.intp)
        cdef intptr_t[::1] number_of = numbers
        for i in range(size):
            if not 0 <= start_at[i] <= end_at[i] <= chars.size:
                raise ValueError("a word ends outside the text")
            number_of[i] = self._hash(&chars, start_at[i], end_at[i])
            # Most of the time goes into waiting for these: let them come while the next are hashed.
            fetch_ahead(&self.slots[<uint32_t> number_of[i] & self.mask])
        for i in range(size):
            start, end = start_at[i], end_at[i]
            slot = self._find(text, &chars, start, end, <uint32_t> number_of[i])
            _put(raw, i, <object> slot.form)
            _put(lower, i, <object> slot.lower)
            number_of[i] = slot.number
        return raw, lower, numbers

    cdef uint32_t _hash(self, const Text *chars, Py_ssize_t start, Py_ssize_t end) noexcept:
        cdef uint64_t value = self.salt
        cdef Py_ssize_t at
        for at in range(start, end):
            value = (value ^ <uint64_t> char_at(chars, at)) * self.factor
            value ^= value >> 32
        return <uint32_t> value


def where(const uint8_t[::1] column, const intptr_t[::1] numbers):
    """Places of the numbers whose entry in a column is not 0."""
    cdef Py_ssize_t i
    cdef list found = []
    for i in range(numbers.shape[0]):
        if not 0 <= numbers[i] < column.shape[0]:
            raise IndexError("no number of a spelling")
        if column[numbers[i]]:
            found.append(i)
    return found


cdef inline void _put(list values, Py_ssize_t at, object value) noexcept:
    """Fill an empty place of a list."""
    Py_INCREF(value)
    PyList_SET_ITEM(values, at, value)


cdef bint _same(object form, const Text *chars, Py_ssize_t start, Py_ssize_t end):
    """Whether a spelling is what stands between two places."""
    cdef Text own = text_of(form)
    cdef Py_ssize_t i
    if own.size != end - start:
        return False
    for i in range(own.size):
        if char_at(&own, i) != char_at(chars, start + i):
            return False
    return True
