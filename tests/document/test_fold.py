"""Folding undoes evasion exactly, keeps offsets exact, and leaves honest text alone."""

from __future__ import annotations

import string
import time
from collections.abc import Callable, Mapping, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.document import Page, build_document
from qualityscore.document.confusables import CONFUSABLES
from qualityscore.document.fold import Folded, fold
from tests.signals.neutral import NEUTRAL

CLEAN = fold(NEUTRAL).text


def script(low: str, high: str) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for fake, plain in CONFUSABLES.items():
        if low <= fake <= high:
            out.setdefault(plain, []).append(fake)
    return out


def letters(upper: int, lower: int) -> dict[str, list[str]]:
    return {c: [chr(upper + i)] for i, c in enumerate(string.ascii_uppercase)} | {
        c: [chr(lower + i)] for i, c in enumerate(string.ascii_lowercase)
    }


ALPHABETS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "cyrillic": script("\u0400", "\u052f"),
    "greek": script("\u0370", "\u03ff"),
    "any look-alike": script("\u0080", "\uffff"),
    "full-width": letters(0xFF21, 0xFF41),
    "bold": letters(0x1D400, 0x1D41A),
    "sans-serif": letters(0x1D5A0, 0x1D5BA),
    "monospace": letters(0x1D670, 0x1D68A),
}
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u180e\u2063\u00ad\U000e0061\x08"
SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2009\u200a\u202f\u205f\u3000\u2028\x0b"
MARKS = "\u0300\u0301\u0308\u0323\u0327\u0332\u0336"

Pieces = list[tuple[str, str]]  # (what stands for a clean character, what follows it)


@st.composite
def attacks(draw: st.DrawFn) -> tuple[str, Pieces]:
    """The neutral prose with all kinds of tricks, and what became of every character."""
    random = Random(draw(st.integers(0, 2**32)))
    fakes = ALPHABETS[draw(st.sampled_from(sorted(ALPHABETS)))]
    share = draw(st.sampled_from([0.0, 0.3, 0.6, 1.0]))
    invisible, spaces, marks = (draw(st.sampled_from([0.0, 0.2])) for _ in range(3))
    pieces: Pieces = []
    for char in CLEAN:
        shown, after = char, ""
        if char in fakes and random.random() < share:
            shown = random.choice(fakes[char])
        if char == " " and random.random() < spaces:
            shown = random.choice(SPACES)
        if char.isalpha() and random.random() < marks:
            after = "".join(random.choice(MARKS) for _ in range(random.randint(1, 3)))
        if char != "\n" and random.random() < invisible:
            after += random.choice(ZERO_WIDTH)
        pieces.append((shown, after))
    return "".join(a + b for a, b in pieces), pieces


@settings(max_examples=150, deadline=None)
@given(attacks())
def test_an_attacked_text_folds_to_the_clean_one_with_exact_offsets(attack: tuple[str, Pieces]) -> None:
    text, pieces = attack
    folded = fold(text)
    assert folded.text == CLEAN
    at = 0
    for i, (shown, after) in enumerate(pieces):
        assert folded.span(i, i + 1) == (at, at + len(shown))
        at += len(shown) + len(after)
    assert folded.span(len(CLEAN), len(CLEAN)) == (len(text), len(text))


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec="utf-8")))
def test_any_text_keeps_its_offsets_and_folds_once(text: str) -> None:
    folded = fold(text)
    check_map(text, folded)
    for start, end, _ in folded.spans:
        assert 0 <= start < end <= len(text)
    assert list(folded.spans) == sorted(folded.spans)


@settings(max_examples=200, deadline=None)
@given(st.text(string.printable))
def test_ascii_changes_in_nothing_but_back_quotes_and_controls(text: str) -> None:
    plain = text.replace("`", "'").replace("\x0b", " ").replace("\x0c", " ")
    assert fold(text).text == plain


def check_map(text: str, folded: Folded) -> None:
    if folded.back is None:
        assert len(folded.text) == len(text)
        return
    assert len(folded.back) == len(folded.text) + 1
    assert folded.back[-1] == len(text)
    assert (folded.back[1:] >= folded.back[:-1]).all() and folded.back[0] >= 0
    for i, char in enumerate(folded.text):
        start, end = folded.span(i, i + 1)
        assert end == start + 1
        if text[start].isascii() and text[start] not in "`\x0b\x0c":
            assert text[start] == char


