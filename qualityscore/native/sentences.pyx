"""Where sentences end; in Python: `qualityscore.document.sentences`."""

from libc.stdint cimport int64_t

from qualityscore.native.characters cimport (
    Py_UNICODE_ISALPHA,
    Py_UNICODE_ISSPACE,
    Py_UNICODE_ISUPPER,
    PyUnicode_READ,
    PyUnicode_Substring,
    Text,
    char_at,
    text_of,
)


cdef class Splitter:
    """Splits lines into sentences."""

    cdef object sentence, make
    cdef object abbreviations
    cdef object starters
    cdef Py_ssize_t longest

    def __init__(self, sentence, abbreviations, starters):
        """``sentence``: the class of a sentence; words a full stop abbreviates, words that start one."""
        self.sentence, self.make = sentence, sentence.__new__
        self.abbreviations, self.starters = abbreviations, starters
        self.longest = max(map(len, abbreviations))

    def split(self, text, lines, list raw, const int64_t[::1] start_at):
        """Sentences of article lines that are not headings."""
        cdef Text chars = text_of(text)
        cdef list found = []
        cdef Py_ssize_t number = 0
        if len(raw) != start_at.shape[0]:
            raise ValueError("every word has a start")
        for line in lines:
            if not (line.chrome or line.heading):
                self._split_line(text, &chars, line, number, raw, start_at, found)
            number += 1
        return tuple(found)

    cdef int _split_line(
        self,
        object text,
        const Text *chars,
        object line,
        Py_ssize_t number,
        list raw,
        const int64_t[::1] starts,
        list found,
    ) except -1:
        """Add the sentences of one line."""
        cdef Py_ssize_t begin = line.start, line_end = line.end, first = line.first, line_last = line.last
        cdef Py_ssize_t low = begin, at = begin, dot, end, last = first
        if not (0 <= begin <= line_end <= chars.size and 0 <= first <= line_last <= starts.shape[0]):
            raise ValueError("a line ends outside the text")
        if first == line_last:
            return 0
        while True:
            dot = at = _next_stop(chars, at, line_end)
            if at == line_end:
                break
            while at < line_end and _stops(char_at(chars, at)):
                at += 1
            while at < line_end and _closes(char_at(chars, at)):
                at += 1
            end = at
            if not _may_end(chars, end, line_end):
                continue
            while last < line_last and starts[last] < end:
                last += 1
            if end < line_end and char_at(chars, dot) == ".":
                following = raw[last] if last < line_last else ""
                if self._is_abbreviation(text, chars, low, dot, following, end - dot):
                    continue
            if last == first:
                continue
            found.append(self._sentence(begin, end, first, last, number))
            first = last
            begin = starts[last] if last < line_last else end
            # Keep an opening quote or bracket with its sentence.
            while begin > end and _opens(char_at(chars, begin - 1)):
                begin -= 1
        if first < line_last:
            found.append(self._sentence(begin, line_end, first, line_last, number))
        return 0

    cdef object _sentence(
        self, Py_ssize_t start, Py_ssize_t end, Py_ssize_t first, Py_ssize_t last, Py_ssize_t line
    ):
        """A sentence, made in half the time that its constructor takes."""
        sentence = self.make(self.sentence)
        sentence.start, sentence.end, sentence.first, sentence.last, sentence.line = start, end, first, last, line
        return sentence

    cdef bint _is_abbreviation(
        self,
        object text,
        const Text *chars,
        Py_ssize_t low,
        Py_ssize_t dot,
        object following,
        Py_ssize_t stops,
    ) except -1:
        cdef Py_ssize_t start = dot
        cdef bint dotted = False
        while start > low and dot - start < 12:
            if char_at(chars, start - 1) == ".":
                dotted = True
            elif not Py_UNICODE_ISALPHA(char_at(chars, start - 1)):
                break
            start -= 1
        if dot - start == 1 and Py_UNICODE_ISUPPER(char_at(chars, start)):
            return char_at(chars, start) != "I"
        if dotted and dot - start <= 5:
            # "U.S." ends a sentence only before a word that starts one; names follow it as often.
            return following not in self.starters
        # In lower case a word never gets shorter.
        if stops != 1 or dot - start > self.longest:
            return False
        return PyUnicode_Substring(text, start, dot).lower() in self.abbreviations


cdef inline bint _stops(Py_UCS4 char) noexcept:
    # Letters come behind all marks but one.
    return char == "…" if char > "?" else char == "." or char == "!" or char == "?"


cdef inline Py_ssize_t _next_stop(const Text *chars, Py_ssize_t at, Py_ssize_t end) noexcept:
    """Where the next mark stands that may end a sentence; ``end`` if there is none."""
    cdef int kind = chars.kind
    cdef const void *data = chars.data
    while at < end and not _stops(PyUnicode_READ(kind, data, at)):
        at += 1
    return at


cdef inline bint _closes(Py_UCS4 char) noexcept:
    return char == '"' or char == "'" or char == ")" or char == "]"


cdef inline bint _opens(Py_UCS4 char) noexcept:
    return char == '"' or char == "'" or char == "(" or char == "["


cdef inline bint _may_end(const Text *chars, Py_ssize_t at, Py_ssize_t end) noexcept:
    """Whether a sentence may end: before white space or a capitalised word, or at the line's end."""
    if at == end or Py_UNICODE_ISSPACE(char_at(chars, at)):
        return True
    return at + 1 < end and "A" <= char_at(chars, at) <= "Z" and "a" <= char_at(chars, at + 1) <= "z"
