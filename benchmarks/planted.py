"""Recall and false alarms on pages whose defects were planted and recorded.

The rows of ``synthetic/archetype_family.jsonl.gz`` record what was changed, but not where. Words are
located by aligning the body before and after the change with each other and with the parsed page.
Recall is the share of located items that a quotation of the kind's signals overlaps; a quotation that
overlaps no item of its kind is a false alarm. Kinds without a place (a second article) count once a page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from benchmarks.corpora import page, rows
from qualityscore.document import Document, build_document
from qualityscore.signals import Runner, all_signals

TIERS = ("clean", "boxes", "full")
Span = tuple[int, int]
_TOKEN = re.compile(r"\w+|[^\w\s]")
_RESIDUE = re.compile(r"^[^\S\n]*(?:#{1,6} |\* ).*$|^.*\*\*.*$", re.M)
_FAQ_TITLE = re.compile(
    r"(?im)^[#* ]*.*\b(?:faqs?|frequently|questions|inquiries|queries|quick answers|q&a)\b.*$"
)
_QUESTION = re.compile(r"[^.?!\n•]{6,200}\?")


@dataclass(frozen=True)
class Item:
    """A planted defect and the places that count as pointing at it; none: anywhere."""

    label: str
    spans: Sequence[Span] = ()


@dataclass(frozen=True)
class Layout:
    """Where the words of the body stand in the page, before and after the planting."""

    doc: Document
    original: str
    before: list[str]
    old_words: frozenset[str]
    after: list[re.Match[str]]
    to_before: dict[int, tuple[int, int]]
    to_page: dict[int, Span]

    def find(self, new: str, accept: Callable[[int, Sequence[str]], bool]) -> list[Span]:
        """Spans in the page of a word or phrase of the changed body, unless unchanged there."""
        parts = _TOKEN.findall(new)
        out: list[Span] = []
        for i in range(len(self.after) - len(parts) + 1):
            words = [m.group() for m in self.after[i : i + len(parts)]]
            if [w.lower() for w in words] != [p.lower() for p in parts] or i not in self.to_before:
                continue
            low, high = self.to_before[i]
            # Nothing was there before: the words came with a second article.
            if low == high and any(w.lower() in self.old_words for w in words):
                continue
            first, last = self.to_page.get(i), self.to_page.get(i + len(parts) - 1)
            if accept(i, self.before[low:high]) and first and last:
                out.append((first[0], last[1]))
        return out


def lay_out(row: dict[str, Any], doc: Document) -> Layout:
    """Align a row's two bodies with each other and with the page."""
    before = _TOKEN.findall(row["body_text_before_postprocessing"])
    after = list(_TOKEN.finditer(row["body_text"]))
    shown = list(_TOKEN.finditer(doc.text))
    low_after = [m.group().lower() for m in after]
    to_before: dict[int, tuple[int, int]] = {}
    for _, i, j, k, end in SequenceMatcher(None, [t.lower() for t in before], low_after, False).get_opcodes():
        for n in range(k, end):
            # A changed stretch as a whole stands for each of its words.
            to_before[n] = (i + n - k, i + n - k + 1) if j - i == end - k else (i, j)
    to_page: dict[int, Span] = {}
    for match in SequenceMatcher(
        None, low_after, [m.group().lower() for m in shown], False
    ).get_matching_blocks():
        for n in range(match.size):
            to_page[match.a + n] = shown[match.b + n].span()
    known = frozenset(t.lower() for t in before)
    return Layout(doc, row["body_text_before_postprocessing"], before, known, after, to_before, to_page)


def _swapped(layout: Layout, pairs: Sequence[str]) -> list[Item]:
    items: list[Item] = []
    for pair, count in Counter(pairs).items():
        old, _, new = pair.partition(">")
        olds = {t.lower() for t in _TOKEN.findall(old)}
        spans = layout.find(new, lambda _, was, olds=olds: not was or bool(olds & {w.lower() for w in was}))  # type: ignore[misc]
        items += [Item(pair, [span]) for span in spans[:count]]
    return items


def _lowered(layout: Layout, words: Sequence[str], where: str) -> list[Item]:
    doc = layout.doc
    items: list[Item] = []
    for word, count in Counter(words).items():
        low = word.lower()
        spans = layout.find(low, lambda i, was, low=low: layout.after[i].group() == low not in was)  # type: ignore[misc]
        items += [Item(low, [span]) for span in spans[:count] if _place(doc, span) == where]
    return items


