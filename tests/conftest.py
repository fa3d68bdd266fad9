"""Fixtures that several folders of tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from qualityscore import Scorer
from qualityscore.model.bundle import Model
from tests.pages import CAREFUL, FARM, JAPANESE, NAVIGATION, SHORT, farm_html, small_model

# How long an example takes is the machine's doing.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def model() -> Model:
    """A small model in memory."""
    return small_model()


@pytest.fixture(scope="session")
def model_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same model as a file."""
    path = tmp_path_factory.mktemp("model") / "small.npz"
    small_model().save(path)
    return path


@pytest.fixture(scope="session")
def scorer(model: Model) -> Scorer:
    """A scorer with the small model."""
    return Scorer(model)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with pages of every kind and outcome."""
    folder = tmp_path / "site"
    (folder / "news").mkdir(parents=True)
    (folder / ".cache").mkdir()
    (folder / "careful.txt").write_text(CAREFUL, encoding="utf-8")
    (folder / "farm.txt").write_text(FARM, encoding="utf-8")
    (folder / "farm.html").write_text(farm_html(), encoding="utf-8")
    (folder / "news" / "japanese.md").write_text(JAPANESE, encoding="utf-8")
    (folder / "news" / "navigation.html").write_text(f"<ul>{NAVIGATION}</ul>", encoding="utf-8")
    (folder / "news" / "short.txt").write_text(SHORT, encoding="utf-8")
    (folder / ".cache" / "hidden.html").write_text(farm_html(), encoding="utf-8")
    (folder / "notes.log").write_text("no page", encoding="utf-8")
    return folder
