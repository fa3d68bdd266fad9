"""What all engines share."""

from __future__ import annotations

import pytest

from qualityscore import ConfigError, Page, Scorer, SignalError
from qualityscore.pipelines.policy import Policy, check_kind, make_page, score_all
from qualityscore.rules import Rules
from tests.pages import CAREFUL, FARM, SHORT
from tests.pipelines.pages import BROKEN, engine_scorer


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    path = tmp_path_factory.mktemp("rules") / "rules.toml"
    path.write_text("[[rule]]\nname = 'cut'\nreject = 'truncated_ending.cut > 0'\n", encoding="utf-8")
    return Rules.load(path)


PAGES = [Page.from_text(FARM), Page.from_text(CAREFUL), Page.from_text(SHORT), Page(BROKEN)]


def test_who_is_dropped(rules: Rules) -> None:
    verdicts = score_all(engine_scorer(threshold=0.5), PAGES)

    def reasons(policy: Policy) -> list[str | None]:
        return [policy.reason(verdict) for verdict in verdicts]

    assert reasons(Policy()) == ["low_quality", None, None, None]
    assert reasons(Policy(on_abstain="drop")) == ["low_quality", None, "abstained_too_short", None]
    assert reasons(Policy(on_error="drop")) == ["low_quality", None, None, "error"]
    assert reasons(Policy(rules)) == ["rule cut", None, None, None]
    assert reasons(Policy(rules, "drop", "drop")) == ["rule cut", None, "abstained_too_short", "error"]


def test_summaries(rules: Rules) -> None:
    scorer = engine_scorer()
    farm, careful, short, broken = (Policy(rules).summary(v) for v in score_all(scorer, PAGES))
    assert farm["score"] == scorer.score(PAGES[0]).score
    assert farm["reasons"][0] == "trivia_box"
    assert (farm["reason"], careful["reason"]) == ("rule cut", None)
    assert farm["model"] == scorer.model.id
    assert (short["score"], short["band"], short["abstained"], short["words"]) == (
        None,
        "abstained",
        "too_short",
        11,
    )
    assert broken["error"] and broken["score"] is None and broken["abstained"] is None


def test_what_is_no_page_has_an_error() -> None:
    scorer = engine_scorer()
    pages = [
        make_page(content, "auto") for content in (None, 3, FARM, bytearray(FARM.encode()), memoryview(b"x"))
    ]
    verdicts = score_all(scorer, pages)
    assert [v.error for v in verdicts] == ["has no content", "content is no text but int", None, None, None]
    assert verdicts[2].score == verdicts[3].score == scorer.score(Page(FARM)).score


@pytest.mark.parametrize("stage", ["parse_page", "segment"])
def test_a_page_that_breaks_the_scorer_costs_no_other_page(
    monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    import qualityscore.reader as module

    works = getattr(module, stage)

    def breaks(what: object, *rest: object) -> object:
        if "bad" in (getattr(what, "url", None), *rest):
            raise ValueError("first\nsecond")
        return works(what, *rest)

    monkeypatch.setattr(module, stage, breaks)
    pages = [Page.from_text(FARM), Page.from_text(FARM, "bad", source="bad"), Page.from_text(CAREFUL)]
    farm, bad, careful = score_all(engine_scorer(), pages)
    assert farm.score and careful.score
    assert (bad.error, bad.source) == ("internal error: ValueError: first second", "bad")


def test_a_strict_scorer_stays_strict(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: Scorer, pages: object) -> object:
        raise SignalError("signal x failed")

    monkeypatch.setattr(Scorer, "score_many", fails)
    with pytest.raises(SignalError):
        score_all(engine_scorer(strict=True), PAGES)


def test_pages_are_made_with_what_is_known() -> None:
    page = make_page("x", "html", url="http://a.example/", content_type="text/html; charset=cp1252")
    assert page == Page(
        "x", "html", "http://a.example/", "http://a.example/", {"content-type": "text/html; charset=cp1252"}
    )
    assert make_page("x", "auto", url=3, content_type=None) == Page("x")


def test_kinds() -> None:
    names = ("html", "HTML", "text", "markdown", "body")
    pages = [make_page("x", None, field=name, row={"mime": "text/html; charset=utf-8"}) for name in names]
    assert [p.kind for p in pages if isinstance(p, Page)] == ["html", "html", "text", "markdown", "html"]
    assert make_page("x", None, field="body") == make_page("x", "auto", row={"format": "html"}) == Page("x")
    assert make_page("x", check_kind("text"), field="html", row={"title": " A\n b"}) == Page(
        "x", "text", title="A b"
    )
    with pytest.raises(ConfigError, match="kind must be one of auto, html, markdown, text, not 'pdf'"):
        check_kind("pdf")  # type: ignore[arg-type]


def test_settings_are_checked() -> None:
    with pytest.raises(ConfigError, match="on_abstain must be keep or drop, not 'maybe'"):
        Policy(on_abstain="maybe")  # type: ignore[arg-type]
