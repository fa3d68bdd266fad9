"""Where the time of a page goes: by stage of the document, by signal, and how it grows with the page."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from benchmarks import bench_pages
from benchmarks.bench_pages import slope
from qualityscore import Scorer
from qualityscore.document import Page, build_document
from qualityscore.document.decode import decode_page
from qualityscore.document.document import join_blocks
from qualityscore.document.fold import fold
from qualityscore.document.html import parse_html
from qualityscore.document.language import detect_language
from qualityscore.document.lines import split_lines
from qualityscore.document.sentences import split_sentences
from qualityscore.document.tokens import tokenise
from qualityscore.errors import InputError
from qualityscore.limits import DEFAULT_LIMITS


def document_stages(pages: Sequence[Page], rounds: int) -> dict[str, float]:
    """Seconds a page of each step of `build_document`, the least of the rounds for each page."""
    totals: dict[str, float] = {}
    for page in pages:
        best: dict[str, float] = {}
        for _ in range(rounds):
            try:
                steps = _one_document(page)
            except InputError:
                break
            for name, value in steps.items():
                best[name] = min(value, best.get(name, value))
        for name, value in best.items():
            totals[name] = totals.get(name, 0.0) + value
    return {name: value / len(pages) for name, value in totals.items()}


def _one_document(page: Page) -> dict[str, float]:
    steps: dict[str, float] = {}

    def timed(name: str, function: Callable[..., Any], *args: Any) -> Any:
        started = time.process_time()
        result = function(*args)
        steps[name] = time.process_time() - started
        return result

    source = timed("decode", decode_page, page.content, page.headers)
    parsed = timed("parse", parse_html, source, DEFAULT_LIMITS)
    text = timed("join blocks", join_blocks, parsed.blocks)
    folded = timed("fold", fold, text)
    lines, words = timed("lines and words", split_lines, folded.text)
    timed("sentences", split_sentences, folded.text, lines, words)
    timed("tokens", tokenise, folded.text, lines, words)
    timed("language", detect_language, words, folded.text, parsed.meta.language)
    doc = build_document(page)
    timed("word hashes", lambda: doc.hashes)
    return steps


def score_stages(
    scorer: Scorer, pages: Sequence[Page], rounds: int
) -> tuple[dict[str, float], list[float], list[int]]:
    """Seconds a page by stage and signal (least of rounds), and time and words of each page."""
    totals: dict[str, float] = {}
    times: list[float] = []
    words: list[int] = []
    for page in pages:
        best: dict[str, float] = {}
        for _ in range(rounds):
            timings: dict[str, float] = {}
            verdict = scorer.score(page, timings=timings)
            # The longest stage would count time that other processes took.
            timings["document"] = _document_time(page)
            for name, value in timings.items():
                best[name] = min(value, best.get(name, value))
        times.append(sum(best.values()))
        words.append(verdict.words)
        for name, value in best.items():
            totals[name] = totals.get(name, 0.0) + value
    return {name: value / len(pages) for name, value in totals.items()}, times, words


def _document_time(page: Page) -> float:
    started = time.process_time()
    try:
        doc = build_document(page)
    except InputError:
        return time.process_time() - started
    _ = doc.sentences, doc.tokens, doc.hashes
    return time.process_time() - started


def growth(scorer: Scorer, pages: Sequence[Page], times: Sequence[float], words: Sequence[int]) -> None:
    """Print how time grows with the length of a page and with the number of pages."""
    long = [i for i, n in enumerate(words) if n >= 100]
    by_words = slope([words[i] for i in long], [times[i] for i in long])
    by_bytes = slope([len(pages[i].content) for i in long], [times[i] for i in long])
    print("growth of time, slope in log-log (1 is linear)")
    print(f"  over words of pages with 100 or more   {by_words:5.2f}")
    print(f"  over bytes of the same pages           {by_bytes:5.2f}")
    texts = bench_pages.plain_texts(pages)[:12]
    if texts:
        sizes = (1, 2, 4, 8, 16)
        # Different pages in a row, so that long texts are no mere repeats.
        joined = ["\n\n".join(str(t.content) for t in (texts * 2)[:n]) for n in sizes]
        spent = [_best(scorer, Page.from_text(text)) for text in joined]
        print(
            f"  over {len(joined[0].split())} to {len(joined[-1].split())} words of plain text"
            f"   {slope([len(text) for text in joined], spent):5.2f}"
        )
    print(
        f"  over the number of pages               {_over_pages(scorer, pages[:: len(pages) // 50 or 1]):5.2f}"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory {peak:.0f} MB, {sum(len(p.content) for p in pages) / 1e6:.0f} MB of it the pages")


def _over_pages(scorer: Scorer, pages: Sequence[Page]) -> float:
    """Slope of all time spent over the pages scored, the same pages again and again.

    Each pass counts in multiples of what parsing alone takes beside it, since a machine's speed may change.
    """
    total = 0.0
    spent = []
    for _ in range(8):
        scoring = parsing = 0.0
        for at in range(0, len(pages), 8):
            started = time.process_time()
            for _ in scorer.score_many(pages[at : at + 8]):
                pass
            scored = time.process_time()
            for page in pages[at : at + 8] * 4:
                LexborHTMLParser(page.content)
            scoring, parsing = scoring + scored - started, parsing + time.process_time() - scored
        total += scoring / parsing
        spent.append(total)
    return slope(range(1, len(spent) + 1), spent)


def _best(scorer: Scorer, page: Page) -> float:
    times = []
    for _ in range(3):
        started = time.process_time()
        scorer.score(page)
        times.append(time.process_time() - started)
    return min(times)
