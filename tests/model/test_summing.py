"""The note of a signal that quotes nothing: which of its measures explains what it adds."""

from __future__ import annotations

import re

from qualityscore import Page, Scorer
from tests.pages import CAREFUL, FARM

_ADDED = re.compile(r"\(([+-]\d\.\d\d)\)")


def _notes(text: str) -> dict[str, tuple[float, str]]:
    signals = Scorer.load().score(Page.from_text(text)).signals
    told = {
        s.reading.id: (s.contribution, [e for e in s.reading.evidence if e.where == "document"])
        for s in signals
    }
    return {name: (added, found[0].note) for name, (added, found) in told.items() if found}


def test_the_measure_that_explains_the_contribution_comes_first_and_they_add_up() -> None:
    several = 0
    for text in (FARM, CAREFUL):
        for name, (contribution, note) in _notes(text).items():
            added = [float(found) for found in _ADDED.findall(note)]
            if not added:
                assert note.count(", on human pages usually ") == 1, name
                continue
            several += 1
            assert added == sorted(added, reverse=contribution > 0), (name, note)
            assert abs(sum(added) - contribution) < 0.02, (name, note)
            assert 0.0 not in added, (name, note)
    assert several >= 5


def test_a_measure_is_compared_in_words() -> None:
    (_, note) = _notes(FARM)["incoherent_neighbours"]
    assert re.fullmatch(r"cohesion -?[\d.]+, on human pages usually [\d.]+", note)
    assert not any("per 1k" in note for _, note in _notes(FARM).values())
