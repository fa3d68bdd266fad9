"""Counting tags before a page is parsed; in Python: `qualityscore.document.guard`."""

cimport cython
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE
from libc.stdint cimport uint8_t, uint64_t
from libc.string cimport memchr

include "names.pxi"

# Of these and of those that never stay open, no string is made to count them.
_OFTEN_OPEN = (
    "div span ul ol dl section article nav header footer main aside h1 h2 h3 h4 h5 h6 table blockquote pre form "
    "select label button figure figcaption picture noscript svg path g b big code em font i s small strike strong tt u"
).split()
# What is copied with all that its tag holds.
cdef Names _copied = Names("a b big code em font i nobr s small strike strong tt u".split())


cdef struct Page:
    # A page in UTF-8. Python puts a zero behind the last byte, so that one may be read where the page ends.
    const uint8_t *data
    Py_ssize_t size


cdef inline Page _page_of(bytes source):
    cdef Page page
    page.data, page.size = <const uint8_t *> PyBytes_AS_STRING(source), PyBytes_GET_SIZE(source)
    return page


cdef inline Py_ssize_t _find(Page page, uint8_t what, Py_ssize_t start, Py_ssize_t end) noexcept:
    """Where a byte comes next; ``end``, which is at most the page's, if it does not."""
    cdef const void *found = memchr(page.data + start, what, end - start) if start < end else NULL
    return end if found == NULL else <const uint8_t *> found - page.data


cdef inline bint _has(const uint8_t *here, const char *what) noexcept:
    """Whether these letters stand at a place of a page, in either case; a zero is none of them, so none is passed."""
    while what[0]:
        if here[0] | 32 != <uint8_t> what[0]:
            return False
        here += 1
        what += 1
    return True


def count_tags(bytes source not None):
    """How often ``<`` and ``</`` occur, and whether there may be options."""
    cdef Page page = _page_of(source)
    cdef Py_ssize_t at = 0, tags = 0, ends = 0
    cdef bint options = False, end
    while True:
        at = _find(page, b"<", at, page.size)
        if at == page.size:
            return tags, ends, options
        at += 1
        end = page.data[at] == b"/"
        tags += 1
        ends += end
        if _has(page.data + at + end, b"opt"):
            options = True


def without_options(bytes source not None):
    """A page whose options and groups of them are void elements instead."""
    cdef Page page = _page_of(source)
    cdef Py_ssize_t at = 0, end, copied = 0
    cdef list pieces = []
    while True:
        at = _find(page, b"<", at, page.size)
        if at == page.size:
            break
        at += 1
        if page.data[at] == b"/":
            at += 1
        if not _has(page.data + at, b"opt"):
            continue
        end = at + (6 if _has(page.data + at, b"option") else 8 if _has(page.data + at, b"optgroup") else 0)
        if end > at and _ends_name(page.data[end]):
            pieces.append(source[copied:at])
            copied = end
    if not copied:
        return source
    pieces.append(source[copied:])
    return b"wbr".join(pieces)


def is_heavy(bytes source not None, Py_ssize_t long_tag, Py_ssize_t alike, Py_ssize_t most):
    """Whether long tags of formatting elements, the same ``alike`` times, and the longest of links have more bytes."""
    cdef Page page = _page_of(source)
    cdef Py_ssize_t at = 0, name, start, heavy = 0, longest = 0
    cdef dict seen = {}
    while True:
        start = _find(page, b"<", at, page.size)
        # It is looked no further than what is left can matter.
        if start == page.size or heavy + longest + page.size - start <= most:
            return heavy + longest > most
        at = start + 1
        name = _copied_name(page.data + at)
        if not name:
            continue
        # What stands inside the tag is no tag, or counts with it.
        at = _behind_tag(page, at + name)
        if at - start <= long_tag:
            continue
        if name == 1 and _has(page.data + start + 1, b"a") or _has(page.data + start + 1, b"nobr"):
            longest = max(longest, at - start)
        else:
            tag = source[start:at]
            count = seen.get(tag, 0)
            if count < alike:
                seen[tag] = count + 1
                heavy += at - start
        if heavy + longest > most:
            return True


cdef Py_ssize_t _copied_name(const uint8_t *here) noexcept:
    """How long the name of a formatting element or link is that stands here; 0 if none does."""
    cdef uint64_t[2] key = [0, 0]
    cdef Py_ssize_t size = 0
    while size < 7 and b"a" <= here[size] | 32 <= b"z":
        key[0] |= <uint64_t> (here[size] | 32) << 8 * size
        size += 1
    return size if _ends_name(here[size]) and _copied.find(key) >= 0 else 0


