# Start tags with their attributes, end tags, and the text of a link.

# As `walk.LINK_TEXT`.
cdef enum:
    LINK_TEXT = 200


@cython.final
cdef class Attributes:
    """The attributes of the start tag read last: which it has, how many, and where their values stand."""

    cdef Markup page
    cdef Walker tools
    cdef Block scratch
    cdef unsigned int present
    cdef int count
    cdef Py_ssize_t value[ATTRIBUTES]
    cdef Py_ssize_t value_end[ATTRIBUTES]

    def __cinit__(self, Markup page, Walker tools):
        self.page, self.tools, self.scratch = page, tools, Block()

    cdef Py_ssize_t read(self, Py_ssize_t at) except -1:
        """Read attributes up to the end of a start tag; behind that."""
        if self.page.kind == 1:
            return self.read_from(<const uint8_t *> self.page.data, at, self.page.size)
        if self.page.kind == 2:
            return self.read_from(<const uint16_t *> self.page.data, at, self.page.size)
        return self.read_from(<const uint32_t *> self.page.data, at, self.page.size)

    cdef Py_ssize_t read_from(self, const Char *text, Py_ssize_t at, Py_ssize_t size) except -1:
        cdef Py_ssize_t end
        cdef uint64_t key[2]
        cdef int number
        self.present = self.count = 0
        while at < size and text[at] == u" ":
            end = _name_end(text, at + 1, size, True, key)
            if end <= at + 1 or end >= size:
                raise _Unusual
            number = attribute_names.find(key)
            at = end
            if text[end] == u"=":
                if end + 1 >= size or text[end + 1] != u'"':
                    raise _Unusual
                at = _find(text, end + 2, size, 34) + 1  # behind the other quote
                if at > size:
                    raise _Unusual
            if number >= 0:
                self.present |= 1u << number
                self.value[number], self.value_end[number] = (end + 2, at - 1) if at > end else (end, end)
            self.count += 1
        if at >= size or text[at] != u">":
            raise _Unusual
        return at + 1

    cdef str get(self, int number):
        """The value of an attribute; empty if it is not there."""
        if not self.present & 1u << number:
            return ""
        return self.unescaped(self.value[number], self.value_end[number], False)

    cdef str unescaped(self, Py_ssize_t start, Py_ssize_t end, bint text):
        cdef Py_ssize_t size
        cdef Py_UCS4 *out
        if self.page.find(u"&", start, end) == end:
            return PyUnicode_Substring(self.page.text, start, end)
        out = self.scratch.room(end - start)
        size = self.page.unescape(start, end, out, end - start, text)
        return _to_str(out, size)

    cdef dict get_all(self, unsigned int wanted):
        """The attributes of these numbers (as bits) that are there."""
        cdef dict found = {}
        cdef int number
        for number in range(ATTRIBUTES):
            if self.present & wanted & 1u << number:
                found[_ATTRIBUTES[number]] = self.get(number)
        return found

    cdef bint says(self, int number, str what) except -1:
        """Whether an attribute is there and says this."""
        return self.present & 1u << number and self.get(number) == what

    cdef bint holds(self, int number, const char *what) noexcept:
        """Whether these ASCII characters, in either case, stand in an attribute."""
        cdef Py_ssize_t i
        if self.present & 1u << number:
            for i in range(self.value[number], self.value_end[number]):
                if self.page.has(i, what):
                    return True
        return False

    cdef int verdict(self) except -1:
        """What the class and id say, by `names.read_names`."""
        cdef char names[NAMES_CHARS]
        cdef Py_ssize_t size = 0, more
        if not self.present & (1u << CLASS | 1u << ID):
            return PLAIN_NAMES
        if self.present & 1u << CLASS:
            size = _lower(self.page, self.value[CLASS], self.value_end[CLASS], names, NAMES_CHARS)
        if self.present & 1u << ID and 0 <= size < NAMES_CHARS:
            names[size] = 32
            size += 1
            more = _lower(self.page, self.value[ID], self.value_end[ID], names + size, NAMES_CHARS - size)
            size = size + more if more >= 0 else more
        if size >= 0:
            return self.tools.meaning.of(names, size)
        return self.tools.read_names(f"{self.get(CLASS)} {self.get(ID)}")

    cdef bint hides(self) except -1:
        """Whether the inline style of an element hides it."""
        return (
            self.present & 1u << STYLE
            and _may_hide(self.page, self.value[STYLE], self.value_end[STYLE])
            and self.tools.hides(self.get(STYLE))
        )


