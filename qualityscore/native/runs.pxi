# Text of a block, gathered piece by piece; in Python: `qualityscore.document.runs` and `Walk._text`.

cdef inline bint _is_space(const Py_UCS4 *text, Py_ssize_t size) noexcept:
    """Whether all of a text is white space."""
    cdef Py_ssize_t i
    for i in range(size):
        if not Py_UNICODE_ISSPACE(text[i]):
            return False
    return True


cdef inline str _to_str(const Py_UCS4 *text, Py_ssize_t size):
    return PyUnicode_FromKindAndData(4, text, size)


cdef inline str _stripped(const Py_UCS4 *text, Py_ssize_t size):
    """As `str.strip`."""
    while size and Py_UNICODE_ISSPACE(text[0]):
        text += 1
        size -= 1
    while size and Py_UNICODE_ISSPACE(text[size - 1]):
        size -= 1
    return _to_str(text, size)


@cython.final
cdef class Block:
    """The block that is being gathered.

    Attributes:
        size: characters so far, borders of cells included.
        bold_lead, link_chars: as of a `Run`.
    """

    cdef Py_UCS4 *text
    cdef Py_ssize_t size, capacity, bold_lead, link_chars
    cdef bint in_lead

    def __cinit__(self):
        self.capacity = 4096
        self.text = <Py_UCS4 *> PyMem_Malloc(self.capacity * sizeof(Py_UCS4))
        if self.text == NULL:
            raise MemoryError
        self.clear()

    def __dealloc__(self):
        PyMem_Free(self.text)

    cdef void clear(self) noexcept:
        self.size = self.bold_lead = self.link_chars = 0
        self.in_lead = True

    cdef Py_UCS4 *room(self, Py_ssize_t more) except NULL:
        """Where so many more characters can be written; they count once they are added."""
        cdef Py_UCS4 *text
        cdef Py_ssize_t capacity = self.capacity
        if self.size + more > capacity:
            capacity = 2 * (self.size + more)
            text = <Py_UCS4 *> PyMem_Realloc(self.text, capacity * sizeof(Py_UCS4))
            if text == NULL:
                raise MemoryError
            self.text, self.capacity = text, capacity
        return self.text + self.size

    cdef void add(self, Py_ssize_t size, bint code, bint link, bint bold) noexcept:
        """Add the characters written to `room`."""
        cdef const Py_UCS4 *start = self.text + self.size
        cdef const Py_UCS4 *end = start + size
        self.size += size
        if code:
            return
        if self.in_lead:
            if bold:
                self.bold_lead += size
            elif not _is_space(start, size):
                self.in_lead = False
        if link:
            while start < end and Py_UNICODE_ISSPACE(start[0]):
                start += 1
            while start < end and Py_UNICODE_ISSPACE((end - 1)[0]):
                end -= 1
            self.link_chars += end - start

    cdef int add_border(self) except -1:
        """Add the border of a cell."""
        self.room(1)[0] = 0
        self.size += 1

    cdef str raw(self):
        return _to_str(self.text, self.size)

    cdef str collapsed(self):
        """The text with white space collapsed as a browser does, cells apart by a tab; done in place."""
        cdef Py_ssize_t start = 0, end = 0, size = 0, first = 0
        cdef Py_UCS4 *text = self.text
        cdef uint32_t seen
        while True:
            seen = 0
            while end < self.size and text[end]:
                seen |= <uint32_t> text[end]
                end += 1
            size = _collapse(text, start, end, size, seen < 128)
            if end == self.size:
                break
            # The border's own place is free, so what is written never overtakes what is read.
            text[size] = u"\t"
            size += 1
            end += 1
            start = end
        while first < size and text[first] == u"\t":
            first += 1
        while size > first and text[size - 1] == u"\t":
            size -= 1
        return _to_str(text + first, size - first)


# White space of a browser, by number; in a text that has other letters, other spaces stay.
cdef uint64_t SPACES = 1u << 9 | 1u << 10 | 1u << 12 | 1u << 13 | <uint64_t> 1 << 32
cdef uint64_t ASCII_SPACES = SPACES | 1u << 11 | 15u << 28


cdef Py_ssize_t _collapse(Py_UCS4 *text, Py_ssize_t start, Py_ssize_t end, Py_ssize_t size, bint ascii) noexcept:
    """Write a cell collapsed to the place ``size``; the place behind it."""
    cdef Py_ssize_t first = size
    cdef uint64_t spaces = ASCII_SPACES if ascii else SPACES
    cdef unsigned int is_space, after_space = 1
    cdef uint32_t char
    # Without a branch: where words end cannot be foreseen.
    while start < end:
        char = <uint32_t> text[start]
        start += 1
        is_space = (char < 64) & <unsigned int> (spaces >> (char & 63))
        text[size] = <Py_UCS4> (char ^ ((char ^ 32) & (0 - is_space)))
        size += 1 - (is_space & after_space)
        after_space = is_space
    # Of spaces at the end, one was written.
    return size - 1 if after_space and size > first else size
