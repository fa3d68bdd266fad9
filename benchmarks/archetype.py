"""Whether every defect of the archetype page is found and pointed at.

``python -m benchmarks.archetype [--seed PATH] [--data DIR] [--show N]``

Prints the 22 defects with the passages quoted for them; the exit code is 1 if one of them has none.
A defect counts as found by the rule in `DEFECTS`: so many passages of these signals, and of the
named passages that stand in the page at least one overlapped, so that a quotation elsewhere does not
count. With ``--data``, recall and false alarms on the recorded defects of
``synthetic/archetype_family.jsonl.gz`` follow.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import planted
from qualityscore.document import Page, build_document
from qualityscore.signals import Runner, all_signals
from qualityscore.signals.registry import Evidence

_SHOWN = 8
_CHARS = 72


@dataclass(frozen=True)
class Defect:
    """A defect of the archetype page, and what counts as pointing at it.

    Attributes:
        signals: ids of signals that may point at it; alternatives.
        least: passages they must quote together.
        each: whether every one of the signals must quote something.
        named: passages of the page that a reader would point at; overlap is reported.
    """

    number: int
    name: str
    signals: Sequence[str]
    named: Sequence[str]
    least: int = 1
    each: bool = False


DEFECTS = (
    Defect(1, "trivia box", ("trivia_box",), ("Did You Know?",)),
    Defect(2, "advice box", ("advice_box",), ("Pro Tip:",)),
    Defect(
        3, "generated FAQ that restates the article", ("generated_faq", "faq_repeats_body"),
        ("What is the primary goal of", "Why did President Trump", "What role is Congress", "Has Russia shown any",
         "What is the significance of"), least=2,
    ),
    Defect(4, "engagement bait as a closing", ("engagement_bait",), ("What are yoru thoughts", "Do you believe")),
    Defect(
        5, "names that lose their capital", ("lost_capital",),
        ("dmitriev", "ukraine", "putin", "united States", "U.S.-russia", "donald Trump", "Soviet union"),
    ),
    Defect(
        6, "sentences or items that start in lower case", ("lower_case_start",),
        ("russia seeks", "according to Dmitriev", "this includes", "the ongoing conflict in Ukraine, accusations"),
    ),
    Defect(
        7, "missing space after a full stop or comma", ("lost_space",),
        ("cancellation.Despite", "stability.Despite", "Moscow.The", "U.S.and", "stalled,largely"),
    ),
    Defect(8, "capitals in mid-phrase", ("odd_capital",), ("Meetings with", "Officials on", "Visit by", "Follows")),
    Defect(9, "transposed or dropped letters", ("transposed_letters",), ("yoru",)),
    Defect(
        10, "spun wording", ("rare_collocation", "tortured_phrase", "thesaurus_word"),
        ("This progress occurs", "undermine interaction", "interaction channels", "past context", "Past Precedents",
         "notable concern"),
    ),
    Defect(11, "one term spelled two ways", ("spelling_variants",), ("Dialog Amid", "Dialog Initiatives")),
    Defect(
        12, "title repeated half-way", ("repeated_title",),
        ("Efforts to Undermine U.S. Dialog Initiatives",),
    ),
    Defect(13, "two halves with different protagonists", ("stitched_articles",), ("Anatoly Antonov",)),
    Defect(
        14, "raw markup in rendered text", ("literal_bullet", "raw_markup"),
        ("* Inflammatory", "* Media", "* Special", "* China", "* United Nations"),
    ),
    Defect(15, "flattened table", ("flattened_table",), ("Key Figure role Nation", "Vladimir putin President")),
    Defect(16, "truncated ending", ("truncated_ending",), ("several steps",)),
    Defect(
        17, "stock section titles", ("stock_section_titles",),
        ("The Importance of", "The Context:", "Implications for", "Practical Considerations", "The Role of"), least=2,
    ),
    Defect(
        18, "vague attribution", ("vague_attribution",),
        ("According to a recent report", "many experts", "some analysts"),
    ),
    Defect(
        19, "significance filler and trailing -ing clauses", ("significance_filler", "trailing_ing_clause"),
        ("underscoring the intensity", "remains one of the most", "impacting global"), each=True,
    ),
    Defect(
        20, "colon-led bullets", ("label_bullets",),
        ("Inflammatory Rhetoric:", "Military-to-Military", "Vietnam War:", "Turkey:"), least=2,
    ),
    Defect(
        21, "site chrome of the template", ("template_chrome",),
        ("Home » world »", "You may also like", "This site uses Akismet", "Adblock Detected", "by Omar El Sayed"), least=2,
    ),
    Defect(
        22, "question as a heading, never answered", ("unanswered_heading_question",), ("How might Antonov",),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What was quoted for a defect, and which named passages were covered."""

    defect: Defect
    known: tuple[str, ...]
    quoted: tuple[Evidence, ...]
    found: bool
    covered: tuple[str, ...]


