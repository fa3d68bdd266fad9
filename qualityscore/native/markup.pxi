# Reading a page that the parser has written out again.
#
# Such a page is regular: every element but the void ones has both its tags, attributes are `name="value"`,
# and `&`, `<`, `>` and the no-break space are escaped in text. Whatever is not so is `_Unusual`.

from qualityscore.native.characters cimport Char


class _Unusual(Exception):
    """The page is not written as pages are, or has what only the walk over the tree can tell."""


cdef inline bint _ends_name(Py_UCS4 char) noexcept:
    return char == u" " or char == u">" or char == u"/" or char == u"\n" or char == u"\t" or char == u"\f"


cdef extern from *:
    """
    #include <string.h>
    #if defined(__SSE2__) && defined(__GNUC__)
    #include <emmintrin.h>
    #define EIGHT_AT_ONCE
    #endif

    /* Where one of two characters comes next, `end` if none does: as `memchr`, but of two bytes or four. */
    static Py_ssize_t find_in_16(const uint16_t *text, Py_ssize_t at, Py_ssize_t end, uint16_t one, uint16_t two) {
    #ifdef EIGHT_AT_ONCE
        const __m128i ones = _mm_set1_epi16((short) one), twos = _mm_set1_epi16((short) two);
        for (; at + 8 <= end; at += 8) {
            __m128i here = _mm_loadu_si128((const __m128i *) (text + at));
            int found = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi16(here, ones), _mm_cmpeq_epi16(here, twos)));
            if (found) return at + __builtin_ctz((unsigned) found) / 2;
        }
    #else
        /* Four at once: one that is sought becomes 0, and only 0 borrows from its highest bit. */
        const uint64_t each = 0x0001000100010001u;
        for (; at + 4 <= end; at += 4) {
            uint64_t ones, twos;
            memcpy(&ones, text + at, 8);
            twos = ones ^ two * each;
            ones ^= one * each;
            if ((((ones - each) & ~ones) | ((twos - each) & ~twos)) & (each << 15)) break;
        }
    #endif
        while (at < end && text[at] != one && text[at] != two) at++;
        return at;
    }

    static Py_ssize_t find_in_32(const uint32_t *text, Py_ssize_t at, Py_ssize_t end, uint32_t one, uint32_t two) {
    #ifdef EIGHT_AT_ONCE
        const __m128i ones = _mm_set1_epi32((int) one), twos = _mm_set1_epi32((int) two);
        for (; at + 4 <= end; at += 4) {
            __m128i here = _mm_loadu_si128((const __m128i *) (text + at));
            int found = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi32(here, ones), _mm_cmpeq_epi32(here, twos)));
            if (found) return at + __builtin_ctz((unsigned) found) / 4;
        }
    #endif
        while (at < end && text[at] != one && text[at] != two) at++;
        return at;
    }
    """
    Py_ssize_t find_in_16(const uint16_t *text, Py_ssize_t at, Py_ssize_t end, uint16_t one, uint16_t two) noexcept
    Py_ssize_t find_in_32(const uint32_t *text, Py_ssize_t at, Py_ssize_t end, uint32_t one, uint32_t two) noexcept


cdef inline Py_ssize_t _find(const Char *text, Py_ssize_t start, Py_ssize_t end, Char what) noexcept:
    """Where a character comes next; ``end`` if it does not."""
    cdef const void *found
    if start >= end:
        return end
    if Char is uint8_t:
        found = memchr(text + start, what, end - start)
        return end if found == NULL else <const uint8_t *> found - text
    elif Char is uint16_t:
        return find_in_16(text, start, end, what, what)
    else:
        return find_in_32(text, start, end, what, what)


cdef Py_ssize_t _copy(const Char *text, Py_ssize_t size, Py_UCS4 *out) noexcept:
    """Copy up to so many characters, but only up to a ``&`` or ``>``; how many they were."""
    cdef Py_ssize_t i = 0
    if Char is uint8_t:
        while i < size and text[i] != 38 and text[i] != 62:
            i += 1
        size = i
    elif Char is uint16_t:
        size = find_in_16(text, 0, size, 38, 62)
    else:
        size = find_in_32(text, 0, size, 38, 62)
    for i in range(size):
        out[i] = text[i]
    return size


cdef Py_ssize_t _name_end(
    const Char *text, Py_ssize_t start, Py_ssize_t size, bint attribute, uint64_t *key
) noexcept:
    """The end of a name, ``size`` if it has none; and its characters, none if too many or not ASCII."""
    cdef Py_ssize_t i = start
    cdef uint64_t low = 0, high = 0
    cdef uint32_t odd = 0, char
    while i < size:
        char = text[i]
        if char <= 62 and (char == 62 or char == 32 or (attribute and char == 61 and i > start)):
            break
        odd |= char | char - 1  # more than 127 of what is no ASCII, and of NUL
        if i - start < 8:
            low |= <uint64_t> char << 8 * (i - start)
        else:
            high |= <uint64_t> char << 8 * (i - start & 7)
        i += 1
    if odd > 127 or i - start > 16:
        low = high = 0
    key[0], key[1] = low, high
    return i


