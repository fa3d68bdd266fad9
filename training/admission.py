"""Which signals earn their weight: ``python -m training.admission --data DIR``.

A signal's benefit is how much the out-of-fold log loss, every network counting the same on each side,
gets worse when its contribution is taken away from models that had not seen the page's network. A
signal that does harm beyond the noise between seeds is not admitted and stays evidence. (Signals of
rare defects measure as nothing either way; they keep the little weight, of the right sign, that the
regularised fit gives them.) Writes ``training/not_admitted.txt``.
"""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

import numpy as np
import numpy.typing as npt

from qualityscore.fitting.folds import group_weights
from qualityscore.fitting.lexical import NgramCounts
from qualityscore.fitting.pipeline import CrossFit, FitSettings, calibrate
from qualityscore.fitting.table import Table
from training.corpora import synthetic, text_corpora, web
from training.features import build_table
from training.settings import NOT_ADMITTED_FILE, not_admitted, shipped_settings
from training.spun import cross_fit_taught, with_copies

Float = npt.NDArray[np.float64]
_ROUNDS = 2
# Two seeds give a signal benefits that differ by about this much.
_NOISE = 3e-4


def losses(log_odds: Float, y: npt.NDArray[np.int64]) -> Float:
    """Log loss of every row."""
    return np.asarray(np.logaddexp(0.0, np.where(y == 1, -log_odds, log_odds)))


def benefits(table: Table, crossed: CrossFit, rows: npt.NDArray[np.int64]) -> dict[str, float]:
    """Mean rise of the out-of-fold loss without each signal; positive is good."""
    slope, intercept = calibrate(crossed.log_odds[rows], table.y[rows])
    weights = group_weights(table.group[rows], table.y[rows], power=1.0)
    y = table.y[rows]
    whole = losses(slope * crossed.log_odds[rows] + intercept, y)
    by_signal: dict[str, Float] = {}
    places = {name: i for i, name in enumerate(table.columns)}
    for k, fitted in enumerate(crossed.models):
        here = np.flatnonzero(crossed.fold[rows] == k)
        for part, mask in (
            (fitted.stack.text, np.ones(len(here), dtype=bool)),
            (fitted.stack.page, table.html[rows[here]]),
        ):
            x = table.x[rows[here]][:, [places[c] for c in part.columns]]
            values = part.contributions(x) * mask[:, None]
            for j, column in enumerate(part.columns):
                total = by_signal.setdefault(column.partition(".")[0], np.zeros(len(rows)))
                total[here] += slope * values[:, j]
    out: dict[str, float] = {}
    for signal, contribution in by_signal.items():
        without = losses(slope * crossed.log_odds[rows] + intercept - contribution, y)
        out[signal] = float(np.average(without - whole, weights=weights))
    return out


def without(settings: FitSettings, rejected: set[str]) -> FitSettings:
    """Settings without the columns of some signals."""
    return dataclasses.replace(
        settings,
        text_columns=tuple(c for c in settings.text_columns if not {c, c.partition(".")[0]} & rejected),
        page_columns=tuple(c for c in settings.page_columns if not {c, c.partition(".")[0]} & rejected),
    )


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".cache"))
    args = parser.parse_args()
    samples = web(args.data) + synthetic(args.data) + text_corpora(args.data)
    table = build_table(samples, args.cache)
    settings = shipped_settings(everything=True)
    whole, copies = with_copies(samples, table, args.cache)
    counts = NgramCounts(whole, settings.lexical)
    labelled = np.array([s.set == "web" for s in samples]) & (table.y >= 0)
    usable = labelled & table.scored
    # Single columns of signals that have others are taken out by hand and stay out.
    by_hand = {name for name in not_admitted() if "." in name}
    rejected: set[str] = set(by_hand)
    for round_ in range(_ROUNDS):
        # Another seed each round, so that no signal is judged twice by one division into folds.
        current = dataclasses.replace(without(settings, rejected), seed=10 + round_)
        crossed = cross_fit_taught(whole, counts, current, usable, labelled, copies)
        found = benefits(table, crossed, np.flatnonzero(usable))
        for signal, value in sorted(found.items(), key=lambda item: item[1]):
            print(f"{round_} {signal:32} {1e4 * value:8.2f}")
        rejected |= {signal for signal, value in found.items() if value < -_NOISE}
    NOT_ADMITTED_FILE.write_text("".join(f"{name}\n" for name in sorted(rejected)), encoding="utf-8")
    print(f"{len(rejected)} signals are not admitted")


if __name__ == "__main__":
    main()
