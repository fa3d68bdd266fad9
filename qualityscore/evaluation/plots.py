"""The four plots of a report, each with the table that says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qualityscore.evaluation.svg import SHARE, Axis, Plot

Cells = Sequence[Sequence[str]]
_ROC_ROWS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


def percent(value: float | None, digits: int = 1) -> str:
    """A share as per cent, or a dash."""
    return "–" if value is None else f"{100 * value:.{digits}f} %"


def roc_plots(figures: Mapping[str, Any]) -> list[str]:
    """The ROC over a linear and over a logarithmic false-positive rate."""
    curve = figures["curve"]
    # The lowest rate the negatives can show, rounded down to a power of ten.
    floor = 10.0 ** -min(max(len(str(figures["negative"])), 2), 6)
    ticks = [(10.0**-i, f"{100 * 10.0**-i:g} %") for i in range(7) if 10.0**-i >= floor * 0.99]
    out = []
    for name, title, axis, start in (
        ("roc", "ROC", Axis("false-positive rate", 0.0, 1.0, SHARE), 0.0),
        ("roclog", "ROC at low false-positive rates", Axis("false-positive rate, logarithmic", floor, 1.0, ticks, True),
         floor),
    ):  # fmt: skip
        plot = Plot(
            name, title, "Share of positive pages found against share of negative pages flagged.", axis,
            Axis("true-positive rate", 0.0, 1.0, SHARE),
        )  # fmt: skip
        chance = [(0.0, 0.0), (1.0, 1.0)] if not axis.log else [(floor * 10 ** (i / 8), floor * 10 ** (i / 8))
                                                               for i in range(8 * (len(ticks) - 1) + 1)]  # fmt: skip
        plot.line(chance, "chance")
        plot.steps([(start, 0.0), *((max(p["fpr"], start), p["tpr"]) for p in curve)], "curve")
        for at in figures["at_thresholds"]:
            fpr, recall = at["fpr"]["value"], at["recall"]["value"]
            if fpr is not None and recall is not None:
                plot.dot(max(fpr, start), recall, f"{at['name']}: found {percent(recall)}, flagged wrongly "
                         f"{percent(fpr, 2)}", "dot")  # fmt: skip
        out.append(plot.render())
    return out


def roc_table(figures: Mapping[str, Any]) -> tuple[Sequence[str], Cells]:
    """Recall at a few false-positive rates."""
    rows = []
    for rate in _ROC_ROWS:
        below = [p for p in figures["curve"] if p["fpr"] <= rate]
        if below and rate * figures["negative"] >= 1:
            best = below[-1]
            limit = "–" if best["threshold"] is None else f"{best['threshold']:.4f}"
            rows.append((percent(rate, 2), percent(best["tpr"]), limit))
    return ("false-positive rate up to", "true-positive rate", "lowest score flagged"), rows


def reliability_plot(figures: Mapping[str, Any]) -> str:
    """Share of positives against mean score, by bins of equal mass."""
    plot = Plot(
        "reliability", "Reliability",
        "Share of positive pages against the mean score, in bins of equally many pages; on the diagonal the "
        "score is a probability.",
        Axis("mean score of a bin", 0.0, 1.0, SHARE), Axis("share of positive pages", 0.0, 1.0, SHARE),
    )  # fmt: skip
    plot.line([(0.0, 0.0), (1.0, 1.0)], "chance")
    bins = figures["calibration"]["bins"]
    for b in bins:
        if b["share_positive"]["interval"]:
            low, high = b["share_positive"]["interval"]
            plot.span(b["mean_score"], low, high, "span")
    plot.line([(b["mean_score"], b["share_positive"]["value"]) for b in bins], "curve")
    for b in bins:
        label = f"mean score {b['mean_score']:.3f}, positive {percent(b['share_positive']['value'])}"
        plot.dot(b["mean_score"], b["share_positive"]["value"], label, "dot")
    return plot.render()


def reliability_table(figures: Mapping[str, Any]) -> tuple[Sequence[str], Cells]:
    """The bins."""
    rows = []
    for b in figures["calibration"]["bins"]:
        share = b["share_positive"]
        rows.append(
            (f"{b['low']:.3f} to {b['high']:.3f}", f"{b['pages']:,}", f"{b['mean_score']:.3f}",
             f"{share['value']:.3f}", bounds(share["interval"]))
        )  # fmt: skip
    return ("scores", "pages", "mean score", "share positive", "95 % interval"), rows


def bounds(interval: Sequence[float] | None, digits: int = 3) -> str:
    """An interval, or a dash."""
    return "–" if interval is None else f"{interval[0]:.{digits}f} to {interval[1]:.{digits}f}"


def histogram_plot(figures: Mapping[str, Any]) -> str:
    """Scores of both sides, as shares of their side."""
    histogram = figures["histogram"]
    totals = {side: max(sum(histogram[side]), 1) for side in ("positive", "negative")}
    top = max((c / totals[s] for s in totals for c in histogram[s]), default=0.0)
    high = max(0.1, -(-top // 0.1) * 0.1)
    ticks = [(high * i / 4, percent(high * i / 4, 0 if high >= 0.4 else 1)) for i in range(5)]
    plot = Plot(
        "histogram", "Scores", "How the scores of positive and of negative pages are spread.",
        Axis("score", 0.0, 1.0, SHARE), Axis("share of the side's scored pages", 0.0, high, ticks),
    )  # fmt: skip
    for side, shift in (("negative", 0.0), ("positive", 0.5)):
        for i, count in enumerate(histogram[side]):
            left = (i + shift) / len(histogram[side])
            plot.bar(left, left + 0.5 / len(histogram[side]), count / totals[side], side)
    for row, at in enumerate(figures["at_thresholds"]):
        plot.upright(at["threshold"], at["name"], "limit", row)
    return plot.render()


def histogram_table(figures: Mapping[str, Any]) -> tuple[Sequence[str], Cells]:
    """Counts by twentieths."""
    histogram = figures["histogram"]
    size = len(histogram["positive"])
    rows = [
        (
            f"{i / size:.2f} to {(i + 1) / size:.2f}",
            f"{histogram['positive'][i]:,}",
            f"{histogram['negative'][i]:,}",
        )
        for i in range(size)
    ]
    return ("scores", "positive pages", "negative pages"), rows
