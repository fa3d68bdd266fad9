"""The table of pairs of words."""

from __future__ import annotations

import numpy as np

from qualityscore.signals.tables import collocations


def test_pairs_fit_as_readers_would_say_and_unknown_words_say_nothing() -> None:
    table = collocations()

    def fit(left: str, right: str) -> float:
        return float(table.fit(np.array([table.id(left)]), np.array([table.id(right)]))[0])

    assert fit("heart", "attack") > 3 > 0 > fit("heart", "assault")
    assert fit("interest", "rates") > 3 > fit("interest", "grades")
    everybody = np.arange(len(table.crc))
    nobody = np.full(len(everybody), table.id("qqzzx"))
    assert not table.fit(everybody, nobody).any() and not table.fit(nobody, everybody).any()


def test_synonyms_are_other_words_of_another_stem() -> None:
    table = collocations()
    number = table.id("attack")
    own = [table.words[i] for i in table.synonyms[table.first[number] : table.first[number + 1]]]
    assert "assault" in own and "attack" not in own
    assert table.first[-1] == len(table.synonyms)
