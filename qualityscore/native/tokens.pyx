"""The token stream of the lexical model; in Python: `qualityscore.document.tokens`."""

from libc.stdint cimport int64_t, uint8_t, uint32_t
from libc.string cimport memcpy

import numpy as np

from qualityscore.native.characters cimport Numbers, Text, append, char_at, release, text_of

cdef enum:
    # As many characters of a gap are looked at for marks.
    LONGEST_GAP = 20


cdef struct Stream:
    # The tokens so far.
    Numbers ids
    Numbers starts
    Numbers ends
    bint after_name


cdef class Maker:
    """Makes token streams."""

    cdef const uint32_t[::1] marks
    cdef uint32_t name
    cdef uint32_t line_break

    def __init__(self, const uint32_t[::1] marks, uint32_t name, uint32_t line_break):
        """``marks``: id of the mark with each code point, 0 for characters that are none."""
        self.marks, self.name, self.line_break = marks, name, line_break

    def make(
        self,
        text,
        lines,
        const int64_t[::1] starts,
        const int64_t[::1] ends,
        const uint32_t[::1] hashes,
        const uint8_t[::1] may_be_name,
    ):
        """Ids, starts and ends of the tokens of a text; the last four have a place for every word."""
        cdef Text chars = text_of(text)
        cdef Stream stream
        cdef Py_ssize_t size = starts.shape[0]
        if not size == ends.shape[0] == hashes.shape[0] == may_be_name.shape[0]:
            raise ValueError("words differ in number")
        stream.ids = stream.starts = stream.ends = Numbers(NULL, 0, 0)
        stream.after_name = False
        try:
            for line in lines:
                self._add_line(&stream, &chars, line, starts, ends, hashes, may_be_name)
            return _ids(&stream.ids), _places(&stream.starts), _places(&stream.ends)
        finally:
            release(&stream.ids)
            release(&stream.starts)
            release(&stream.ends)

    cdef int _add_line(
        self,
        Stream *stream,
        const Text *chars,
        object line,
        const int64_t[::1] starts,
        const int64_t[::1] ends,
        const uint32_t[::1] hashes,
        const uint8_t[::1] may_be_name,
    ) except -1:
        cdef Py_ssize_t line_start = line.start, line_end = line.end, first = line.first, last = line.last
        cdef Py_ssize_t i, at = line_start
        cdef bint opening = True
        if not (0 <= line_start <= line_end <= chars.size and 0 <= first <= last <= starts.shape[0]):
            raise ValueError("a line ends outside the text")
        if first == last:
            return 0
        _add(stream, self.line_break, line_start, line_start)
        for i in range(first, last):
            if self._add_marks(stream, chars, at, starts[i]):
                opening = True
            at = ends[i]
            if not may_be_name[i] or opening:
                _add(stream, hashes[i], starts[i], at)
            elif stream.after_name:
                # A name goes on over words with nothing but spaces between them.
                stream.ends.values[stream.ends.size - 1] = at
            else:
                _add(stream, self.name, starts[i], at)
                stream.after_name = True
            opening = False
        self._add_marks(stream, chars, at, line_end)
        return 0

    cdef bint _add_marks(self, Stream *stream, const Text *chars, Py_ssize_t start, Py_ssize_t end) except -1:
        """Add the marks of what stands between two words; whether a sentence may start behind them."""
        cdef Py_ssize_t at
        cdef bint starter = False
        cdef Py_UCS4 char
        cdef uint32_t mark, previous = 0
        if end > chars.size or start < 0:
            raise ValueError("a word ends outside the text")
        for at in range(start, end):
            char = char_at(chars, at)
            if char == "." or char == "!" or char == "?" or char == ":" or char == '"' or char == "…":
                starter = True
            mark = self.marks[<Py_ssize_t> char] if <Py_ssize_t> char < self.marks.shape[0] else 0
            if mark and mark != previous and at - start < LONGEST_GAP:
                _add(stream, mark, start, end)
            previous = mark
        return starter


cdef inline int _add(Stream *stream, uint32_t token, Py_ssize_t start, Py_ssize_t end) except -1:
    append(&stream.ids, token)
    append(&stream.starts, start)
    append(&stream.ends, end)
    stream.after_name = False
    return 0


cdef object _places(const Numbers *numbers):
    found = np.empty(numbers.size, dtype=np.int64)
    cdef int64_t[::1] values = found
    if numbers.size:
        memcpy(&values[0], numbers.values, numbers.size * sizeof(int64_t))
    return found


cdef object _ids(const Numbers *numbers):
    cdef Py_ssize_t i
    found = np.empty(numbers.size, dtype=np.uint32)
    cdef uint32_t[::1] values = found
    for i in range(numbers.size):
        values[i] = <uint32_t> numbers.values[i]
    return found
