# What the walk knows of tags and attributes.

# What `states.TAGS` says of a tag.
cdef enum:
    SKIPPED = 2
    BLOCK = 4
    CELL = 8
    READ = 16
    NAMED = 32
    SPECIAL = 64

# What else the walk has to know of one.
cdef enum:
    VOID = 1
    RAW = 2  # its text is written without escapes
    SCRIPT = 4
    FOREIGN = 8
    DERIVED = 16
    TREE_ONLY = 32  # cannot be read from the written page
    A = 64
    IMAGE = 128
    HTML = 256
    TIME = 512
    META = 1024
    LINK = 2048
    TITLE = 4096
    IFRAME = 8192
    MAIN_TAG = 16384
    CHROME_TAG = 32768

_TRAITS = {
    VOID: "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr",
    RAW: "style iframe xmp noembed noframes",
    SCRIPT: "script",
    FOREIGN: "svg math",
    TREE_ONLY: "plaintext",
    A: "a",
    IMAGE: "img amp-img",
    HTML: "html",
    TIME: "time",
    META: "meta",
    LINK: "link",
    TITLE: "title",
    IFRAME: "iframe",
}
_FREQUENT = "span b i u em strong font small big center label head picture sub sup code cite s".split()

# Attributes that are read, by number; of the others only their presence counts.
cdef enum:
    CLASS, ID, STYLE, HIDDEN, ROLE, ITEMPROP, HREF, REL, SRC, ALT, DATA_SRC, DATA_LAZY, LANG, DATETIME, KIND
    CONTENT, NAME, PROPERTY, ATTRIBUTES
_ATTRIBUTES = (
    "class id style hidden role itemprop href rel src alt data-src data-lazy-src lang datetime type "
    "content name property"
).split()
# Those that may change the state inside an element.
cdef unsigned int SAYING = 1u << CLASS | 1u << ID | 1u << STYLE | 1u << HIDDEN | 1u << ROLE | 1u << ITEMPROP
# Those of an image, and of a ``meta`` element.
cdef unsigned int PICTURED = 1u << SRC | 1u << ALT | 1u << DATA_SRC | 1u << DATA_LAZY
cdef unsigned int DESCRIBING = 1u << CONTENT | 1u << NAME | 1u << PROPERTY | 1u << ITEMPROP
cdef Names attribute_names = Names(_ATTRIBUTES)

cdef class Walker:
    """What all walks share: tables, and what the walk in Python has for what is rare.

    Args:
        tags, derived, main_tags, chrome_tags: of `states`.
        meaning: of names.
        read_names: of `names`, for what is not ASCII.
        chrome_roles, hides: of `places`.
        meta_names: of `metadata`.
        code_runs: of `runs`.
        script_chars: how much of a script's text is wanted, unless that is JSON-LD.
    """

    cdef Names names
    cdef list tags
    cdef int what[256]
    cdef int traits[256]
    cdef Meaning meaning
    cdef object read_names, hides, code_runs
    cdef frozenset chrome_roles, meta_names
    cdef Py_ssize_t script_chars

    def __init__(
        self,
        *,
        tags,
        derived,
        main_tags,
        chrome_tags,
        meaning,
        read_names,
        chrome_roles,
        hides,
        meta_names,
        code_runs,
        script_chars,
    ):
        self.meaning, self.read_names, self.chrome_roles, self.hides = meaning, read_names, chrome_roles, hides
        self.meta_names, self.code_runs, self.script_chars = meta_names, code_runs, script_chars
        traits = dict.fromkeys([tag for tag in tags if tag[0] not in "-!"] + _FREQUENT, 0)
        told = {DERIVED: derived, MAIN_TAG: main_tags, CHROME_TAG: chrome_tags}
        for trait, names in [*told.items(), *[(trait, names.split()) for trait, names in _TRAITS.items()]]:
            for name in names:
                traits[name] = traits.get(name, 0) | trait
        self.tags = list(traits)
        self.names = Names(self.tags)
        for i, tag in enumerate(self.tags):
            self.what[i], self.traits[i] = tags.get(tag, 0), traits[tag]

    def walk(self, str page not None, walk, foreign_is_plain):
        """Fill a fresh `Walk` from a page, written out; false if it has to be walked as a tree instead.

        Args:
            page: the document as the parser writes it.
            walk: the `Walk` to fill; useless where the answer is false.
            foreign_is_plain: says whether no style or script in SVG or MathML holds a ``<``.
        """
        try:
            _Walk(self, page, walk, foreign_is_plain).document()
        except _Unusual:
            return False
        return True


@cython.final
cdef class Tags:
    """How often each tag occurs."""

    cdef Walker tools
    cdef Markup page
    cdef dict filled
    cdef int counts[256]

    def __cinit__(self, Walker tools, Markup page, dict filled):
        self.tools, self.page, self.filled = tools, page, filled
        memset(self.counts, 0, sizeof(self.counts))

    cdef str count(self, int number, Py_ssize_t name, Py_ssize_t length):
        """Count an element by the number or the place of its name; its tag."""
        cdef str tag
        if number < 0:
            tag = PyUnicode_Substring(self.page.text, name, name + length)
            self.filled[tag] = self.filled.get(tag, 0) + 1
            return tag
        tag = <str> self.tools.tags[number]
        if not self.counts[number]:
            self.filled[tag] = 0  # in order of their first occurrence
        self.counts[number] += 1
        return tag

    cdef int fill(self) except -1:
        cdef int i
        for i in range(len(self.tools.tags)):
            if self.counts[i]:
                self.filled[self.tools.tags[i]] = self.counts[i]
