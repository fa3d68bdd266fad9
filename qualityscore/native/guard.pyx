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
        at = _tag_end(page, start)
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


cdef Py_ssize_t _tag_end(Markup page, Py_ssize_t start) noexcept:
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
