"""English in lists and keywords is English; other languages with English crumbs are not."""

from __future__ import annotations

import pytest

from qualityscore import Page
from qualityscore.document import build_document

INGREDIENTS = """Ingredients

2 C. sifted rye flour
3 tsp. baking soda
1/2 tsp. salt
3 eggs
1 tsp. almond extract
2 C. diced rhubarb (not frozen)
1 stick melted butter
1 C. sour milk

Mix butter, eggs and sugar. Add flour, soda and salt. Fold in rhubarb. Bake at 350 F. 40 min. in a buttered tin.
"""
KEYWORDS = """Origami Crane Pictures
origami crane pictures printable origami dragon pictures simple origami dinosaur patterns the origami crane diagrams
printable. Origami crane pictures gallery 2018 of dragon origami patterns. Printable origami animal diagrams and crane templates.
Simple origami patterns pictures dinosaur origami, unicorn origami diagrams, origami princess templates in origami gallery.
"""
SWEDISH = """Hej! I dag var vi in the city med mamma och åkte buss till havet. Det var så fint att se båtarna, and it was a nice day.
Vi köpte glass och satt på bryggan till kvällen. Have a nice weekend!
"""
DUTCH = """De was is in de machine en we gaan met de bus in de stad naar een winkel. Dat is een mooie dag in april en de zon schijnt over
het water. We kopen brood, kaas en melk voor de week.
"""


@pytest.mark.parametrize("text", [INGREDIENTS, KEYWORDS])
def test_english_without_sentences(text: str) -> None:
    assert build_document(Page(text)).language == "en"


@pytest.mark.parametrize(("text", "code"), [(SWEDISH, "sv"), (DUTCH, "nl")])
def test_another_language_with_english_words(text: str, code: str) -> None:
    assert build_document(Page(text)).language == code


def test_numbers_alone_are_no_language() -> None:
    assert build_document(Page("1 2 3 4 5 6 7 8 9 10 11 12\n" * 10)).language != "en"
