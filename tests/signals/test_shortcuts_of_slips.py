"""What signals spare themselves: every short cut finds what the long way finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore import Page, build_document
from qualityscore.document import Document, Line
from qualityscore.signals.automation import (
    _titles,
    flattened_table,
    lost_space,
    prompt_residue,
    raw_markup,
    stitched_articles,
    unfilled_slot,
)
from qualityscore.signals.evasion import odd_spaces, spaced_letters
from qualityscore.signals.formula import generic_opening_sentence, label_bullets, title_case_headings
from qualityscore.signals.formula._shared import MINOR, named_headings
from qualityscore.signals.phrases import Hits, PhraseFinder
from qualityscore.signals.registry import all_signals
from tests.native.texts import TEXTS, texts

_WORDS = (
    "The mill in Harlow was sold twice by its owners and nobody in the town has seen it since then".split()
)
some_lines = st.lists(
    st.tuples(
        st.lists(
            st.sampled_from([*_WORDS, "A", "b", "c", "1", "x:", "Cost:", "y,", "z.", "\u00c9t\u00e9"]),
            max_size=14,
        ),
        st.sampled_from(["\n", "\n", "\n\n", "\n* ", "\n \n", "\n\n1. "]),
    ),
    max_size=30,
).map(lambda lines: "".join(" ".join(words) + end for words, end in lines))


def _document(text: str) -> Document:
    return build_document(Page.from_text(text))


def _spans(name: str, text: str) -> list[tuple[int, int]]:
    """What a signal finds in a text, whatever its length."""
    signal, doc = all_signals()[name], _document(text)
    hits = PhraseFinder((name, key, phrases, False) for key, phrases in signal.phrases.items()).find(doc)
    given_hits = [hits.get(name, Hits({}, {}))] if signal.phrases else []
    return sorted((f.start, f.end) for f in signal.function(doc, *given_hits).findings)


def _matches(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "**",
                "__",
                "*",
                "_",
                "Bold",
                "## ",
                "#",
                "\n",
                "---",
                "|",
                "](/",
                "[ab",
                ")",
                "&amp;",
                "</b>",
                " x ",
            ]
        )
    )
)
def test_marks(parts: list[str]) -> None:
    text = _document("".join(parts)).folded
    expected = [
        span
        for pattern in (raw_markup._STARS, raw_markup._LINK, raw_markup._ENTITY, raw_markup._TAG)
        for span in _matches(pattern, text)
    ]
    expected += [m.span() for m in re.compile(f"^(?:{raw_markup._HEADING.pattern})", re.M).finditer(text)]
    expected += [m.span() for m in re.compile(f"^(?:{raw_markup._TABLE.pattern})", re.M).finditer(text)]
    assert _spans("raw_markup", text) == sorted(expected)


_NO_VALUE = re.compile(
    r"(?:[$£€] ?(?:undefined|NaN|null)|\b(?:undefined|NaN)(?: (?:%|per|minutes?|days?|years?|reviews?)|%))"
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["$", "£", "€", " ", "undefined", "NaN", "null", "%", " per", " days", "x", "\n"])
    )
)
def test_missing_values(parts: list[str]) -> None:
    text = _document("".join(parts)).folded
    found = [*unfilled_slot._at("undefined", unfilled_slot._NO_NUMBER, text, "")]
    found += unfilled_slot._at("NaN", unfilled_slot._NO_NUMBER, text, "")
    for sign in "$£€":
        found += unfilled_slot._at(sign, unfilled_slot._NO_PRICE, text, "")
    assert sorted((f.start, f.end) for f in found) == _matches(_NO_VALUE, text)


@pytest.mark.parametrize("opening", ["Dear", "DEAR", "To Whom", "yours", "endear", "to\nwhom"])
def test_letters_have_slots(opening: str) -> None:
    text = f"{opening} [Your Name], we thank you for your letter."
    letter = re.search(r"\b(?:dear|sincerely|yours|to whom|signature)\b", text, re.I)
    assert bool(_spans("unfilled_slot", text)) is (letter is None)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "(",
                "[",
                "approx. ",
                "~",
                "500",
                "300-400",
                "Word Count: 50",
                " words",
                " WORDS",
                "words",
                ")",
                "]",
                "-word ",
                "s\u017f",
                "\n",
                "x",
            ]
        )
    )
)
def test_numbers_of_words(parts: list[str]) -> None:
    doc = _document("".join(parts))
    text, low = doc.folded, doc.lower
    asked = " words" in text or "-word" in text or "word count" in low
    expected = [m.span() for m in prompt_residue._COUNT.finditer(text) if asked and len(m.group()) > 10]
    assert _spans("prompt_residue", text) == expected


@settings(max_examples=300, deadline=None)
@given(st.text("aZ\u00e9\u0436.,;- \n\u2003\u205f\u3000\u00a0", max_size=30))
def test_odd_spaces(text: str) -> None:
    spaces = "\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
    behind = re.compile(f"(?<=[A-Za-z\u00c0-\u024f,;.])[{spaces}](?=[A-Za-z\u00c0-\u024f])")
    assert _matches(odd_spaces._BETWEEN_LETTERS, text) == _matches(behind, text)


def _spaced(doc: Document) -> list[tuple[int, int]]:
    """Runs of single letters, tried at every word."""
    words, found, run = doc.words, [], []
    for i, form in enumerate([*words.raw, "end"]):
        single = len(form) == 1 and form not in "0123456789"
        if (
            run
            and single
            and words.starts[i] == words.ends[i - 1] + 1
            and doc.folded[words.ends[i - 1]] == " "
        ):
            run.append(i)
            continue
        letters = [words.lower[k] for k in run]
        vowels = sum(letter in "aeiouy" for letter in letters)
        if len(run) >= 4 and letters != sorted(letters) and 0 < vowels < len(run):
            found.append((words.starts[run[0]], words.ends[run[-1]]))
        run = [i] if single else []
    return found


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("a b c A i 1 \u00e9 \u5b57 the".split()),
            st.sampled_from([" ", " ", " ", "  ", "-", "\n"]),
        )
    )
)
def test_spaced_letters(parts: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in parts)
    doc = _document(text)
    found = spaced_letters.spaced_letters(doc).findings
    assert [(f.start, f.end) for f in found] == _spaced(doc)


def _labels(doc: Document) -> list[bool]:
    return [label_bullets._LABEL.match(doc.folded, line.start, line.end) is not None for line in doc.lines]


@settings(max_examples=300, deadline=None)
@given(some_lines)
def test_no_label_is_longer(text: str) -> None:
    doc = _document(text + "\n12) A" + "b" * 60 + ": so\n12) A" + "b" * 61 + ": so\n:A: b")
    for line, is_label in zip(doc.lines, _labels(doc), strict=True):
        colon = doc.folded.find(":", line.start)
        near = line.start < colon < min(line.end, line.start + label_bullets._LONGEST_LABEL)
        assert near or not is_label


@settings(max_examples=300, deadline=None)
@given(some_lines)
def test_title_case(text: str) -> None:
    doc = _document(text)
    judged = [
        main
        for line in named_headings(doc, 3)
        if len(
            main := [
                w
                for w in doc.words.raw[line.first + 1 : line.last]
                if w.lower() not in MINOR and not w[0].isdigit()
            ]
        )
        >= 2
    ]
    titled = sum(all(w[0].isupper() for w in main) for main in judged)
    value = title_case_headings.title_case_headings(doc).values["share"]
    assert value == titled / len(judged) if len(judged) > 1 else value != value


@settings(max_examples=300, deadline=None)
@given(some_lines)
def test_rows(text: str) -> None:
    doc = _document(text)
    runs: list[list[Line]] = []
    run: list[Line] = []
    previous = -1
    for line in doc.lines:
        short = 3 <= line.n_words <= 10 and not line.terminal and not line.marker
        if not short or not flattened_table._is_row(doc, line):
            run = []
            continue
        if not run or doc.folded[previous : line.start].count("\n") > 1:
            run = []
            runs.append(run)
        run.append(line)
        previous = line.end
    assert list(flattened_table._runs(doc)) == [run for run in runs if len(run) > 3]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Harlow",
                "council",
                "rejects",
                "plans",
                "moving",
                "\u00c9t\u00e9",
                "mill's",
                "\u03a3\u03a3",
                "bridge",
                "town",
                "the",
            ]
        ),
        min_size=4,
        max_size=16,
    ),
    st.data(),
)
def test_titles_alike(words: list[str], data: st.DataObject) -> None:
    other = data.draw(st.permutations(words))[: len(words) - data.draw(st.integers(0, 3))]
    doc = _document(" ".join(words) + "\n\n" + " ".join([*other, "canal"]))
    title, line = doc.lines[0], doc.lines[-1]
    own, theirs = _titles._content_words(doc, title), _titles._content_words(doc, line)
    if _titles.alike(own, theirs) >= _titles.LEAST:
        assert _titles._may_be_alike(doc.lower, line, tuple(own))


@pytest.mark.parametrize("text", TEXTS)
def test_places_of_lost_spaces(text: str) -> None:
    text = _document(text).folded + " U.S.and x.Y a,b A,B e.g.this It ended.The Ask?no .a ,b"
    for match in re.finditer(r"(?<=[.?!,])[A-Za-z]", text):
        at = match.start()
        start, end = lost_space._left(text, at), lost_space._right(text, at)
        if lost_space._weight(text[start:end], at - start, text[end : end + 2]):
            assert lost_space._may_be_prose(text, at)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_openings_and_names(text: str) -> None:
    doc = _document(text)
    raw, lower = doc.words.raw, doc.words.lower
    person, past = generic_opening_sentence._PERSON, generic_opening_sentence._PAST_WORDS
    for form, low in zip(raw, lower, strict=True):
        kind = generic_opening_sentence._kind(form)
        certain = low in person or low in past or (len(low) > 4 and low.endswith("ed"))
        assert (kind > 1) is certain
        assert certain or kind == (form[0].isupper() and len(form) > 1)
    names = stitched_articles._names(doc, 0, doc.n_words)
    for sentence in doc.sentences:
        if doc.lines[sentence.line].terminal:
            for i in range(sentence.first + 1, sentence.last):
                named = raw[i] != lower[i] and len(raw[i]) > 2 and lower[i] not in stitched_articles.OPENERS
                assert not named or lower[i].removesuffix("'s") in names
