# Reading a page that the parser has written out again.
#
# Such a page is regular: every element but the void ones has both its tags, attributes are `name="value"`, and
# `&`, `<`, `>` and the no-break space are escaped in text. Whatever is not so is `_Unusual`.

cdef class Names:
    """Numbers of short names, found without making a `str` of what is looked up."""

    cdef uint64_t low[512]
    cdef uint64_t high[512]
    cdef int number[512]

    def __cinit__(self, names):
        cdef uint64_t low, high
        cdef int i, place
        assert len(names) <= 256
        for place in range(512):
            self.number[place] = -1
        for i, name in enumerate(names):
            low = int.from_bytes(name.encode("ascii")[:8], "little")
            high = int.from_bytes(name.encode("ascii")[8:16], "little")
            place = _place(low, high)
            while self.number[place] >= 0:
                place = (place + 1) & 511
            self.low[place], self.high[place], self.number[place] = low, high, i

    cdef int find(self, uint64_t low, uint64_t high) noexcept:
        """Number of a name by its first and next eight characters; -1 if there is none."""
        cdef int place = _place(low, high)
        while self.number[place] >= 0:
            if self.low[place] == low and self.high[place] == high:
                return self.number[place]
            place = (place + 1) & 511
        return -1


cdef inline int _place(uint64_t low, uint64_t high) noexcept:
    return <int> (((low ^ high * <uint64_t> 0x9E3779B97F4A7C15) * <uint64_t> 0xD6E8FEB86659FD93) >> 55)


cdef inline bint _ends_name(Py_UCS4 char) noexcept:
    return char == u" " or char == u">" or char == u"/" or char == u"\n" or char == u"\t" or char == u"\f"


