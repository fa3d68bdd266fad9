"""What a reader sees at a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from qualityscore import Evidence
from qualityscore.cli.console import MEANING, visible
from qualityscore.cli.table import _between, quoted
from qualityscore.verdict import MEANING as TRUE_MEANING
from tests.cli.conftest import ROOT, Cli
from tests.pages import CAREFUL, FARM, JAPANESE, SHORT, farm_html


def test_the_table_names_pages_and_quotes_reasons_in_their_lines(cli: Cli, site: Path) -> None:
    out = cli("score", site, "--format", "table").stdout
    assert "\x1b" not in out
    head = out.splitlines()[0].split()
    assert head == ["score", "band", "words", "page"]
    assert "«Did You Know?» Garden hoses have been" in out
    assert "no score: unsupported_language, the language is 'ja'" in out
    assert "no score: too_short, 11 words; a score needs 80" in out
    flat = " ".join(out.split())
    assert MEANING[6:] in flat
    assert "false-positive rate 1 %)" in flat
    assert "6 pages: 2 low_quality, 1 ok, 3 abstained." in flat


def test_of_many_pages_the_footer_tells_why_some_have_no_score(cli: Cli, tmp_path: Path) -> None:
    texts = [SHORT] * 3 + [JAPANESE] + [CAREFUL] * 8
    for n, text in enumerate(texts):
        (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")
    lines = cli("score", tmp_path, "--format", "table").stdout.splitlines()
    assert "12 pages: 8 ok, 4 abstained." in lines
    assert "Without a score: 3 too_short, 1 unsupported_language." in lines


def test_verse_is_told_why_it_gets_no_score(cli: Cli) -> None:
    verse = "The water stood as high as any man\nhad seen it stand, and higher. He wrote down\n\n" * 30
    out = " ".join(cli("score", "-", "--format", "table", "--input-kind", "text", input=verse).stdout.split())
    assert "no score: not_prose, mostly verse, navigation, lists or tables; a score needs running text" in out


def test_meaning_is_the_same_sentence_everywhere(cli: Cli) -> None:
    assert MEANING == TRUE_MEANING
    for args in ((), ("score", "--help")):
        assert MEANING in " ".join(cli(*args).stdout.split())


def test_an_uncertified_rate_is_marked(cli: Cli) -> None:
    out = cli("score", "-", "--format", "table", "--max-fpr", "0.001", input=FARM).stdout
    assert "(false-positive rate 0.1 %, not certified by 5,000 pages of 120 networks)" in " ".join(
        out.split()
    )


def test_explain_shows_all_contributions(cli: Cli) -> None:
    out = cli("score", "-", "--format", "table", "--explain", input=FARM).stdout
    assert "it comes" in out
    assert "log-odds: intercept -1.50" in out
    assert "-1.02  " not in out
    careful = cli("score", "-", "--format", "table", "--explain", input=CAREFUL).stdout
    assert "wording" in careful


def test_signals_that_are_not_quoted_are_summed_up(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "other signals" not in cli("score", "-", "--format", "table", input=FARM).stdout
    monkeypatch.setattr("qualityscore.cli.table._REASONS", dict.fromkeys(("ok", "suspect", "low_quality"), 1))
    out = cli("score", "-", "--format", "table", input=FARM).stdout
    assert "+0.54  other signals  " in out
    assert "… (--explain lists them)" in out


def test_many_pages_explain_the_worst_only(cli: Cli, tmp_path: Path) -> None:
    for n in range(40):
        (tmp_path / f"{n:02}.txt").write_text(FARM, encoding="utf-8")
    out = cli("score", tmp_path, "--format", "table", env={"COLUMNS": "200"}).stdout
    assert out.count("«Did You Know?»") == 20
    assert "Reasons are shown for the 20 highest scores" in out


@pytest.mark.parametrize("width", [12, 30, 49, 50, 80, 300])
def test_any_width(cli: Cli, site: Path, width: int) -> None:
    out = cli("score", site, "--format", "table", env={"COLUMNS": str(width)}).stdout
    assert max(cell_len(line) for line in out.splitlines()) <= max(width, 24)
    assert "low_quality" in out


def test_page_text_is_never_markup_or_control(cli: Cli, tmp_path: Path) -> None:
    title = "[bold red]x[/] [link=http://e.invalid]y[/link] :boom: \x1b]8;;http://e.invalid\x07z\x9b2J\u202e"
    body = FARM.replace("Garden hoses have", "[blink]\x1b[31m[/nothing] Garden\u200b hoses\x00 have")
    path = tmp_path / "[red]page[bold].html"
    path.write_text(farm_html(body, title=title), encoding="utf-8")
    out = cli("score", path, "--format", "table", "--explain", env={"COLUMNS": "300"}).stdout
    assert not set("\x1b\x07\x9b\x00\u202e\u200b") & set(out)
    assert "[bold red]x[/]" in out
    assert ":boom:" in out
    assert "[red]page[bold].html" in out
    assert "[blink]" in out


def test_a_hostile_file_name_in_an_error(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31mb\n.html"
    try:
        path.write_bytes(b"\x89PNG")
    except OSError:
        pytest.skip("the file system does not allow it")
    for form in ("table", "jsonl", "csv"):
        result = cli("score", path, "--format", form)
        assert "\x1b" not in result.output
        assert len(result.stderr.splitlines()) == 1


@given(st.text(max_size=200), st.text(max_size=400), st.text(max_size=200), st.integers(1, 200))
@settings(max_examples=200, deadline=None)
def test_quotations_are_one_safe_line(before: str, passage: str, after: str, width: int) -> None:
    text = before + passage + after
    start, end = len(before), len(before) + len(passage)
    line = quoted(text, Evidence("text", start, end, passage), width)
    assert line.plain.isprintable()
    assert cell_len(line.plain) <= max(width, 4 + 2 + 8) + 1


@given(st.text())
def test_visible_text_is_printable_and_printable_text_unchanged(text: str) -> None:
    shown = visible(text)
    assert shown.isprintable()
    assert shown == text or not text.isprintable()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("no_color", [False, True])
def test_a_real_terminal_gets_the_table(model_path: Path, site: Path, no_color: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "100"}
    environment.pop("NO_COLOR", None)
    if no_color:
        environment["NO_COLOR"] = "1"
    command = [sys.executable, "-m", "qualityscore", "score", str(site), "--model", str(model_path)]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, env=environment) as process:
        os.close(theirs)
        chunks = []
        try:
            while chunk := os.read(ours, 65536):
                chunks.append(chunk)
        except OSError:  # Linux says so when the other end has closed
            pass
        assert process.wait(60) == 0
    os.close(ours)
    out = b"".join(chunks).decode()
    assert "low_quality" in out
    assert "scoring" in out  # the progress bar
    table = out[out.index("band ") :]
    assert ("\x1b[1;31m" in table) is not no_color


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.2, 0.8, "score between 0.20 and 0.80"),
        (0.96, 0.999, "score between 0.96 and 1.00"),
        (0.996, 0.9999, "score above 0.99"),
        (0.0001, 0.004, "score below 0.01"),
    ],
)
def test_an_interval_is_never_one_number(low: float, high: float, said: str) -> None:
    assert _between(low, high) == said
