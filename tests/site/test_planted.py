"""Templates, near-duplicates and doorways that were planted are found, and nothing else is."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from qualityscore.site.analysis import Analysis
from tests.site.records import analysed, record

_SYLLABLES = "ba ke li mo nu ra se ti vo za dre fle gri plo stu".split()
_FRAME_TOP = "Start\n\nGuides and hints\n\nAll our places\n\nAsk a question here\n\n"
_FRAME_END = (
    "\n\nThis site gives general hints only and answers for nothing.\n\nTerms and privacy of this site\n"
)
CITIES = ["Ashford", "Brigham", "Castleton", "Dunmere", "Elmstead", "Fairholm", "Grantley", "Harwick"]
TOPICS = [
    "Gutters",
    "Chimneys",
    "Hinges",
    "Cellars",
    "Lanterns",
    "Shutters",
    "Awnings",
    "Railings",
    "Skylights",
]
TRIVIA = "Did you know that a tidy house saves seven hours of work in every single week?"


class Words:
    """Invented words and sentences, the same every time."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._common = [self.word() for _ in range(400)]

    def word(self) -> str:
        return "".join(self._random.choice(_SYLLABLES) for _ in range(self._random.randint(2, 4)))

    def sentence(self) -> str:
        chosen = [
            self._random.choice(self._common) if self._random.random() < 0.7 else self.word()
            for _ in range(self._random.randint(8, 18))
        ]
        chosen[2] = "the"
        chosen[5] = "of"
        return " ".join(chosen).capitalize() + "."

    def article(self, paragraphs: int = 5) -> list[str]:
        return [" ".join(self.sentence() for _ in range(4)) for _ in range(paragraphs)]


Truth = dict[str, dict[str, set[str]]]


def planted() -> tuple[list[dict[str, Any]], Truth]:
    """Two hosts, and which sources belong to which planted template and set."""
    words = Words(7)
    rows: list[dict[str, Any]] = []
    truth: Truth = {"template": {}, "doorway": {}, "near_duplicate": {}}

    def page(host: str, slug: str, title: str, body: list[str]) -> str:
        url = f"https://{host}/{slug}"
        text = _FRAME_TOP + title + "\n\n" + "\n\n".join(body) + _FRAME_END
        rows.append(record(text, source=url, url=url, title=f"{title} | {host}"))
        return url

    def plant(kind: str, name: str, url: str) -> None:
        truth[kind].setdefault(name, set()).add(url)

    for i, topic in enumerate(TOPICS):
        body = words.article()
        body.insert(2, TRIVIA)
        url = page("one.example", f"why/{i}", f"The Importance of {topic}", body)
        plant("template", "The Importance of {}", url)
        plant("template", TRIVIA, url)
    for i in range(8):
        name = words.word().capitalize()
        body = words.article()
        body.insert(1, f"How {name} Can Change Your Morning")
        body.insert(4, f"Every careful owner of a {name} should check the straps twice before leaving home.")
        url = page("one.example", f"tips/{i}", words.sentence()[:-1].title(), body)
        plant("template", "How {} Can Change Your Morning", url)
        plant(
            "template", "Every careful owner of a {} should check the straps twice before leaving home.", url
        )
    service = [words.sentence() for _ in range(14)]
    for host in ("one.example", "two.example"):
        for city in CITIES[:5]:
            body = [
                f"Looking for a plumber in {city}? " + " ".join(service[:4]),
                " ".join(service[4:9]) + f" Our plumber in {city} is on the way.",
                " ".join(service[9:]) + f" Nobody knows {city} as we do.",
            ]
            url = page(host, f"plumber-in-{city.lower()}", f"Plumber in {city}", body)
            plant("doorway", "plumber", url)
            plant("template", f"Plumber in {{}} ({host})", url)
    for i in range(3):
        body = words.article()
        for copy in range(3):
            changed = list(body)
            changed[copy] = changed[copy].replace(" the ", " every ", 1)
            title = words.sentence()[:-1].title()
            plant(
                "near_duplicate",
                str(i),
                page(("one.example", "two.example")[copy % 2], f"copy/{i}-{copy}", title, changed),
            )
    for i in range(60):
        page(
            ("one.example", "two.example")[i % 2], f"own/{i}", words.sentence()[:-1].title(), words.article()
        )
    random.Random(1).shuffle(rows)
    return rows, truth


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Analysis, Truth]:
    rows, truth = planted()
    return analysed(rows, tmp_path_factory.mktemp("planted")), truth