@pytest.mark.parametrize(
    "honest",
    [
        "They said привет and он to us; нос is the Russian for nose.",
        "The angle α is 5 μm, Δt is small, cosα = ρgh/2 and β-carotene is orange.",
        "Он сказал потом, что кот и нос тоже там.",
        "Ελλάδα και νερό, the word και stands between them.",
        "He says /bɪt/ and [dɪɡ] in the north.",
        "ℝ and ℕ are sets; 𝑥 is a number.",
    ],
)
def test_other_alphabets_and_science_stay(honest: str) -> None:
    folded = fold(honest)
    assert (folded.confusable, folded.invisible, folded.marks) == (0, 0, 0)
    if "ℝ" not in honest:
        assert folded.text == honest


@pytest.mark.parametrize(
    ("honest", "plain"),
    [
        ("café naïve Zoë", "cafe naive Zoe"),
        ("cafe\u0301 nai\u0308ve Zoe\u0308", "cafe naive Zoe"),
        ("“don’t” – it’s", "\"don't\" – it's"),
        (
            "a family \U0001f468\u200d\U0001f469 and a heart ❤\ufe0f",
            "a family \U0001f468\U0001f469 and a heart ❤",
        ),
        ("\ufeffStart", "Start"),
        (
            "England \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "England \U0001f3f4",
        ),
        ("می\u200cخواهم", "میخواهم"),
        ("и\u0306", "й"),
        ("a li\u015b\u0307t of things", "a list of things"),
        ("ﬁre and 20\u00a0km", "fire and 20 km"),
    ],
)
def test_typography_folds_without_being_counted(honest: str, plain: str) -> None:
    folded = fold(honest)
    assert folded.text == plain
    assert (folded.confusable, folded.invisible, folded.odd_spaces, folded.marks) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("text", "plain", "counts"),
    [
        ("l\u043ean p\u0430id", "loan paid", (0, 2, 0, 0)),
        ("саѕе of сор", "case of cop", (0, 7, 0, 0)),
        ("app\u200broved at\u2005once", "approved at once", (1, 0, 1, 0)),
        ("l\u0336oan", "loan", (0, 0, 0, 1)),
        ("𝗰𝗮𝘀𝗶𝗻𝗼 ＦＲＥＥ", "casino FREE", (0, 10, 0, 0)),
        ("a\x00b\x7f", "ab", (2, 0, 0, 0)),
    ],
)
def test_evasion_is_counted(text: str, plain: str, counts: tuple[int, int, int, int]) -> None:
    folded = fold(text)
    assert folded.text == plain
    assert (folded.invisible, folded.confusable, folded.odd_spaces, folded.marks) == counts


def test_many_kinds_of_evasion_are_counted_as_few_are() -> None:
    invisible = [chr(0xE0100 + i) for i in range(100)]
    letters = [char for char, plain in CONFUSABLES.items() if plain == "o"]
    text = "".join(f"l{letters[i % len(letters)]}a{char}n " for i, char in enumerate(invisible))
    folded = fold(text)
    assert folded.text == "loan " * 100
    assert (folded.invisible, folded.confusable) == (100, 100)


def test_a_look_alike_word_beside_one_of_its_alphabet_stays() -> None:
    shown = "саѕе of сор and l\u043ean p\u0430id, "
    assert fold(shown + "саѕе жизнь").text == "case of cop and loan paid, саѕе жизнь"
    assert fold(shown + "саѕе in жизнь").text == "case of cop and loan paid, case in жизнь"


@pytest.mark.parametrize("trick", [lambda t: t.replace("o", "\u043e"), lambda t: t.replace("e", "e\u200b")])
def test_words_and_evidence_survive_an_attack(trick: Callable[[str], str]) -> None:
    clean, attacked = (build_document(Page(t, "text")) for t in (NEUTRAL, trick(NEUTRAL)))
    assert attacked.words.raw == clean.words.raw
    start, end = attacked.original_span(attacked.words.starts[3], attacked.words.ends[3])
    assert fold(attacked.text[start:end]).text.startswith(clean.words.raw[3][0])
    assert fold(trick("bus")).text == "bus"


@pytest.mark.parametrize(
    "unit",
    [
        "\u043e",
        "x",
        "x\u043e",
        "\u200b",
        "a\u0301",
        "\u0301",
        "он ",
        "“a” ",
        "Ⅳ",
        "привет ",
        "\u200d\U0001f469",
        "α",
    ],
)
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit)) + "\u043e\u200b"
        best = float("inf")
        for _ in range(3):
            started = time.process_time()
            fold(text)
            best = min(best, time.process_time() - started)
        return best

    assert seconds(60_000) < 30 * seconds(6_000) + 0.02
