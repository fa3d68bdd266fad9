"""What the compiled parts ask about characters of a text, and lists of numbers that grow."""

from cpython.mem cimport PyMem_Free, PyMem_Realloc
from libc.stdint cimport int64_t, uint8_t, uint16_t, uint32_t

cdef extern from "Python.h":
    Py_ssize_t PyUnicode_GetLength(object text) except -1
    int PyUnicode_KIND(object text)
    const void *PyUnicode_DATA(object text)
    Py_UCS4 PyUnicode_READ(int kind, const void *data, Py_ssize_t at) nogil
    object PyUnicode_Substring(object text, Py_ssize_t start, Py_ssize_t end)
    bint Py_UNICODE_ISALPHA(Py_UCS4 char) nogil
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 char) nogil
    bint Py_UNICODE_ISDIGIT(Py_UCS4 char) nogil
    bint Py_UNICODE_ISNUMERIC(Py_UCS4 char) nogil
    bint Py_UNICODE_ISSPACE(Py_UCS4 char) nogil
    bint Py_UNICODE_ISLOWER(Py_UCS4 char) nogil
    bint Py_UNICODE_ISUPPER(Py_UCS4 char) nogil

# How a text holds its characters; each loop over them is compiled for all three.
ctypedef fused Char:
    uint8_t
    uint16_t
    uint32_t

# The classes of characters that words are made of.
cdef enum Class:
    OTHER = 0
    LETTER = 1
    DIGIT = 2


cdef struct Text:
    # The characters of a `str`, which must outlive this.
    int kind
    const void *data
    Py_ssize_t size


cdef struct Numbers:
    # A list that grows; all zero when empty, to be given back with `release`.
    int64_t *values
    Py_ssize_t size
    Py_ssize_t room


cdef inline Text text_of(object text) except *:
    """The characters of a text."""
    cdef Text found
    if not isinstance(text, str):
        raise TypeError(f"expected a text, not {type(text).__name__}")
    found.size = PyUnicode_GetLength(text)
    found.kind = PyUnicode_KIND(text)
    found.data = PyUnicode_DATA(text)
    return found


cdef inline Py_UCS4 char_at(const Text *text, Py_ssize_t at) noexcept nogil:
    """The character at a place that must lie inside the text."""
    return PyUnicode_READ(text.kind, text.data, at)


cdef inline Class class_of(Py_UCS4 char) noexcept nogil:
    """Whether the module `re` takes a character for a letter (no digit, no underscore) or a digit."""
    if char < 128:
        if 97 <= (<unsigned int> char | 32) <= 122:
            return LETTER
        return DIGIT if 48 <= char <= 57 else OTHER
    if Py_UNICODE_ISDECIMAL(char):
        return DIGIT
    if Py_UNICODE_ISALPHA(char) or Py_UNICODE_ISDIGIT(char) or Py_UNICODE_ISNUMERIC(char):
        return LETTER
    return OTHER


cdef inline int append(Numbers *numbers, int64_t value) except -1:
    """Add a number at the end."""
    cdef Py_ssize_t room
    cdef int64_t *values
    if numbers.size == numbers.room:
        room = 2 * numbers.room if numbers.room else 256
        values = <int64_t *> PyMem_Realloc(numbers.values, room * sizeof(int64_t))
        if values == NULL:
            raise MemoryError
        numbers.values, numbers.room = values, room
    numbers.values[numbers.size] = value
    numbers.size += 1
    return 0


cdef inline void release(Numbers *numbers) noexcept:
    """Give the memory of a list back."""
    PyMem_Free(numbers.values)
    numbers.values = NULL
    numbers.size = numbers.room = 0


cdef inline Py_ssize_t word_end(const Text *text, Py_ssize_t at, Py_ssize_t end, Class of) noexcept nogil:
    """Where the word or number ends that starts at a place with a character of this class."""
    cdef Py_UCS4 char
    at += 1
    while at < end:
        char = char_at(text, at)
        if class_of(char) == of:
            at += 1
            continue
        # An apostrophe inside a word, a point or comma inside a number.
        if (char == "'") if of == LETTER else (char == "." or char == ","):
            if at + 1 < end and class_of(char_at(text, at + 1)) == of:
                at += 2
                continue
        break
    return at


cdef inline int find_words_between(
    const Text *text, Py_ssize_t at, Py_ssize_t end, Numbers *starts, Numbers *ends
) except -1:
    """Add starts and ends of the words between two places."""
    cdef Class of
    while at < end:
        of = class_of(char_at(text, at))
        if of == OTHER:
            at += 1
            continue
        append(starts, at)
        at = word_end(text, at, end, of)
        append(ends, at)
    return 0
