"""The report as one HTML page: no script, nothing loaded, every word of a page escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from qualityscore.evaluation import plots
from qualityscore.evaluation.plots import Cells, bounds, percent

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_FACET_NAMES = {"source": "source", "kind": "kind", "length": "length", "year": "year", "format": "format"}
_MEASURES = {
    "auroc": "AUROC",
    "average_precision": "average precision",
    "tpr_at_1pct": "found at 1 % false positives",
    "tpr_at_5pct": "found at 5 % false positives",
    "brier": "Brier score",
}


def render(evaluation: Mapping[str, Any]) -> str:
    """The whole page for an evaluation as written to ``evaluation.json``."""
    figures = evaluation["figures"]
    style = files("qualityscore.evaluation").joinpath("style.css").read_text(encoding="utf-8")
    body = [
        *_head(evaluation),
        *_warnings(evaluation["warnings"]),
        *_cards(figures),
        *_compared(evaluation.get("baseline")),
        *_thresholds(figures),
        *_plots(figures),
        *_coverage(figures),
        *_slices(figures),
        *_worst(evaluation["worst"]),
        *_errors(evaluation["not_read"]),
        "<h2>How the figures were made</h2><ul>",
        *(f"<li>{escape(line)}</li>" for line in evaluation["method"]),
        "</ul>",
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(evaluation['title'])}</title><style>{style}</style></head><body><main>\n"
        + "\n".join(body)
        + "\n</main></body></html>\n"
    )


def table(head: Sequence[str], rows: Cells, caption: str = "") -> str:
    """A table that scrolls by itself; all cells are text."""
    cap = f"<caption>{escape(caption)}</caption>" if caption else ""
    top = "".join(f'<th scope="col">{escape(h)}</th>' for h in head)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(c)}</td>" for c in row[1:])
        + "</tr>"
        for row in rows
    )
    return f'<div class="scroll"><table>{cap}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def _head(evaluation: Mapping[str, Any]) -> list[str]:
    figures, model, labels = evaluation["figures"], evaluation["model"], evaluation["labels"]
    groups = figures["groups"]
    return [
        f"<h1>{escape(evaluation['title'])}</h1>",
        f'<p class="dim">{escape(evaluation["about"])} Model {escape(model["id"])} of version '
        f"{escape(model['version'])}.</p>",
        f"<p>{figures['positive']:,} positive pages ({escape(labels['field'])} = "
        f"{escape(labels['positive'])}) of {groups['positive']:,} groups and {figures['negative']:,} negative "
        f"pages of {groups['negative']:,} groups.</p>",
        f'<p class="dim">The {escape(evaluation["meaning"])}</p>',
    ]


def _warnings(lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return [
        f'<section class="warnings" aria-label="warnings"><strong>Mind</strong><ul>{items}</ul></section>'
    ]


def _cards(figures: Mapping[str, Any]) -> list[str]:
    ranking, calibration, coverage = figures["ranking"], figures["calibration"], figures["coverage"]
    cards = [
        (_MEASURES["auroc"], _three(ranking["auroc"]["value"]), bounds(ranking["auroc"]["interval"])),
        (_MEASURES["average_precision"], _three(ranking["average_precision"]["value"]),
         bounds(ranking["average_precision"]["interval"])),
        (_MEASURES["tpr_at_1pct"], percent(ranking["tpr_at_1pct"]["value"]),
         _percents(ranking["tpr_at_1pct"]["interval"])),
        (_MEASURES["tpr_at_5pct"], percent(ranking["tpr_at_5pct"]["value"]),
         _percents(ranking["tpr_at_5pct"]["interval"])),
        ("calibration error", _three(calibration["ece"]["value"]), bounds(calibration["ece"]["interval"])),
        ("calibration slope, intercept",
         f"{_two(calibration['slope']['value'])}, {_two(calibration['intercept']['value'])}",
         f"{bounds(calibration['slope']['interval'], 2)}; {bounds(calibration['intercept']['interval'], 2)}"),
        (_MEASURES["brier"], _three(calibration["brier"]["value"]), bounds(calibration["brier"]["interval"])),
        ("pages with a score",
         f"{percent(coverage['positive']['share'])}, {percent(coverage['negative']['share'])}",
         "of positive, of negative pages"),
    ]  # fmt: skip
    items = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}<small>{escape(note)}</small></dd></div>"
        for name, value, note in cards
    )
    return [f'<dl class="cards">{items}</dl>']


def _compared(baseline: Mapping[str, Any] | None) -> list[str]:
    if baseline is None:
        return []
    rows = [
        (_MEASURES[name], _three(row["this"]), _three(row["baseline"]), f"{row['gain']:+.3f}" if row["gain"] is not None else "–",
         bounds(row["interval"]))
        for name, row in baseline["measures"].items()
    ]  # fmt: skip
    head = ("measure", "this model, out of fold", "baseline", "gain", "95 % interval")
    return [
        f"<h2>Against {escape(baseline['name'])}</h2>",
        f"<p>{escape(baseline['note'])}</p>",
        table(head, rows),
    ]


def _thresholds(figures: Mapping[str, Any]) -> list[str]:
    rows = []
    for at in figures["at_thresholds"]:
        stands = "–" if at["stands_for_fpr"] is None else percent(at["stands_for_fpr"], 2)
        rows.append(
            (at["name"], f"{at['threshold']:.4f}", stands,
             *(f"{percent(at[m]['value'], 2 if m == 'fpr' else 1)} [{_percents(at[m]['interval'])}]"
               for m in ("fpr", "recall", "precision")),
             f"{at['true_positives']:,} / {at['false_positives']:,} / {at['missed']:,}")
        )  # fmt: skip
    head = (
        "threshold",
        "score above",
        "promised FPR",
        "FPR here",
        "recall",
        "precision",
        "found / wrong / missed",
    )
    return ["<h2>At the model's own thresholds</h2>", table(head, rows)]


def _plots(figures: Mapping[str, Any]) -> list[str]:
    key = '<p class="key"><span class="positive"></span>positive <span class="negative"></span>negative</p>'
    linear, logarithmic = plots.roc_plots(figures)
    roc = table(*plots.roc_table(figures))
    shown = [
        ("ROC", linear, "", roc),
        ("ROC, false-positive rate on a logarithmic axis", logarithmic, "", roc),
        ("Reliability, bins of equal mass", plots.reliability_plot(figures), "",
         table(*plots.reliability_table(figures))),
        ("Scores of both sides", plots.histogram_plot(figures), key, table(*plots.histogram_table(figures))),
    ]  # fmt: skip
    return [
        '<h2>Curves</h2><div class="plots">',
        *(
            f"<figure><figcaption>{escape(title)}</figcaption>{svg}{extra}"
            f"<details><summary>The same as a table</summary>{rows}</details></figure>"
            for title, svg, extra, rows in shown
        ),
        "</div>",
    ]


def _coverage(figures: Mapping[str, Any]) -> list[str]:
    rows = []
    for side in ("positive", "negative"):
        c = figures["coverage"][side]
        why = ", ".join(f"{name} {count:,}" for name, count in c["no_score"].items()) or "–"
        rows.append((side, f"{c['scored']:,}", percent(c["share"]), percent(c["share_from_100_words"]), why))
    head = ("side", "scored", "share", "share of pages of 100 words or more", "without a score")
    return ["<h2>Coverage</h2>", table(head, rows)]


def _slices(figures: Mapping[str, Any]) -> list[str]:
    out = ["<h2>By part</h2>", f"<p>Flagged at {escape(figures['at_thresholds'][-1]['name'])}.</p>"]
    for facet, entries in figures["slices"].items():
        rows = []
        for e in entries:
            ranking = e["ranking"] or {}
            cells = [e["value"], f"{e['pages']:,} / {e['groups']:,}", percent(e["coverage"])]
            for side in ("positive", "negative"):
                s = e[side]
                cells.append(
                    "–" if not s["pages"] else f"{percent(s['share_flagged'])} of {s['pages']:,}"
                    + (f" [{_percents(s['interval'])}]" if s["interval"] else "")
                )  # fmt: skip
            for name in ("auroc", "tpr_at_1pct"):
                m = ranking.get(name)
                interval = f" [{bounds(m['interval'])}]" if m and m["interval"] else ""
                cells.append("–" if m is None else f"{m['value']:.3f}{interval}")
            rows.append(cells)
        head = (_FACET_NAMES[facet], "pages / groups", "scored", "positive flagged", "negative flagged", "AUROC",
                "TPR at 1 % FPR")  # fmt: skip
        out += [f"<h3>By {facet}</h3>", table(head, rows)]
    return out


def _worst(worst: Mapping[str, Any]) -> list[str]:
    out = ["<h2>Worst errors</h2>"]
    for name, title, none in (
        ("false_positives", "Negative pages with the highest scores above the threshold",
         "No negative page is above the threshold."),
        ("misses", "Positive pages with the lowest scores", "No scored positive page is missed."),
    ):  # fmt: skip
        out.append(f"<h3>{title}</h3>")
        out += [_page(p) for p in worst[name]] or [f"<p>{none}</p>"]
    return out


def _page(page: Mapping[str, Any]) -> str:
    score = "no score" if page["score"] is None else f"{page['score']:.3f}"
    facts = [f"score {score}", f"label {page['label']}", f"group {page['group']}", f"{page['words']:,} words"]
    if page["kind"]:
        facts.insert(2, f"kind {page['kind']}")
    if page["url"]:
        # Shown, not linked: a report must not send its reader to a hostile page by a slip.
        facts.append(str(page["url"])[:200])
    reasons = []
    for s in page["signals"]:
        quotes = " ".join(f"<q>{escape(text)}</q>" for text in s["evidence"])
        reasons.append(
            f"<li><code>{s['contribution']:+.2f}</code> {escape(s['id'])} {quotes} {escape(s['note'])}</li>"
        )
    grams = ", ".join(f"{escape(g['ngram'])} <code>{g['contribution']:+.2f}</code>" for g in page["ngrams"])
    parts = ", ".join(f"{name} {value:+.2f}" for name, value in (page["parts"] or {}).items())
    return (
        f'<article class="page"><h3>{escape(page["name"])}</h3>'
        + (f"<p>{escape(page['title'])}</p>" if page["title"] else "")
        + f'<p class="dim">{escape(" · ".join(facts))}</p>'
        + (f"<ul>{''.join(reasons)}</ul>" if reasons else "")
        + (f"<p>wording: {grams}</p>" if grams else "")
        + (f'<p class="dim">log-odds: {escape(parts)}</p>' if parts else "")
        + "</article>"
    )


def _errors(not_read: Mapping[str, Any]) -> list[str]:
    if not not_read["failed"] and not not_read["left_out"] and not not_read["set_aside"]:
        return []
    rows = [(e["name"], e["error"]) for e in not_read["first"]]
    return [
        "<h2>Rows without figures</h2>",
        f"<p>{not_read['failed']:,} labelled pages could not be read and count as not flagged; "
        f"{not_read['left_out']:,} rows had no usable label or page and were left out; "
        f"{not_read['set_aside']:,} had a label that was not asked for.</p>",
        table(("row", "why"), rows),
    ]


def _three(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _two(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _percents(interval: Sequence[float] | None) -> str:
    return "–" if interval is None else f"{100 * interval[0]:.1f} to {100 * interval[1]:.1f}"
