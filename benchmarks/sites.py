"""Audits of whole sites, measured: ``python -m benchmarks.sites --data DIR --folds DIR``.

The page and site models of ``--folds`` (from ``python -m training.site --folds``) are those that have not
seen a site's network. What repeats is judged by a truth that is derived when this runs: pages of one
site with the same slug but for its date and time are the same article again. Slugs under which each page
has news of its own (read by hand) are no repeats; figures with and without them are printed. Prints numbers only.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import resource
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import qualityscore
from qualityscore import Page, Scorer
from qualityscore.site.analysis import Analysis, analyse
from qualityscore.site.method import Run
from qualityscore.site.model import SiteModel
from qualityscore.site.store import Notes, Partial, finish
from qualityscore.verdict import MEANING

# Programmatic pages that are coherent and useful: reported, in no pass or fail.
BORDERLINE = ("openbankruptcyproject", "respaid")
# One slug, but every page lists the headlines of its own day: no two were found to share an article.
OWN_NEWS = ("finance-news-roundup",)
COLOURING = ("allpict", "dcoloring", "sketchpict")
# Slugs of pages that offer pictures to colour, as read by hand: "color-printing-per-page" does not.
_ON_COLOURING = re.compile(r"colou?ring")
_STAMP = re.compile(r"-\d{4}-\d{2}-\d{2}-\d{6}$")


def rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a file of a site."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def slug(url: str) -> str:
    """The last part of an address that names the page, without date and time."""
    parts = [p for p in url.split("/")[3:] if p and p != "index.html"]
    name = re.sub(r"\.(html|md)$", "", parts[-1]) if parts else ""
    return _STAMP.sub("", name)


def audited(files: Sequence[Path], scorers: Sequence[Scorer], model: SiteModel, folder: Path) -> Analysis:
    """The audit of some files, each with its scorer."""
    partial = Partial(folder)
    partial.open({}, resume=False)
    for path, scorer in zip(files, scorers, strict=True):
        data = rows(path)
        pages = [
            Page(r["html"], "html", r["url"]) if "html" in r else Page(r["markdown"], "markdown", r["url"])
            for r in data
        ]
        for row, verdict in zip(data, scorer.score_many(pages), strict=True):
            partial.add(verdict, Notes(path.name, published=row.get("date") or ""))
    partial.close()
    page_model = {"id": model.page_model, "version": qualityscore.__version__}
    low, suspect = scorers[0].threshold, scorers[0].suspect_threshold
    run = Run(qualityscore.__version__, page_model, MEANING, [p.name for p in files], low, suspect, 0.01)
    analysis = analyse(partial.path, run, model)
    finish(folder, analysis)
    return analysis


def verdicts(files: Sequence[Path], folds: Path) -> None:
    """Each site by models that have not seen its network."""
    fold_of = json.loads((folds / "folds.json").read_text(encoding="utf-8"))
    wrong = []
    print(
        f"{'site':45} {'P(farm)':>8} {'pages':>5} {'low quality':>12} {'corrected':>22}  strongest template"
    )
    for path in files:
        network = rows(path)[0]["network"]
        # Networks outside all folds trained none of the models.
        k = max(0, fold_of.get(network, 0))
        scorer = Scorer.load(folds / f"fold-{k}.npz")
        with tempfile.TemporaryDirectory() as folder:
            report = audited(
                [path], [scorer], SiteModel.load(folds / f"fold-{k}.site.json"), Path(folder)
            ).report
        (site,) = report["sites"]
        low, high = site["share_corrected_interval"]
        named = site["templates"][0] if site["templates"] else None
        shown = f"{named['pattern'][:50]} ({named['pages']})" if named else "none"
        name = path.name.removesuffix(".jsonl.gz")
        print(
            f"{name[:45]:45} {site['score']:8.3f} {site['pages']:5} {site['share_low_quality']:12.3f} "
            f"{site['share_corrected']:8.3f} [{low:.2f}, {high:.2f}]  {shown}"
        )
        borderline = any(b in name for b in BORDERLINE)
        farm = name.startswith("farm")
        right = (site["score"] >= 0.95 and named is not None) if farm else site["score"] <= 0.05
        if not right and not borderline:
            wrong.append(name)
    print(f"on the wrong side: {', '.join(wrong) or 'none'}")


def repeats(files: Sequence[Path]) -> None:
    """All sites in one run: told apart by host, and repeats against slugs."""
    scorer = Scorer.load()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        analysis = audited(files, [scorer] * len(files), SiteModel.load(), Path(folder))
    seconds = time.perf_counter() - started
    pages = len(analysis.pages)
    print(f"\n{pages} pages of {len(analysis.report['sites'])} hosts in one run: {seconds:.0f} s, peak memory "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")  # fmt: skip
    found = {p.url: n["duplicate"] for p, n in zip(analysis.pages, analysis.notes, strict=True) if p.url}
    texts = {p.url: p.units for p in analysis.pages if p.url}
    kind = Counter(d["kind"] for s in analysis.report["sites"] for d in s["duplicates"])
    print(f"sets within sites: {dict(kind)}; across: {len(analysis.report['cross_host']['duplicates'])}")
    for host, by_slug in _slugs(found):
        same = [urls for urls in by_slug.values() if len(urls) > 1]
        pairs = [pair for urls in same for pair in combinations(sorted(urls), 2)]
        if not pairs:
            continue
        print(f"{host}: {len(same)} slugs of several pages, {len(pairs)} pairs")
        _agreement(pairs, found, texts)
        _against_slugs(host, pairs, found)
    _doorways(analysis)
    shared = defaultdict(list)
    for host, by_slug in _slugs(found):
        if any(name in host for name in COLOURING):
            for name, urls in by_slug.items():
                shared[name] += urls
    pairs = [pair for urls in shared.values() for pair in combinations(sorted(urls), 2)]
    print(f"allpict, dcoloring, sketchpict: {len(pairs)} pairs of pages of one slug")
    _agreement(pairs, found, texts)


def _against_slugs(host: str, pairs: Sequence[tuple[str, str]], found: dict[str, str | None]) -> None:
    """Precision and recall of pairs of pages in one set, by slug and by slug as corrected by hand."""
    own = sorted(url for url in found if url.split("/")[2] == host)
    together = [(a, b) for a, b in combinations(own, 2) if found[a] is not None and found[a] == found[b]]
    right = sum(slug(a) == slug(b) for a, b in together)
    if together:
        print(f"  precision {right / len(together):.3f} ({right} of {len(together)} pairs in one set)")
    for name, wanted in (
        ("all slugs", pairs),
        ("slugs of articles", [pair for pair in pairs if slug(pair[0]) not in OWN_NEWS]),
    ):
        hits = sum(found[a] is not None and found[a] == found[b] for a, b in wanted)
        print(f"  recall by {name} {hits / max(1, len(wanted)):.3f} ({hits} of {len(wanted)} pairs)")


def _doorways(analysis: Analysis) -> None:
    """Doorway sets of the colouring sites against slugs, and whether human sites have any."""
    for site in analysis.report["sites"]:
        sets = {d["id"] for d in site["duplicates"] if d["kind"] == "doorway"}
        own = [(p, n) for p, n in zip(analysis.pages, analysis.notes, strict=True) if p.host == site["host"]]
        in_sets = {p.url for p, n in own if n["duplicate"] in sets}
        if not any(name in site["host"] for name in COLOURING):
            if in_sets:
                print(f"{site['host']}: {len(in_sets)} pages in doorway sets")
            continue
        wanted = {p.url for p, _ in own if _ON_COLOURING.search(slug(p.url or ""))}
        right = len(in_sets & wanted)
        print(
            f"{site['host']}: {len(in_sets)} pages in doorway sets, {len(wanted)} slugs on colouring: precision "
            f"{right / max(1, len(in_sets)):.3f}, recall {right / max(1, len(wanted)):.3f}"
        )


def _slugs(found: dict[str, str | None]) -> Iterator[tuple[str, dict[str, list[str]]]]:
    hosts: dict[str, dict[str, list[str]]] = {}
    for url in found:
        hosts.setdefault(url.split("/")[2], {}).setdefault(slug(url), []).append(url)
    yield from hosts.items()


def _agreement(pairs: Sequence[tuple[str, str]], found: dict[str, str | None], texts: dict[str, Any]) -> None:
    """How alike the texts of such pairs are, and which of the alike ones are in one set."""
    from qualityscore.site.duplicates import NEAR, _runs, jaccard

    alike = [
        jaccard(_runs(texts[a].words), _runs(texts[b].words)) if texts[a] and texts[b] else 0.0
        for a, b in pairs
    ]
    near = [pair for pair, likeness in zip(pairs, alike, strict=True) if likeness >= NEAR]
    together = sum(found[a] is not None and found[a] == found[b] for a, b in near)
    middle = sorted(alike)[len(alike) // 2] if alike else 0.0
    print(
        f"  median likeness {middle:.2f}; {len(near)} pairs are {NEAR:.0%} alike, {together} of them in one set"
    )


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--folds", type=Path, help="models by python -m training.site --folds")
    args = parser.parse_args()
    files = sorted((args.data / "sites").glob("*.jsonl.gz"))
    if args.folds:
        verdicts(files, args.folds)
    repeats(files)


if __name__ == "__main__":
    main()
