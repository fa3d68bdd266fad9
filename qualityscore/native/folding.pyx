"""Looking for odd characters, lower case, ends of lines; in Python: `qualityscore.document.fold` and its callers."""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memchr, memcpy, memset

import numpy as np

from qualityscore.native.characters cimport Char, PyUnicode_DATA, Text, char_at, text_of

cdef extern from "Python.h":
    object PyUnicode_New(Py_ssize_t size, Py_UCS4 most)
    object PyUnicode_FromKindAndData(int kind, const void *data, Py_ssize_t size)
    Py_UCS4 PyUnicode_MAX_CHAR_VALUE(object text)
    Py_UCS4 Py_UNICODE_TOLOWER(Py_UCS4 char) nogil
    bint Py_UNICODE_ISALNUM(Py_UCS4 char) nogil

cdef enum:
    PLANE = 0x10000
    # Bytes looked at in one go: as many as the compiler makes a few wide instructions of.
    BLOCK = 64


def odd_characters(text):
    """All different characters outside plain ASCII: controls, the grave accent, all behind ``~``; sorted."""
    cdef Text chars = text_of(text)
    cdef set odd = set()
    if chars.kind == 1:
        _add_odd(<const uint8_t *> chars.data, chars.size, odd)
    elif chars.kind == 2:
        _add_odd(<const uint16_t *> chars.data, chars.size, odd)
    else:
        _add_odd(<const uint32_t *> chars.data, chars.size, odd)
    return "".join(sorted(odd))


cdef int _add_odd(const Char *chars, Py_ssize_t size, set odd) except -1:
    cdef uint8_t seen[PLANE]
    cdef uint32_t char
    cdef Py_ssize_t at
    memset(seen, 0, 256 if Char is uint8_t else PLANE)
    for at in range(size):
        char = chars[at]
        if 32 <= char <= 126 and char != 96:
            continue
        if char < PLANE:
            if seen[char]:
                continue
            seen[char] = True
        odd.add(chr(char))
    return 0


cdef class Table:
    """Replaces single characters by ASCII ones; `str.translate` takes ten times as long."""

    # By code point, 0 for what stays.
    cdef uint8_t plain[2 * PLANE]

    def __cinit__(self, dict plain not None):
        memset(self.plain, 0, sizeof(self.plain))
        for char, ascii in plain.items():
            if not 0 < ord(ascii) < 128 or ord(char) >= 2 * PLANE:
                raise ValueError(f"cannot replace {char!r} by {ascii!r}")
            self.plain[ord(char)] = ord(ascii)

    def translate(self, text):
        """A text with its characters replaced."""
        cdef Text chars = text_of(text)
        cdef void *found = PyMem_Malloc(chars.size * chars.kind + 1)
        if found == NULL:
            raise MemoryError
        try:
            if chars.kind == 1:
                self.replace(<const uint8_t *> chars.data, <uint8_t *> found, chars.size)
            elif chars.kind == 2:
                self.replace(<const uint16_t *> chars.data, <uint16_t *> found, chars.size)
            else:
                self.replace(<const uint32_t *> chars.data, <uint32_t *> found, chars.size)
            return PyUnicode_FromKindAndData(chars.kind, found, chars.size)
        finally:
            PyMem_Free(found)

    cdef void replace(self, const Char *chars, Char *found, Py_ssize_t size) noexcept:
        cdef Py_ssize_t at
        cdef uint32_t char
        for at in range(size):
            char = chars[at]
            found[at] = <Char> (self.plain[char] if char < 2 * PLANE and self.plain[char] else char)


def lower(text):
    """As `str.lower`, quick where only ASCII letters have a lower case."""
    if text.isascii():
        return text.lower()
    cdef Text chars = text_of(text)
    found = PyUnicode_New(chars.size, PyUnicode_MAX_CHAR_VALUE(text))
    cdef void *data = <void *> PyUnicode_DATA(found)
    cdef bint done
    if chars.kind == 1:
        done = _lower(<const uint8_t *> chars.data, <uint8_t *> data, chars.size)
    elif chars.kind == 2:
        done = _lower(<const uint16_t *> chars.data, <uint16_t *> data, chars.size)
    else:
        done = _lower(<const uint32_t *> chars.data, <uint32_t *> data, chars.size)
    return found if done else text.lower()


cdef bint _lower(const Char *chars, Char *lowered, Py_ssize_t size) noexcept:
    """Copy in lower case; false as soon as a letter outside ASCII has one."""
    cdef Py_ssize_t at
    cdef uint32_t char
    for at in range(size):
        char = chars[at]
        if char < 128:
            lowered[at] = <Char> (char + 32 if 65 <= char <= 90 else char)
        elif Py_UNICODE_TOLOWER(char) == char:
            lowered[at] = <Char> char
        else:
            return False
    return True


def letters(text):
    """The letters and digits of a text in lower case, side by side."""
    low = lower(text)
    cdef Text chars = text_of(low)
    cdef Py_ssize_t at, size = 0
    cdef Py_UCS4 char
    cdef uint32_t *kept = <uint32_t *> PyMem_Malloc((chars.size + 1) * sizeof(uint32_t))
    if kept == NULL:
        raise MemoryError
    try:
        for at in range(chars.size):
            char = char_at(&chars, at)
            if Py_UNICODE_ISALNUM(char):
                kept[size] = char
                size += 1
        return PyUnicode_FromKindAndData(4, kept, size)
    finally:
        PyMem_Free(kept)


