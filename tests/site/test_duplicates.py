"""Sets of near-duplicates by linkage."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from qualityscore.errors import InputError
from qualityscore.site.compare import compare
from qualityscore.site.duplicates import Text, find_sets

NONE = np.empty(0, dtype=np.uint32)


def text(page: int, *parts: tuple[int, int]) -> Text:
    """A page of words that are numbers, from runs ``(first, last)``."""
    return Text(page, np.concatenate([np.arange(a, b, dtype=np.uint32) for a, b in parts]), NONE)


def test_pages_are_one_set_through_pages_between_them() -> None:
    # The first and the last share a third; the one between them shares two thirds with each.
    first, last, between = (0, 300), (150, 450), (75, 375)
    (found,) = find_sets([text(0, first), text(1, last), text(2, between), text(3, (9000, 9300))])
    assert sorted(found.pages) == [0, 1, 2]
    assert found.kind == "near_duplicate"
    assert len(find_sets([text(0, first), text(1, last)])) == 0


def test_thousands_of_variants_need_a_few_comparisons() -> None:
    pages = [text(i, (0, 200), (10_000 + 40 * i, 10_030 + 40 * i)) for i in range(300)]
    (found,) = find_sets(pages)
    assert len(found.pages) == 300
    assert 0.7 < found.similarity < 0.8


def test_short_pages_are_passed_by() -> None:
    assert find_sets([text(i, (0, 29)) for i in range(5)]) == []


def test_a_comparison_needs_whole_rows(tmp_path: Path) -> None:
    site = {"sites": [], "thresholds": {"low_quality": 0.5}, "model": {"id": "x"}}
    (tmp_path / "site.json").write_text(json.dumps(site), encoding="utf-8")
    with pytest.raises(InputError, match=r"cannot read .*pages\.jsonl"):
        compare(tmp_path, tmp_path)
    (tmp_path / "pages.jsonl").write_text("{\n", encoding="utf-8")
    with pytest.raises(InputError, match="is damaged"):
        compare(tmp_path, tmp_path)
