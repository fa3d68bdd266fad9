"""Which text runs of a page are its main content; in Python: `qualityscore.document.content`."""

from cpython.bytes cimport PyBytes_AS_STRING
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.ref cimport Py_INCREF
from cpython.tuple cimport PyTuple_SET_ITEM
from libc.stdint cimport uint8_t
from libc.string cimport memset

from qualityscore.native.walk cimport Run

cdef extern from "Python.h":
    object PyType_GenericAlloc(type kind, Py_ssize_t size)


cdef struct Line:
    Py_ssize_t size
    Py_ssize_t prose
    Py_ssize_t chrome
    int main
    int level
    bint heading
    # Most of its text is in links.
    bint linked


cdef class Survey:
    """`content.Survey`."""

    cdef list runs
    cdef Line *lines
    cdef Py_ssize_t size, visible

    def __cinit__(self, list runs not None):
        cdef Py_ssize_t i
        cdef Run run
        self.runs, self.size = runs, len(runs)
        self.lines = <Line *> PyMem_Malloc((self.size + 1) * sizeof(Line))
        if self.lines == NULL:
            raise MemoryError
        for i in range(self.size):
            one = runs[i]
            if type(one) is Run:
                run = <Run> one
                self.note(i, len(run.text), run.link_chars, run.chrome, run.main, run.level, run.kind)
            else:
                self.note(i, len(<str?> one.text), one.link_chars, one.chrome, one.main, one.level, one.kind)

    cdef int note(
        self, Py_ssize_t i, Py_ssize_t size, Py_ssize_t links, Py_ssize_t chrome, int main, int level, str kind
    ) except -1:
        """Take in the ``i``-th run."""
        cdef Line *line = &self.lines[i]
        line.size, line.chrome, line.main, line.level = size, chrome, main, level
        line.prose = size - links if size - links > 40 else 0
        line.heading = kind == "heading"
        line.linked = 10 * links > 7 * size
        self.visible += size

    def __dealloc__(self):
        PyMem_Free(self.lines)

    def visible_chars(self):
        """Characters of all runs."""
        return self.visible

    def split(self, list keep not None):
        """Runs that are main content, and the texts of the others."""
        cdef list kept = [], others = []
        cdef Py_ssize_t i
        if not len(keep) == self.size == len(self.runs):
            raise ValueError("as many as runs")
        for i in range(self.size):
            run = self.runs[i]
            if keep[i]:
                kept.append(run)
            else:
                others.append((<Run> run).text if type(run) is Run else run.text)
        return kept, others

    def chars(self, Py_ssize_t roots):
        """Characters of prose by chrome root."""
        cdef list found = [0] * roots
        cdef Py_ssize_t i, root = 0, sum = 0
        for i in range(self.size):
            if not 0 <= self.lines[i].chrome < roots:
                raise IndexError("a run of no root")
            if self.lines[i].chrome != root:
                # Runs of a root stand together.
                found[root] += sum
                root, sum = self.lines[i].chrome, 0
            sum += self.lines[i].prose
        if self.size:
            found[root] += sum
        return found

    def titles(self):
        """Numbers of the runs that are headings of the first level."""
        cdef Py_ssize_t i
        return [i for i in range(self.size) if self.lines[i].heading and self.lines[i].level == 1]

    def mask(self, set rescued not None):
        """Bits of ``main`` of which a run of the article has one; 0 if it need not."""
        cdef Py_ssize_t i, outside = 0, main, both = 0, marked = 0
        cdef int mask
        for i in range(self.size):
            if self.lines[i].prose and self.lines[i].chrome in rescued:
                outside += self.lines[i].prose
                marked += self.lines[i].prose if self.lines[i].main & 2 else 0
                both += self.lines[i].prose if self.lines[i].main & 3 else 0
        for mask in (2, 3):
            main = marked if mask == 2 else both
            if (main >= 600 or 2 * main > outside > 0) and 10 * main > 3 * outside:
                return mask
        return 0

    def keep(self, set rescued not None, int mask):
        """Whether each run is main content, as far as it alone tells."""
        cdef list kept = []
        cdef Line *line
        cdef Py_ssize_t i, root = -1
        cdef bint inside = False
        for i in range(self.size):
            line = &self.lines[i]
            if line.chrome != root:
                root = line.chrome
                inside = root in rescued
            kept.append(
                inside
                and (not mask or line.main & mask != 0)
                and not (line.linked and line.size <= 120 and not line.heading)
            )
        return kept

    def drop_teasers(self, list keep not None):
        """Headings that are links, with no text under them, are a list of other pages."""
        cdef Line *line
        cdef Line *following = NULL
        cdef Py_ssize_t i
        if len(keep) != self.size:
            raise ValueError("as many as runs")
        for i in range(self.size - 1, -1, -1):
            if not keep[i]:
                continue
            line = &self.lines[i]
            if line.heading and line.level > 1 and line.linked:
                if following == NULL or following.heading or following.size < 40:
                    keep[i] = False
                    continue
            following = line


