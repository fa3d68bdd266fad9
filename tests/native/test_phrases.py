"""The compiled search for phrases against the one in Python."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qualityscore.document.document import build_document
from qualityscore.signals import all_signals
from qualityscore.signals.phrases import FinderInPython, Owners, PhraseFinder, compiled_finder
from tests.native.documents import bench_pages
from tests.native.texts import TEXTS

pytest.importorskip("qualityscore.native.phrases", reason="the compiled parts were not built")

_CHARACTERS = "ab_ ,é\U0001d4501٣"
_phrases = st.text(_CHARACTERS, min_size=1, max_size=5)
_lists = st.dictionaries(
    _phrases, st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("pq")), min_size=1, max_size=3)
)


def _same(owners: Owners, text: str) -> None:
    found = compiled_finder(owners).find(text)
    assert found == FinderInPython(owners).find(text)


@given(_lists, st.text(_CHARACTERS, max_size=60))
@example({}, "a")
@example({"ab": [("x", "p")]}, "ab ab_ ab aba")
@example({"a": [("x", "p")], "a b": [("x", "p")], "b a": [("x", "p"), ("x", "p")]}, "a b a b a")
@example({",": [("x", "p")], ", a": [("x", "p")], "ab, ": [("y", "q")]}, "ab, a,a ab,,")
def test_same_spans(owners: Owners, text: str) -> None:
    _same(owners, text)


def _shipped() -> Owners:
    owners: Owners = {}
    for signal in all_signals().values():
        for name, phrases in {**signal.phrases, **signal.chrome_phrases}.items():
            for phrase in phrases:
                owners.setdefault(phrase, []).append((signal.id, name))
    return owners


def test_all_phrases_of_all_signals() -> None:
    owners = _shipped()
    finders: list[Any] = [compiled_finder(owners), FinderInPython(owners)]
    finders.append(pickle.loads(pickle.dumps(finders[0])))  # noqa: S301
    phrases = list(owners)
    texts = [
        *[text for text in TEXTS if "\ud800" not in text and "\ud83d" not in text],
        "\n".join(phrases),
        "".join(phrases),
        " ".join(p[:-1] for p in phrases),
        "\u2014".join(phrases),
    ]
    for text in texts:
        found, expected, copied = (finder.find(text) for finder in finders)
        assert found == expected == copied


def test_pages() -> None:
    owners = _shipped()
    finder, other = compiled_finder(owners), FinderInPython(owners)
    for page in bench_pages(30):
        doc = build_document(page)
        assert finder.find(doc.lower) == other.find(doc.lower)


def test_what_is_no_list_of_phrases_is_refused() -> None:
    finder = type(compiled_finder({}))
    for phrases in (["b", "a"], ["a", "a"], [""]):
        with pytest.raises(ValueError, match="sorted"):
            finder(phrases, [("x", "p")], [[0]] * len(phrases))
    with pytest.raises(ValueError, match="sorted"):
        finder(["a"], [("x", "p")], [])
    with pytest.raises(TypeError):
        finder(["a"], [("x", "p")], [[0]]).find(b"a")


def test_phrases_are_lower_case() -> None:
    with pytest.raises(ValueError, match="lower case"):
        PhraseFinder([("x", "p", ["In short"], False)])
