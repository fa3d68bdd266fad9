"""Which words sentences, paragraphs and windows share; in Python: beside their users in `signals.repetition`."""

from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.stdlib cimport calloc, free

from qualityscore.native.bounds cimport check_sentences, check_types

import numpy as np

cdef uint64_t _MULTIPLIER = 0x100000001B3
cdef float _LEAST_NORM = <float> 1e-6


def repeated_in_windows(const int64_t[::1] ids, Py_ssize_t n_types, int64_t short, int64_t long):
    """Over all windows of so many words, the words that are no new type in theirs; for windows of two lengths."""
    cdef int64_t size = ids.shape[0], i, before, short_total = 0, long_total = 0
    check_types(ids, n_types)
    if short < 1 or long < 1:
        raise ValueError("a window has words")
    # Place of each type's last use, and one.
    cdef int64_t *last = <int64_t *> calloc(max(n_types, 1), sizeof(int64_t))
    if last == NULL:
        raise MemoryError
    for i in range(size):
        before = last[ids[i]] - 1
        if before >= 0:
            short_total += _windows_of_both(before, i, size, short)
            long_total += _windows_of_both(before, i, size, long)
        last[ids[i]] = i + 1
    free(last)
    return short_total, long_total


cdef inline int64_t _windows_of_both(int64_t before, int64_t later, int64_t size, int64_t window) noexcept:
    """How many windows hold both of two words."""
    return max(min(before, size - window) - max(later - window + 1, <int64_t> 0) + 1, <int64_t> 0)


def frames(
    const int64_t[::1] info,
    const int64_t[::1] ids,
    const int64_t[::1] firsts,
    const int64_t[::1] lasts,
    int64_t stop,
    Py_ssize_t shortest,
    Py_ssize_t least,
):
    """Sentences that have a frame, and its number; arguments and result as for `frames_in_python`."""
    cdef Py_ssize_t k, i, stops
    cdef uint64_t power, value
    cdef bint before, now
    cdef list fit = [], numbers = []
    if ids.shape[0] != info.shape[0]:
        raise ValueError("as many types as words")
    check_sentences(firsts, lasts, info.shape[0])
    for k in range(firsts.shape[0]):
        if lasts[k] - firsts[k] < shortest:
            continue
        power, value, stops, before = _MULTIPLIER, 0, 0, True
        for i in range(firsts[k], lasts[k]):
            now = info[i] & stop != 0
            if now:
                value += <uint64_t> (ids[i] + 2) * power
                power *= _MULTIPLIER
                stops += 1
            elif before:
                value += power
                power *= _MULTIPLIER
            before = now
        if stops >= least:
            fit.append(k)
            numbers.append(value)
    return fit, numbers


def held_words(
    const uint8_t[::1] solid,
    const uint8_t[::1] prose,
    const int64_t[::1] ids,
    Py_ssize_t n_types,
    Py_ssize_t first,
    Py_ssize_t last,
    const int64_t[::1] firsts,
    const int64_t[::1] lasts,
):
    """How much of the prose a title holds; arguments and result as for `held_words_in_python`."""
    cdef Py_ssize_t size = ids.shape[0], i, k
    cdef int64_t words = 0, held = 0, total = 0, met
    cdef list whole = []
    if not solid.shape[0] == prose.shape[0] == size or not 0 <= first <= last <= size:
        raise ValueError("the title lies among the words")
    check_types(ids, n_types)
    check_sentences(firsts, lasts, size)
    # Of each type of the title: the last sentence that has it and two, 1 before the first.
    cdef int64_t *seen = <int64_t *> calloc(max(n_types, 1), sizeof(int64_t))
    if seen == NULL:
        raise MemoryError
    try:
        for i in range(first, last):
            if solid[i] and not seen[ids[i]]:
                seen[ids[i]] = 1
                words += 1
        for i in range(size):
            if prose[i] and solid[i]:
                total += 1
                held += seen[ids[i]] != 0
        if words:
            for k in range(firsts.shape[0]):
                met = 0
                for i in range(firsts[k], lasts[k]):
                    if seen[ids[i]] and seen[ids[i]] != k + 2:
                        seen[ids[i]] = k + 2
                        met += 1
                if met == words:
                    whole.append(k)
    finally:
        free(seen)
    return words, held, total, whole


