"""How scores stand up to evasion and to small changes, by models that had not seen the page's network.

``python -m benchmarks.robustness --data DIR [--cache DIR] [--pages N] [--seed N] [--json FILE]``

Farm and human pages, taken in turn from networks, are attacked and scored at the threshold that the
clean web set's 1 % gives. Then sentences are deleted, names changed, and Markdown pages rendered as
HTML and as plain text.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from markdown_it import MarkdownIt

from benchmarks.attacks import attacks
from benchmarks.out_of_fold import OutOfFold, out_of_fold, spread
from qualityscore import Page, Scorer, Verdict, build_document
from training.texts import on_text

Float = npt.NDArray[np.float64]
_NAMES = ("Marlow", "Ines", "Tobin", "Haverhill", "Okafor", "Lindqvist")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_SENTENCES_A_PAGE = 8


class Bench:
    """Scores changed pages by the model of their fold."""

    def __init__(self, found: OutOfFold) -> None:
        self.found = found
        self._scorers = [Scorer(model, evidence=False) for model in found.models]

    def verdict(self, row: int, page: Page) -> Verdict:
        """One page, by the model that had not seen the network of a row."""
        return self._scorers[int(self.found.fold[row])].score(page)

    def score(self, row: int, page: Page) -> float:
        """Its score, -1 without."""
        value = self.verdict(row, page).score
        return -1.0 if value is None else value


def attacked(bench: Bench, rows: Sequence[int], seed: int) -> dict[str, Any]:
    """Share flagged at the clean threshold, clean and under each attack."""
    found, out = bench.found, {}
    clean = found.score[list(rows)]
    limit = found.threshold
    out["clean"] = {
        "flagged": float((clean > limit).mean()),
        "no_score": int((clean < 0).sum()),
        "changed": 0,
    }
    for name, attack in attacks().items():
        scores, changed = [], 0
        for row in rows:
            page = found.samples[row].page
            raw = page.content if isinstance(page.content, str) else page.content.decode("utf-8", "replace")
            # A generator a page, so that one page's attack does not depend on the others.
            rng = random.Random(f"{seed} {name} {row}")
            new = on_text(raw, page.kind, lambda text, a=attack, r=rng: a(text, r))  # type: ignore[misc]
            changed += new != raw
            scores.append(bench.score(row, Page(new, page.kind, page.url, page.source)))
        after = np.array(scores)
        out[name] = {
            "flagged": float((after > limit).mean()),
            "no_score": int((after < 0).sum()),
            "changed": changed,
            "median_move": float(np.median(np.abs(after - clean))),
        }
        _say(f"{name}: {out[name]['flagged']:.3f}")
    return out


def deletions(bench: Bench, rows: Iterable[int], seed: int) -> list[float]:
    """Moves of the score when one sentence of the rendered text is deleted."""
    moves = []
    for row in rows:
        doc = build_document(bench.found.samples[row].page)
        rng = random.Random(f"{seed} {row}")
        spans = [doc.original_span(s.start, s.end) for s in doc.sentences]
        before = bench.score(row, Page.from_text(doc.text))
        if before < 0:
            continue
        for start, end in rng.sample(spans, min(len(spans), _SENTENCES_A_PAGE)):
            after = bench.score(row, Page.from_text(doc.text[:start] + doc.text[end:].lstrip(" ")))
            if after >= 0:
                moves.append(abs(after - before))
    return moves


def name_changes(bench: Bench, rows: Iterable[int], seed: int) -> list[float]:
    """Moves of the score when the name that occurs most is another one everywhere."""
    moves = []
    for row in rows:
        text = build_document(bench.found.samples[row].page).text
        names = Counter(_NAME.findall(text)).most_common(1)
        before = bench.score(row, Page.from_text(text))
        if not names or before < 0:
            continue
        new = random.Random(f"{seed} {row}").choice(_NAMES)
        after = bench.score(row, Page.from_text(re.sub(rf"\b{names[0][0]}\b", new, text)))
        if after >= 0:
            moves.append(abs(after - before))
    return moves


def renderings(bench: Bench, rows: Iterable[int]) -> dict[str, list[float]]:
    """Moves of the text part, as a probability, when a Markdown page comes as HTML or plain text."""
    out: dict[str, list[float]] = {"html": [], "text": []}
    render = MarkdownIt("commonmark").enable("table").render
    for row in rows:
        page = bench.found.samples[row].page
        doc = build_document(page)
        raw = re.sub(r"\A---\n.*?\n---\n", "", str(page.content), count=1, flags=re.S)
        html = f"<!doctype html><html><body><article>{render(raw)}</article></body></html>"
        forms = {"html": Page.from_html(html), "text": Page.from_text(doc.text)}
        before = _text_part(bench, row, Page.from_markdown(raw))
        for name, form in forms.items():
            after = _text_part(bench, row, form)
            if before is not None and after is not None:
                out[name].append(abs(after - before))
    return out


def _text_part(bench: Bench, row: int, page: Page) -> float | None:
    parts = bench.verdict(row, page).parts
    if parts is None:
        return None
    intercept = bench.found.models[int(bench.found.fold[row])].intercept
    return float(1 / (1 + np.exp(-(intercept + parts["lexical"] + parts["signals"]))))


def _moves(values: Sequence[float], limit: float) -> dict[str, Any]:
    array = np.array(values)
    return {
        "changes": len(values),
        f"share_within_{limit:g}": float((array <= limit).mean()),
        "p95": float(np.quantile(array, 0.95)),
        "largest": float(array.max()),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".cache"))
    parser.add_argument("--pages", type=int, default=300, help="farm pages and human pages to attack, each")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    args = parser.parse_args()
    found = out_of_fold(args.data, args.cache, args.seed)
    _say("models fitted")
    bench, table = Bench(found), found.table
    figures: dict[str, Any] = {"threshold": found.threshold}
    for side, label in (("farm", 1), ("human", 0)):
        rows = spread(table, found.measured & (table.y == label), args.pages, args.seed).tolist()
        _say(f"{side}: {len(rows)} pages of {len(set(table.group[rows]))} networks")
        figures[side] = attacked(bench, rows, args.seed)
    few = spread(table, found.measured & table.scored, max(args.pages // 3, 10), args.seed).tolist()
    figures["sentence deleted"] = _moves(deletions(bench, few, args.seed), 0.05)
    figures["name changed"] = _moves(name_changes(bench, few, args.seed), 0.05)
    markdown = np.array([s.page.kind == "markdown" for s in found.samples])
    some = spread(table, found.measured & table.scored & markdown, max(args.pages // 3, 10), args.seed)
    for name, moves in renderings(bench, some.tolist()).items():
        figures[f"markdown as {name}"] = _moves(moves, 0.02)
    print(shown(figures))
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def shown(figures: dict[str, Any]) -> str:
    """The figures as Markdown tables."""
    farm, human = figures["farm"], figures["human"]
    lines = [
        "| attack | farm pages found | lost | without a score | pages changed | human pages flagged |",
        "|---|---|---|---|---|---|",
    ]
    for name, row in farm.items():
        lines.append(
            f"| {name} | {row['flagged']:.3f} | {farm['clean']['flagged'] - row['flagged']:+.3f} | {row['no_score']} | "
            f"{row['changed']} | {human[name]['flagged']:.3f} |"
        )
    lines += [
        "",
        "| change | changes | within the limit | 95th percentile | largest |",
        "|---|---|---|---|---|",
    ]
    for name, row in figures.items():
        if isinstance(row, dict) and "changes" in row:
            share = next(value for key, value in row.items() if key.startswith("share"))
            limit = next(key.removeprefix("share_within_") for key in row if key.startswith("share"))
            lines.append(
                f"| {name} | {row['changes']} | {share:.3f} within {limit} | {row['p95']:.3f} | {row['largest']:.3f} |"
            )
    return "\n".join(lines)


_STARTED = time.monotonic()


def _say(message: str) -> None:
    print(f"{time.monotonic() - _STARTED:6.0f} s  {message}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
