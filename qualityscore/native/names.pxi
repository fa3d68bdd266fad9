# Short names and their numbers.

@cython.final
cdef class Names:
    """Numbers of short names, found without making a `str` of what is looked up."""

    cdef uint64_t low[512]
    cdef uint64_t high[512]
    cdef int number[512]

    def __cinit__(self, names):
        cdef uint64_t low, high
        cdef int i, place
        assert len(names) <= 256
        for place in range(512):
            self.number[place] = -1
        for i, name in enumerate(names):
            low = int.from_bytes(name.encode("ascii")[:8], "little")
            high = int.from_bytes(name.encode("ascii")[8:16], "little")
            place = _place(low, high)
            while self.number[place] >= 0:
                place = (place + 1) & 511
            self.low[place], self.high[place], self.number[place] = low, high, i

    cdef int find(self, const uint64_t *key) noexcept:
        """Number of a name by its first and next eight characters; -1 if there is none."""
        cdef uint64_t low = key[0], high = key[1]
        cdef int place = _place(low, high)
        while self.number[place] >= 0:
            if self.low[place] == low and self.high[place] == high:
                return self.number[place]
            place = (place + 1) & 511
        return -1


cdef inline int _place(uint64_t low, uint64_t high) noexcept:
    return <int> (((low ^ high * <uint64_t> 0x9E3779B97F4A7C15) * <uint64_t> 0xD6E8FEB86659FD93) >> 55)
