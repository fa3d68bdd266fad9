"""Asking memory for what will be read soon."""

cdef extern from *:
    """
    #if defined(__GNUC__)
    #define fetch_ahead(place) __builtin_prefetch(place)
    #else
    #define fetch_ahead(place) ((void) 0)
    #endif
    """
    void fetch_ahead(const void *place) nogil
