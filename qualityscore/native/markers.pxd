"""List markers and signs of headings in front of lines."""

from qualityscore.native.characters cimport Py_UNICODE_ISDECIMAL, Py_UNICODE_ISSPACE, Text, char_at


cdef inline Py_ssize_t behind_marker(const Text *chars, Py_ssize_t start, Py_ssize_t end) noexcept:
    """Where a line goes on behind its bullet, number or sign of a heading; ``start`` if it has none."""
    cdef Py_ssize_t at = _behind_sign(chars, start, end)
    cdef Py_ssize_t sign = at
    while at < end and (char_at(chars, at) == " " or char_at(chars, at) == "\t"):
        at += 1
    if sign == start or at == sign or at == end or Py_UNICODE_ISSPACE(char_at(chars, at)):
        return start
    return at


cdef inline Py_ssize_t _behind_sign(const Text *chars, Py_ssize_t start, Py_ssize_t end) noexcept:
    cdef Py_ssize_t at = start
    cdef Py_ssize_t digits
    cdef Py_UCS4 char = char_at(chars, start)
    if char in "•●◦▪■·‣⁃○*+-–—":
        return start + 1
    if char == "#":
        while at < end and at - start < 6 and char_at(chars, at) == "#":
            at += 1
        return at
    if char == "(":
        at += 1
    digits = at
    while at < end and at - digits < 2 and Py_UNICODE_ISDECIMAL(char_at(chars, at)):
        at += 1
    if at > digits and at < end and (char_at(chars, at) == "." or char_at(chars, at) == ")"):
        return at + 1
    return start
