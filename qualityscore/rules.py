"""Rules in a file: reject a page by what its signals measured, with or without the model's score.

A rules file is TOML, a list of named rules::

    [[rule]]
    name = "cut off and short"
    reject = "truncated_ending.cut > 0 and words < 400"

    [[rule]]
    name = "farm"
    reject = "score > 0.9 or (trivia_box.boxes_per_1k_words >= 2 and not source_captions.captions_per_1k_words > 0)"

An expression compares numbers, signals' features (``<signal id>.<feature>``), ``words`` and ``score`` with
``< <= > >= == !=`` and joins comparisons with ``and``, ``or``, ``not`` and parentheses; `conditions` has the
grammar. It is parsed and never evaluated as Python.

A comparison with something that could not be measured is false, whatever the operator: the score of a page
that abstained, a signal that did not apply, failed or was left out. ``not`` turns that into true, so write
``x <= 0`` and not ``not x > 0`` where a page must have been measured to be rejected.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualityscore.conditions import Condition, parse
from qualityscore.errors import ConfigError
from qualityscore.signals.registry import all_signals
from qualityscore.verdict import Verdict

MAX_FILE_BYTES = 1_000_000
MAX_RULES = 1_000
MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule.

    Attributes:
        name: what a rejected page's record names; one line.
        reject: the expression as written.
        condition: the same, parsed.
        fields: names the expression uses: ``words``, ``score``, ``<signal id>.<feature>``.
    """

    name: str
    reject: str
    condition: Condition
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a file, in its order. Immutable and picklable; equal if the files say the same."""

    rules: tuple[Rule, ...]

    @classmethod
    def load(cls, path: str | Path) -> Rules:
        """Read a rules file.

        Raises:
            ConfigError: the file cannot be read, is no TOML, or a rule is wrong; the text names the
                file, the rule and the column of the expression, counted from 1.
        """
        path = Path(path)
        table = _toml(path)
        found = table.get("rule")
        if not isinstance(found, list) or not found or not all(isinstance(r, dict) for r in found):
            raise ConfigError(f'{path} has no rules: write  [[rule]]  with  name = "…"  and  reject = "…"')
        if extra := sorted(table.keys() - {"rule"}):
            raise ConfigError(f"{path}: unknown key {extra[0]!r}; only [[rule]] is allowed")
        if len(found) > MAX_RULES:
            raise ConfigError(f"{path} has {len(found)} rules; at most {MAX_RULES} are allowed")
        known = known_names()
        rules: list[Rule] = []
        names: set[str] = set()
        for number, entry in enumerate(found, 1):
            rule = _rule(entry, f"{path}: rule {number}", known)
            if rule.name in names:
                raise ConfigError(f"{path}: rule {number}: another rule is called {rule.name!r} already")
            names.add(rule.name)
            rules.append(rule)
        return cls(tuple(rules))

    @property
    def fields(self) -> frozenset[str]:
        """Every name that a rule uses."""
        return frozenset().union(*(rule.fields for rule in self.rules))

    @property
    def signals(self) -> frozenset[str]:
        """Ids of the signals that a rule uses."""
        return frozenset(name.partition(".")[0] for name in self.fields if "." in name)

    def check(self, verdict: Verdict) -> str | None:
        """The name of the first rule that rejects a page, or ``None``.

        A page that failed (``verdict.error``) is rejected by no rule: nothing is known about it.
        """
        if verdict.error is not None:
            return None
        values = _values(verdict, self.signals)
        for rule in self.rules:
            if rule.condition.holds(values):
                return rule.name
        return None


def _values(verdict: Verdict, signals: frozenset[str]) -> dict[str, float]:
    values = {"words": float(verdict.words), "score": math.nan if verdict.score is None else verdict.score}
    for result in verdict.signals:
        reading = result.reading
        if reading.id in signals:
            values.update({f"{reading.id}.{name}": value for name, value in reading.values.items()})
    return values


def known_names() -> dict[str, tuple[float, float]]:
    """Every name an expression may use, with the range of its values."""
    ranges = {"words": (0.0, math.inf), "score": (0.0, 1.0)}
    for signal in all_signals().values():
        for feature in signal.features:
            ranges[f"{signal.id}.{feature.name}"] = (feature.low, feature.high)
    return ranges


def _toml(path: Path) -> Mapping[str, Any]:
    try:
        with open(path, "rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
        if len(data) > MAX_FILE_BYTES:
            raise ConfigError(f"{path} is larger than {MAX_FILE_BYTES / 1e6:g} MB: no rules file")
        return tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from error


def _rule(entry: Mapping[str, Any], where: str, known: Mapping[str, tuple[float, float]]) -> Rule:
    if extra := sorted(entry.keys() - {"name", "reject"}):
        raise ConfigError(f"{where}: unknown key {extra[0]!r}; allowed are name and reject")
    for key in ("name", "reject"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise ConfigError(f'{where} needs a text: write  {key} = "…"')
    name, reject = entry["name"], entry["reject"]
    if len(name) > MAX_NAME or not name.isprintable():
        raise ConfigError(f"{where}: name must be one line of at most {MAX_NAME} characters")
    where = f"{where}, {name!r}"
    try:
        condition, fields = parse(reject, known)
    except ConfigError as error:
        raise ConfigError(f"{where}, {error}") from None
    return Rule(name, reject, condition, fields)