def _place(doc: Document, span: Span) -> str:
    """Whether a word stands in a ``heading`` or in ``running`` text."""
    start = doc.text.rfind("\n", 0, span[0]) + 1
    line = doc.text[start:].split("\n", 1)[0].strip()
    return "heading" if len(line.split()) <= 14 and line[-1:] not in ".!" else "running"


def _glued(layout: Layout) -> list[Item]:
    """Marks that had a space behind them and have none any more."""
    items: list[Item] = []
    text = layout.doc.text
    for i, (left, right) in enumerate(zip(layout.after, layout.after[1:], strict=False)):
        if left.group() in ".,?!;:" and left.end() == right.start() and right.group()[0].isalpha():
            a, b = layout.to_page.get(i), layout.to_page.get(i + 1)
            glued = layout.after[i - 1].group() + left.group() + right.group()
            if i and a and b and a[1] == b[0] and glued not in layout.original:
                items.append(Item(text[max(0, a[0] - 12) : b[1]], [(a[0] - 1, b[1])]))
    return items


def _faq(layout: Layout, count: int) -> list[Item]:
    """Questions below a FAQ title, each with the rest of its line or the line behind it."""
    text = layout.doc.text
    for title in _FAQ_TITLE.finditer(text):
        found = list(_QUESTION.finditer(text, title.end(), title.end() + 3000))[:count]
        if len(found) == count and len(title.group().split()) <= 14:
            ends = [text.find("\n", m.end() + 2) for m in found]
            return [
                Item(m.group().strip(), [(m.start(), end if end > 0 else len(text))])
                for m, end in zip(found, ends, strict=True)
            ]
    return []


def _ending(layout: Layout) -> list[Item]:
    if not layout.to_page:
        return []
    end = layout.to_page[max(layout.to_page)][1]
    return [Item(layout.doc.text[max(0, end - 60) : end], [(max(0, end - 20), end)])]


def _label(layout: Layout, label: str) -> Item | None:
    found = re.finditer(rf"(?im)^[\W_]*{re.escape(label.rstrip('?:'))}", layout.doc.text)
    spans = [m.span() for m in found]
    return Item(label, spans) if spans else None


def items_of(kind: str, layout: Layout, defects: dict[str, Any]) -> list[Item]:
    """The located items of a kind on one page."""
    applied, written = defects["applied"], defects["written_in"]
    text = layout.doc.text
    if kind.startswith("lost capital"):
        return _lowered(layout, applied.get("lowercase", {}).get("items", ()), kind.rpartition(" ")[2])
    if kind == "lost space":
        return _glued(layout) if "lost_space" in applied else []
    if kind == "swapped letters":
        return _swapped(layout, applied.get("transpose", {}).get("items", ()))
    if kind == "spun word":
        return _swapped(layout, applied.get("spin", {}).get("items", ()))
    if kind == "raw Markdown":
        return (
            [Item(m.group(), [m.span()]) for m in _RESIDUE.finditer(text)]
            if "raw_markdown" in applied
            else []
        )
    if kind == "truncated end":
        return _ending(layout) if "truncated" in applied else []
    if kind == "box":
        found = [_label(layout, label) for label in written.get("boxes", ())]
        return [item for item in found if item is not None]
    if kind == "FAQ item":
        return _faq(layout, written.get("faq_items", 0)) if "faq_items" in written else []
    present = {
        "table": "table_rows" in written and layout.doc.markup is None,
        "title repeated": "in_body_title_repeat" in written,
        "second article": "second_article_contradicting" in written or "stitch" in applied,
    }
    return [Item(kind)] if present[kind] else []