@cython.final
cdef class Markup:
    """A page as the parser writes it, read by place; no place behind its end is ever read."""

    cdef str text
    cdef int kind
    cdef const void *data
    cdef Py_ssize_t size
    # The name that `read_name` found last, as `Names` has it.
    cdef uint64_t low, high

    def __cinit__(self, str text not None):
        self.text = text
        self.kind = PyUnicode_KIND(text)
        self.data = PyUnicode_DATA(text)
        self.size = len(text)

    cdef inline Py_UCS4 at(self, Py_ssize_t i) noexcept:
        """The character at a place; none behind the end."""
        return PyUnicode_READ(self.kind, <void *> self.data, i) if i < self.size else 0

    cdef Py_ssize_t find(self, Py_UCS4 what, Py_ssize_t start, Py_ssize_t end) noexcept:
        """Where an ASCII character comes next; ``end`` if it does not. ``end`` is at most the page's."""
        cdef const uint8_t *narrow = <const uint8_t *> self.data
        cdef const uint16_t *wide = <const uint16_t *> self.data
        cdef const uint32_t *widest = <const uint32_t *> self.data
        cdef const void *found
        if start >= end:
            return end
        if self.kind == 1:
            found = memchr(narrow + start, <int> what, end - start)
            return end if found == NULL else <const uint8_t *> found - narrow
        if self.kind == 2:
            while start < end and wide[start] != what:
                start += 1
        else:
            while start < end and widest[start] != what:
                start += 1
        return start

    cdef bint has(self, Py_ssize_t i, const char *what) noexcept:
        """Whether these ASCII characters stand at a place, in lower or upper case."""
        cdef uint32_t here
        while what[0]:
            here = self.at(i)
            if 65 <= here <= 90:
                here += 32
            if here != <uint32_t> what[0]:
                return False
            i += 1
            what += 1
        return True

    cdef bint same(self, Py_ssize_t i, Py_ssize_t j, Py_ssize_t length) noexcept:
        """Whether the same characters stand at two places."""
        cdef Py_ssize_t k
        if i + length > self.size or j + length > self.size:
            return False
        for k in range(length):
            if self.at(i + k) != self.at(j + k):
                return False
        return True

    cdef Py_ssize_t read_name(self, Py_ssize_t start, bint attribute) except -1:
        """The end of a name: of an attribute, or else of an element."""
        cdef Py_ssize_t i = start
        cdef Py_UCS4 char
        cdef bint short = True
        self.low = self.high = 0
        while True:
            char = self.at(i)
            if char == u">" or char == u" " or (attribute and char == u"=" and i > start):
                break
            if char == 0:
                raise _Unusual
            if char > 127 or i - start > 15:
                short = False
            elif i - start < 8:
                self.low |= <uint64_t> char << 8 * (i - start)
            else:
                self.high |= <uint64_t> char << 8 * (i - start - 8)
            i += 1
        if i == start:
            raise _Unusual
        if not short:
            self.low = self.high = 0
        return i

    cdef Py_ssize_t unescape(self, Py_ssize_t start, Py_ssize_t end, Py_UCS4 *out, Py_ssize_t most) except -1:
        """Write what stands there without escapes; how many characters that are, ``most`` at most."""
        cdef Py_ssize_t size = 0
        cdef Py_UCS4 char
        while start < end and size < most:
            char = self.at(start)
            start += 1
            if char == u"&":
                if self.has(start, b"amp;"):
                    start += 4
                elif self.has(start, b"lt;"):
                    char, start = u"<", start + 3
                elif self.has(start, b"gt;"):
                    char, start = u">", start + 3
                elif self.has(start, b"nbsp;"):
                    char, start = u"\xa0", start + 5
                elif self.has(start, b"quot;"):
                    char, start = u'"', start + 5
                else:
                    raise _Unusual
                if start > end:
                    raise _Unusual
            out[size] = char
            size += 1
        return size

    cdef Py_ssize_t copy(self, Py_ssize_t start, Py_ssize_t end, Py_UCS4 *out, Py_ssize_t most) noexcept:
        """Write what stands there as it is; how many characters that are, ``most`` at most."""
        cdef Py_ssize_t i, size = min(end - start, most)
        for i in range(size):
            out[i] = self.at(start + i)
        return max(size, 0)

    cdef Py_ssize_t behind(self, Py_UCS4 what, Py_ssize_t start) except -1:
        """Behind the next such character."""
        start = self.find(what, start, self.size)
        if start == self.size:
            raise _Unusual
        return start + 1

    cdef Py_ssize_t comment_end(self, Py_ssize_t start) except -1:
        """Behind a comment or processing instruction."""
        if self.at(start + 1) == u"?":
            return self.behind(u">", start)
        if not (self.at(start + 2) == u"-" and self.at(start + 3) == u"-"):
            raise _Unusual
        start += 6
        while True:
            start = self.behind(u">", start)
            if self.at(start - 2) == u"-" and self.at(start - 3) == u"-":
                return start

    cdef Py_ssize_t raw_end(self, Py_ssize_t start, Py_ssize_t name, Py_ssize_t length) except -1:
        """Where the end tag of an element begins whose content is written without escapes."""
        while True:
            start = self.find(u"<", start, self.size)
            if start == self.size:
                raise _Unusual
            if (
                self.at(start + 1) == u"/"
                and self.same(start + 2, name, length)
                and self.at(start + 2 + length) == u">"
            ):
                return start
            start += 1

    cdef Py_ssize_t script_end(self, Py_ssize_t i) except -1:
        """Where the end tag of a script begins: in a comment, a script may hold another one with its end tag."""
        cdef bint escaped = False, twice = False
        cdef Py_UCS4 char
        while i < self.size:
            if not escaped:
                i = self.find(u"<", i, self.size)
                if self.has(i, b"<!--"):
                    escaped, i = True, i + 2
                    continue
            char = self.at(i)
            if char == u"<" and self.at(i + 1) == u"/" and self.has(i + 2, b"script") and _ends_name(self.at(i + 8)):
                if not twice:
                    if not self.has(i, b"</script>"):
                        raise _Unusual
                    return i
                twice = False
                i += 8
            elif escaped and char == u"-" and self.at(i + 1) == u"-" and self.at(i + 2) == u">":
                escaped = twice = False
                i += 3
            elif escaped and not twice and char == u"<" and self.has(i + 1, b"script") and _ends_name(self.at(i + 7)):
                twice = True
                i += 7
            else:
                i += 1
        raise _Unusual