def placed(type kind not None, list found not None, set rescued not None, int mask):
    """Named tuples of what was found; in Python: `content.placed_in_python`."""
    cdef list out = []
    cdef tuple item, place
    cdef Py_ssize_t size, i
    if not issubclass(kind, tuple):
        raise TypeError("places are named tuples")
    for item in found:
        size = len(item) - 2
        if size < 0:
            raise ValueError("a root and bits come last")
        main = item[size] in rescued and (not mask or <int> item[size + 1] & mask != 0)
        # As `tuple.__new__` makes one, but from no other tuple; it is filled before anything else is done.
        place = <tuple> PyType_GenericAlloc(kind, size + 1)
        for i in range(size):
            _put(place, i, item[i])
        _put(place, size, main)
        out.append(place)
    return out


cdef inline void _put(tuple values, Py_ssize_t at, object value) noexcept:
    """Fill an empty place of a tuple."""
    Py_INCREF(value)
    PyTuple_SET_ITEM(values, at, value)


cdef enum:
    MOST_MARKS = 32


cdef class Marks:
    """Short ASCII texts of which any is looked for, all in one pass: one by one they take ten times as long."""

    cdef tuple marks
    cdef const char *wanted[MOST_MARKS]
    cdef Py_ssize_t count
    # Which three characters, the lowest five bits of each, stand in a mark from its first, second or third on.
    cdef uint8_t inside[1 << 15]

    def __cinit__(self, marks):
        cdef Py_ssize_t i, at
        self.marks = tuple([mark.encode("ascii") for mark in marks])
        memset(self.inside, False, sizeof(self.inside))
        self.count = len(self.marks)
        if self.count > MOST_MARKS:
            raise ValueError(f"more than {MOST_MARKS} marks")
        for i, mark in enumerate(self.marks):
            if len(mark) < 5:
                raise ValueError("a mark has five characters or more")
            self.wanted[i] = mark
            for at in range(3):
                self.inside[_three(<const uint8_t *> self.wanted[i] + at)] = True

    def any_in(self, bytes page not None):
        """Whether one of the marks stands in a page in UTF-8."""
        cdef const uint8_t *text = <const uint8_t *> PyBytes_AS_STRING(page)
        cdef Py_ssize_t at = 0, start, i, size = len(page)
        # Of the first three characters of a mark, one stands at a place that three divides.
        while at + 3 <= size:
            if self.inside[_three(text + at)]:
                for start in range(max(at - 2, 0), at + 1):
                    for i in range(self.count):
                        if _stands_at(text + start, self.wanted[i]):
                            return True
            at += 3
        return False


cdef inline unsigned int _three(const uint8_t *text) noexcept:
    return (text[0] & 31) << 10 | (text[1] & 31) << 5 | text[2] & 31


cdef bint _stands_at(const uint8_t *here, const char *mark) noexcept:
    """Whether a mark, which has no zero in it, stands at a place; behind the last byte of a page Python puts a zero."""
    while mark[0]:
        if here[0] != <uint8_t> mark[0]:
            return False
        here += 1
        mark += 1
    return True
