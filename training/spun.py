"""Spun copies of human pages, which teach the additive part what swapped words weigh.

The corpora hold one spinner, so the fold that scores it cannot learn from it. A copy stands among the farm pages
of the stack, in no n-gram and in no figure, and only where the page's network is in the fold that is fitted on.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from qualityscore.document import Page
from qualityscore.fitting.lexical import NgramCounts
from qualityscore.fitting.pipeline import CrossFit, FitSettings, cross_fit
from qualityscore.fitting.table import Table
from qualityscore.signals.tables import collocations
from training.corpora import Sample
from training.features import build_table
from training.texts import on_text

COPIES = 400
A_NETWORK = 2  # pages of one network at most
SHARES = (0.2, 0.4)  # of the words that have synonyms, by turns; about 0.13 and 0.26 of all content words
CHOICE = 6  # the most frequent synonyms, from which one is drawn
_WORD = re.compile(r"(?<![^\W_])(?<!')[a-z]+(?![^\W_])(?!')")


def spin(text: str, share: float, rng: random.Random) -> str:
    """The text with that share of its lower-case words that have synonyms swapped for one of them."""
    table = collocations()

    def swap(match: re.Match[str]) -> str:
        number = table.id(match.group())
        others: list[int] = table.synonyms[table.first[number] : table.first[number + 1]][:CHOICE].tolist()
        if not others or rng.random() >= share:
            return match.group()
        return table.words[others[rng.randrange(len(others))]]

    return _WORD.sub(swap, text)


def spun_copies(samples: Sequence[Sample], count: int = COPIES, seed: int = 11) -> list[Sample]:
    """Spun copies of human pages of the web set, drawn by network."""
    rng = random.Random(seed)
    by_network: dict[str, list[Sample]] = {}
    for sample in samples:
        if sample.set == "web" and sample.label == 0:
            by_network.setdefault(sample.network, []).append(sample)
    drawn: list[Sample] = []
    for network in sorted(by_network):
        pages = by_network[network]
        drawn += rng.sample(pages, min(A_NETWORK, len(pages)))
    drawn = rng.sample(drawn, min(count, len(drawn)))
    return [
        _copy(sample, SHARES[i % len(SHARES)], random.Random(f"{seed} {i}")) for i, sample in enumerate(drawn)
    ]


def _copy(sample: Sample, share: float, rng: random.Random) -> Sample:
    page = sample.page
    raw = page.content if isinstance(page.content, str) else page.content.decode("utf-8", "replace")
    spun = on_text(raw, page.kind, lambda text: spin(text, share, rng))
    return dataclasses.replace(
        sample,
        id=f"spun/{sample.id}",
        set="spun copies",
        label=1,
        origin="spun",
        page=Page(spun, page.kind, page.url, page.source),
    )


def joined(a: Table, b: Table) -> Table:
    """The rows of one table and then those of another."""

    def both(name: str) -> Any:
        return np.concatenate([getattr(a, name), getattr(b, name)])

    return Table(
        x=both("x"),
        columns=a.columns,
        words=[*a.words, *b.words],
        tokens=[*a.tokens, *b.tokens],
        html=both("html"),
        scored=both("scored"),
        n_words=both("n_words"),
        y=both("y"),
        group=both("group"),
    )


def with_copies(
    samples: Sequence[Sample], table: Table, cache: Path | None
) -> tuple[Table, npt.NDArray[np.int64]]:
    """The table with rows of spun copies behind it, and which rows these are (those that get a score)."""
    whole = joined(table, build_table(spun_copies(samples), cache))
    rows = np.arange(len(table), len(whole))
    return whole, rows[whole.scored[rows]]


def cross_fit_taught(
    whole: Table,
    counts: NgramCounts,
    settings: FitSettings,
    usable: npt.NDArray[np.bool_],
    labelled: npt.NDArray[np.bool_],
    copies: npt.NDArray[np.int64],
    progress: Callable[[str], None] = lambda _: None,
) -> CrossFit:
    """Cross-fit the pages before the copies; the copies teach the stacks and are in no result."""
    size = len(usable)
    none = np.zeros(len(whole) - size, dtype=np.bool_)
    mask = np.isin(np.arange(len(whole)), copies)
    crossed = cross_fit(
        whole, counts, settings, np.append(usable, none), np.append(labelled, none), progress, mask
    )
    return dataclasses.replace(
        crossed,
        fold=crossed.fold[:size],
        log_odds=crossed.log_odds[:size],
        text_log_odds=crossed.text_log_odds[:size],
        lexical=crossed.lexical[:size],
    )
