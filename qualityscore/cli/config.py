"""Defaults from ``[tool.qualityscore]`` in ``pyproject.toml`` or from ``qualityscore.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from qualityscore.cli.console import say
from qualityscore.cli.options import Loudness
from qualityscore.errors import ConfigError

FORMATS = ("table", "json", "jsonl", "csv")
INPUT_KINDS = ("auto", "html", "markdown", "text")


@dataclass(frozen=True, slots=True)
class ScoreSettings:
    """Settings that may have defaults; ``None`` means not given. The names are the keys of the file.

    `score` knows all but ``workers``; the other commands take those that are options of theirs.
    """

    format: str | None = None
    explain: bool | None = None
    with_text: bool | None = None
    input_kind: str | None = None
    max_fpr: float | None = None
    threshold: float | None = None
    prevalence: float | None = None
    fail_above: str | None = None
    disable: tuple[str, ...] | None = None
    model: str | None = None
    user_agent: str | None = None
    delay: float | None = None
    workers: int | None = None

    def over(self, defaults: ScoreSettings) -> ScoreSettings:
        """These settings, and ``defaults`` where nothing is given.

        ``threshold`` and ``max_fpr`` are two ways to say one thing: giving one here drops the
        other from the defaults.
        """
        if self.threshold is not None or self.max_fpr is not None:
            defaults = replace(defaults, threshold=None, max_fpr=None)
        given = {f.name: getattr(self, f.name) for f in fields(self)}
        return replace(defaults, **{name: value for name, value in given.items() if value is not None})


KEYS = tuple(field.name.replace("_", "-") for field in fields(ScoreSettings))


def working_folder() -> Path:
    """Where the command was called.

    Raises:
        ConfigError: that folder has been removed.
    """
    try:
        return Path.cwd()
    except OSError:
        raise ConfigError("the working folder no longer exists: change to another one") from None


def with_defaults(given: ScoreSettings, loudness: Loudness) -> ScoreSettings:
    """What was given, and the defaults of the nearest configuration where nothing was.

    Raises:
        ConfigError: the configuration is wrong.
    """
    found = find_config(working_folder())
    if found is None:
        return given
    if loudness == "verbose":
        say(f"defaults from {found[0]}")
    return given.over(found[1])


def find_config(start: Path) -> tuple[Path, ScoreSettings] | None:
    """The nearest configuration from a folder upwards, or ``None``.

    In one folder ``qualityscore.toml`` goes before ``pyproject.toml``; a ``pyproject.toml`` without
    the table is passed by.

    Raises:
        ConfigError: a file is no TOML, or has a key or value that is not allowed.
    """
    for folder in (start, *start.parents):
        for name in ("qualityscore.toml", "pyproject.toml"):
            path = folder / name
            if path.is_file():
                table = _table(path)
                if table is not None:
                    return path, _settings(path, table)
    return None


def _table(path: Path) -> Mapping[str, Any] | None:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from error
    tool = data.get("tool")
    table = tool.get("qualityscore") if isinstance(tool, dict) else None
    if path.name == "qualityscore.toml" and table is None:
        table = data
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: qualityscore must be a table: write  [tool.qualityscore]")
    return table


def _settings(path: Path, table: Mapping[str, Any]) -> ScoreSettings:
    values: dict[str, Any] = {}
    for given, value in table.items():
        key = given.replace("_", "-")
        if key not in KEYS:
            raise ConfigError(f"{path}: unknown key {given!r}; allowed are {', '.join(KEYS)}")
        values[key.replace("-", "_")] = _checked(path, key, value)
    if "max_fpr" in values and "threshold" in values:
        raise ConfigError(f"{path}: give either threshold or max-fpr, not both")
    return ScoreSettings(**values)


def _checked(path: Path, key: str, value: Any) -> Any:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if key in ("explain", "with-text"):
        return _need(path, key, value, isinstance(value, bool), "true or false")
    if key in ("max-fpr", "threshold", "prevalence"):
        return float(_need(path, key, value, number and 0 <= value <= 1, "a number between 0 and 1"))
    if key == "delay":
        return float(_need(path, key, value, number and value >= 0, "a number from 0 up"))
    if key == "workers":
        return _need(path, key, value, isinstance(value, int) and number and value > 0, "a number from 1 up")
    if key == "disable":
        names = isinstance(value, list) and all(isinstance(name, str) for name in value)
        return tuple(_need(path, key, value, names, "a list of signal ids"))
    if key == "fail-above":
        ok = number or isinstance(value, str)
        return str(_need(path, key, value, ok, "'suspect', 'low_quality' or a number"))
    if key == "user-agent":
        return _need(path, key, value, isinstance(value, str), "a name, a version and a contact")
    if key == "format":
        return _need(path, key, value, value in FORMATS, "one of " + ", ".join(FORMATS))
    if key == "input-kind":
        return _need(path, key, value, value in INPUT_KINDS, "one of " + ", ".join(INPUT_KINDS))
    # A relative model path counts from the file that names it, not from where one stands.
    return str(path.parent / _need(path, key, value, isinstance(value, str), "a path"))


def _need(path: Path, key: str, value: Any, ok: bool, wanted: str) -> Any:
    if not ok:
        raise ConfigError(f"{path}: {key} must be {wanted}, not {value!r}")
    return value
