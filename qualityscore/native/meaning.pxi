# What the class and id of an element say about it; in Python: `qualityscore.document.names`.

# As `names.MOST_CHARS`.
cdef enum:
    NAMES_CHARS = 400

# What `names.read_names` answers.
cdef enum:
    PLAIN_NAMES, WEAK_NAMES, STRONG_NAMES, COMMENT_NAMES, MAIN_NAMES

# What a name or a part of it may be, in the order of `names.WORDS`.
cdef enum:
    COMMENT_PART = 1
    STRONG_PART = 2
    NUMBERED = 4
    WEAK_PART = 8
    WEAK_FIRST = 16
    RANK = 32
    OF_WIDGETS = 64
    WIDGETS = 128
    TOPIC = 256
    STRONG_NAME = 512
    MAIN_NAME = 1024

cdef enum:
    PLACES = 1024
    SKETCHES = 1 << 15


cdef struct Word:
    const char *text
    Py_ssize_t size
    unsigned int hash
    # Of a word all that it may be; of a beginning the verdict.
    int says


cdef inline bint _is_blank_byte(char char) noexcept:
    """Whether names end here: ASCII that `str.split` takes for white space."""
    return char <= 32 and (char == 32 or 9 <= char <= 13 or 28 <= char <= 31)


cdef inline bint _starts(const char *text, Py_ssize_t size, const Word *word) noexcept:
    return size >= word.size and memcmp(text, word.text, word.size) == 0


cdef inline unsigned int _sketch(const char *text, Py_ssize_t third) noexcept:
    """Two letters and something else, which tell most words apart."""
    return (text[0] & 31) << 10 | (text[1] & 31) << 5 | third & 31


cdef inline void _note(uint8_t *seen, unsigned int sketch) noexcept:
    seen[sketch >> 3] |= 1 << (sketch & 7)


cdef inline bint _noted(const uint8_t *seen, unsigned int sketch) noexcept:
    return seen[sketch >> 3] >> (sketch & 7) & 1


