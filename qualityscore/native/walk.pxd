"""Runs of text, which other compiled parts look into."""


cdef class Run:
    """`runs.Run`."""

    cdef readonly str text, kind
    cdef readonly int level, chrome, main
    cdef readonly Py_ssize_t bold_lead, link_chars
