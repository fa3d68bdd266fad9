"""Phrases of many lists in a text, in one pass; in Python: `qualityscore.signals.phrases`."""

from cpython.mem cimport PyMem_Free, PyMem_Realloc
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t
from libc.string cimport memset

import numpy as np

from qualityscore.native.characters cimport Char, Text, char_at, text_of

cdef extern from "Python.h":
    bint Py_UNICODE_ISALNUM(Py_UCS4 char) nogil

cdef enum:
    ASCII = 128


cdef struct Node:
    # Where the children are, less the code of the character that leads to each; -1 where one phrase alone goes on.
    int32_t base
    # Place of the parent, -1 for the root and where no node is.
    int32_t parent
    # Number of the phrase that ends here or that goes on alone, -1 for none.
    int32_t phrase


cdef class Finder:
    """A tree of all phrases, entered wherever a word begins: a phrase matches at word boundaries only.

    It is a double array: every character of the phrases has a code, and the child that one leads to stands at the
    base of its parent and that code, so that a step takes one look. Code 0 is any other character and leads nowhere.
    """

    cdef list phrases, lists, owners
    # All phrases in a row, and where each starts.
    cdef str joined
    cdef Text joined_chars
    cdef const int64_t[::1] begins
    cdef Node *nodes
    cdef Py_ssize_t room
    cdef int32_t n_codes
    cdef uint8_t codes[ASCII]
    cdef uint8_t letters[ASCII]
    cdef dict others

    def __init__(self, list phrases, list lists, list owners):
        """The phrases, sorted; the lists, each a signal and a name; and in which lists each phrase is."""
        cdef Py_ssize_t place
        if phrases != sorted(set(phrases)) or "" in phrases or len(owners) != len(phrases) or self.nodes != NULL:
            raise ValueError("phrases must be sorted, different and not empty")
        self.phrases, self.lists, self.owners, self.others = phrases, lists, owners, {}
        self.joined = "".join(phrases)
        self.joined_chars = text_of(self.joined)
        self.begins = np.cumsum([0, *map(len, phrases)], dtype=np.int64)
        memset(self.codes, 0, sizeof(self.codes))
        for place in range(ASCII):
            self.letters[place] = Py_UNICODE_ISALNUM(place)
        self.n_codes = 1
        for char in sorted(set(self.joined)):
            if ord(char) < ASCII:
                self.codes[<Py_ssize_t> ord(char)] = self.n_codes
            else:
                self.others[ord(char)] = self.n_codes
            self.n_codes += 1
        self._grow()
        self._plant()

    def __dealloc__(self):
        PyMem_Free(self.nodes)

    def __reduce__(self):
        return Finder, (self.phrases, self.lists, self.owners)

    cdef int _grow(self) except -1:
        """Make room for twice as many nodes."""
        cdef Py_ssize_t room = 2 * self.room + 4 * self.n_codes, at
        cdef Node *nodes = <Node *> PyMem_Realloc(self.nodes, room * sizeof(Node))
        if nodes == NULL:
            raise MemoryError
        for at in range(self.room, room):
            nodes[at].base, nodes[at].parent, nodes[at].phrase = 0, -1, -1
        self.nodes, self.room = nodes, room
        return 0

    cdef int _plant(self) except -1:
        """Give every node its place, level by level: most words come to the first ones only."""
        cdef Py_ssize_t low, high, depth, place, at, free = 1
        cdef int32_t base
        cdef list todo = [(0, len(self.phrases), 0, 0)], codes
        for low, high, depth, place in todo:
            if high - low == 1:
                self.nodes[place].phrase, self.nodes[place].base = low, -1
                continue
            if low < high and len(self.phrases[low]) == depth:
                self.nodes[place].phrase = low
                low += 1
            codes = [self._code(ord(phrase[depth])) for phrase in self.phrases[low:high]]
            while free < self.room and self.nodes[free].parent >= 0:
                free += 1
            base = self._base(sorted(set(codes)), free)
            self.nodes[place].base = base
            while low < high:
                at = low
                code = codes[at - high + len(codes)]
                while at < high and codes[at - high + len(codes)] == code:
                    at += 1
                self.nodes[base + <int32_t> code].parent = place
                todo.append((low, at, depth + 1, base + code))
                low = at
        return 0

    cdef int32_t _base(self, list codes, Py_ssize_t free) except -1:
        """The first base from which the places of all these codes are free."""
        cdef int32_t base
        cdef bint fits = False
        if not codes:
            return 0
        base = max(free - <Py_ssize_t> codes[0], 0) - 1
        while not fits:
            base += 1
            # Every code leads to a place that there is, so that no step needs to look.
            if base + self.n_codes > self.room:
                self._grow()
            fits = True
            for code in codes:
                if self.nodes[base + <int32_t> code].parent >= 0:
                    fits = False
                    break
        return base

    cdef inline int32_t _code(self, uint32_t char):
        if char < ASCII:
            return self.codes[char]
        return self.others.get(char, 0) if self.others else 0

    def find(self, text):
        """Spans of all phrases by signal and list, in order; longer phrases win over phrases inside them."""
        cdef Text chars = text_of(text)
        cdef list found = [None] * len(self.lists)
        cdef dict spans = {}
        if chars.kind == 1:
            _find(self, <const uint8_t *> chars.data, chars.size, found)
        elif chars.kind == 2:
            _find(self, <const uint16_t *> chars.data, chars.size, found)
        else:
            _find(self, <const uint32_t *> chars.data, chars.size, found)
        for (signal, name), of_list in zip(self.lists, found):
            if of_list is not None:
                spans.setdefault(signal, {})[name] = of_list
        return spans