@cython.final
cdef class Meaning:
    """Reads names that are lower case ASCII.

    Args:
        words, beginnings, ranked: of `names`.
    """

    cdef list kept
    cdef Word words[PLACES]
    cdef Word beginnings[32]
    cdef Word ranked[8]
    cdef int count_beginnings, count_ranked
    # Whether there are words, or beginnings, of a sketch: most names are none of them.
    cdef uint8_t words_seen[SKETCHES >> 3]
    cdef uint8_t beginnings_seen[SKETCHES >> 3]

    def __init__(self, words, beginnings, ranked):
        self.kept = []
        self.count_beginnings, self.count_ranked = len(beginnings), len(ranked)
        if self.count_beginnings > 32 or self.count_ranked > 8:
            raise ValueError("more beginnings than there is room for")
        says = {}
        for bit, alike in enumerate(words):
            for word in alike:
                says[word] = says.get(word, 0) | 1 << bit
        if 2 * len(says) > PLACES:
            raise ValueError("more words than there is room for")
        memset(self.words, 0, sizeof(self.words))
        memset(self.words_seen, 0, sizeof(self.words_seen))
        memset(self.beginnings_seen, 0, sizeof(self.beginnings_seen))
        for word, bits in says.items():
            self.add(word, bits)
        for i, (word, verdict) in enumerate(beginnings.items()):
            self.beginnings[i] = self.word(word, verdict)
            _note(self.beginnings_seen, _sketch(self.beginnings[i].text, self.beginnings[i].text[2]))
        for i, word in enumerate(ranked):
            self.ranked[i] = self.word(word, 0)

    cdef Word word(self, str text, int says) except *:
        cdef Word word
        cdef bytes kept = text.encode("ascii")
        if len(kept) < 2:
            raise ValueError("a word has two letters or more")
        self.kept.append(kept)
        word.text, word.size, word.says = kept, len(kept), says
        word.hash = _hash(word.text, word.size)
        return word

    cdef int add(self, str text, int says) except -1:
        cdef Word word = self.word(text, says)
        cdef unsigned int place = word.hash % PLACES
        while self.words[place].size:
            place = (place + 1) % PLACES
        self.words[place] = word
        _note(self.words_seen, _sketch(word.text, word.size))

    cdef int bits(self, const char *text, Py_ssize_t size) noexcept:
        """All that a word may be."""
        cdef unsigned int hash, place
        cdef const Word *word
        if size < 2 or not _noted(self.words_seen, _sketch(text, size)):
            return 0
        hash = _hash(text, size)
        place = hash % PLACES
        while self.words[place].size:
            word = &self.words[place]
            if word.hash == hash and word.size == size and memcmp(text, word.text, size) == 0:
                return word.says
            place = (place + 1) % PLACES
        return 0

    cdef int beginning(self, const char *name, Py_ssize_t size) noexcept:
        """What a name says by its beginning; -1 if that says nothing."""
        cdef int i
        if size > 2 and _noted(self.beginnings_seen, _sketch(name, name[2])):
            for i in range(self.count_beginnings):
                if _starts(name, size, &self.beginnings[i]):
                    return self.beginnings[i].says
        return -1

    cdef bint is_ranked(self, const char *part, Py_ssize_t size) noexcept:
        cdef int i
        for i in range(self.count_ranked):
            if _starts(part, size, &self.ranked[i]):
                return True
        return False

    cdef int of_parts(self, const char *name, Py_ssize_t size) noexcept:
        """All that a name says by its parts and as a whole; ``TOPIC`` if it says nothing whatever follows."""
        cdef Py_ssize_t start = 0, end = 0
        cdef int bits, before = 0, said = 0
        while True:
            while end < size and name[end] != 45 and name[end] != 95:  # - and _
                end += 1
            bits = self.bits(name + start, end - start)
            if not bits and end > start and 48 <= name[end - 1] <= 57:
                bits = self.bits(name + start, end - 1 - start) & NUMBERED
            said |= bits & (COMMENT_PART | STRONG_PART | NUMBERED | WEAK_PART)
            if start:
                if before & RANK and self.is_ranked(name + start, size - start):
                    said |= STRONG_PART
                if before & OF_WIDGETS and bits & WIDGETS and end == size and name[start - 1] == 45:
                    said |= WEAK_PART
            elif end == size:
                return said | bits & (WEAK_FIRST | STRONG_NAME | MAIN_NAME)
            elif bits & TOPIC:
                return TOPIC
            else:
                said |= bits & WEAK_FIRST
            if end == size:
                return said | self.bits(name, size) & (STRONG_NAME | MAIN_NAME)
            before = bits
            end += 1
            start = end

    cdef int of_name(self, const char *name, Py_ssize_t size) noexcept:
        """What a name of one character or more says."""
        cdef int verdict = self.beginning(name, size), said = self.of_parts(name, size)
        if verdict == PLAIN_NAMES or said & TOPIC:
            return PLAIN_NAMES
        if verdict == COMMENT_NAMES or said & COMMENT_PART:
            return COMMENT_NAMES
        if verdict == STRONG_NAMES or said & (STRONG_PART | NUMBERED | STRONG_NAME):
            return STRONG_NAMES
        if said & MAIN_NAME:
            return MAIN_NAMES
        return WEAK_NAMES if said & (WEAK_PART | WEAK_FIRST) else PLAIN_NAMES

    cdef int of(self, const char *names, Py_ssize_t size) noexcept:
        """What names with white space between them say."""
        cdef Py_ssize_t at = 0, start
        cdef int verdict = PLAIN_NAMES, said
        while True:
            while at < size and _is_blank_byte(names[at]):
                at += 1
            if at == size:
                return verdict
            start = at
            while at < size and not _is_blank_byte(names[at]):
                at += 1
            said = self.of_name(names + start, at - start)
            if said == COMMENT_NAMES or said == STRONG_NAMES:
                return said
            if said == MAIN_NAMES or verdict == PLAIN_NAMES:
                verdict = said


cdef inline unsigned int _hash(const char *text, Py_ssize_t size) noexcept:
    """A number of a word of one character or more: size and four characters tell most words apart."""
    cdef unsigned int hash = <unsigned int> size
    hash = hash * 31 + <uint8_t> text[0]
    hash = hash * 31 + <uint8_t> text[size >> 2]
    hash = hash * 31 + <uint8_t> text[size >> 1]
    hash = hash * 31 + <uint8_t> text[size - 1]
    return hash
