"""The loop that calls the signals; in Python: `qualityscore.signals.registry`."""

cimport cython
from libc.math cimport signbit

# One object: a reading is equal to another only if their NaN is the same.
_NAN = float("nan")


cdef class Runner:
    """What the readings are made of: the classes and functions of the registry, which imports this module."""

    cdef object reading, make, no_hits, quoted, failed

    def __init__(self, reading, no_hits, quoted, failed):
        """The class of readings, the hits of a signal without any, and what quotes findings and records errors."""
        self.reading, self.make = reading, reading.__new__
        self.no_hits, self.quoted, self.failed = no_hits, quoted, failed

    def read(self, task, list going, limits, bint strict, bint evidence, clock, double last):
        """Read one signal from documents; arguments and result as for `registry.read_in_python`."""
        cdef Py_ssize_t min_words = task.min_words, min_sentences = task.min_sentences
        cdef bint html = task.html, phrases = task.phrases, phrases_only = task.phrases_only, late = False
        cdef list features = task.features
        cdef double now, left
        cdef dict values
        function, id, family, level = task.signal.function, task.id, task.family, task.level
        nothing = task.nothing
        for work in going:
            if (
                <Py_ssize_t> work.n_words < min_words
                or (html and not work.html)
                or (min_sentences and len(work.doc.sentences) < min_sentences)
            ):
                (<list?> work.readings).append(task.not_applicable)
                continue
            if phrases_only and id not in work.hits:
                (<list?> work.readings).append(nothing)
                continue
            doc = work.doc
            try:
                measured = function(doc, work.hits.get(id, self.no_hits)) if phrases else function(doc)
                measures, findings = measured.values, measured.findings
                # Most signals find nothing on most pages: one reading that says so serves them all.
                if nothing is not None and not findings and _all_zero(features, measures):
                    reading = nothing
                else:
                    values = _checked(features, measures)
                    found = ()
                    if evidence:
                        if findings:
                            found = self.quoted(doc, findings, limits)
                        elif level and _any_found(features, values):
                            found = level
                    reading = self.make(self.reading)
                    reading.id, reading.family, reading.status = id, family, "ok"
                    reading.values, reading.evidence, reading.error = values, found, ""
            except Exception as error:
                reading = self.failed(task, error, strict)
            (<list?> work.readings).append(reading)
            now = clock()
            left = work.left - (now - last)
            work.left = left
            last = now
            late = late or left < 0
        return last, late


cdef bint _all_zero(list features, measured) except -1:
    """Whether these are the values of the features and all of them 0; not so for -0, which a record shows."""
    cdef double number
    for name, _, _, _ in features:
        number = float(measured[name])
        if number != 0 or signbit(number):
            return False
    return len(measured) == len(features)


cdef dict _checked(list features, measured):
    """The values of a signal's features, each within its range or NaN."""
    cdef dict values = {}
    cdef double number
    for name, low, high, _ in features:
        value = float(measured[name])
        number = value
        if <double> low <= number <= <double> high:
            values[name] = value
        elif number != number:
            values[name] = _NAN
        else:
            raise ValueError(f"{name} = {value} is outside {low} to {high}")
    if len(measured) != len(values):
        raise ValueError("returned a value that no feature declares")
    return values


cdef bint _any_found(list features, dict values) except -1:
    """Whether a value says that something was found."""
    for name, low, _, found in features:
        if found and <double> values[name] > <double> low:
            return True
    return False


@cython.boundscheck(True)
def fill_rows(pages, list wanted, double[:, ::1] rows):
    """Fill in what signals measured; in Python: `qualityscore.model.columns`."""
    cdef Py_ssize_t at = 0, column
    for readings in pages:
        for number, features in wanted:
            values = readings[number].values
            if values:
                for feature, column in features:
                    rows[at, column] = values[feature]
        at += 1
