"""What a crawl's settings ask for; the engine itself is in `test_scrapy`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qualityscore import ConfigError
from qualityscore.pipelines.scrapy_settings import Asked


def asked(model_path: Path, **settings: Any) -> Asked:
    values = {"QUALITYSCORE_MODEL": str(model_path)}
    return Asked.read({**values, **{f"QUALITYSCORE_{name}": value for name, value in settings.items()}})


def test_without_settings(model_path: Path) -> None:
    found = asked(model_path)
    assert (found.content, found.url, found.field, found.kind) == ("html", None, "qualityscore", None)
    assert (found.drops, found.record, found.workers, found.queue) == (False, False, 1, 16)
    assert (found.policy.rules, found.policy.on_abstain, found.policy.on_error) == (None, "keep", "keep")
    assert not found.scorer.evidence and found.scorer.threshold == 0.8


def test_settings_come_as_text_from_a_command_line(model_path: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('[[rule]]\nname = "short"\nreject = "words < 20"\n')
    found = asked(
        model_path, CONTENT="body", URL="address", FIELD="quality", KIND="markdown", ACTION="drop", RECORD="1",
        THRESHOLD="0.25", RULES=str(rules), ON_ABSTAIN="drop", ON_ERROR="drop", WORKERS="24", QUEUE="2",
    )  # fmt: skip
    assert (found.content, found.url, found.field, found.kind) == ("body", "address", "quality", "markdown")
    assert (found.drops, found.record, found.workers, found.queue) == (True, True, 24, 24)
    assert found.policy.rules is not None
    assert (found.policy.on_abstain, found.policy.on_error) == ("drop", "drop")
    assert found.scorer.evidence and found.scorer.threshold == 0.25
    assert asked(model_path, MAX_FPR="0.1", RECORD="False", THRESHOLD="").scorer.threshold == 0.5


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("ACTION", "delete", "QUALITYSCORE_ACTION must be annotate or drop, not 'delete'"),
        ("THRESHOLD", "high", "QUALITYSCORE_THRESHOLD must be a number, not 'high'"),
        ("RECORD", "maybe", "QUALITYSCORE_RECORD must be True or False, not 'maybe'"),
        ("WORKERS", 0, "QUALITYSCORE_WORKERS must be at least 1, not 0"),
        ("QUEUE", "two", "QUALITYSCORE_QUEUE must be at least 1, not two"),
        ("ON_ABSTAIN", "maybe", "on_abstain must be keep or drop"),
        ("RULES", "none.toml", "cannot read none.toml"),
        ("KIND", "pdf", "kind must be one of"),
    ],
)
def test_mistakes_are_told_before_the_crawl(model_path: Path, name: str, value: object, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        asked(model_path, **{name: value})
