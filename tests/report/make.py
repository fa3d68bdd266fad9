"""Writes the files of an audit for an invented site: ``python -m tests.report.make DIR [--several]``.

Texts are made up here and scored by the shipped model, so that evidence and spans are real. The figures of
the site are computed plainly; the probability and the reasons are invented, as a report only shows them.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from qualityscore import Page, Scorer
from qualityscore.verdict import MEANING
from tests.report.texts import careful, farm

FARM_HOST = "gardenwisdomhub.example"
CAREFUL_HOST = "lowerferry-notes.example"
Made = tuple[Page, dict[str, Any]]


def invented(host: str, n: int, seed: int, farm_share: float) -> list[Made]:
    """Pages of one site with what an audit knows of each."""
    rng = random.Random(seed)
    made: list[Made] = []
    start = date(2024, 1, 8)
    for i in range(n):
        month = start + timedelta(days=int(540 * (i / n)))
        is_farm = rng.random() < farm_share * (0.35 + 1.1 * i / n)
        template = duplicate = None
        if is_farm:
            title, text, kind = farm(rng)
            section = rng.choice(["guides", "guides", "reviews", "how-to"])
            template = {"importance": "t1", "guide": "t2", "town": "t3"}.get(kind)
            duplicate = "d1" if kind == "town" else None
            author = rng.choice(["Editorial Team", "Editorial Team", "Jessica Grant"])
            day = month if rng.random() < 0.6 else date(2025, 3, 3) + timedelta(days=rng.randrange(3))
        else:
            title, text = careful(rng)
            section = rng.choice(["notes", "notes", "river", "letters"])
            author = rng.choice(["Maud Ellery", "T. Okonjo", "Maud Ellery"])
            day = month
        if i % 29 == 7:
            text, section, template, duplicate = text[:160], "tags", None, None
        url = f"https://{host}/{section}/{i:04d}-{'-'.join(title.lower().split()[:5])}"
        dated = rng.random() < 0.9
        page = Page.from_text(f"{title}\n\n{text}", url=url, source=f"crawl.warc.gz:{i}")
        known = {
            "host": host,
            "section": section,
            "author": author,
            "date": day.isoformat() if dated else None,
            "month": day.isoformat()[:7] if dated else None,
            "template": template,
            "duplicate": duplicate,
        }
        made.append((page, known))
    return made


def interval(hits: int, n: int) -> list[float] | None:
    """Wilson's 95 % interval."""
    if not n:
        return None
    z, p = 1.96, hits / n
    middle, spread = p + z * z / (2 * n), z * ((p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5)
    return [
        round(max(0.0, (middle - spread) / (1 + z * z / n)), 4),
        round(min(1.0, (middle + spread) / (1 + z * z / n)), 4),
    ]


def figures(records: list[dict[str, Any]]) -> dict[str, Any]:
    scored = [r for r in records if r["score"] is not None]
    low = sum(r["band"] == "low_quality" for r in scored)
    n = len(scored)
    return {
        "pages": len(records),
        "scored": n,
        "share_low_quality": round(low / n, 4) if n else None,
        "share_interval": interval(low, n),
        "mean_score": round(sum(r["score"] for r in scored) / n, 4) if n else None,
    }


def grouped(records: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        if record["site"][key]:
            groups[record["site"][key]].append(record)
    return [{"name": name, **figures(members)} for name, members in sorted(groups.items())]


def template(records: list[dict[str, Any]], id: str, pattern: str, slots: list[str]) -> dict[str, Any]:
    pages = [r for r in records if r["site"]["template"] == id]
    return {
        "id": id,
        "kind": "title",
        "pattern": pattern,
        "pages": len(pages),
        "share": round(len(pages) / max(len(records), 1), 4),
        "slots": slots,
        "examples": [{"source": r["source"], "text": r["title"]} for r in pages[:3]],
    }


def signals(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    total: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    scored = [r for r in records if r["score"] is not None]
    for record in scored:
        for signal in record["signals"]:
            total[signal["id"]] += signal["contribution"]
            pages[signal["id"]] += signal["contribution"] > 0
    n = max(len(scored), 1)
    return [
        {
            "id": name,
            "pages": pages[name],
            "share": round(pages[name] / n, 4),
            "mean_contribution": round(value / n, 4),
        }
        for name, value in total.most_common(15)
        if value > 0
    ]


def site_entry(host: str, records: list[dict[str, Any]]) -> dict[str, Any]:
    """One element of ``sites``."""
    known = figures(records)
    scored = [r["score"] for r in records if r["score"] is not None]
    histogram = [0] * 20
    for score in scored:
        histogram[min(int(score * 20), 19)] += 1
    days = Counter(r["site"]["date"] for r in records if r["site"]["date"])
    share = known["share_low_quality"]
    band = (
        "not_enough"
        if len(scored) < 5
        else "low_quality"
        if share > 0.5
        else "suspect"
        if share > 0.2
        else "ok"
    )
    templates = [
        template(records, "t1", "The Importance of {}", ["Mulch", "Watering Cans", "Soil Tests"]),
        template(records, "t2", "The Ultimate Guide to {}", ["Raised Beds", "Garden Hoses"]),
        template(records, "t3", "Garden Services in {}", ["Fordham", "Wexley", "Marling"]),
    ]
    town = [r for r in records if r["site"]["duplicate"] == "d1"]
    told = [{"source": r["source"], "title": r["title"], "host": host} for r in town]
    return {
        "host": host,
        "score": {"low_quality": 0.972, "suspect": 0.61, "ok": 0.013, "not_enough": None}[band],
        "band": band,
        **known,
        "abstained": sum(r["abstained"] is not None for r in records),
        "failed": sum(r["error"] is not None for r in records),
        "share_corrected": None if share is None else round(max(0.0, share - 0.012), 4),
        "histogram": histogram,
        "sections": grouped(records, "section"),
        "authors": grouped(records, "author"),
        "months": grouped(records, "month"),
        "templates": [t for t in templates if t["pages"] > 2],
        "duplicates": [
            {
                "id": "d1",
                "kind": "doorway",
                "pattern": "Garden Services in {}",
                "similarity": 0.93,
                "pages": told,
            }
        ]
        if len(town) > 1
        else [],
        "cadence": {
            "dated": sum(days.values()),
            "undated": len(records) - sum(days.values()),
            "first": min(days, default=None),
            "last": max(days, default=None),
            "median_per_active_day": 1.0 if days else None,
            "busiest": {"day": days.most_common(1)[0][0], "pages": days.most_common(1)[0][1]}
            if days
            else None,
            "bursts": [{"start": "2025-03-03", "end": "2025-03-05", "pages": 31}]
            if band == "low_quality"
            else [],
            "future": 0,
            "impossible": 0,
            "days": [[day, n] for day, n in sorted(days.items())],
        },
        "signals": signals(records),
        "reasons": reasons(band),
        "not_measured": [
            {"what": "Sister sites", "why": "only one site was given; shared templates show between sites"},
            {"what": "Pages behind forms", "why": "an audit reads the pages that it is given"},
        ],
    }


def reasons(band: str) -> list[dict[str, Any]]:
    if band in ("low_quality", "suspect"):
        return [
            {"code": "share", "text": "More than half of the scored pages read like mass-produced text.", "contribution": 3.1},
            {"code": "template", "text": "“The Importance of {}” and two more title frames cover a third of the pages.", "contribution": 1.4},
            {"code": "doorway", "text": "One page about garden services is repeated for town after town.", "contribution": 0.9},
            {"code": "burst", "text": "Three days in March 2025 saw as many pages as the two months before.", "contribution": 0.4},
            {"code": "authors", "text": "Two named authors write pages that score low.", "contribution": -0.3},
        ]  # fmt: skip
    if band == "ok":
        return [
            {"code": "share", "text": "Almost no page reads like mass-produced text.", "contribution": -4.2}
        ]
    return [{"code": "few", "text": "Fewer than five pages have a score.", "contribution": None}]


def write_files(folder: Path, records: list[dict[str, Any]], **changes: Any) -> Path:
    """``site.json`` and ``pages.jsonl`` for records; ``changes`` replace keys of the former."""
    by_host: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        by_host[record["site"]["host"]].append(record)
    low = records[0]["threshold"] if records else 0.5
    site: dict[str, Any] = {
        "version": "0.1.0",
        "model": records[0]["model"] if records else {"id": "none", "version": "0"},
        "meaning": MEANING,
        "inputs": ["crawl.warc.gz"],
        "counts": {
            "pages": len(records),
            "scored": sum(r["score"] is not None for r in records),
            "abstained": dict(Counter(r["abstained"] for r in records if r["abstained"])),
            "failed": sum(r["error"] is not None for r in records),
            "errors": dict(Counter(r["error"] for r in records if r["error"])),
        },
        "thresholds": {"suspect": round(0.6 * low, 6), "low_quality": low, "max_fpr": 0.01},
        "sites": [site_entry(host, members) for host, members in sorted(by_host.items())],
        "cross_host": {"templates": [], "duplicates": []},
        "method": [
            "Each page was scored alone; the share of low-quality pages carries a 95 % Wilson interval.",
            "The corrected share removes what the classifier gets wrong on pages whose origin is known.",
            "Dates come from the pages; a page without one counts neither for nor against the site.",
        ],
    }
    site.update(changes)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.json").write_text(json.dumps(site, indent=1), encoding="utf-8")
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (folder / "pages.jsonl").write_bytes(lines.encode("utf-8"))
    return folder


def scored(made: list[Made], scorer: Scorer) -> list[dict[str, Any]]:
    """Records of invented pages."""
    verdicts = scorer.score_many(page for page, _ in made)
    return [
        {**verdict.to_dict(with_text=True), "site": known}
        for verdict, (_, known) in zip(verdicts, made, strict=True)
    ]


def main(folder: Path, several: bool) -> None:
    from qualityscore.report import render

    scorer = Scorer.load(explain=10)
    made = invented(FARM_HOST, 300, 7, 0.85)
    if several:
        made += invented(CAREFUL_HOST, 120, 8, 0.02) + invented("tiny.example", 3, 9, 0.5)
    write_files(folder, scored(made, scorer))
    sys.stdout.write(f"{render(folder)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--several" in sys.argv)
