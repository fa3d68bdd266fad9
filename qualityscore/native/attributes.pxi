# The attributes of a start tag, and the text of a link.

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
        cdef Py_ssize_t end
        cdef int number
        self.present = self.count = 0
        while self.page.at(at) == u" ":
            end = self.page.read_name(at + 1, True)
            number = attribute_names.find(self.page.key)
            at = end
            if self.page.at(end) == u"=":
                if self.page.at(end + 1) != u'"':
                    raise _Unusual
                at = self.page.behind(u'"', end + 2)
            if number >= 0:
                self.present |= 1u << number
                self.value[number], self.value_end[number] = (end + 2, at - 1) if at > end else (end, end)
            self.count += 1
        if self.page.at(at) != u">":
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

    cdef bint say_nothing(self, int what, bint chrome) except -1:
        """Whether an element is what its tag makes it; ``chrome``: it is inside of chrome."""
        cdef int verdict
        if what & SPECIAL:
            return False
        if not self.count:
            return True
        if self.present & (1u << HIDDEN | 1u << ROLE | 1u << ITEMPROP):
            return False
        if self.hides():
            return False
        if not what & NAMED or not (self.speaks(CLASS) or self.speaks(ID)):
            return True
        names, identity = self.get(CLASS), self.get(ID)
        if identity:
            names = f"{names} {identity}"
        known = self.tools.known_names.get(names)
        if known is None:
            known = self.tools.read_names(names)
        verdict = known
        return verdict == PLAIN_NAME or (verdict != MAIN_NAME and chrome)

    cdef bint hides(self) except -1:
        """Whether the inline style of an element hides it."""
        return (
            self.present & 1u << STYLE
            and self.page.may_hide(self.value[STYLE], self.value_end[STYLE])
            and self.tools.hides(self.get(STYLE))
        )

    cdef bint speaks(self, int number) noexcept:
        """Whether the names in an attribute may say something."""
        return self.present & 1u << number and self.page.begins(
            self.value[number], self.value_end[number], self.tools.beginnings
        )


cdef Py_ssize_t _tag_end(Markup page, Py_ssize_t at) except -1:
    """Behind a start tag of which no attribute is wanted."""
    while page.at(at) == u" ":
        at = page.read_name(at + 1, True)
        if page.at(at) == u"=":
            at = page.behind(u'"', at + 2)
    if page.at(at) != u">":
        raise _Unusual
    return at + 1


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
    return _to_str(found, size).strip()