cdef int _find(Finder self, const Char *chars, Py_ssize_t size, list found) except -1:
    cdef Py_ssize_t at = 0
    cdef bint inside = False
    while at < size:
        if _is_letter(self, chars[at]):
            if not inside:
                _follow(self, chars, at, size, found)
            while at < size and _is_letter(self, chars[at]):
                at += 1
            inside = True
        else:
            _follow(self, chars, at, size, found)
            inside = chars[at] == 95
            at += 1
    return 0


cdef int _follow(Finder self, const Char *chars, Py_ssize_t start, Py_ssize_t size, list found) except -1:
    """Note all phrases that start at a place."""
    cdef Py_ssize_t at = start, place
    cdef const Node *nodes = self.nodes
    cdef int32_t node = 0, child, phrase
    cdef bint alone
    while True:
        phrase, alone = nodes[node].phrase, nodes[node].base < 0
        if alone:
            for place in range(self.begins[phrase] + at - start, self.begins[phrase + 1]):
                if at == size or char_at(&self.joined_chars, place) != chars[at]:
                    return 0
                at += 1
        if phrase >= 0 and (
            at == size
            or not _is_letter(self, chars[at - 1])
            or not (_is_letter(self, chars[at]) or chars[at] == 95)
        ):
            _add(<list> self.owners[phrase], start, at, found)
        if alone or at == size:
            return 0
        child = nodes[node].base + self._code(chars[at])
        if nodes[child].parent != node:
            return 0
        node, at = child, at + 1


cdef inline bint _is_letter(Finder self, uint32_t char) noexcept:
    """Whether a character is a letter or a digit."""
    return self.letters[char] if char < ASCII else Py_UNICODE_ISALNUM(char)


cdef int _add(list owners, Py_ssize_t start, Py_ssize_t end, list found) except -1:
    """Note a span for all lists that have its phrase; spans come by their start, then by their end."""
    cdef list spans
    cdef Py_ssize_t last, last_start, last_end
    for owner in owners:
        if found[owner] is None:
            found[owner] = [(start, end)]
            continue
        spans = found[owner]
        last = len(spans) - 1
        last_start, last_end = spans[last]
        if start >= last_end:
            spans.append((start, end))
        elif start == last_start:
            spans[last] = (start, end)
    return 0
