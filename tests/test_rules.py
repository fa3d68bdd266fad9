"""Rules files: what they reject, and what they say about mistakes."""

from __future__ import annotations

import pickle
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualityscore import ConfigError, Page, Reading, Rules, Scorer, Verdict
from qualityscore import SignalResult as Result
from qualityscore import rules as rules_module
from qualityscore.conditions import MAX_DEPTH, MAX_LENGTH, parse
from qualityscore.rules import MAX_FILE_BYTES, known_names
from tests.pages import CAREFUL, FARM, JAPANESE, SHORT


def load(tmp_path: Path, *expressions: str) -> Rules:
    path = tmp_path / "rules.toml"
    text = "".join(f"[[rule]]\nname = 'r{n}'\nreject = '''{e}'''\n" for n, e in enumerate(expressions, 1))
    path.write_text(text, encoding="utf-8")
    return Rules.load(path)


def made(scorer: Scorer, score: float | None, words: int, **values: float) -> Verdict:
    """A verdict with one reading for every ``signal__feature`` that is given."""
    readings = [
        Reading(n.partition("__")[0], "shape", "ok", {n.partition("__")[2]: v}) for n, v in values.items()
    ]
    verdict = scorer.score(Page.from_text(CAREFUL))
    return replace(verdict, score=score, words=words, signals=[Result(r, 0.0) for r in readings])


@pytest.mark.parametrize(
    ("expression", "rejects"),
    [
        ("score > 0.9", True),
        ("score<=0.9", False),
        ("words == 300 and score != 0.5", True),
        ("words != 300", False),
        ("300 >= words", True),
        ("words < .3e3", False),
        ("not words < 200", True),
        ("not not words < 200", False),
        ("faq_heading.depth < score", True),
        # and binds closer than or, not closer than and
        ("words > 1 or words > 1 and words > 999", True),
        ("(words > 1 or words > 1) and words > 999", False),
        ("not words > 999 and words > 1", True),
        ("not (words > 999 or words > 1)", False),
        ("truncated_ending.cut > 0 and words < 400", True),
        ("truncated_ending.cut\n > 0\tand\n words < 400", True),
    ],
)
def test_expressions(scorer: Scorer, tmp_path: Path, expression: str, rejects: bool) -> None:
    verdict = made(scorer, 0.95, 300, truncated_ending__cut=0.5, faq_heading__depth=0.0)
    assert load(tmp_path, expression).check(verdict) == ("r1" if rejects else None)


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">=", "==", "!="])
def test_what_was_not_measured_compares_false(scorer: Scorer, tmp_path: Path, sign: str) -> None:
    unknown = made(scorer, None, 300, truncated_ending__cut=float("nan"))
    for name in ("score", "truncated_ending.cut", "faq_heading.depth"):
        for expression in (f"{name} {sign} 0.5", f"0.5 {sign} {name}", f"{name} {sign} {name}"):
            assert load(tmp_path, expression).check(unknown) is None
            assert load(tmp_path, f"not {expression}").check(unknown) == "r1"


def test_the_first_rule_that_holds_is_named(scorer: Scorer, tmp_path: Path) -> None:
    rules = load(tmp_path, "words > 900", "words > 20", "words > 10")
    assert rules.check(made(scorer, None, 300)) == "r2"
    assert rules.check(made(scorer, None, 15)) == "r3"
    assert rules.check(made(scorer, None, 5)) is None


def test_real_pages(scorer: Scorer, tmp_path: Path) -> None:
    rules = load(
        tmp_path,
        "truncated_ending.cut > 0 and trivia_box.boxes_per_1k_words >= 2 and words < 400",
        "words < 20",
    )
    found = [rules.check(v) for v in scorer.score_many(map(Page.from_text, (FARM, CAREFUL, SHORT, JAPANESE)))]
    assert found == ["r1", None, "r2", None]


def test_a_failed_page_is_rejected_by_no_rule(scorer: Scorer, tmp_path: Path) -> None:
    failed = scorer.score(Page(b"\x00" * 50))
    assert failed.error
    assert load(tmp_path, "words < 400", "not score > 0").check(failed) is None


def test_rules_say_what_they_need_and_travel(tmp_path: Path) -> None:
    rules = load(
        tmp_path, "truncated_ending.cut > 0 and words < 400", "score > 0.5 or faq_heading.depth < 0.2"
    )
    assert rules.fields == {"truncated_ending.cut", "words", "score", "faq_heading.depth"}
    assert rules.signals == {"truncated_ending", "faq_heading"}
    assert pickle.loads(pickle.dumps(rules)) == rules  # noqa: S301
    assert load(tmp_path, "words < 1") != rules


