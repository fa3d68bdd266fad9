"""Where words may be hyphenated, by Liang's patterns; in Python: `qualityscore.signals.spelling`."""

from libc.stdint cimport int32_t, uint8_t
from libc.string cimport memset

import numpy as np

cdef enum:
    ASCII = 128
    # As many characters of a word as are looked at, and the points around them.
    LONGEST = 40
    POINTS = LONGEST + 3


cdef class Patterns:
    """A tree of all patterns: of each its letters lead to a node, which says what it does to the points behind."""

    # Of each node: the child that each letter leads to, 0 for none; where its values are, how many, the first point.
    cdef int32_t[:, ::1] children
    cdef int32_t[:, ::1] effects
    cdef const uint8_t[::1] flat
    cdef uint8_t[ASCII] codes
    cdef dict others

    def __init__(self, dict patterns not None):
        """Patterns, each with the first point it speaks of and its values from there on.

        Raises:
            ValueError: a pattern speaks of points beyond its letters.
        """
        cdef str pattern
        cdef Py_ssize_t offset, size = 1, node
        cdef list flat = []
        memset(self.codes, 0, sizeof(self.codes))
        self.others = {}
        letters = sorted(set("".join(patterns)))
        for number, char in enumerate(letters, 1):
            if ord(char) < ASCII:
                self.codes[<Py_ssize_t> ord(char)] = number
            else:
                self.others[char] = number
        most = 1 + sum(map(len, patterns))
        # What is not used of it takes no memory before it is let go.
        self.children = children = np.zeros((most, len(letters) + 1), dtype=np.int32)
        self.effects = effects = np.zeros((most, 3), dtype=np.int32)
        for pattern, (offset, values) in patterns.items():
            if offset < 0 or offset + len(values) > len(pattern) + 1 or not pattern:
                raise ValueError(f"a pattern that does not fit its values: {pattern}")
            node = 0
            for char in pattern:
                if not self.children[node, self._code(char)]:
                    self.children[node, self._code(char)] = size
                    size += 1
                node = self.children[node, self._code(char)]
            self.effects[node, 0] = len(flat)
            self.effects[node, 1] = len(values)
            self.effects[node, 2] = offset
            flat += values
        self.children, self.effects = children[:size].copy(), effects[:size].copy()
        self.flat = bytes(flat) or b"\0"

    cdef inline Py_ssize_t _code(self, Py_UCS4 char):
        """Number of a letter, 0 for one that no pattern has."""
        if char < ASCII:
            return self.codes[char]
        return self.others.get(char, 0)

    def breaks(self, str word not None, Py_ssize_t left, Py_ssize_t right):
        """In how many places a lower-case word may be broken, ``left`` and ``right`` letters from its ends or more.

        Raises:
            ValueError: it has more than 40 letters.
        """
        cdef Py_ssize_t size = len(word), start, at, node, code, first, count, i, found = 0
        cdef Py_ssize_t[LONGEST + 2] codes
        cdef uint8_t[POINTS] points
        cdef uint8_t value
        if size > LONGEST:
            raise ValueError("the word is too long")
        memset(points, 0, sizeof(points))
        codes[0] = codes[size + 1] = self.codes[46]  # full stops stand for the word's ends
        for at in range(size):
            codes[at + 1] = self._code(word[at])
        for start in range(size + 2):
            node = 0
            for at in range(start, size + 2):
                code = codes[at]
                node = self.children[node, code] if code else 0
                if not node:
                    break
                first, count = self.effects[node, 0], self.effects[node, 1]
                for i in range(count):
                    value = self.flat[first + i]
                    # At most one behind the letters of the pattern, and so within the points.
                    if value > points[start + self.effects[node, 2] + i]:
                        points[start + self.effects[node, 2] + i] = value
        for at in range(max(left, 0) + 1, min(size - right + 2, POINTS)):
            found += points[at] & 1
        return found
