"""The table and the reasons for a reader at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from rich import box
from rich.cells import cell_len, set_cell_size
from rich.table import Table
from rich.text import Text

from qualityscore.cli.console import visible
from qualityscore.cli.output import Writer
from qualityscore.cli.printer import Printer
from qualityscore.model.abstention import MIN_WORDS
from qualityscore.signals import all_signals
from qualityscore.signals.registry import Evidence
from qualityscore.verdict import MEANING, SignalResult, Verdict

_STYLES = {"low_quality": "bold red", "suspect": "yellow", "ok": "green", "abstained": "dim", "failed": "red"}
# How many reasons a page of each band gets; `--explain` gives all.
_REASONS = {"low_quality": 7, "suspect": 5, "ok": 2}
# With more pages than this, reasons are given for the flagged ones only, and not for all of those.
_ALL_EXPLAINED = 10
_MOST_EXPLAINED = 20
_CHUNK = 500
# How many of the signals without a line of their own are named.
_REST_NAMED = 3
# Log-odds below which what is left over goes without saying.
_WORTH_NAMING = 0.05
_NARROW = 50
_INDENT = "    "


class TableWriter(Writer):
    """Collects short rows; prints the table, the reasons and the footer at the end."""

    def __init__(self, out: TextIO, notes: Sequence[str], *, explain: bool) -> None:
        self._console = Printer(out)
        self._notes = notes
        self._explain = explain
        self._rows: list[tuple[Text, Text, Text, Text]] = []
        self._few: list[list[Text]] = []
        self._flagged: list[tuple[float, int, list[Text]]] = []
        self._abstained: Counter[str] = Counter()

    def row(self, verdict: Verdict) -> None:
        """Keep what will be shown of a page."""
        band = "failed" if verdict.error else verdict.band
        style = _STYLES[band]
        number = "–" if verdict.score is None else f"{verdict.score:.3f}"
        self._rows.append(
            (Text(number, style), Text(band, style), Text(f"{verdict.words}"), Text(_name(verdict)))
        )
        if verdict.abstained:
            self._abstained[verdict.abstained] += 1
        flagged = band in ("suspect", "low_quality")
        if len(self._few) <= _ALL_EXPLAINED or flagged:
            lines = list(self._page(verdict))
            if len(self._few) <= _ALL_EXPLAINED:
                self._few.append(lines)
            if flagged:
                self._flagged.append((-(verdict.score or 0.0), len(self._rows), lines))
                if len(self._flagged) > 2 * _MOST_EXPLAINED:
                    self._flagged = sorted(self._flagged)[:_MOST_EXPLAINED]

    def close(self, bands: Mapping[str, int], broken: str) -> None:
        """Print everything."""
        width = max((len(row[2]) for row in self._rows), default=0)
        for start in range(0, len(self._rows), _CHUNK):
            self._console.print(self._table(self._rows[start : start + _CHUNK], width, first=not start))
        pages = self._few
        if len(self._rows) > _ALL_EXPLAINED:
            pages = [lines for _, _, lines in sorted(self._flagged)[:_MOST_EXPLAINED]]
        for lines in pages:
            self._console.print()
            for line in lines:
                self._console.print(line, no_wrap=line.no_wrap or False, overflow=line.overflow)
        self._footer(bands, broken)

    def _table(self, rows: Sequence[tuple[Text, Text, Text, Text]], words: int, first: bool) -> Table:
        table = Table(box=box.SIMPLE_HEAD, show_header=first, show_edge=False, pad_edge=False, padding=0)
        table.add_column("score", justify="right", width=5)
        table.add_column("band", width=11)
        wide = self._console.width >= _NARROW
        if wide:
            table.add_column("words", justify="right", width=max(words, 5))
        table.add_column("page", overflow="fold")
        for score, band, count, page in rows:
            table.add_row(*((score, band, count, page) if wide else (score, band, page)))
        return table

    def _footer(self, bands: Mapping[str, int], broken: str) -> None:
        self._console.print()
        total = sum(bands.values())
        if total > 1:
            counts = ", ".join(f"{bands[b]} {b}" for b in _STYLES if bands.get(b))
            self._console.print(Text(f"{total:,} pages: {counts}."))
        if total > _ALL_EXPLAINED and self._abstained:
            why = ", ".join(f"{count:,} {name}" for name, count in self._abstained.most_common())
            self._console.print(Text(f"Without a score: {why}."))
        if broken:
            self._console.print(Text(visible(broken) + ".", "red"))
        if total > _ALL_EXPLAINED and bands.get("low_quality", 0) + bands.get("suspect", 0) > _MOST_EXPLAINED:
            self._console.print(
                Text(f"Reasons are shown for the {_MOST_EXPLAINED} highest scores; --format jsonl has all.")
            )
        self._console.print(Text(MEANING[:1].upper() + MEANING[1:], "dim"))
        for note in self._notes:
            self._console.print(Text(note, "dim"))

    def _page(self, verdict: Verdict) -> Iterator[Text]:
        yield self._heading(verdict)
        if verdict.error:
            yield Text(f"  {visible(verdict.error)}", "red")
        elif verdict.score is None:
            yield Text(f"  no score: {_why_none(verdict)}")
        else:
            yield from self._reasons(verdict)

    def _heading(self, verdict: Verdict) -> Text:
        line = Text(_name(verdict), "bold")
        if verdict.title:
            line.append(f"  {visible(verdict.title)}", "not bold dim")
        return line

    def _reasons(self, verdict: Verdict) -> Iterator[Text]:
        assert verdict.parts is not None
        if (sureness := _sureness(verdict)) is not None:
            yield sureness
        lexical = verdict.parts["lexical"]
        reasons = verdict.reasons(len(verdict.signals) if self._explain else _REASONS[verdict.band])
        wording = lexical > 0 or self._explain
        for result in reasons:
            if wording and lexical > result.contribution:
                yield self._wording(lexical)
                wording = False
            yield from self._reason(verdict, result)
        if wording:
            yield self._wording(lexical)
        if not reasons and lexical <= 0:
            yield Text("  no signal with a passage to quote raises the score")
        given = {r.reading.id for r in reasons}
        rest = sorted(
            (s for s in verdict.signals if s.contribution and s.reading.id not in given),
            key=lambda s: -abs(s.contribution),
        )
        total = sum(s.contribution for s in rest)
        if not self._explain and abs(total) >= _WORTH_NAMING:
            names = ", ".join(s.reading.id for s in rest[:_REST_NAMED])
            yield _reason(total, "other signals", f"{names} … (--explain lists them)")
        if self._explain:
            yield from _explained(verdict, {r.reading.id for r in reasons})

    def _wording(self, value: float) -> Text:
        return _reason(
            value, "wording", "words and phrases" + ("" if self._explain else " (--explain names them)")
        )

    def _reason(self, verdict: Verdict, result: SignalResult) -> Iterator[Text]:
        reading = result.reading
        yield _reason(result.contribution, reading.id, all_signals()[reading.id].title)
        shown = reading.evidence if self._explain else reading.evidence[:1]
        for evidence in shown:
            yield quoted(verdict.text, evidence, self._console.width)
        if len(reading.evidence) > len(shown):
            yield Text(f"{_INDENT}and {len(reading.evidence) - len(shown)} more", "dim")


def _name(verdict: Verdict) -> str:
    source = verdict.source or verdict.url or "page"
    return "standard input" if source == "-" else visible(source)


def _sureness(verdict: Verdict) -> Text | None:
    """How sure the score is, and what kind of farm page it would be."""
    said = []
    if verdict.interval is not None:
        said.append(_between(*verdict.interval))
    if verdict.kind is not None and verdict.kind.name is not None:
        likely = verdict.kind.probabilities[verdict.kind.name]
        said.append(f"if a farm page, {verdict.kind.name.replace('_', ' ')} ({likely:.0%})")
    return Text(f"  {'; '.join(said)}", "dim") if said else None


def _between(low: float, high: float) -> str:
    """An interval in two digits, which never says that something is certain."""
    if low >= 0.995:
        return "score above 0.99"
    if high < 0.005:
        return "score below 0.01"
    return f"score between {low:.2f} and {high:.2f}"


def _why_none(verdict: Verdict) -> str:
    if verdict.abstained == "too_short":
        return f"too_short, {verdict.words} words; a score needs {MIN_WORDS}"
    if verdict.abstained == "unsupported_language":
        language = (
            f"the language is {verdict.language!r}" if verdict.language else "the language is not clear"
        )
        return f"unsupported_language, {language}; the model reads English"
    return "not_prose, mostly verse, navigation, lists or tables; a score needs running text"


def _reason(value: float, name: str, title: str) -> Text:
    line = Text(no_wrap=True, overflow="ellipsis")
    line.append(f"  {value:+.2f}  ", "red" if value > 0 else "green")
    line.append(name, "bold")
    line.append(f"  {visible(title)}")
    return line


def _explained(verdict: Verdict, shown: set[str]) -> Iterator[Text]:
    assert verdict.parts is not None
    others = [s for s in verdict.signals if s.contribution and s.reading.id not in shown]
    if others:
        yield Text("  other signals (log-odds)")
    for result in sorted(others, key=lambda s: -abs(s.contribution)):
        yield Text(f"  {result.contribution:+.2f}  {result.reading.id}")
    if verdict.lexical:
        yield Text("  n-grams that count most (log-odds, part of wording)")
    for gram in verdict.lexical:
        yield Text(f"  {gram.contribution:+.3f}  {visible(gram.ngram)}")
    parts = verdict.parts
    yield Text(
        f"  log-odds: intercept {parts['intercept']:+.2f}, wording {parts['lexical']:+.2f}, "
        f"signals {parts['signals']:+.2f}, page {parts['page']:+.2f} = {sum(parts.values()):+.2f}"
    )


def quoted(text: str, evidence: Evidence, width: int) -> Text:
    """A passage in its line of the text, cut to a width in cells, between « and »."""
    out = Text(_INDENT, no_wrap=True, overflow="ellipsis")
    start, end = evidence.start, evidence.end
    if start is None or end is None:
        if evidence.where != "document":
            out.append(f"{evidence.where}: ", "dim")
        passage = visible(evidence.text)
        out.append(f"«{passage}»" if passage else visible(evidence.note))
        return out
    before = visible(text[text.rfind("\n", 0, start) + 1 : start][-500:]).lstrip()
    line_end = text.find("\n", end)
    after = visible(text[end : line_end if line_end >= 0 else len(text)][:500]).rstrip()
    room = max(width - len(_INDENT) - 2, 8)
    passage = _cut_middle(visible(evidence.text), room)
    room -= cell_len(passage)
    left = min(cell_len(before), max(room // 2, room - cell_len(after)))
    out.append(_cut_left(before, left), "dim")
    out.append("«")
    out.append(passage, "bold")
    out.append("»")
    out.append(_cut(after, room - left), "dim")
    return out


def _cut(text: str, cells: int) -> str:
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, cells - 1).rstrip() + "…" if cells > 1 else ""


def _cut_middle(text: str, cells: int) -> str:
    """Keep both ends: a passage may be telling by either."""
    if cell_len(text) <= cells:
        return text
    return _cut(text, cells // 2) + _cut_left(text, cells - cells // 2).lstrip("…")


def _cut_left(text: str, cells: int) -> str:
    return _cut(text[::-1], cells)[::-1]