@pytest.mark.parametrize(
    ("expression", "column", "message"),
    [
        ("truncated_endng.cut > 0", 1, "did you mean 'truncated_ending.cut'?"),
        ("words < 4 and wrds > 1", 15, "did you mean 'words'?"),
        ("truncated_ending > 0", 1, "'truncated_ending' needs a feature; it measures truncated_ending.cut"),
        ("truncated_endin > 0", 1, "did you mean 'truncated_ending.cut'?"),
        ("truncated_ending.len > 0", 1, "no feature 'len'; it measures truncated_ending.cut"),
        ("xyzzy.qq > 0", 1, "nothing is called 'xyzzy.qq'"),
        ("score.x > 0", 1, "nothing is called 'score.x'"),
        ("__import__('os').system('true')", 12, "cannot read"),
        ("words", 6, "expected a comparison, e.g. words > 0"),
        ("words = 3", 7, "write =="),
        ("words > 3 && score > 0", 11, "write and"),
        ("words > 3 AND score > 0", 11, "expected 'and', 'or' or the end, not 'AND'"),
        ("words > 400words", 9, "cannot read '400words'"),
        ("words > 1.2.3", 9, "cannot read '1.2.3'"),
        ("words > 1e999", 9, "too large"),
        ("words > -1", 1, "words lies between 0 and inf"),
        ("score > 90", 1, "score lies between 0 and 1"),
        ("3 > 2", 1, "compares two numbers"),
        ("1 < words < 9", 11, "one comparison at a time"),
        ("(words > 1", 11, "the parenthesis of column 1 is not closed"),
        ("words > 1)", 10, "not ')'"),
        ("words > ", 9, "not the end"),
        ("words > and", 9, "not 'and'"),
        ("not", 4, "not the end"),
        ("words > 1 or", 13, "not the end"),
        ("(" * (MAX_DEPTH + 1) + "words > 1" + ")" * (MAX_DEPTH + 1), MAX_DEPTH + 2, "nested deeper"),
        ("not " * (MAX_DEPTH + 1) + "words > 1", 4 * (MAX_DEPTH + 1) + 1, "nested deeper"),
    ],
)
def test_mistakes_name_file_rule_and_column(
    tmp_path: Path, expression: str, column: int, message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, "words > 1", expression)
    text = str(caught.value)
    assert text.startswith(f"{tmp_path / 'rules.toml'}: rule 2, 'r2', column {column}: ")
    assert message in text
    assert "\n" not in text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "has no rules: write  [[rule]]"),
        (b"rule = 3", "has no rules"),
        (b"rule = [3]", "has no rules"),
        (b"[rule]\nname = 'a'", "has no rules"),
        (b"[[rule]]\nname = 'a'\nreject = 'words > 1'\n[other]", "unknown key 'other'"),
        (b"[[rule]]\nname = 'a'\nreject = 'words > 1'\nwhy = ''", "unknown key 'why'; allowed are name and reject"),
        (b"[[rule]]\nreject = 'words > 1'", 'rule 1 needs a text: write  name = "'),
        (b"[[rule]]\nname = 'a'", 'rule 1 needs a text: write  reject = "'),
        (b"[[rule]]\nname = 'a'\nreject = 3", 'rule 1 needs a text: write  reject = "'),
        (b"[[rule]]\nname = 'a'\nreject = ' '", 'rule 1 needs a text: write  reject = "'),
        (b'[[rule]]\nname = "a\\nb"\nreject = "words > 1"', "one line of at most 100 characters"),
        (b"[[rule]]\nname = 'a'\nreject = 'words > 1'\n" * 2, "rule 2: another rule is called 'a' already"),
        (b"[[rule]]\nname = 'a'\nreject = '" + b"words > 1 or " * MAX_LENGTH, "not valid TOML"),
        (b"[[rule]]\nname = 'a'\nreject = '" + b" " * MAX_LENGTH + b"words > 1'", "longer than 2000"),
        (b"[[rule]]\nname = 'a'\nreject = 'words > 1'\n" * 1001, "1001 rules; at most 1000"),
        (b"\xff\xfe", "not valid TOML"),
        (b"a = " + b"[" * 50_000, "not valid TOML"),
        (b"#" * (MAX_FILE_BYTES + 1), "larger than 1 MB"),
    ],
)  # fmt: skip
def test_files_that_are_no_rules(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        Rules.load(path)
    assert str(path) in str(caught.value)
    assert message in str(caught.value)


def test_the_documented_example_is_a_rules_file(tmp_path: Path) -> None:
    assert rules_module.__doc__ is not None
    example = rules_module.__doc__.partition("::\n")[2].partition("An expression")[0]
    path = tmp_path / "rules.toml"
    path.write_text(textwrap.dedent(example), encoding="utf-8")
    assert [rule.name for rule in Rules.load(path).rules] == ["cut off and short", "farm"]


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot read .*none.toml: No such file"):
        Rules.load(tmp_path / "none.toml")


_WORDS = st.sampled_from(
    ["(", ")", "and", "or", "not", "<", ">=", "=", "words", "score", "faq_heading.depth", "0.5", "x"]
)


@given(st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=80))
def test_any_text_is_a_rule_or_a_config_error(
    tmp_path_factory: pytest.TempPathFactory, expression: str
) -> None:
    try:
        condition, fields = parse(expression, known_names())
    except ConfigError:
        return
    assert fields
    assert condition.holds({}) in (True, False)
