"""Words found by arrays are those of the pattern, and the vocabulary describes each form once."""

from __future__ import annotations

import copy
from concurrent.futures import ThreadPoolExecutor

import pytest

from qualityscore.document import Page, build_document
from qualityscore.document.words import WORD, Vocabulary, find_words

TEXTS = (
    "",
    "a",
    "It's 1,000.5 and 3.a, a1b2; x_y 'tis rock'n'roll' 12.5.3.",
    "'' ,., '1' a'1 1'a 1.,2 1..2 ...",
    "caf\u00e9 stra\u00dfe \u5b57\u6f22 \u0661\u0662.\u0663 x\u00b2 \u00bd \U0001d400b \u2014 d\u2019accord",
)


@pytest.mark.parametrize("text", TEXTS)
def test_finds_what_the_pattern_finds(text: str) -> None:
    starts, ends = find_words(text)
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == [m.span() for m in WORD.finditer(text)]


def test_every_form_is_described_once_and_in_order() -> None:
    asked: list[str] = []

    def describe(form: str) -> int:
        asked.append(form)
        return len(form)

    vocabulary = Vocabulary()
    numbers = [vocabulary[form] for form in ("a", "bb", "a")]
    assert vocabulary.column(describe)[numbers].tolist() == [1, 2, 1]
    # More forms than the first array has room for.
    for n in range(10_000):
        numbers.append(vocabulary[f"w{n}"])
    assert vocabulary.column(describe)[numbers].tolist() == [len(vocabulary.forms[n]) for n in numbers]
    assert len(asked) == len(set(asked)) == 10_002


def test_threads_agree_on_numbers() -> None:
    vocabulary = Vocabulary()
    forms = [f"form{n % 5_000}" for n in range(20_000)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: [vocabulary[form] for form in forms], range(8)))
    assert all(numbers == found[0] for numbers in found)
    assert [vocabulary.forms[n] for n in found[0]] == forms


def test_words_can_be_copied() -> None:
    words = build_document(Page("Ann paid 4.50 for it, didn't she? \u00c9mile did.", "text")).words
    again = copy.deepcopy(words)
    assert (again.raw, again.lower, again.starts, again.ends) == (
        words.raw,
        words.lower,
        words.starts,
        words.ends,
    )
    assert again.described(len).tolist() == list(map(len, words.raw))
