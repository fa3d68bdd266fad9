"""The model card, rendered from the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write_card(path: Path, manifest: Mapping[str, Any]) -> None:
    """Write the card as Markdown."""
    path.write_text(render_card(manifest), encoding="utf-8")


def render_card(manifest: Mapping[str, Any]) -> str:
    """The card's text."""
    metrics = manifest["metrics"]
    lines = [
        f"# Model {manifest['name']} {manifest['version']} ({manifest['id']})",
        "",
        "The probability that an English page is what content farms publish: mass-produced, automated, or "
        "made for search engines rather than for a reader. It is no proof about an author.",
        "",
        f"Fitted on {manifest['pages']['farm']:,} farm pages of {manifest['networks']['farm']} networks and "
        f"{manifest['pages']['human']:,} human pages of {manifest['networks']['human']} networks "
        f"(data {manifest['data_hash']}), with scikit-learn {manifest['sklearn']}. An additive model: hashed "
        "n-grams, one piecewise-linear function per feature, an affine calibration.",
        "",
        "## Measured out of fold, folds by network",
        "",
        "95 % intervals by bootstrap over networks; abstained farm pages count as missed.",
        "",
        "| pages | human / farm | AUROC | TPR at 1 % FPR | TPR at 5 % FPR |",
        "|---|---|---|---|---|",
    ]
    names = {"web": "all", "recent": "2022-12 and later", "html": "HTML", "markdown": "Markdown"}
    for key, label in names.items():
        m = metrics[key]
        lines.append(
            f"| {label} | {m['pages'][0]:,} / {m['pages'][1]:,} | {_with(m, 'auroc')} | "
            f"{_with(m, 'tpr_at_1pct')} | {m['tpr_at_5pct']:.3f} |"
        )
    web = metrics["web"]
    alone = metrics["ngrams_alone"]
    lines += [
        "",
        f"Expected calibration error {web['ece']:.3f}, Brier score {web['brier']:.3f}, coverage "
        f"{web['coverage']['human']:.3f} of human and {web['coverage']['farm']:.3f} of farm pages. "
        f"Sites (mean over five or more pages): AUROC {metrics['sites']['auroc']:.4f} over "
        f"{metrics['sites']['sites'][0]} human and {metrics['sites']['sites'][1]} farm sites.",
        "",
        f"N-grams alone reach AUROC {alone['auroc']:.3f} and TPR {alone['tpr_at_1pct']:.3f} at 1 % FPR on the same "
        f"folds; the signals add {alone['auroc_gain']:+.3f} [{alone['auroc_gain_interval'][0]:+.3f}, "
        f"{alone['auroc_gain_interval'][1]:+.3f}] and {alone['tpr_at_1pct_gain']:+.3f} "
        f"[{alone['tpr_at_1pct_gain_interval'][0]:+.3f}, {alone['tpr_at_1pct_gain_interval'][1]:+.3f}] (paired).",
        "",
        "Pages that have lost their capitals have weights of their own, fitted on lower-cased copies of all pages. Out of "
        f"fold, at the threshold of 1 % above, these find {metrics['caseless']['tpr']:.3f} of the lower-cased farm pages and "
        f"flag {metrics['caseless']['fpr']:.3f} of the human ones (AUROC {metrics['caseless']['auroc']:.3f}).",
        "",
        f"Learners' English, FAQs of institutions, press releases, textbooks, recipes and government pages: "
        f"{metrics['spared']['flagged']} of {metrics['spared']['of']} flagged at the threshold of 1 %.",
        "",
        "Flagged at the threshold of 1 % false positives:",
        "",
        "| kind | side | flagged | pages | networks |",
        "|---|---|---|---|---|",
    ]
    for side in ("farm", "human"):
        for kind, k in metrics["kinds"][side].items():
            lines.append(f"| {kind} | {side} | {k['flagged']:.3f} | {k['pages']} | {k['networks']} |")
    lines += _kinds(metrics["farm_kinds"])
    lines += ["", "Synthetic pages, never trained on (counts of one writer, no rates):", ""]
    for key in ("family_clean", "family_boxes", "family_full", "wider_farm", "wider_human_style"):
        lines.append(f"- {key.replace('_', ' ')}: {metrics[key]['flagged']} of {metrics[key]['of']} flagged")
    lines += [
        "",
        "Published text corpora, pages flagged at the same threshold, for diagnosis only (nothing of them trains "
        "the score, and a rewritten news text is not a farm page):",
        "",
        "| corpus and label | flagged | pages |",
        "|---|---|---|",
    ]
    for name, count in metrics["corpora"].items():
        lines.append(f"| {name} | {count['flagged']} | {count['of']} |")
    lines += [
        "",
        "## Limits",
        "",
        "English only. The farm side is mostly of 2024 to 2026 and rests on few networks, the human side mostly "
        "of 2005 to 2021; what a network writes about leaks into n-grams although names and numbers are folded. "
        "Kinds with few networks (doorways, spun pages, farms before 2022) are measured on few owners. Use it to "
        "sort pages for a human to look at, never to accuse an author.",
        "",
    ]
    return "\n".join(lines)


def _kinds(told: Mapping[str, Any]) -> list[str]:
    """How well the kinds of farm pages are told apart."""
    lines = [
        "",
        f"What kind of farm page it is, told on networks left out: right on {told['accuracy']:.3f} of farm pages (the "
        f"largest kind alone: {told['largest_kind']:.3f}), log loss {told['log_loss']:.3f} against "
        f"{told['log_loss_of_shares']:.3f} of the plain shares. A kind is named on {told['named']:.2f} of the pages, "
        f"rightly on {told['accuracy_of_named']:.2f} of those:",
        "",
        "| kind | pages | networks | named | rightly |",
        "|---|---|---|---|---|",
    ]
    for name, k in told["kinds"].items():
        lines.append(f"| {name} | {k['pages']} | {k['networks']} | {k['named']} | {k['named_rightly']} |")
    return lines


def _with(measures: Mapping[str, Any], name: str) -> str:
    interval = measures.get(f"{name}_interval")
    value = f"{measures[name]:.3f}"
    return f"{value} [{interval[0]:.3f}, {interval[1]:.3f}]" if interval else value
