"""The public surface: pinned, importable, light."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import qualityscore
from qualityscore import QualityscoreError, Scorer
from qualityscore.scorer import ScorerSettings

PUBLIC = [
    "ConfigError", "DecodeError", "Document", "Evidence", "FetchError", "FetchSettings", "Fetcher",
    "InputError", "Item", "LimitExceeded", "Limits", "MissingExtraError", "ModelError",
    "ModelFormatError", "ModelVersionError", "NgramResult", "OutputError", "Page", "QualityscoreError", "Reading",
    "Rules", "Scorer", "Signal", "SignalError", "SignalResult", "TrainingError", "Verdict",
    "__version__", "all_signals", "build_document", "fetch_items", "read_url_list", "record_schema",
    "site_items", "site_schema", "site_urls", "sitemap_urls",
]  # fmt: skip


def test_the_surface_is_what_was_agreed() -> None:
    assert sorted(qualityscore.__all__) == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_every_name_is_there_and_documented(name: str) -> None:
    value = getattr(qualityscore, name)
    assert value.__doc__
    assert name == "__version__" or value.__name__ == name


def test_unknown_names_raise_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        qualityscore.nothing  # noqa: B018


def test_completion_finds_every_public_name_before_its_first_use() -> None:
    code = "import qualityscore; print(sorted(set(qualityscore.__all__) - set(dir(qualityscore))))"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert out.stdout.strip() == "[]"


def test_version_is_a_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+((a|b|rc|\.dev)\d+)?", qualityscore.__version__)


def test_errors_form_one_tree_drawn_in_the_docstring() -> None:
    from qualityscore import errors

    names = {n for n, v in vars(errors).items() if isinstance(v, type) and issubclass(v, Exception)}
    for name in names:
        assert issubclass(getattr(errors, name), QualityscoreError)
        assert errors.__doc__ is not None
        assert name in errors.__doc__
        assert name in qualityscore.__all__


def test_importing_the_package_loads_nothing() -> None:
    code = "import sys, qualityscore; print([m for m in ('numpy', 'sklearn', 'rich', 'typer') if m in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert out.stdout.strip() == "[]"


def test_schema_is_a_valid_schema() -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(qualityscore.record_schema())


def test_the_package_is_marked_as_typed() -> None:
    assert (Path(qualityscore.__file__).parent / "py.typed").is_file()


def test_type_checkers_know_every_setting_of_a_scorer() -> None:
    arguments = set(inspect.signature(Scorer.__init__).parameters) - {"self", "model"}
    assert set(ScorerSettings.__annotations__) == arguments
