"""Counting tags before a page is parsed; in Python: `qualityscore.document.guard`."""

cimport cython
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memchr, memcpy

include "markup.pxi"


def count_tags(str source not None):
    """How often ``<`` and ``</`` occur, and whether there may be options."""
    cdef Markup page = Markup(source)
    cdef Py_ssize_t at = 0, tags = 0, ends = 0
    cdef bint options = False, end
    while True:
        at = page.find(u"<", at, page.size)
        if at == page.size:
            return tags, ends, options
        at += 1
        end = page.at(at) == u"/"
        tags += 1
        ends += end
        options = options or page.has(at + end, b"opt")


def heavy_tags(str source not None, Py_ssize_t long_tag, Py_ssize_t alike):
    """Characters of long tags of formatting elements, of those that are the same ``alike``; of links the longest."""
    cdef Markup page = Markup(source)
    cdef Py_ssize_t at = 0, name, start, heavy = 0, longest = 0
    cdef dict seen = {}
    while True:
        start = page.find(u"<", at, page.size)
        if start == page.size:
            return heavy + longest
        at = start + 1
        name = _formatting_name(page, at)
        if not name:
            continue
        # What stands inside the tag is no tag, or counts with it.
        at = _tag_end(page, at + name)
        if at - start <= long_tag:
            continue
        if page.has(start + 1, b"a") and name == 1 or page.has(start + 1, b"nobr"):
            longest = max(longest, at - start)
            continue
        tag = PyUnicode_Substring(source, start, at)
        count = seen.get(tag, 0)
        if count < alike:
            seen[tag] = count + 1
            heavy += at - start


cdef Py_ssize_t _formatting_name(Markup page, Py_ssize_t at) noexcept:
    """How long the name of a formatting element or link is that stands here; 0 if none does."""
    cdef const char **names = [
        b"a", b"b", b"i", b"s", b"u", b"em", b"tt", b"big", b"code", b"font", b"nobr", b"small", b"strike", b"strong"
    ]
    cdef Py_ssize_t[14] sizes = [1, 1, 1, 1, 1, 2, 2, 3, 4, 4, 4, 5, 6, 6]
    cdef Py_ssize_t size = 0
    cdef int i
    cdef Py_UCS4 char = page.at(at)
    while size < 7 and (u"a" <= char <= u"z" or u"A" <= char <= u"Z"):
        size += 1
        char = page.at(at + size)
    if not (_is_blank(char) or char == u"/" or char == u">"):
        return 0
    for i in range(14):
        if sizes[i] == size and page.has(at, names[i]):
            return size
    return 0


cdef inline bint _is_blank(Py_UCS4 char) noexcept:
    return char == u" " or char == u"\t" or char == u"\n" or char == u"\r" or char == u"\f"


cdef Py_ssize_t _tag_end(Markup page, Py_ssize_t at) noexcept:
    """Behind the tag whose name ends at a place; the page's end if it has none."""
    cdef Py_UCS4 char
    cdef bint named = False
    while at < page.size:
        char = page.at(at)
        if char == u">":
            return at + 1
        if named and char != u"=":
            # An equals sign may follow after a blank.
            named = not (char == u"/")
        if named and char == u"=":
            at = _value_end(page, at + 1)
            named = False
            continue
        named = named or not (_is_blank(char) or char == u"/")
        at += 1
    return page.size


cdef Py_ssize_t _value_end(Markup page, Py_ssize_t at) noexcept:
    """Behind the value of an attribute that starts here or after blanks; quotes hide all between them."""
    cdef Py_UCS4 char
    while at < page.size and _is_blank(page.at(at)):
        at += 1
    char = page.at(at)
    if at < page.size and (char == u'"' or char == u"'"):
        return min(page.find(char, at + 1, page.size) + 1, page.size)
    while at < page.size and not _is_blank(page.at(at)) and page.at(at) != u">":
        at += 1
    return at


def is_deep(str source not None, frozenset never_open not None, Py_ssize_t most):
    """Whether more than ``most`` elements are open inside each other, but for those that never stay open."""
    cdef Markup page = Markup(source)
    cdef Py_ssize_t at = 0, start, depth = 0
    cdef bint end
    cdef dict opened = {}
    while True:
        at = page.find(u"<", at, page.size)
        if at == page.size:
            return False
        at += 1
        end = page.at(at) == u"/"
        start = at + end
        at = _name_end_of(page, start)
        if at == start:
            continue
        tag = PyUnicode_Substring(source, start, at).lower()
        if tag in never_open:
            continue
        count = opened.get(tag, 0)
        if not end:
            opened[tag] = count + 1
            depth += 1
            if depth > most:
                return True
        elif count:
            # A stray end tag closes nothing.
            opened[tag] = count - 1
            depth -= 1


cdef Py_ssize_t _name_end_of(Markup page, Py_ssize_t start) noexcept:
    """The end of a tag's name, of up to 41 characters; ``start`` if there is none."""
    cdef Py_ssize_t at = start
    cdef Py_UCS4 char
    while at < start + 41:
        char = page.at(at)
        if not (u"a" <= char <= u"z" or u"A" <= char <= u"Z"):
            if at == start or not (u"0" <= char <= u"9" or char == u"-"):
                break
        at += 1
    return at
