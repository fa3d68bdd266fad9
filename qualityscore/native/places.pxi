# What elements hand down by their attributes; in Python: `qualityscore.document.places`.

@cython.final
cdef class Places:
    """`places.Places`, which it fills."""

    cdef Walker tools
    cdef object filled
    cdef list roots
    cdef set firm

    def __cinit__(self, Walker tools, filled):
        self.tools, self.filled, self.roots, self.firm = tools, filled, filled.roots, filled.firm

    cdef State enter(self, str tag, int what, int traits, Attributes said, State state, bint begun):
        """The state inside an element of a tag that is `READ`; ``begun``: a block has text already."""
        cdef int chrome = state.chrome, main = state.main, verdict
        cdef bint hidden = state.hidden
        cdef State inner
        if not said.present & SAYING and not what & SPECIAL:
            return state.by_tag(tag) if traits & DERIVED else state
        if said.present & 1u << HIDDEN or said.hides():
            hidden = True
        if traits & MAIN_TAG or said.says(ROLE, "main") or said.says(ITEMPROP, "articleBody"):
            main |= 2
            self.filled.semantic_main = True
        if what & NAMED:
            verdict = said.verdict()
            if verdict == MAIN_NAMES:
                main |= 1
                if chrome and self.roots[chrome] == WEAK_NAMES:
                    chrome = 0
            elif chrome == 0:
                chrome = self.root_by_attributes(tag, traits, said, verdict, main, begun)
        if chrome == 0 == state.chrome and traits & CHROME_TAG and not (state.main and tag == "header"):
            chrome = self.root(0, tag == "nav")
        if chrome == state.chrome and main == state.main and hidden == state.hidden:
            inner = state
        else:
            inner = state.copy()
            inner.chrome, inner.main, inner.hidden = chrome, main, hidden
            inner.plain = state.plain and not hidden
        return inner.by_tag(tag) if traits & DERIVED else inner

    cdef int root_by_attributes(
        self, str tag, int traits, Attributes said, int verdict, int main, bint begun
    ) except -1:
        """The chrome root that an element outside of chrome is; 0 if its attributes do not say so."""
        if said.present & 1u << ROLE and said.get(ROLE) in self.tools.chrome_roles:
            return self.root(0, True)
        if verdict == WEAK_NAMES:
            return 0 if main & 1 or traits & MAIN_TAG else self.root(verdict, False)
        if verdict == PLAIN_NAMES:
            return 0
        if verdict == COMMENT_NAMES if traits & MAIN_TAG else not begun or tag != "span":
            return self.root(verdict, False)
        return 0

    cdef int root(self, int why, bint firm) except -1:
        self.roots.append(why)
        if firm:
            self.firm.add(len(self.roots) - 1)
        return len(self.roots) - 1

    cdef State in_link(self, str href, Attributes said, State state):
        """The state inside a link."""
        if said.hides():
            state = state.copy()
            state.hidden, state.plain = True, False
        if href[0] == u"#" and state.kind == "heading":
            # A heading that links to itself is no navigation.
            return state
        return state.by_tag("a")
