"""The walk over a page as the parser writes it out again; in Python, over its tree: `qualityscore.document.walk`.

A Python object for every node, text and attribute takes most of the time of that walk. This one reads one `str`.
"""

cimport cython
from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.unicode cimport (
    Py_UNICODE_ISSPACE,
    PyUnicode_DATA,
    PyUnicode_FromKindAndData,
    PyUnicode_KIND,
    PyUnicode_READ,
    PyUnicode_Substring,
)
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memchr, memcmp, memset

include "markup.pxi"
include "runs.pxi"
include "states.pxi"
include "names.pxi"
include "meaning.pxi"
include "tags.pxi"
include "attributes.pxi"
include "places.pxi"
include "collector.pxi"

# Deeper pages are walked as trees.
cdef enum:
    MOST_OPEN = 2048


cdef struct Frame:
    # Of the open element: where its name stands in its start tag, and whether a block ends with it.
    Py_ssize_t name
    Py_ssize_t length
    bint block
    # Of the state outside.
    int traits
    int chrome


@cython.final
cdef class _Walk:
    cdef Walker tools
    cdef Markup page
    cdef Block block
    cdef list runs, hidden
    cdef Places places
    cdef Collector collector
    # Elements open around the place reached, and the states outside them.
    cdef Frame *frames
    cdef int depth, most_open
    cdef list outer
    # How many elements were open at the one that is left out, -1 if none is; of them ``foreign`` are svg or math.
    cdef int skipping, foreign
    cdef object foreign_is_plain
    cdef State state
    cdef int traits, chrome
    cdef Py_ssize_t nodes, most_nodes
    cdef Tags tags
    # Of the start tag read last.
    cdef Attributes attributes

    def __cinit__(self, Walker tools, str page, walk, foreign_is_plain):
        self.frames = <Frame *> PyMem_Malloc(MOST_OPEN * sizeof(Frame))
        if self.frames == NULL:
            raise MemoryError
        self.tools, self.page, self.block = tools, Markup(page), Block()
        self.foreign_is_plain = foreign_is_plain
        self.attributes = Attributes(self.page, tools)
        self.places, self.collector = Places(tools, walk.places), Collector(tools, self.page, self.attributes, walk)
        self.runs, self.hidden, self.outer, self.tags = walk.runs, walk.hidden, [], Tags(tools, self.page, walk.tags)
        self.depth = self.foreign = 0
        self.skipping = -1
        self.most_open = <int> max(min(MOST_OPEN, walk.limits.max_depth), 0)
        self.nodes, self.most_nodes = 0, min(walk.limits.max_nodes, 1 << 60)
        self.set_state(State())

    def __dealloc__(self):
        PyMem_Free(self.frames)

    cdef int document(self) except -1:
        """Everything from the root on; what is in front of it is not walked."""
        cdef Py_ssize_t at = 0, end
        while self.page.has(at, b"<!") or self.page.has(at, b"<?"):
            if self.page.has(at, b"<!doctype"):
                at = self.page.behind(u">", at)
            else:
                at = self.page.comment_end(at)
        if not self.page.has(at, b"<html") or not _ends_name(self.page.at(at + 5)):
            raise _Unusual
        at = self.start_tag(at)
        while at < self.page.size:
            end = self.page.find(u"<", at, self.page.size)
            if end > at:
                self.text(at, end)
                at = end
            elif self.page.at(at + 1) == u"/":
                at = self.end_tag(at)
            elif self.page.at(at + 1) == u"!" or self.page.at(at + 1) == u"?":
                at = self.page.comment_end(at)
                self.count_node()
            else:
                if not self.depth:
                    raise _Unusual
                at = self.start_tag(at)
        if self.depth:
            raise _Unusual
        if self.block.size:
            self.flush()
        self.tags.fill()

    cdef inline int count_node(self) except -1:
        if self.skipping < 0:
            self.nodes += 1
            if self.nodes > self.most_nodes:
                raise _Unusual

    cdef void set_state(self, State state) noexcept:
        self.state, self.chrome, self.traits = state, state.chrome, state.traits()

    cdef int flush(self) except -1:
        """End the block that text was gathered for."""
        cdef Block block = self.block
        if self.traits & CODE:
            self.runs.extend(self.tools.code_runs(block.raw(), self.state))
        else:
            text = block.collapsed()
            if text:
                self.runs.append(_run(text, self.state, block.bold_lead, block.link_chars))
        block.clear()

    cdef int text(self, Py_ssize_t start, Py_ssize_t end) except -1:
        """A text node."""
        cdef Block block = self.block
        cdef Py_ssize_t size
        cdef Py_UCS4 *out
        if not self.depth:
            raise _Unusual
        self.count_node()
        if self.skipping >= 0:
            return 0
        out = block.room(end - start)
        size = self.page.unescape(start, end, out, end - start, True)
        if self.traits & PLAIN:
            if block.size or not _is_space(out, size):
                block.add(size, False, False, False)
        elif self.traits & UNSEEN:
            if not _is_space(out, size):
                self.hidden.append(_stripped(out, size))
        elif block.size or not _is_space(out, size):
            block.add(size, self.traits & CODE != 0, self.traits & IN_LINK != 0, self.traits & BOLD != 0)

    cdef int open(self, Py_ssize_t name, Py_ssize_t length, bint block) except -1:
        if self.depth >= (MOST_OPEN if self.skipping >= 0 else self.most_open):
            raise _Unusual
        self.frames[self.depth].name = name
        self.frames[self.depth].length = length
        self.frames[self.depth].block = block
        self.frames[self.depth].traits = self.traits
        self.frames[self.depth].chrome = self.chrome
        self.depth += 1

    cdef Py_ssize_t end_tag(self, Py_ssize_t at) except -1:
        cdef Frame *frame
        if not self.depth:
            raise _Unusual
        frame = &self.frames[self.depth - 1]
        at = _close(self.page, at, frame.name, frame.length)
        self.depth -= 1
        if self.skipping >= 0:
            self.foreign -= frame.block
            if self.depth == self.skipping:
                self.skipping = -1
            return at
        if self.block.size and (frame.block or frame.chrome != self.chrome):
            self.flush()
        self.state = <State> self.outer.pop()
        self.traits, self.chrome = frame.traits, frame.chrome
        return at

    cdef Py_ssize_t start_tag(self, Py_ssize_t at) except -1:
        """An element from its start tag on; where to go on, behind it if it holds nothing to walk."""
        cdef Py_ssize_t name = at + 1
        cdef Py_ssize_t length
        cdef int number, what = 0, traits = 0
        cdef State inner
        cdef Py_UCS4 first = self.page.at(name)
        if not (u"a" <= first <= u"z" or u"A" <= first <= u"Z"):
            raise _Unusual
        length = self.page.read_name(name, False) - name
        number = self.tools.names.find(self.page.key)
        if number >= 0:
            what, traits = self.tools.what[number], self.tools.traits[number]
        at = self.attributes.read(name + length)
        if self.skipping >= 0:
            return self.leave_out(at, name, length, traits)
        if traits & TREE_ONLY or (traits & RAW and not what & SKIPPED):
            raise _Unusual
        self.count_node()
        tag = self.tags.count(number, name, length)
        if what & SKIPPED:
            return self.skip(at, name, length, traits)
        if self.block.size:
            if what & BLOCK:
                self.flush()
            elif what & CELL:
                self.block.add_border()
        if traits & (A | IMAGE | HTML | TIME):
            inner = self.other(at, traits)
        elif what & READ:
            inner = self.places.enter(tag, what, traits, self.attributes, self.state, self.block.size > 0)
        elif traits & DERIVED:
            inner = self.state.by_tag(tag)
        else:
            inner = self.state
        if traits & VOID:
            return at
        if self.page.at(at) == u"<" and self.page.at(at + 1) == u"/":
            return _close(self.page, at, name, length)
        self.open(name, length, what & BLOCK != 0)
        self.outer.append(self.state)
        if inner is not self.state:
            self.set_state(inner)
        return at

    cdef State other(self, Py_ssize_t at, int traits):
        """Take what a link, an image and the like says; the state inside."""
        cdef str href
        if traits & A:
            href = self.attributes.get(HREF)
            if not href:
                return self.state
            self.collector.link(at, href, self.state)
            return self.places.in_link(href, self.attributes, self.state)
        if traits & IMAGE:
            self.collector.image(self.state)
        else:
            self.collector.fact(traits)
        return self.state

    cdef Py_ssize_t skip(self, Py_ssize_t at, Py_ssize_t name, Py_ssize_t length, int traits) except -1:
        """Take what an element without text of the page says, and leave out what is in it."""
        cdef Py_ssize_t end
        if traits & TITLE:
            end = self.page.find(u"<", at, self.page.size)
            self.collector.head.add_title(self.attributes.unescaped(at, end, True))
            return _close(self.page, end, name, length)
        if traits & SCRIPT:
            end = self.page.script_end(at)
            self.collector.script(at, end)
            return _close(self.page, end, name, length)
        if traits & (META | LINK | IFRAME):
            self.collector.in_head(traits)
        if traits & VOID:
            return at
        if traits & RAW:
            return _close(self.page, self.page.raw_end(at, name, length), name, length)
        self.skipping = self.depth
        return self.leave_out(at, name, length, traits)

    cdef Py_ssize_t leave_out(self, Py_ssize_t at, Py_ssize_t name, Py_ssize_t length, int traits) except -1:
        """An element that is left out, or is inside one."""
        if traits & TREE_ONLY:
            raise _Unusual
        if traits & (RAW | SCRIPT):
            # In SVG these are elements like others, but written without escapes: anything can stand there.
            if self.foreign and (self.in_template() or not self.foreign_is_plain()):
                raise _Unusual
            at = self.page.script_end(at) if traits & SCRIPT else self.page.raw_end(at, name, length)
            return _close(self.page, at, name, length)
        if traits & VOID:
            # Not so in SVG, where it has an end tag.
            if self.foreign and self.page.has(at, b"</") and self.page.same(at + 2, name, length):
                return _close(self.page, at, name, length)
            return at
        self.open(name, length, traits & FOREIGN != 0)
        self.foreign += traits & FOREIGN != 0
        return at

    cdef bint in_template(self) noexcept:
        """Whether a template is open: what is in one is no part of the tree, so nothing can be asked about it."""
        cdef int i
        for i in range(self.depth):
            if self.frames[i].length == 8 and self.page.has(self.frames[i].name, b"template"):
                return True
        return False
