"""Plain texts a second on one core, beside other scorers of texts and the quality filters of datatrove.

``python -m benchmarks.texts --data DIR [--pages N] [--rounds N]``

``DIR`` holds ``bench_small.warc.gz``, whose English main texts are cut at about 800 words. All take turns on the same
texts in one process; figures are CPU time, medians over rounds. What is not installed, or does not load, is left out and
named (``pip install datatrove[io] spacy sloplint is-it-slop``).
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import bench_pages
from benchmarks.bench_pages import Variant, each
from qualityscore import Scorer
from qualityscore.document import Page
from qualityscore.own_process import settle

OURS = "qualityscore"
FILTERS = ("C4QualityFilter", "FineWebQualityFilter", "GopherQualityFilter", "GopherRepetitionFilter")


def _filter(name: str) -> Callable[[Page], object]:
    documents = importlib.import_module("datatrove.data")
    judge = getattr(importlib.import_module("datatrove.pipeline.filters"), name)()
    return lambda page: judge.filter(documents.Document(text=str(page.content), id="page"))


def _sloplint() -> Callable[[Page], object]:
    lint: Any = importlib.import_module("sloplint.lint").lint
    return lambda page: len(lint(str(page.content)))


def _is_it_slop() -> Callable[[Page], object]:
    is_this_slop: Any = importlib.import_module("is_it_slop").is_this_slop
    return lambda page: is_this_slop(str(page.content)).ai_probability


def others(texts: list[Page]) -> list[Variant[Any]]:
    """All that load and judge a text."""
    makers = {f"datatrove {name}": partial(_filter, name) for name in FILTERS}
    makers |= {"sloplint": _sloplint, "is-it-slop": _is_it_slop}
    found = []
    for name, make in makers.items():
        try:
            run = make()
            run(texts[0])
        except Exception as error:
            print(f"{name} left out: {str(error).splitlines()[0]}")
        else:
            found.append(Variant(name, each(run), texts))
    return found


def main() -> None:
    """Time all in turns and print texts a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    texts = bench_pages.plain_texts(bench_pages.read_pages(args.data, args.pages))
    scorer = Scorer.load(evidence=False)
    settle()

    def ours(some: Any) -> None:
        for _ in scorer.score_many(some):
            pass

    variants = [Variant(OURS, ours, texts), *others(texts)]
    ours(texts)
    seconds = bench_pages.race(variants, args.rounds)
    print(f"{len(texts)} texts of about 800 words\n{'':32}{'texts/s':>9}{'qualityscore is faster':>24}")
    for name, value in seconds.items():
        print(f"{name:32}{1 / value:9.1f}{value / seconds[OURS]:24.2f}")


if __name__ == "__main__":
    main()
