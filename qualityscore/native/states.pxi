# What elements hand down, and finished runs of text; in Python: `qualityscore.document.states` and `.runs`.

cdef dict _HEADINGS = {f"h{level}": level for level in range(1, 7)}
cdef dict _KINDS = {"tr": "row", "blockquote": "quote", "pre": "code"}

# What an element hands down, of its state.
cdef enum:
    PLAIN = 1
    UNSEEN = 2
    CODE = 4
    IN_LINK = 8
    BOLD = 16


@cython.final
cdef class State:
    """`states.State`."""

    cdef public int chrome, main, level, lists
    cdef public str kind
    cdef public bint bold, link, hidden, plain
    cdef dict kids

    def __cinit__(self):
        self.kind, self.plain, self.kids = "paragraph", True, {}

    cpdef State copy(self):
        cdef State inner = State.__new__(State)
        inner.chrome, inner.main, inner.level, inner.lists = self.chrome, self.main, self.level, self.lists
        inner.kind, inner.bold, inner.link, inner.hidden = self.kind, self.bold, self.link, self.hidden
        inner.plain = self.plain
        return inner

    cdef int traits(self) noexcept:
        """What text inside is, as bits."""
        if self.plain:
            return PLAIN
        return (
            (UNSEEN if self.hidden else 0)
            | (CODE if self.kind == "code" else 0)
            | (IN_LINK if self.link else 0)
            | (BOLD if self.bold else 0)
        )

    cpdef State by_tag(self, str tag):
        cdef State inner
        known = self.kids.get(tag)
        if known is None:
            inner = self.derived(tag)
            if inner is not self:
                # A state that holds itself would wait for the garbage collector.
                self.kids[tag] = inner
            return inner
        return <State> known

    cdef State derived(self, str tag):
        cdef State inner = self.copy()
        if tag in _HEADINGS:
            inner.kind, inner.level = "heading", _HEADINGS[tag]
        elif tag in _KINDS:
            inner.kind, inner.level = _KINDS[tag], 0
        elif tag == "li":
            inner.kind, inner.level = "item", max(self.lists, 1)
        elif tag == "ul" or tag == "ol":
            inner.lists += 1
        elif tag == "a":
            inner.link = True
        elif tag == "b" or tag == "strong":
            inner.bold = True
        else:
            return self
        inner.plain = not (inner.link or inner.bold or inner.hidden or inner.kind == "code")
        return inner


cdef class Run:
    """`runs.Run`; what it holds is told by ``walk.pxd``."""


cdef Run _run(str text, State state, Py_ssize_t bold_lead, Py_ssize_t link_chars):
    cdef Run run = Run.__new__(Run)
    cdef Py_ssize_t size = len(text)
    run.text, run.kind, run.level = text, state.kind, state.level
    run.chrome, run.main = state.chrome, state.main
    run.bold_lead, run.link_chars = min(bold_lead, size), min(link_chars, size)
    return run
