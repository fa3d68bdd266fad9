"""Pages on one phrase, put together from sentences that differ."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from tests.site.records import analysed, record
from tests.site.test_planted import CITIES, TOPICS, Words

THINGS = [*TOPICS, *CITIES]


def pages(host: str, words: Words, *, keyworded: bool = True) -> list[dict[str, Any]]:
    """Pages on "paper models"; with ``keyworded`` their sentences name what each is about."""
    rows = []
    for i, thing in enumerate(THINGS):
        body = words.article()
        named = thing if keyworded else THINGS[(i + 5) % len(THINGS)]
        if i % 3:
            body.insert(1, f"{named} paper models are a fine way to spend an afternoon indoors.")
        title = f"{i + 12} Best {thing} Paper Model{'s' if i % 4 else ''} For Everybody"
        url = f"https://{host}/{thing.lower()}-paper-models"
        rows.append(record("\n\n".join(body), source=url, url=url, title=title))
    for i in range(20):
        url = f"https://{host}/own/{i}"
        title = words.sentence()[:-1].title()
        rows.append(record("\n\n".join(words.article()), source=url, url=url, title=title))
    random.Random(2).shuffle(rows)
    return rows


def doorways(entries: list[dict[str, Any]]) -> list[tuple[str, set[str]]]:
    return [(d["pattern"], {p["source"] for p in d["pages"]}) for d in entries if d["kind"] == "doorway"]


def test_pages_on_one_phrase_are_a_doorway_set(tmp_path: Path) -> None:
    rows = pages("one.example", Words(3))
    analysis = analysed(rows, tmp_path)
    ((pattern, found),) = doorways(analysis.report["sites"][0]["duplicates"])
    assert pattern.lower().removesuffix("s") == "{} paper model"
    assert found == {r["source"] for r in rows if "paper-models" in r["source"]}
    marked = {p.source for p, n in zip(analysis.pages, analysis.notes, strict=True) if n["duplicate"]}
    assert marked == found
    assert any(r["code"] == "doorway" for r in analysis.report["sites"][0]["reasons"])


def test_sister_hosts_have_one_set(tmp_path: Path) -> None:
    rows = pages("one.example", Words(3)) + pages("two.example", Words(4))
    report = analysed(rows, tmp_path).report
    ((_, found),) = doorways(report["cross_host"]["duplicates"])
    assert found == {r["source"] for r in rows if "paper-models" in r["source"]}
    for site in report["sites"]:
        ((_, own),) = doorways(site["duplicates"])
        assert len(own) == len(THINGS)


def test_a_title_phrase_alone_is_no_doorway(tmp_path: Path) -> None:
    """As on an honest site: "Announcing Rust {}", with sentences that are about other things."""
    rows = pages("one.example", Words(3), keyworded=False)
    assert doorways(analysed(rows, tmp_path).report["sites"][0]["duplicates"]) == []
