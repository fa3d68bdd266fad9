"""Names and numbers among the words of a text; in Python: `qualityscore.signals.specificity._facts`."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport int64_t, uint8_t
from libc.stdlib cimport calloc, free
from libc.string cimport memchr

import numpy as np


cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(Py_UCS4 character) nogil


def name_words(
    const int64_t[::1] info,
    const uint8_t[::1] prose,
    const int64_t[::1] ids,
    Py_ssize_t n_types,
    const int64_t[::1] firsts,
    const int64_t[::1] lasts,
    const int64_t[::1] start_at,
    const uint8_t[::1] ascii,
    const uint8_t[::1] opens,
    flags,
    double most,
):
    """Words of names: seen capitalised inside a sentence at least as often as in lower case, shape (n,).

    Args:
        info, prose, ids, n_types, firsts, lasts: of `Counts`.
        start_at: where each word starts, shape (n,).
        ascii: codes of all characters, 128 for those that are not ASCII.
        opens: whether a capital behind each of these characters says nothing, shape (129,).
        flags: bits of ``info``: begins with a capital; is no name's word; is no name; is no content; lower case.
        most: share of capitalised content words from which a sentence is a heading.
    """
    cdef Py_ssize_t size = info.shape[0], i, k
    cdef int64_t capitalised, other, no_name, no_content, low, content, shaped, start
    cdef uint8_t before
    capitalised, other, no_name, no_content, low = flags
    named = np.zeros(size, dtype=np.uint8)
    cdef uint8_t[::1] out = named
    if prose.shape[0] != size or ids.shape[0] != size or start_at.shape[0] != size or opens.shape[0] < 256:
        raise ValueError("one entry a word")
    if firsts.shape[0] != lasts.shape[0]:
        raise ValueError("as many sentences begin as end")
    if not firsts.shape[0]:
        return named.view(np.bool_)
    for i in range(size):
        if not 0 <= ids[i] < n_types or not 0 <= start_at[i] < ascii.shape[0]:
            raise IndexError("a word outside the text")
        if info[i] & capitalised != 0 and info[i] & other == 0 and prose[i] != 0:
            out[i] = 2
    # 2 is a capital, 1 one inside a sentence that is not written like a heading.
    for k in range(firsts.shape[0]):
        if firsts[k] < 0 or lasts[k] < firsts[k] or lasts[k] > size:
            raise IndexError("a sentence outside the words")
        content = shaped = 0
        for i in range(firsts[k], lasts[k]):
            content += prose[i] != 0 and (info[i] & no_content) == 0
            shaped += out[i] != 0
        if content >= 6 and shaped > most * content:
            continue
        for i in range(firsts[k] + 1, lasts[k]):
            if out[i]:
                start = start_at[i]
                # A word that opens a sentence is no candidate, so something stands in front of each.
                before = ascii[start - 1] if start else 0
                if before == 32:
                    before = ascii[start - 2] if start > 1 else before
                if not opens[before]:
                    out[i] = 1
    cdef int64_t *capital = <int64_t *> calloc(2 * max(n_types, 1), sizeof(int64_t))
    if capital == NULL:
        raise MemoryError
    cdef int64_t *lower = capital + n_types
    for i in range(size):
        capital[ids[i]] += out[i] == 1
        lower[ids[i]] += (info[i] & low) != 0
    for i in range(size):
        k = ids[i]
        out[i] = capital[k] > 0 and capital[k] >= lower[k] and prose[i] != 0 and (info[i] & no_name) == 0
    free(capital)
    return named.view(np.bool_)


def names(
    const uint8_t[::1] mask, const int64_t[::1] ids, const int64_t[::1] start_at, const int64_t[::1] end_at
):
    """Words of the mask, those that stand side by side, one space apart, joined to one name.

    Args:
        mask: whether each word is one of a name, shape (n,).
        ids, start_at, end_at: type of each word and where it stands, shapes (n,).

    Returns:
        How many there are; first and last of each different one, where it is first, by the types of its words.
    """
    cdef Py_ssize_t size = mask.shape[0], i = 0, k, first, count = 0
    cdef dict different = {}
    if ids.shape[0] != size or start_at.shape[0] != size or end_at.shape[0] != size:
        raise ValueError("one entry a word")
    while i < size:
        first = i
        i += 1
        if not mask[first]:
            continue
        while i < size and mask[i] and start_at[i] - end_at[i - 1] == 1:
            i += 1
        count += 1
        key = (ids[first],) if i == first + 1 else tuple([ids[k] for k in range(first, i)])
        if key not in different:
            different[key] = (first, i)
    return count, different


cdef class _Text:
    """A text and its words."""

    cdef int kind
    cdef void *data
    cdef Py_ssize_t length
    cdef const int64_t[::1] starts, ends

    cdef Py_UCS4 at(self, Py_ssize_t place) noexcept:
        """The character there, 0 outside."""
        return PyUnicode_READ(self.kind, self.data, place) if 0 <= place < self.length else 0

    cdef bint close(self, Py_ssize_t i) noexcept:
        """Whether a word and the one before are at most two characters of one line apart."""
        cdef Py_ssize_t place
        if i < 1 or i >= self.starts.shape[0] or self.starts[i] - self.ends[i - 1] > 2:
            return False
        for place in range(self.ends[i - 1], self.starts[i]):
            if self.at(place) == 10:
                return False
        return True

    cdef bint per_cent(self, Py_ssize_t i) noexcept:
        """Whether a sign of percent or degrees follows a word, with one space at most."""
        cdef Py_UCS4 sign = self.at(self.ends[i])
        if Py_UNICODE_ISSPACE(sign) and self.ends[i] < self.length:
            sign = self.at(self.ends[i] + 1)
        return sign == 0x25 or sign == 0xB0


def numbers(
    str text,
    const int64_t[::1] info,
    const uint8_t[::1] prose,
    const int64_t[::1] starts,
    const int64_t[::1] ends,
    str currency,
    flags,
):
    """Amounts and dates, as ranges of words.

    Args:
        text: the folded text.
        info, prose: of `Counts`, shapes (n,).
        starts, ends: where each word stands, shapes (n,).
        currency: signs in front of an amount.
        flags: bits of ``info``: a number, a month, a year, a unit.
    """
    cdef Py_ssize_t size = info.shape[0], i, first, last
    cdef int64_t number, month, year, unit, before, after
    cdef Py_UCS4 sign
    cdef bint left, right, money
    cdef list amounts = [], dates = []
    # First and last of the last date; no word ends at -1.
    cdef Py_ssize_t date_first = 0, date_last = -1
    number, month, year, unit = flags
    cdef _Text words = _Text()
    words.kind, words.data, words.length = PyUnicode_KIND(text), PyUnicode_DATA(text), len(text)
    words.starts, words.ends = starts, ends
    if prose.shape[0] != size or starts.shape[0] != size or ends.shape[0] != size:
        raise ValueError("one entry a word")
    for i in range(size):
        if not info[i] & number or not prose[i]:
            continue
        # A number that ends a paragraph has nothing to do with the month that opens the next.
        left, right = words.close(i), words.close(i + 1)
        before, after = info[i - 1] if left else 0, info[i + 1] if right else 0
        sign = words.at(starts[i] - 1)
        money = starts[i] > 0 and sign in currency
        if (before | after) & month:
            first, last = i - 1 if before & month else i, i + 2 if after & month else i + 1
            if left and first <= date_last:
                dates.pop()
                first = date_first
            date_first, date_last = first, last
            dates.append((first, last))
        # What opens the text is no year: nothing says that it is no amount.
        elif info[i] & year and not after & unit and starts[i] > 0 and not money:
            first = i
            if left and date_last == i:
                dates.pop()
                first = date_first
            date_first, date_last = first, i + 1
            dates.append((first, i + 1))
        elif after & unit or words.per_cent(i):
            amounts.append((i, i + 2 if after & unit else i + 1))
        elif money:
            amounts.append((i, i + 1))
    return amounts, dates


cdef Py_ssize_t _left_of(const int64_t[::1] starts, Py_ssize_t place) noexcept:
    """How many words start in front of a place: `bisect.bisect_left`."""
    cdef Py_ssize_t low = 0, high = starts.shape[0], middle
    while low < high:
        middle = (low + high) >> 1
        if starts[middle] < place:
            low = middle + 1
        else:
            high = middle
    return low


cdef bint _any(const int64_t[::1] info, int64_t flag, Py_ssize_t first, Py_ssize_t last) noexcept:
    """Whether a word of these has the flag."""
    cdef Py_ssize_t i
    for i in range(max(first, 0), min(last, info.shape[0])):
        if info[i] & flag:
            return True
    return False


def quotations(
    const uint8_t[::1] ascii,
    const int64_t[::1] info,
    const int64_t[::1] starts,
    lines,
    int64_t speech,
    Py_ssize_t reach,
):
    """Passages of three words or more in double quotes: first and last word, and whether a verb of speech is near.

    Args:
        ascii: codes of all characters.
        info: of `Counts`, shape (n,).
        starts: where each word starts, shape (n,).
        lines: lines of prose.
        speech: bit of verbs of speech in ``info``.
        reach: words around a quotation, in its line, in which its speaker is looked for.
    """
    cdef Py_ssize_t at, end, left, first, last, line_first, line_last
    cdef const void *mark
    cdef list found = []
    if not ascii.shape[0] or memchr(&ascii[0], 34, ascii.shape[0]) == NULL:
        return found
    for line in lines:
        at, end, left = line.start, line.end, -1
        line_first, line_last = line.first, line.last
        if at < 0 or end > ascii.shape[0]:
            raise IndexError("a line outside the text")
        while at < end:
            mark = memchr(&ascii[at], 34, end - at)
            if mark == NULL and left < 0:
                break
            # Speech that goes on in the next paragraph is closed there only.
            at = end if mark == NULL else <const uint8_t *> mark - &ascii[0]
            if left < 0:
                left = at
                at += 1
                continue
            first, last = _left_of(starts, left), _left_of(starts, at)
            left = -1
            at += 1
            if last - first >= 3:
                found.append((
                    first,
                    last,
                    _any(info, speech, max(first - reach, line_first), first)
                    or _any(info, speech, last, min(last + reach, line_last)),
                ))
    return found