cdef inline bint _is_blank(uint8_t char) noexcept:
    return char == b" " or char == b"\t" or char == b"\n" or char == b"\r" or char == b"\f"


cdef inline bint _ends_name(uint8_t char) noexcept:
    return _is_blank(char) or char == b"/" or char == b">"


cdef Py_ssize_t _behind_tag(Page page, Py_ssize_t at) noexcept:
    """Behind the tag whose name ends at a place; the page's end if it has none."""
    cdef uint8_t char
    cdef bint named = False
    while at < page.size:
        char = page.data[at]
        if char == b">":
            return at + 1
        if char == b"=" and named:
            at = _behind_value(page, at + 1)
            named = False
            continue
        # An equals sign may follow a name after blanks.
        named = char != b"/" and (named or not _is_blank(char))
        at += 1
    return page.size


cdef Py_ssize_t _behind_value(Page page, Py_ssize_t at) noexcept:
    """Behind the value of an attribute that starts here or after blanks; quotes hide all between them."""
    cdef uint8_t char
    while _is_blank(page.data[at]):
        at += 1
    char = page.data[at]
    if char == b'"' or char == b"'":
        return min(_find(page, char, at + 1, page.size) + 1, page.size)
    while at < page.size and not _is_blank(page.data[at]) and page.data[at] != b">":
        at += 1
    return at


def is_deep(bytes source not None, frozenset never_open not None, Py_ssize_t left, Py_ssize_t most):
    """Whether more than ``most`` elements are open inside each other, but for those that never stay open.

    Of ``<`` without ``/`` behind there are ``left``; it is looked no further than they can matter.
    """
    cdef Page page = _page_of(source)
    cdef Names names = Names([*never_open, *_OFTEN_OPEN])
    cdef int closed = len(never_open), number
    # Of names with a number, and of all others.
    cdef Py_ssize_t counts[256]
    cdef dict others = {}
    cdef Py_ssize_t at = 0, depth = 0, count
    cdef Tag tag
    for number in range(256):
        counts[number] = 0
    while depth + left > most and _next_tag(page, &at, &tag):
        left -= not tag.closes
        number = names.find(tag.key)
        if 0 <= number < closed:
            continue
        if number >= 0:
            count = counts[number]
        else:
            name = source[tag.name:at].lower()
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


def is_remade(
    bytes source not None, tuple formatting not None, Py_ssize_t alike, Py_ssize_t left, Py_ssize_t most
):
    """Whether formatting elements that are not closed would be made again more than ``most`` times.

    Of ``<`` without ``/`` behind there are ``left``. If all still to come were best divided, half of those open at the
    end opening and half making again, that would make the square of half of them; it is looked no further than that.
    """
    cdef Page page = _page_of(source)
    cdef Names names = Names(formatting)
    cdef list still_open = [[] for _ in formatting]
    cdef list same = [{} for _ in formatting]
    cdef Py_ssize_t at = 0, start, count = 0, remade = 0
    cdef int number
    cdef Tag tag
    while (count + left) * (count + left) > 4 * (most - remade) and _next_tag(page, &at, &tag):
        left -= not tag.closes
        number = names.find(tag.key)
        if number < 0:
            if not tag.closes:
                remade += count
                if remade > most:
                    return True
            continue
        start = at
        if _is_blank(page.data[at]) or page.data[at] == b"/":
            at = _find(page, b">", at + 1, min(at + 501, page.size))
        opened, known = <list> still_open[number], <dict> same[number]
        if not tag.closes:
            said = source[start:at]
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


cdef bint _next_tag(Page page, Py_ssize_t *at, Tag *tag) noexcept:
    """Find the next tag from a place on, which then is the end of its name, of up to 41 characters."""
    cdef Py_ssize_t i, size
    cdef uint8_t char
    i = at[0]
    while True:
        i = _find(page, b"<", i, page.size) + 1
        if i >= page.size:
            return False
        tag.closes = page.data[i] == b"/"
        i += tag.closes
        tag.name = i
        tag.key[0] = tag.key[1] = 0
        size = 0
        while size < 41:
            char = page.data[i]
            if b"A" <= char <= b"Z":
                char += 32
            elif not (b"a" <= char <= b"z" or size and (b"0" <= char <= b"9" or char == b"-")):
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