KINDS: dict[str, tuple[str, ...]] = {
    "lost capital: running": ("lost_capital", "lower_case_start"),
    "lost capital: heading": ("lost_capital", "lower_case_start"),
    "lost space": ("lost_space",),
    "swapped letters": ("transposed_letters",),
    "spun word": ("rare_collocation", "tortured_phrase", "thesaurus_word"),
    "raw Markdown": ("raw_markup", "literal_bullet"),
    "truncated end": ("truncated_ending",),
    "box": ("trivia_box", "advice_box", "takeaways_box", "quick_answer_box"),
    "FAQ item": ("generated_faq", "faq_repeats_body"),
    "table": ("flattened_table",),
    "title repeated": ("repeated_title",),
    "second article": ("stitched_articles",),
}
# Defects that were never planted: whatever these quote on a page is an alarm to look at.
UNPLANTED = (
    "odd_capital",
    "spelling_variants",
    "mixed_dialect",
    "prompt_residue",
    "chatbot_phrase",
    "unfilled_slot",
)


@dataclass
class Tally:
    """Counts of a kind or signal in one tier."""

    planted: int = 0
    covered: int = 0
    alarms: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)


def measure(data: Path) -> tuple[dict[tuple[str, str], Tally], Counter[str], dict[tuple[str, str], Tally]]:
    """Tallies by (kind, tier), pages by tier, and alarms by (signal, tier)."""
    known = all_signals()
    wanted = {s for ids in KINDS.values() for s in ids if s in known} | {s for s in UNPLANTED if s in known}
    runner = Runner(only=sorted(wanted))
    kinds: dict[tuple[str, str], Tally] = defaultdict(Tally)
    signals: dict[tuple[str, str], Tally] = defaultdict(Tally)
    pages: Counter[str] = Counter()
    for row in rows(data / "synthetic" / "archetype_family.jsonl.gz"):
        tier = row["tier"]
        pages[tier] += 1
        doc = build_document(page(row))
        layout = lay_out(row, doc)
        quoted = {r.id: [(e.start, e.end, e.text) for e in r.evidence] for r in runner.run(doc, strict=True)}
        # What every item of a signal allows it to quote, over all kinds it serves.
        allowed: dict[str, list[Item]] = defaultdict(list)
        for kind, ids in KINDS.items():
            items = items_of(kind, layout, row["defects"])
            tally = kinds[kind, tier]
            tally.planted += len(items)
            evidence = [e for name in ids for e in quoted.get(name, ())]
            for item in items:
                if any(_overlaps(item, start, end) for start, end, _ in evidence):
                    tally.covered += 1
                else:
                    tally.missed.append(f"{row['id']}: {item.label}")
            for name in ids:
                allowed[name] += items
        for name, found in quoted.items():
            tally = signals[name, tier]
            for start, end, text in found:
                if not any(_overlaps(item, start, end) for item in allowed[name]):
                    tally.alarms += 1
                    tally.false.append(f"{row['id']}: {text}")
    return kinds, pages, signals


def _overlaps(item: Item, start: int | None, end: int | None) -> bool:
    if not item.spans:
        return True
    if start is None or end is None:
        return False
    return any(start < b and a < end for a, b in item.spans)


def report(data: Path, show: int) -> None:
    """Print recall by kind and false alarms by signal, both by tier."""
    kinds, pages, signals = measure(data)
    print(
        "recorded defects: covered / located (recall)   " + ", ".join(f"{t} {pages[t]} pages" for t in TIERS)
    )
    for kind, ids in KINDS.items():
        cells = [_recall(kinds[kind, tier]) for tier in TIERS[1:]]
        print(f"  {kind:24} boxes {cells[0]:>16}  full {cells[1]:>16}   {', '.join(ids)}")
        _examples("missed", [m for tier in TIERS for m in kinds[kind, tier].missed], show)
    print("\npassages that cover nothing planted, per page")
    for name in sorted({name for name, _ in signals}):
        cells = [f"{tier} {signals[name, tier].alarms / max(pages[tier], 1):5.2f}" for tier in TIERS]
        print(f"  {name:24} {'  '.join(cells)}")
        _examples("false", [m for tier in TIERS for m in signals[name, tier].false], show)
    silent = sum(signals[key].alarms for key in signals if key[1] == "clean")
    print(f"\nclean pages: {silent} passages on {pages['clean']} pages")


def _recall(tally: Tally) -> str:
    return f"{tally.covered}/{tally.planted} ({tally.covered / tally.planted:.2f})" if tally.planted else "-"


def _examples(what: str, lines: Sequence[str], show: int) -> None:
    """A few of the lines, evenly spread."""
    for line in lines[:: max(1, len(lines) // max(show, 1))][:show]:
        print(f"      {what} {' '.join(line.split())[:100]}")
