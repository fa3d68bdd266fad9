from __future__ import annotations

import gzip
import json
from pathlib import Path

from training.corpora import synthetic, text_corpora, web
from training.settings import directions


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def page(name: str, **more: object) -> dict[str, object]:
    return {"id": name, "network": name, "kind": "x", "raw": "text", "format": "html", "side": "farm", **more}


def test_web_pages_are_labelled_and_borderline_networks_are_left_out(tmp_path: Path) -> None:
    write(tmp_path / "web/human.jsonl.gz", [page("h1")])
    write(tmp_path / "web/farm.jsonl.gz", [page("f1"), page("respaid")])
    assert [(s.id, s.label) for s in web(tmp_path)] == [("h1", 0), ("f1", 1), ("respaid", -1)]


def test_synthetic_sets_are_told_apart_from_the_web(tmp_path: Path) -> None:
    write(tmp_path / "synthetic/archetype_family.jsonl.gz", [page("a", tier="full")])
    write(tmp_path / "synthetic/wider_kinds.jsonl.gz", [page("w", side="human-style")])
    found = synthetic(tmp_path)
    assert [(s.set, s.label, s.tier) for s in found] == [("family", 1, "full"), ("wider", 0, "")]


def test_text_corpora_undo_prefixes_and_line_breaks(tmp_path: Path) -> None:
    from training.corpora import MEASURED_CORPORA

    for name in MEASURED_CORPORA:
        rows = [
            {"id": "1", "label": "human", "text": "Title: One\n\nTwo"},
            {"id": "2", "label": "machine", "text": "Sure, here is the article:\nOne  two"},
            {"id": "3", "label": "human", "text": "no", "variant": "adversarial_x"},
        ]
        write(tmp_path / f"text/{name}.jsonl.gz", rows)  # type: ignore[arg-type]
    found = {s.set: s.page.content for s in text_corpora(tmp_path)}
    assert found["l2r/human"] == "One Two"
    assert found["l2r/machine"] == "One two"
    assert all(content != "no" for content in found.values())


def test_no_column_both_raises_and_lowers() -> None:
    raises, lowers = directions()
    assert raises
    assert lowers
    assert not raises & lowers
    assert "trivia_box.boxes_per_1k_words" in raises
    assert any(column.startswith("first_hand_detail.") for column in lowers)