def pairs(sets: list[set[str]]) -> set[tuple[str, str]]:
    return {pair for members in sets for pair in combinations(sorted(members), 2)}


def all_sets(analysis: Analysis, kind: str) -> list[set[str]]:
    by_id: dict[str, set[str]] = {}
    entries = [d for site in analysis.report["sites"] for d in site["duplicates"]]
    for entry in entries + analysis.report["cross_host"]["duplicates"]:
        if entry["kind"] == kind:
            by_id.setdefault(entry["id"], set()).update(p["source"] for p in entry["pages"])
    return list(by_id.values())


@pytest.mark.parametrize("kind", ["near_duplicate", "doorway"])
def test_sets_of_pages(found: tuple[Analysis, Truth], kind: str) -> None:
    analysis, truth = found
    wanted, got = pairs(list(truth[kind].values())), pairs(all_sets(analysis, kind))
    assert len(wanted & got) / len(got) >= 0.95
    assert len(wanted & got) / len(wanted) >= 0.9


def test_the_doorways_are_named_and_span_both_hosts(found: tuple[Analysis, Truth]) -> None:
    analysis, _ = found
    (doorways,) = [d for d in analysis.report["cross_host"]["duplicates"] if d["kind"] == "doorway"]
    assert doorways["pattern"] == "Plumber in {}"
    assert {p["host"] for p in doorways["pages"]} == {"one.example", "two.example"}
    per_site = [[d for d in s["duplicates"] if d["id"] == doorways["id"]] for s in analysis.report["sites"]]
    assert [len(entry["pages"]) for (entry,) in per_site] == [5, 5]


def test_templates_cover_the_pages_they_were_planted_on(found: tuple[Analysis, Truth]) -> None:
    analysis, truth = found
    in_doorways = set().union(*truth["doorway"].values())
    planted_on = {name: urls for name, urls in truth["template"].items() if not urls & in_doorways}
    pages_of: dict[str, set[str]] = {}
    for page, notes in zip(analysis.pages, analysis.notes, strict=True):
        for name in notes["templates"]:
            pages_of.setdefault(name, set()).add(page.source)
    patterns = {t["id"]: [t["pattern"], *t["also"]] for s in analysis.report["sites"] for t in s["templates"]}
    got = {
        p: pages_of[name]
        for name, shown in patterns.items()
        for p in shown
        if not pages_of[name] & in_doorways
    }
    hits = wanted = 0
    for name, urls in planted_on.items():
        wanted += len(urls)
        hits += len(urls & got.get(name, set()))
    claimed = sum(len(urls) for urls in got.values())
    assert hits / wanted >= 0.9
    assert hits / claimed >= 0.95


def test_doorway_titles_are_a_template_too(found: tuple[Analysis, Truth]) -> None:
    analysis, _ = found
    titles = [t for s in analysis.report["sites"] for t in s["templates"] if t["kind"] == "title"]
    assert [t["pages"] for t in titles if t["pattern"] == "Plumber in {}"] == [5, 5]
    (importance,) = [t for t in titles if t["pattern"] == "The Importance of {}"]
    assert importance["pages"] == 9
    assert set(importance["slots"]) <= set(TOPICS)


def test_the_frame_of_every_page_is_no_template(found: tuple[Analysis, Truth]) -> None:
    analysis, _ = found
    shown = " ".join(
        p for s in analysis.report["sites"] for t in s["templates"] for p in [t["pattern"], *t["also"]]
    )
    for line in ("general hints only", "Terms and privacy", "All our places", "Ask a question"):
        assert line not in shown


def test_templates_across_hosts_name_the_hosts(found: tuple[Analysis, Truth]) -> None:
    analysis, _ = found
    (title,) = [t for t in analysis.report["cross_host"]["templates"] if t["kind"] == "title"]
    assert title["pattern"] == "Plumber in {}"
    assert title["hosts"] == ["one.example", "two.example"]
    assert title["pages"] == 10


def test_the_order_of_pages_does_not_change_what_is_found(
    found: tuple[Analysis, Truth], tmp_path: Path
) -> None:
    analysis, _ = found
    rows, _ = planted()
    other = analysed(reversed(rows), tmp_path)
    for kind in ("near_duplicate", "doorway"):
        assert pairs(all_sets(other, kind)) == pairs(all_sets(analysis, kind))
