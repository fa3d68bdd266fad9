"""Counting tags before a page is parsed; in Python: `qualityscore.document.guard`."""

cimport cython
from cpython.unicode cimport (
    Py_UNICODE_ISSPACE,
    PyUnicode_DATA,
    PyUnicode_KIND,
    PyUnicode_READ,
    PyUnicode_Substring,
)
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memchr, memcmp

include "markup.pxi"
include "names.pxi"

# Of these and of those that never stay open, no string is made to count them.
_OFTEN_OPEN = (
    "div span ul ol dl section article nav header footer main aside h1 h2 h3 h4 h5 h6 table blockquote pre form "
    "select label button figure figcaption picture noscript svg path g b big code em font i s small strike strong tt u"
).split()


def count_tags(source):
    """How often ``<`` and ``</`` occur, and whether there may be options; of a `str` or of UTF-8."""
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
        # An o in either case.
        if <uint32_t> page.at(at + end) | 32 == 111:
            options = options or page.has(at + end, b"opt")


def without_options(str source not None):
    """A page whose options and groups of them are void elements instead."""
    cdef Markup page = Markup(source)
    cdef Py_ssize_t at = 0, end, copied = 0
    cdef list pieces = []
    while True:
        at = page.find(u"<", at, page.size)
        if at == page.size:
            break
        at += 1
        if page.at(at) == u"/":
            at += 1
        if <uint32_t> page.at(at) | 32 != 111:  # an o in either case
            continue
        end = at + (6 if page.has(at, b"option") else 8 if page.has(at, b"optgroup") else 0)
        if end > at and (page.at(end) == u"/" or page.at(end) == u">" or Py_UNICODE_ISSPACE(page.at(end))):
            pieces.append(PyUnicode_Substring(source, copied, at))
            copied = end
    if not copied:
        return source
    pieces.append(PyUnicode_Substring(source, copied, page.size))
    return "wbr".join(pieces)


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
    if page.kind == 1:
        return _behind_tag(<const uint8_t *> page.data, at, page.size)
    if page.kind == 2:
        return _behind_tag(<const uint16_t *> page.data, at, page.size)
    return _behind_tag(<const uint32_t *> page.data, at, page.size)


cdef Py_ssize_t _behind_tag(const Char *page, Py_ssize_t at, Py_ssize_t size) noexcept:
    cdef Char char
    cdef bint named = False
    while at < size:
        char = page[at]
        if char == u">":
            return at + 1
        if char == u"=" and named:
            at = _behind_value(page, at + 1, size)
            named = False
            continue
        # An equals sign may follow a name after blanks.
        named = char != u"/" and (named or not _is_blank(char))
        at += 1
    return size


cdef Py_ssize_t _behind_value(const Char *page, Py_ssize_t at, Py_ssize_t size) noexcept:
    """Behind the value of an attribute that starts here or after blanks; quotes hide all between them."""
    cdef Char char
    while at < size and _is_blank(page[at]):
        at += 1
    if at == size:
        return size
    char = page[at]
    if char == u'"' or char == u"'":
        return min(_find(page, at + 1, size, char) + 1, size)
    while at < size and not _is_blank(page[at]) and page[at] != u">":
        at += 1
    return at


def last_scripts(str source not None, Py_ssize_t start, Py_ssize_t end):
    """Where the last ``<script`` and the last ``</script`` stand between two places, -1 for none."""
    cdef Markup page = Markup(source)
    cdef Py_ssize_t at = max(start, 0), opened = -1, closed = -1
    end = min(end, page.size)
    while True:
        at = page.find(u"<", at, end)
        if at >= end:
            return opened, closed
        if _stands(page, at, end, b"<script"):
            opened = at
        elif _stands(page, at, end, b"</script"):
            closed = at
        at += 1


cdef inline bint _stands(Markup page, Py_ssize_t at, Py_ssize_t end, const char *what) noexcept:
    """Whether these ASCII characters, in this case, stand at a place and in front of another."""
    while what[0]:
        if at >= end or <uint32_t> page.at(at) != <uint32_t> what[0]:
            return False
        at += 1
        what += 1
    return True


def is_deep(str source not None, frozenset never_open not None, Py_ssize_t most):
    """Whether more than ``most`` elements are open inside each other, but for those that never stay open."""
    cdef Markup page = Markup(source)
    cdef Names names = Names([*never_open, *_OFTEN_OPEN])
    cdef int closed = len(never_open), number
    # Of names with a number, and of all others.
    cdef Py_ssize_t counts[256]
    cdef dict others = {}
    cdef Py_ssize_t at = 0, depth = 0, count
    cdef Tag tag
    for number in range(256):
        counts[number] = 0
    while _next_tag(page, &at, &tag):
        number = names.find(tag.key)
        if 0 <= number < closed:
            continue
        if number >= 0:
            count = counts[number]
        else:
            name = PyUnicode_Substring(source, tag.name, at).lower()
            count = others.get(name, 0)
        if tag.closes and not count:
            # A stray end tag closes nothing.
            continue
        count += -1 if tag.closes else 1
        depth += -1 if tag.closes else 1
        if depth > most:
            return True
        if number >= 0:
            counts[number] = count
        else:
            others[name] = count
    return False


def is_remade(str source not None, tuple formatting not None, Py_ssize_t alike, Py_ssize_t most):
    """Whether formatting elements that are not closed would be made again more than ``most`` times."""
    cdef Markup page = Markup(source)
    cdef Names names = Names(formatting)
    cdef list still_open = [[] for _ in formatting]
    cdef list same = [{} for _ in formatting]
    cdef Py_ssize_t at = 0, start, count = 0, remade = 0
    cdef int number
    cdef Tag tag
    while _next_tag(page, &at, &tag):
        number = names.find(tag.key)
        if number < 0:
            if not tag.closes:
                remade += count
                if remade > most:
                    return True
            continue
        start = at
        if at < page.size and (Py_UNICODE_ISSPACE(page.at(at)) or page.at(at) == u"/"):
            at = page.find(u">", at + 1, min(at + 501, page.size))
        opened, known = <list> still_open[number], <dict> same[number]
        if not tag.closes:
            said = PyUnicode_Substring(source, start, at)
            if known.get(said, 0) < alike:
                known[said] = known.get(said, 0) + 1
                opened.append(said)
                count += 1
        elif opened:
            known[opened.pop()] -= 1
            count -= 1
    return False


cdef struct Tag:
    # Where its name starts, the name in lower case as `Names` has it (none if it is longer), whether it is an end tag.
    Py_ssize_t name
    uint64_t key[2]
    bint closes


cdef bint _next_tag(Markup page, Py_ssize_t *at, Tag *tag) noexcept:
    """Find the next tag from a place on, which then is the end of its name, of up to 41 characters."""
    cdef Py_ssize_t i, size
    cdef uint32_t char
    i = at[0]
    while True:
        i = page.find(u"<", i, page.size) + 1
        if i >= page.size:
            return False
        tag.closes = page.at(i) == u"/"
        i += tag.closes
        tag.name = i
        tag.key[0] = tag.key[1] = 0
        size = 0
        while size < 41:
            char = page.at(i)
            if 65 <= char <= 90:
                char += 32
            elif not (97 <= char <= 122 or size and (48 <= char <= 57 or char == 45)):
                break
            if size < 16:
                tag.key[size >> 3] |= <uint64_t> char << 8 * (size & 7)
            i += 1
            size += 1
        if size > 16:
            tag.key[0] = tag.key[1] = 0
        if size:
            at[0] = i
            return True