def judge(text: str) -> list[Outcome]:
    """Read the page and judge every defect."""
    doc = build_document(Page.from_text(text))
    known = all_signals()
    wanted = sorted({name for defect in DEFECTS for name in defect.signals if name in known})
    readings = {reading.id: reading for reading in Runner(only=wanted).run(doc, strict=True)}
    outcomes: list[Outcome] = []
    for defect in DEFECTS:
        ids = tuple(name for name in defect.signals if name in readings)
        quoted = tuple(e for name in ids for e in readings[name].evidence if e.text.strip())
        silent = [name for name in ids if not any(e.text.strip() for e in readings[name].evidence)]
        covered = tuple(p for p in defect.named if _covered(doc.text, p, quoted))
        right = bool(covered) or not any(p in doc.text for p in defect.named)
        found = bool(ids) and len(quoted) >= defect.least and right and not (defect.each and silent)
        outcomes.append(Outcome(defect, ids, quoted, found, covered))
    return outcomes


def _covered(text: str, passage: str, quoted: Sequence[Evidence]) -> bool:
    """Whether a quotation overlaps a place where the passage stands."""
    at = text.find(passage)
    while at >= 0:
        if any(
            e.start is not None and e.end is not None and e.start < at + len(passage) and at < e.end
            for e in quoted
        ):
            return True
        at = text.find(passage, at + 1)
    return False


def _print(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        defect = outcome.defect
        ids = ", ".join(outcome.known) or f"no such signal: {', '.join(defect.signals)}"
        state = "found " if outcome.found else "MISSED"
        print(
            f"{defect.number:2d} {state} {defect.name} [{ids}]"
            f"  {len(outcome.quoted)} quoted, named passages {len(outcome.covered)}/{len(defect.named)}"
        )
        for evidence in outcome.quoted[:_SHOWN]:
            flat = " ".join(evidence.text.split())
            print(f"       {flat[:_CHARS]!r}{'…' if len(flat) > _CHARS else ''}")
        if len(outcome.quoted) > _SHOWN:
            print(f"       … {len(outcome.quoted) - _SHOWN} more")
        missing = [passage for passage in defect.named if passage not in outcome.covered]
        if missing:
            print(f"       not covered: {'; '.join(missing)}")
    found = sum(outcome.found for outcome in outcomes)
    named = sum(len(outcome.covered) for outcome in outcomes)
    print(
        f"\n{found} of {len(outcomes)} defects found; "
        f"{named} of {sum(len(o.defect.named) for o in outcomes)} named passages covered"
    )


def main() -> int:
    """Print the table; 1 if a defect was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=Path, default=Path("../shared/seed/archetype.txt"))
    parser.add_argument("--data", type=Path, help="folder of the corpora, for the recorded defects")
    parser.add_argument("--show", type=int, default=3, help="examples of misses and false alarms per kind")
    args = parser.parse_args()
    outcomes = judge(args.seed.read_text(encoding="utf-8"))
    _print(outcomes)
    if args.data is not None:
        print()
        planted.report(args.data, args.show)
    return 0 if all(outcome.found for outcome in outcomes) else 1


if __name__ == "__main__":
    raise SystemExit(main())
