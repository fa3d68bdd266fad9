"""The settings of the shipped model: which columns carry weight, and how the parts are fitted."""

from __future__ import annotations

from pathlib import Path

from qualityscore.fitting.additive import AdditiveSettings
from qualityscore.fitting.pipeline import FitSettings
from qualityscore.fitting.table import columns
from qualityscore.signals import all_signals

# Families whose findings are defects: a find may raise a score, never lower it.
_DEFECT_FAMILIES = frozenset(("boilerplate", "automation", "spinning", "evasion", "page"))
# Stock writing; a signal of this family measures too little of something where its name says so.
_FORMULA = "formula"
_LACKING = "_scarcity"
# No measure of a defect by its rate, yet no page is better for it.
_RAISES = frozenset(("rare_collocation.shortfall",))
_EVENNESS = ("even_sentence_length", "even_paragraph_length", "even_section_length")
# What filler lacks: having it may lower a score, never raise it.
_SPECIFICS = frozenset(
    (
        "checkable_share", "dated_facts", "distinct_names", "first_hand_detail", "named_things",
        "numbers_with_units", "past_tense", "quotations", "quoted_speech", "time_and_place",
    )
)  # fmt: skip

# Log-odds that a defect is taken to add at its strongest before any page is seen (docs/model.md).
_PRIOR = 1.0

# Signals and single columns that stay evidence without weight, as measured by `training.admission`.
NOT_ADMITTED_FILE = Path(__file__).resolve().parent / "not_admitted.txt"


def directions() -> tuple[frozenset[str], frozenset[str]]:
    """Columns that may only raise a score, and columns that may only lower it."""
    raises: set[str] = set()
    lowers: set[str] = set()
    for signal in all_signals().values():
        for feature, column in zip(signal.features, signal.columns, strict=True):
            if signal.id in _SPECIFICS or signal.id == "outbound_source_links":
                lowers.add(column)
            elif column in _RAISES or (
                feature.found
                and (
                    signal.family in _DEFECT_FAMILIES
                    or (signal.family == _FORMULA and not signal.id.endswith(_LACKING))
                )
            ):
                raises.add(column)
            elif signal.id in _EVENNESS and feature.name == "variation":
                lowers.add(column)
    return frozenset(raises), frozenset(lowers)


def defects() -> frozenset[str]:
    """Columns that count findings of a defect, whatever the corpora hold."""
    return frozenset(
        column
        for signal in all_signals().values()
        if signal.family in _DEFECT_FAMILIES
        for column in signal.columns
    )


def not_admitted() -> frozenset[str]:
    """Ids of signals, and columns of others, that carry no weight although they could."""
    if not NOT_ADMITTED_FILE.exists():
        return frozenset()
    return frozenset(NOT_ADMITTED_FILE.read_text(encoding="utf-8").split())


def shipped_settings(*, everything: bool = False) -> FitSettings:
    """Settings of the shipped model; ``everything`` also weighs what was not admitted."""
    raises, lowers = directions()
    rejected = frozenset() if everything else not_admitted()
    return FitSettings(
        text_columns=tuple(c for c in columns("text") if not {c, c.partition(".")[0]} & rejected),
        page_columns=tuple(c for c in columns("page") if not {c, c.partition(".")[0]} & rejected),
        additive=AdditiveSettings(raises=raises, lowers=lowers, expected=raises & defects(), prior=_PRIOR),
    )