@cython.final
cdef class Markup:
    """A page as the parser writes it, read by place; no place behind its end is ever read."""

    cdef object text
    cdef int kind
    cdef const void *data
    cdef Py_ssize_t size
    # The name that `read_name` found last, as `Names` has it.
    cdef uint64_t key[2]

    def __cinit__(self, str text not None):
        self.text, self.size = text, len(text)
        self.kind, self.data = PyUnicode_KIND(text), PyUnicode_DATA(text)

    cdef inline Py_UCS4 at(self, Py_ssize_t i) noexcept:
        """The character at a place; none behind the end."""
        return PyUnicode_READ(self.kind, <void *> self.data, i) if i < self.size else 0

    cdef Py_ssize_t find(self, Py_UCS4 what, Py_ssize_t start, Py_ssize_t end) noexcept:
        """Where an ASCII character comes next; ``end`` if it does not. ``end`` is at most the page's."""
        if self.kind == 1:
            return _find(<const uint8_t *> self.data, start, end, <uint8_t> what)
        if self.kind == 2:
            return _find(<const uint16_t *> self.data, start, end, <uint16_t> what)
        return _find(<const uint32_t *> self.data, start, end, <uint32_t> what)

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
        cdef const char *data = <const char *> self.data
        if i + length > self.size or j + length > self.size:
            return False
        return memcmp(data + i * self.kind, data + j * self.kind, length * self.kind) == 0

    cdef Py_ssize_t read_name(self, Py_ssize_t start, bint attribute) except -1:
        """The end of a name: of an attribute, or else of an element."""
        cdef Py_ssize_t end
        if self.kind == 1:
            end = _name_end(<const uint8_t *> self.data, start, self.size, attribute, self.key)
        elif self.kind == 2:
            end = _name_end(<const uint16_t *> self.data, start, self.size, attribute, self.key)
        else:
            end = _name_end(<const uint32_t *> self.data, start, self.size, attribute, self.key)
        if end <= start or end >= self.size:
            raise _Unusual
        return end

    cdef Py_ssize_t unescape(
        self, Py_ssize_t start, Py_ssize_t end, Py_UCS4 *out, Py_ssize_t most, bint text
    ) except -1:
        """Write a text or attribute without escapes; how many characters that are, ``most`` at most."""
        cdef Py_ssize_t size = 0, part
        while start < end and size < most:
            part = min(end - start, most - size)
            if self.kind == 1:
                part = _copy(<const uint8_t *> self.data + start, part, out + size)
            elif self.kind == 2:
                part = _copy(<const uint16_t *> self.data + start, part, out + size)
            else:
                part = _copy(<const uint32_t *> self.data + start, part, out + size)
            start += part
            size += part
            if start < end and size < most:
                start += 1
                if self.at(start - 1) == u">":
                    # Only attributes may have it as it is, by version of the parser.
                    if text:
                        raise _Unusual
                    out[size] = u">"
                elif self.has(start, b"amp;"):
                    out[size], start = u"&", start + 4
                elif self.has(start, b"nbsp;"):
                    out[size], start = u"\xa0", start + 5
                elif self.has(start, b"quot;"):
                    out[size], start = u'"', start + 5
                elif self.has(start, b"lt;"):
                    out[size], start = u"<", start + 3
                elif self.has(start, b"gt;"):
                    out[size], start = u">", start + 3
                else:
                    raise _Unusual
                size += 1
                if start > end:
                    raise _Unusual
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
        """Where the end tag of a script begins: in a comment, a script may hold another with its end."""
        cdef bint escaped = False, twice = False
        cdef Py_UCS4 char
        while i < self.size:
            if not escaped:
                i = self.find(u"<", i, self.size)
                if self.has(i, b"<!--"):
                    escaped, i = True, i + 2
                    continue
            char = self.at(i)
            if char == u"<" and self.has(i + 1, b"/script") and _ends_name(self.at(i + 8)):
                if not twice:
                    if not self.has(i, b"</script>"):
                        raise _Unusual
                    return i
                twice = False
                i += 8
            elif escaped and char == u"-" and self.at(i + 1) == u"-" and self.at(i + 2) == u">":
                escaped = twice = False
                i += 3
            elif not escaped or twice or char != u"<":
                i += 1
            elif self.has(i + 1, b"script") and _ends_name(self.at(i + 7)):
                twice = True
                i += 7
            else:
                i += 1
        raise _Unusual