def count_binary(text, Py_ssize_t most):
    """How many of the first ``most`` characters no text has: controls other than white space, and U+FFFD."""
    cdef Text chars = text_of(text)
    chars.size = max(min(chars.size, most), 0)
    if chars.kind == 1:
        return _count_binary(<const uint8_t *> chars.data, chars.size)
    if chars.kind == 2:
        return _count_binary(<const uint16_t *> chars.data, chars.size)
    return _count_binary(<const uint32_t *> chars.data, chars.size)


cdef Py_ssize_t _count_binary(const Char *chars, Py_ssize_t size) noexcept:
    cdef Py_ssize_t at, count = 0
    cdef uint32_t char
    for at in range(size):
        char = chars[at]
        if char < 32 or char == 0xFFFD:
            count += char < 9 or char > 13
    return count


def has_surrogates(text):
    """Whether a text has halves of pairs."""
    cdef Text chars = text_of(text)
    if chars.kind == 1:
        return False
    if chars.kind == 2:
        return _has_surrogates(<const uint16_t *> chars.data, chars.size)
    return _has_surrogates(<const uint32_t *> chars.data, chars.size)


cdef bint _has_surrogates(const Char *chars, Py_ssize_t size) noexcept:
    cdef Py_ssize_t at
    for at in range(size):
        if 0xD800 <= <uint32_t> chars[at] <= 0xDFFF:
            return True
    return False


def ascii_codes(text):
    """ASCII code of every character, 128 for all others."""
    cdef Text chars = text_of(text)
    found = np.empty(chars.size, dtype=np.uint8)
    cdef uint8_t[::1] codes = found
    if not chars.size:
        return found
    if chars.kind == 1:
        _codes(<const uint8_t *> chars.data, &codes[0], chars.size)
    elif chars.kind == 2:
        _codes(<const uint16_t *> chars.data, &codes[0], chars.size)
    else:
        _codes(<const uint32_t *> chars.data, &codes[0], chars.size)
    return found


cdef void _codes(const Char *chars, uint8_t *codes, Py_ssize_t size) noexcept:
    cdef Py_ssize_t at
    for at in range(size):
        codes[at] = <uint8_t> (chars[at] if chars[at] < 128 else 128)


def unix_lines(const uint8_t[::1] data):
    """Bytes with all ends of lines as ``\\n``."""
    cdef Py_ssize_t at = 0, end, size = data.shape[0], written = 0
    cdef const uint8_t *start = &data[0] if size else NULL
    cdef const void *found
    cdef char *plain = <char *> PyMem_Malloc(size + 1)
    if plain == NULL:
        raise MemoryError
    try:
        while at < size:
            found = memchr(start + at, 13, size - at)
            end = size if found == NULL else <const uint8_t *> found - start
            memcpy(plain + written, start + at, end - at)
            written += end - at
            at = end
            if at < size:
                plain[written] = 10
                written += 1
                at += 2 if at + 1 < size and start[at + 1] == 10 else 1
        return PyBytes_FromStringAndSize(plain, written)
    finally:
        PyMem_Free(plain)


def measure_utf8(bytes data not None):
    """How many characters UTF-8 has, -1 if it is none, and whether any is one that `count_binary` counts."""
    cdef const uint8_t *text = <const uint8_t *> PyBytes_AS_STRING(data)
    cdef const uint8_t *block
    cdef uint8_t last[BLOCK]
    cdef Py_ssize_t at = 0, end, length, size = len(data), chars = size
    cdef bint odd = False
    while at < size:
        end, block = at + BLOCK, text + at
        if end > size:
            end, block = size, last
            memset(last, 32, BLOCK)
            memcpy(last, text + at, size - at)
        if _is_ascii(block, &odd):
            at = end
        # The last character of a block may end in the next.
        while at < end:
            if text[at] < 128:
                at += 8 if at + 8 <= end and _are_ascii(text + at) else 1
                continue
            length = _sequence(text + at, size - at)
            if not length:
                return -1, False
            odd |= text[at] == 0xEF and text[at + 1] == 0xBF and text[at + 2] == 0xBD  # U+FFFD
            chars -= length - 1
            at += length
    return chars, odd


cdef inline bint _is_ascii(const uint8_t *block, bint *odd) noexcept:
    """Whether a block is ASCII; ``odd`` becomes true if it has controls other than white space."""
    cdef uint8_t all_bits = 0, controls = 0
    cdef int i
    # Without branches, and so often that the compiler can take many bytes at once.
    for i in range(BLOCK):
        all_bits |= block[i]
        controls |= (block[i] < 32) & (<uint8_t> (block[i] - 9) > 4)
    odd[0] |= controls
    return all_bits < 128


cdef inline bint _are_ascii(const uint8_t *eight) noexcept:
    cdef uint64_t bits
    memcpy(&bits, eight, 8)
    return not bits & <uint64_t> 0x8080808080808080


cdef inline Py_ssize_t _sequence(const uint8_t *text, Py_ssize_t left) noexcept:
    """How many bytes a character outside ASCII has, with so many bytes left; 0 if Python would not decode it."""
    cdef uint8_t first = text[0], lowest = 0x80, highest = 0xBF
    cdef Py_ssize_t i, length = 2 if first < 0xE0 else 3 if first < 0xF0 else 4
    # Neither longer than need be, nor halves of pairs, nor behind the last character there is.
    if first < 0xC2 or first > 0xF4 or length > left:
        return 0
    if first == 0xE0:
        lowest = 0xA0
    elif first == 0xED:
        highest = 0x9F
    elif first == 0xF0:
        lowest = 0x90
    elif first == 0xF4:
        highest = 0x8F
    if not lowest <= text[1] <= highest:
        return 0
    for i in range(2, length):
        if text[i] & 0xC0 != 0x80:
            return 0
    return length