def shared_words(
    const uint8_t[::1] mask,
    const int64_t[::1] ids,
    Py_ssize_t n_types,
    const int64_t[::1] firsts,
    const int64_t[::1] lasts,
    double most,
):
    """How many types sentences share, types of one sentence or of more than ``most`` of them left out.

    Args:
        mask: words that count, shape (n,).
        ids: number of each word's type, shape (n,).
        firsts, lasts: bounds of the sentences, one behind the other.

    Returns:
        Types that are left; types shared by neighbours, summed over them; and by any two sentences in either order.
    """
    cdef Py_ssize_t k, i, types = 0
    cdef int64_t near = 0, total = 0, id
    if ids.shape[0] != mask.shape[0]:
        raise ValueError("as many types as words")
    check_types(ids, n_types)
    check_sentences(firsts, lasts, mask.shape[0])
    # Of each type: the last sentence that has it and one, how many have it, and how many right after another.
    cdef int64_t *last = <int64_t *> calloc(3 * max(n_types, 1), sizeof(int64_t))
    if last == NULL:
        raise MemoryError
    cdef int64_t *used = last + n_types
    cdef int64_t *again = used + n_types
    for k in range(firsts.shape[0]):
        for i in range(firsts[k], lasts[k]):
            id = ids[i]
            if mask[i] and last[id] != k + 1:
                again[id] += last[id] == k and k > 0
                used[id] += 1
                last[id] = k + 1
    for i in range(n_types):
        if used[i] > 1 and used[i] <= most:
            types += 1
            near += again[i]
            total += used[i] * (used[i] - 1)
    free(last)
    return types, near, total


def presence(
    const uint8_t[::1] mask, const int64_t[::1] ids, Py_ssize_t n_types, lines, Py_ssize_t least, Py_ssize_t most
):
    """Which types the lines have that have content; arguments and result as for `presence_in_python`."""
    cdef Py_ssize_t size = mask.shape[0], i, k, first, last, inside
    cdef list kept = []
    if ids.shape[0] != size:
        raise ValueError("as many types as words")
    check_types(ids, n_types)
    for line in lines:
        first, last = line.first, line.last
        if first < 0 or last > size:
            raise IndexError("a line outside the words")
        inside = 0
        for i in range(first, last):
            inside += mask[i] != 0
        if inside >= least:
            if len(kept) == most:
                break
            kept.append(line)
    present, times = np.zeros((len(kept), n_types), dtype=np.float32), np.zeros(n_types, dtype=np.int64)
    cdef float[:, ::1] out = present
    cdef int64_t[::1] used = times
    for k, line in enumerate(kept):
        first, last = line.first, line.last
        if first < 0 or last > size:
            raise IndexError("a line outside the words")
        for i in range(first, last):
            if mask[i] and out[k, ids[i]] == 0:
                out[k, ids[i]] = 1
                used[ids[i]] += 1
    return kept, present, times


def weighted(
    const float[:, ::1] present, const int64_t[::1] used, const float[::1] weight, const float[::1] norms
):
    """The weights of words of several paragraphs; arguments and result as for `weighted_in_python`."""
    cdef Py_ssize_t i, j, rows = present.shape[0], shared = 0
    cdef float[:, ::1] out
    if not used.shape[0] == weight.shape[0] == present.shape[1] or norms.shape[0] != rows:
        raise ValueError("a weight a column and a norm a row")
    for j in range(used.shape[0]):
        shared += used[j] > 1
    matrix = np.zeros((shared, rows), dtype=np.float32)
    out = matrix
    shared = 0
    for j in range(used.shape[0]):
        if used[j] > 1:
            for i in range(rows):
                if present[i, j] != 0:
                    out[shared, i] = weight[j] / max(norms[i], _LEAST_NORM)
            shared += 1
    return matrix.T


def closest(const float[:, ::1] similarity):
    """What each is most like; arguments and result as for `closest_in_python`."""
    cdef Py_ssize_t rows = similarity.shape[0], i, j, one = 0, other = 0
    cdef float highest = 0, most, value
    if similarity.shape[1] != rows:
        raise ValueError("as many columns as rows")
    nearest = np.empty(rows, dtype=np.float32)
    cdef float[::1] out = nearest
    for i in range(rows):
        most = 0
        for j in range(rows):
            if i == j:
                continue
            value = min(similarity[i, j], <float> 1)
            most = max(most, value)
            if value > highest:
                highest, one, other = value, i, j
        out[i] = most
    return nearest, one, other
