"""Lines that a site puts around every page: menus, by-lines, footers. They are no templates of content."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qualityscore.site.page import SitePage

Flags = npt.NDArray[np.bool_]

# With fewer pages nothing can be told apart from coincidence.
FEWEST_PAGES = 4
_SHARE = 0.5
# A title, by-line or date may stand within a menu or footer.
_GAP_WORDS = 12
# A longer line is prose, and a page that would be all frame is a copy of other pages.
_FRAME_WORDS = 60
_ALL_FRAME = 0.8


def chrome_lines(pages: Sequence[SitePage]) -> list[Flags]:
    """For each page of one site, which of its lines are chrome.

    A line is chrome if half of the site's pages have the same one and it stands in the run of such
    lines at the page's beginning or end. A heading that every article has stands in its middle,
    before lines of its own, and stays.

    Returns:
        One array a page, shape (lines of the page,); empty for pages without text.
    """
    texts = [p.units for p in pages]
    flags = [np.zeros(0 if t is None else len(t.line_ids), dtype=bool) for t in texts]
    with_text = [t for t in texts if t is not None]
    if len(with_text) < FEWEST_PAGES:
        return flags
    seen = np.concatenate([np.unique(t.line_ids) for t in with_text])
    ids, counts = np.unique(seen, return_counts=True)
    common = ids[(counts >= _SHARE * len(with_text)) & (ids != 0)]
    for text, flag in zip(texts, flags, strict=True):
        if text is None or not len(flag):
            continue
        repeated = np.isin(text.line_ids, common) & (text.line_sizes <= _FRAME_WORDS)
        # A line without words of the article says nothing either way.
        passed = repeated | (text.line_sizes == 0)
        _mark(flag, repeated, passed, text.line_sizes, range(len(flag)))
        _mark(flag, repeated, passed, text.line_sizes, range(len(flag) - 1, -1, -1))
        if text.line_sizes[flag].sum() > _ALL_FRAME * text.line_sizes.sum():
            flag[:] = False
    return flags


def _mark(
    flag: Flags, repeated: Flags, passed: Flags, sizes: npt.NDArray[np.int32], order: Sequence[int]
) -> None:
    pending: list[int] = []
    gap = False
    for i in order:
        if repeated[i]:
            flag[pending] = True
            flag[i] = True
            pending, gap = [], False
        elif passed[i]:
            pending.append(i)
        elif gap or sizes[i] > _GAP_WORDS:
            return
        else:
            gap = True
            pending.append(i)