cdef bint _may_hide(Markup page, Py_ssize_t start, Py_ssize_t end) noexcept:
    """Whether an inline style may hide its element: what stands around one of its colons allows it."""
    cdef uint32_t before = 0, last = 0, char
    while start < end:
        char = page.at(start)
        start += 1
        if char > 127 or char == 38:
            return True
        if char <= 32:
            continue
        if last == 58:
            char |= 32
            # display: none, visibility: hidden, font-size: 0, and text-indent, left or top: a minus
            if (
                before == 121 and (char == 110 or char == 104)
                or before == 101 and char == 48
                or (before == 116 or before == 112) and char == 45
            ):
                return True
        before, last = last | 32, char
    return False


cdef Py_ssize_t _lower(Markup page, Py_ssize_t start, Py_ssize_t end, char *out, Py_ssize_t most) noexcept:
    """Write an attribute in lower case; how many characters, ``most`` at most, or -1 if one is not ASCII or escaped."""
    cdef Py_ssize_t size = min(end - start, most)
    if page.kind == 1:
        return _lower_from(<const uint8_t *> page.data + start, size, out)
    if page.kind == 2:
        return _lower_from(<const uint16_t *> page.data + start, size, out)
    return _lower_from(<const uint32_t *> page.data + start, size, out)


cdef Py_ssize_t _lower_from(const Char *text, Py_ssize_t size, char *out) noexcept:
    cdef Py_ssize_t i
    cdef uint32_t char
    for i in range(size):
        char = text[i]
        if char > 127 or char == 38:
            return -1
        out[i] = <char> (char + 32 if 65 <= char <= 90 else char)
    return size


cdef Py_ssize_t _tag_end(Markup page, Py_ssize_t at) except -1:
    """Behind a start tag of which no attribute is wanted."""
    while page.at(at) == u" ":
        at = page.read_name(at + 1, True)
        if page.at(at) == u"=":
            at = page.behind(u'"', at + 2)
    if page.at(at) != u">":
        raise _Unusual
    return at + 1


cdef Py_ssize_t _close(Markup page, Py_ssize_t at, Py_ssize_t name, Py_ssize_t length) except -1:
    """Behind the end tag of an element, which has to stand here."""
    cdef Py_ssize_t end = at + 2 + length
    if not (page.at(at) == u"<" and page.at(at + 1) == u"/" and page.same(at + 2, name, length)):
        raise _Unusual
    if page.at(end) != u">":
        raise _Unusual
    return end + 1


cdef str _link_text(Markup page, Walker tools, Py_ssize_t at):
    """The beginning of all text up to the end tag of a link."""
    cdef Py_UCS4 found[LINK_TEXT]
    cdef Py_ssize_t size = 0, end, name
    cdef int inside = 0, number, traits
    while size < LINK_TEXT:
        end = page.find(u"<", at, page.size)
        if end == page.size:
            raise _Unusual
        size += page.unescape(at, end, found + size, LINK_TEXT - size, True)
        at = end
        name = at + 1
        if page.at(name) == u"!" or page.at(name) == u"?":
            at = page.comment_end(at)
            continue
        if page.at(name) == u"/":
            end = page.read_name(name + 1, False)
            if end == name + 2 and page.at(name + 1) == u"a":
                inside -= 1
                if inside < 0:
                    break
            at = page.behind(u">", end)
            continue
        end = page.read_name(name, False)
        number = tools.names.find(page.key)
        traits = tools.traits[number] if number >= 0 else 0
        if page.has(name, b"template") or traits & TREE_ONLY:
            raise _Unusual
        at = _tag_end(page, end)
        inside += traits & A != 0
        if traits & (RAW | SCRIPT):
            end = page.script_end(at) if traits & SCRIPT else page.raw_end(at, name, end - name)
            size += page.copy(at, end, found + size, LINK_TEXT - size)
            at = end
    return _stripped(found, size)
