"""Lines of a text, which of them are headings or the template's; in Python: `qualityscore.document.lines`."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int64_t
from libc.string cimport memcpy

import numpy as np

from qualityscore.native.characters cimport (
    Numbers,
    Py_UNICODE_ISLOWER,
    Py_UNICODE_ISSPACE,
    PyUnicode_Substring,
    Text,
    char_at,
    find_words_between,
    release,
    text_of,
)
from qualityscore.native.markers cimport behind_marker

cdef enum:
    LONG_LINE = 12
    HEADING_WORDS = 16


cdef struct Draft:
    # A line in the making: where it opens (with its list marker), starts and ends, and its words.
    Py_ssize_t opens
    Py_ssize_t start
    Py_ssize_t end
    Py_ssize_t first
    Py_ssize_t size
    bint terminal
    bint heading
    bint chrome


cdef class Splitter:
    """Splits texts into lines and the words of those that are the article."""

    cdef object make_line
    cdef object chrome
    cdef object tail
    cdef Py_ssize_t longest_chrome
    cdef Py_ssize_t longest_tail

    def __init__(self, make_line, chrome, tail):
        """``make_line``: the class of a line; ``chrome``, ``tail``: what lines of the template say."""
        self.make_line, self.chrome, self.tail = make_line, chrome, tail
        self.longest_chrome = max(map(len, chrome))
        self.longest_tail = max(map(len, tail))

    def split(self, text):
        """Lines, and starts and ends of the words of those that are not chrome."""
        cdef Text chars = text_of(text)
        cdef Numbers starts = Numbers(NULL, 0, 0)
        cdef Numbers ends = Numbers(NULL, 0, 0)
        cdef Draft *drafts = NULL
        cdef Py_ssize_t count
        try:
            drafts = <Draft *> PyMem_Malloc((str.count(text, "\n") + 1) * sizeof(Draft))
            if drafts == NULL:
                raise MemoryError
            count = _draft_lines(&chars, drafts, &starts, &ends)
            self._mark_chrome(text, &chars, drafts, count)
            _mark_headings(&chars, drafts, count)
            return self._lines(text, drafts, count), *_kept(drafts, count, &starts, &ends)
        finally:
            PyMem_Free(drafts)
            release(&starts)
            release(&ends)

    cdef tuple _lines(self, object text, const Draft *drafts, Py_ssize_t count):
        """The lines, their words numbered without those of chrome."""
        cdef Py_ssize_t i, first, last = 0
        cdef list lines = []
        for i in range(count):
            first = last
            if not drafts[i].chrome:
                last += drafts[i].size
            marker = text[drafts[i].opens : drafts[i].start] if drafts[i].opens < drafts[i].start else ""
            lines.append(
                self.make_line(
                    drafts[i].start,
                    drafts[i].end,
                    marker,
                    first,
                    last,
                    drafts[i].size,
                    drafts[i].terminal,
                    drafts[i].heading,
                    drafts[i].chrome,
                )
            )
        return tuple(lines)

    cdef int _mark_chrome(self, object text, const Text *chars, Draft *drafts, Py_ssize_t count) except -1:
        cdef Py_ssize_t i, first_long = -1, last_long = -1
        for i in range(count):
            if drafts[i].size >= LONG_LINE:
                last_long = i
                if first_long < 0:
                    first_long = i
        if first_long < 0:
            return 0
        cdef bint crumbs = "»" in text or " > " in text
        for i in range(count):
            if drafts[i].size <= 5:
                drafts[i].chrome = not drafts[i].size or self._is_chrome(text, &drafts[i])
            if crumbs and not drafts[i].chrome and drafts[i].size < 30:
                piece = text[drafts[i].start : min(drafts[i].end, drafts[i].start + 60)]
                drafts[i].chrome = _is_breadcrumb(piece)
        _mark_short_runs(drafts, first_long)
        self._mark_tail(text, chars, drafts, count, last_long)
        return 0

    cdef bint _is_chrome(self, object text, const Draft *draft) except -1:
        # No text gets shorter in lower case.
        if draft.end - draft.start > self.longest_chrome:
            return False
        return PyUnicode_Substring(text, draft.start, draft.end).lower() in self.chrome

    cdef int _mark_tail(
        self, object text, const Text *chars, Draft *drafts, Py_ssize_t count, Py_ssize_t last_long
    ) except -1:
        """Everything is chrome from a line on that says so, behind the last long line or near the end."""
        cdef Py_ssize_t i, seen = 0, total = 0
        for i in range(last_long, count):
            if self._is_tail(text, chars, &drafts[i]):
                return _mark_from(drafts, i, count)
        for i in range(count):
            total += drafts[i].size
        for i in range(count):
            seen += drafts[i].size
            if drafts[i].size <= 6 and 4 * seen >= 3 * total and self._is_tail(text, chars, &drafts[i]):
                return _mark_from(drafts, i, count)
        return 0

    cdef bint _is_tail(self, object text, const Text *chars, const Draft *draft) except -1:
        cdef Py_ssize_t end = draft.end
        while end > draft.start and char_at(chars, end - 1) == ":":
            end -= 1
        if end - draft.start > self.longest_tail:
            return False
        return PyUnicode_Substring(text, draft.start, end).lower() in self.tail


def filled_lines(text):
    """Starts and ends of all lines that are not blank, with white space at either end."""
    cdef Text chars = text_of(text)
    cdef list starts = []
    cdef list ends = []
    cdef Py_ssize_t at, end = -1
    while end < chars.size:
        at = end + 1
        end = _line_end(&chars, at)
        if _behind_space(&chars, at, end) < end:
            starts.append(at)
            ends.append(end)
    return starts, ends


cdef int _mark_from(Draft *drafts, Py_ssize_t i, Py_ssize_t count) except -1:
    for i in range(i, count):
        drafts[i].chrome = True
    return 0


cdef bint _is_breadcrumb(object piece) except -1:
    """Breadcrumbs: "Home » world » …"."""
    return "»" in piece[:40] or (piece[:4].lower() == "home" and " > " in piece)


cdef void _mark_short_runs(Draft *drafts, Py_ssize_t count) noexcept:
    """A run of four or more very short lines among the first ones is a menu."""
    cdef Py_ssize_t i, j, opens = 0
    for i in range(count + 1):
        if i < count and drafts[i].size <= 3 and not drafts[i].terminal:
            continue
        if i - opens >= 4:
            for j in range(opens, i):
                drafts[j].chrome = True
        opens = i + 1


cdef Py_ssize_t _line_end(const Text *chars, Py_ssize_t at) noexcept:
    while at < chars.size and char_at(chars, at) != "\n":
        at += 1
    return at


cdef Py_ssize_t _behind_space(const Text *chars, Py_ssize_t at, Py_ssize_t end) noexcept:
    while at < end and Py_UNICODE_ISSPACE(char_at(chars, at)):
        at += 1
    return at


cdef Py_ssize_t _draft_lines(const Text *chars, Draft *drafts, Numbers *starts, Numbers *ends) except -1:
    """Draft all lines that are not blank; how many there are."""
    cdef Py_ssize_t count = 0, start, end, line_end = -1
    while line_end < chars.size:
        start = line_end + 1
        line_end = end = _line_end(chars, start)
        start = _behind_space(chars, start, end)
        while start < end and Py_UNICODE_ISSPACE(char_at(chars, end - 1)):
            end -= 1
        if start < end:
            drafts[count] = _draft(chars, start, end)
            drafts[count].first = starts.size
            find_words_between(chars, drafts[count].start, end, starts, ends)
            drafts[count].size = starts.size - drafts[count].first
            count += 1
    return count


cdef Draft _draft(const Text *chars, Py_ssize_t start, Py_ssize_t end) noexcept:
    """A line that is not empty, without its words."""
    cdef Draft draft
    cdef Py_ssize_t low, at = end
    draft.opens, draft.end = start, end
    draft.start = behind_marker(chars, start, end)
    draft.first = draft.size = 0
    draft.heading = draft.chrome = False
    # Quotes and brackets may stand behind the full stop.
    low = max(draft.start, end - 6)
    while at > low and _closes(char_at(chars, at - 1)):
        at -= 1
    draft.terminal = at > low and _ends(char_at(chars, at - 1))
    return draft


cdef inline bint _closes(Py_UCS4 char) noexcept:
    return char in "\"')]}*_"


cdef inline bint _ends(Py_UCS4 char) noexcept:
    return char == "." or char == "!" or char == "?" or char == "…"


cdef int _mark_headings(const Text *chars, Draft *drafts, Py_ssize_t count) except -1:
    """A short line without closing punctuation in front of a long one is a heading; chrome does not count."""
    cdef Py_ssize_t i
    # The two nearest lines of those in front, as far as each may be a heading, and how many these are.
    cdef Py_ssize_t nearest = -1, second = -1, run = 0
    for i in range(count):
        if drafts[i].chrome:
            continue
        if run and (drafts[i].size >= LONG_LINE or (drafts[i].terminal and drafts[i].size >= 6)):
            drafts[nearest].heading = True
            if run == 2:
                drafts[second].heading = True
        if _may_head(chars, &drafts[i]):
            second, nearest = nearest, i
            run += 1
        else:
            run = 0
    return 0


cdef bint _may_head(const Text *chars, const Draft *draft) noexcept:
    cdef Py_UCS4 last
    if not 1 <= draft.size <= HEADING_WORDS:
        return False
    last = char_at(chars, draft.end - 1)
    if last == "," or last == ";" or (last == ":" and draft.size > 4):
        return False
    if draft.terminal:
        # A question may head a section; a statement with a full stop does not.
        return last == "?" and draft.size >= 3
    return not Py_UNICODE_ISLOWER(char_at(chars, draft.start))


cdef tuple _kept(const Draft *drafts, Py_ssize_t count, const Numbers *starts, const Numbers *ends):
    """Starts and ends of the words of lines that are not chrome."""
    cdef Py_ssize_t i, size, at = 0
    for i in range(count):
        if not drafts[i].chrome:
            at += drafts[i].size
    start_at = np.empty(at, dtype=np.int64)
    end_at = np.empty(at, dtype=np.int64)
    cdef int64_t[::1] kept_starts = start_at
    cdef int64_t[::1] kept_ends = end_at
    at = 0
    for i in range(count):
        size = drafts[i].size
        if size and not drafts[i].chrome:
            memcpy(&kept_starts[at], &starts.values[drafts[i].first], size * sizeof(int64_t))
            memcpy(&kept_ends[at], &ends.values[drafts[i].first], size * sizeof(int64_t))
            at += size
    return start_at, end_at
