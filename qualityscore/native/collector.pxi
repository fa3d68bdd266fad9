# What links, images and elements without text of the page say; in Python: `qualityscore.document.walk` and `.metadata`.

# As `walk.ADDRESS`.
cdef enum:
    ADDRESS = 2000


@cython.final
cdef class Collector:
    """Fills a `walk.Walk` and its `metadata.Head`."""

    cdef Walker tools
    cdef Markup page
    cdef Attributes said
    cdef object head
    cdef list links, images, scripts, inline_scripts

    def __cinit__(self, Walker tools, Markup page, Attributes said, walk):
        self.tools, self.page, self.said = tools, page, said
        self.head, self.links, self.images = walk.head, walk.links, walk.images
        self.scripts, self.inline_scripts = walk.head.scripts, walk.head.inline_scripts

    cdef int link(self, Py_ssize_t at, str href, State state) except -1:
        """Take a link whose start tag ends at a place."""
        text = _link_text(self.page, self.tools, at)
        self.links.append((href[:ADDRESS], text, self.said.get(REL), state.chrome, state.main))

    cdef int image(self, State state) except -1:
        cdef str src = self.said.get(SRC)
        if not src or src.startswith("data:"):
            src = self.said.get(DATA_SRC) or self.said.get(DATA_LAZY) or src
        self.images.append((src[:ADDRESS], self.said.get(ALT), state.chrome, state.main))

    cdef int fact(self, int traits) except -1:
        """Take the page's language or a time."""
        if traits & HTML:
            self.head.language = self.said.get(LANG)
        else:
            self.head.time(self.said.get(DATETIME))

    cdef int in_head(self, int traits) except -1:
        """Take a ``meta``, ``link`` or ``iframe``."""
        cdef str name
        if traits & META:
            name = self.said.get(NAME) or self.said.get(PROPERTY) or self.said.get(ITEMPROP)
            if name and name.strip().lower() in self.tools.meta_names:
                self.head.meta(self.said.get_all(DESCRIBING))
        elif traits & LINK:
            if self.said.holds(REL, b"canonical"):
                self.head.link(self.said.get_all(1u << REL | 1u << HREF))
        elif traits & IFRAME:
            self.head.iframe(self.said.get(SRC))

    cdef int script(self, Py_ssize_t at, Py_ssize_t end) except -1:
        """Take a script whose text stands between two places."""
        cdef str src = self.said.get(SRC), kind
        cdef Py_ssize_t room
        if src:
            self.scripts.append(src[:ADDRESS])
            return 0
        kind = self.said.get(KIND)
        if "ld+json" in kind:
            self.head.script(src, kind, PyUnicode_Substring(self.page.text, at, end))
            return 0
        room = self.head.script_room
        if room > 0:
            end = min(end, at + min(room, self.tools.script_chars))
            self.inline_scripts.append(PyUnicode_Substring(self.page.text, at, end))
            self.head.script_room = room - (end - at)
