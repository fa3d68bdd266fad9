"""Conditions on named numbers: a small grammar, parsed here and never evaluated as Python.

::

    either     = all { "or" all }
    all        = one { "and" one }
    one        = "not" one | "(" either ")" | comparison
    comparison = value ( "<" | "<=" | ">" | ">=" | "==" | "!=" ) value
    value      = number | name

A comparison with something that could not be measured (NaN, or a name without a value) is false, whatever
the operator.
"""

from __future__ import annotations

import difflib
import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from qualityscore.errors import ConfigError

MAX_LENGTH = 2_000
MAX_DEPTH = 50

_NAN = float("nan")
_OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_TOKEN = re.compile(
    r"(?P<number>-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?![\w.])"
    r"|(?P<name>[A-Za-z_]\w*(?:\.\w+)*)"
    r"|(?P<sign><=|>=|==|!=|[<>()])",
    re.ASCII,
)
_INSTEAD = {"=": "==", "&": "and", "|": "or", "!": "not", "≤": "<=", "≥": ">=", "≠": "!="}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two operands, each a number or the name of a field, and an operator between them."""

    left: str | float
    sign: str
    right: str | float

    def holds(self, values: Mapping[str, float]) -> bool:
        """Whether it is true; false if a side is NaN or missing."""
        left, right = (
            side if isinstance(side, float) else values.get(side, _NAN) for side in (self.left, self.right)
        )
        return not math.isnan(left) and not math.isnan(right) and _OPERATORS[self.sign](left, right)


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    of: Condition

    def holds(self, values: Mapping[str, float]) -> bool:
        """Whether the condition is false."""
        return not self.of.holds(values)


@dataclass(frozen=True, slots=True)
class Every:
    """Conditions joined by ``and``."""

    of: tuple[Condition, ...]

    def holds(self, values: Mapping[str, float]) -> bool:
        """Whether all of them are true."""
        return all(condition.holds(values) for condition in self.of)


@dataclass(frozen=True, slots=True)
class Some:
    """Conditions joined by ``or``."""

    of: tuple[Condition, ...]

    def holds(self, values: Mapping[str, float]) -> bool:
        """Whether one of them is true."""
        return any(condition.holds(values) for condition in self.of)


Condition = Comparison | Not | Every | Some


def parse(text: str, known: Mapping[str, tuple[float, float]]) -> tuple[Condition, frozenset[str]]:
    """A condition, and the names it uses.

    Args:
        known: every name that may be used, with the range of its values.

    Raises:
        ConfigError: the text is no condition; the message begins with the column, counted from 1.
    """
    if len(text) > MAX_LENGTH:
        raise ConfigError(
            f"column {MAX_LENGTH + 1}: longer than {MAX_LENGTH} characters: split it into several"
        )
    parser = _Parser(text, known)
    return parser.parse(), frozenset(parser.fields)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # number, name, sign or end
    text: str
    column: int


class _Parser:
    """Recursive descent over one expression; `MAX_DEPTH` bounds the recursion."""

    def __init__(self, text: str, known: Mapping[str, tuple[float, float]]) -> None:
        self.known = known
        self.fields: set[str] = set()
        self.tokens = self._tokens(text)
        self.at = 0

    def parse(self) -> Condition:
        condition = self._either(0)
        if self._token.kind != "end":
            self._fail(self._token, f"expected 'and', 'or' or the end, not {self._token.text!r}")
        return condition

    def _tokens(self, text: str) -> Sequence[_Token]:
        tokens: list[_Token] = []
        at = 0
        while at < len(text):
            if text[at].isspace():
                at += 1
                continue
            match = _TOKEN.match(text, at)
            if match is None or match.lastgroup is None:
                hint = f": write {_INSTEAD[text[at]]}" if text[at] in _INSTEAD else ""
                self._fail(_Token("end", "", at + 1), f"cannot read {text[at : at + 12]!r}{hint}")
            tokens.append(_Token(match.lastgroup, match[0], at + 1))
            at = match.end()
        return [*tokens, _Token("end", "", len(text) + 1)]

    @property
    def _token(self) -> _Token:
        return self.tokens[self.at]

    def _fail(self, token: _Token, message: str) -> NoReturn:
        raise ConfigError(f"column {token.column}: {message}")

    def _take(self, text: str) -> bool:
        if self._token.text != text:
            return False
        self.at += 1
        return True

    def _either(self, depth: int) -> Condition:
        found = [self._all(depth)]
        while self._take("or"):
            found.append(self._all(depth))
        return found[0] if len(found) == 1 else Some(tuple(found))

    def _all(self, depth: int) -> Condition:
        found = [self._one(depth)]
        while self._take("and"):
            found.append(self._one(depth))
        return found[0] if len(found) == 1 else Every(tuple(found))

    def _one(self, depth: int) -> Condition:
        opening = self._token
        if depth > MAX_DEPTH:
            self._fail(opening, f"nested deeper than {MAX_DEPTH}: split it into several")
        if self._take("not"):
            return Not(self._one(depth + 1))
        if self._take("("):
            inside = self._either(depth + 1)
            if not self._take(")"):
                self._fail(self._token, f"the parenthesis of column {opening.column} is not closed")
            return inside
        return self._comparison()

    def _comparison(self) -> Condition:
        first = self._token
        left = self._value()
        sign = self._token
        if sign.text not in _OPERATORS:
            self._fail(sign, f"expected a comparison, e.g. {first.text} > 0")
        self.at += 1
        right = self._value()
        if self._token.text in _OPERATORS:
            self._fail(self._token, "one comparison at a time: join two with 'and'")
        for side, other in ((left, right), (right, left)):
            if isinstance(side, str) and isinstance(other, float):
                low, high = self.known[side]
                if not low <= other <= high:
                    self._fail(first, f"{side} lies between {low:g} and {high:g}, never near {other:g}")
        if isinstance(left, float) and isinstance(right, float):
            self._fail(first, "compares two numbers: name what was measured, e.g. words < 400")
        return Comparison(left, sign.text, right)

    def _value(self) -> str | float:
        token = self._token
        if token.kind == "number":
            number = float(token.text)
            if math.isinf(number):
                self._fail(token, f"{token.text} is too large")
            self.at += 1
            return number
        if token.kind != "name" or token.text in ("and", "or", "not"):
            found = repr(token.text) if token.text else "the end"
            self._fail(token, f"expected words, score, a signal's feature or a number, not {found}")
        if token.text not in self.known:
            self._fail(token, _unknown(token.text, self.known))
        self.at += 1
        self.fields.add(token.text)
        return token.text


def _unknown(name: str, known: Mapping[str, object]) -> str:
    signal, _, feature = name.partition(".")
    of_signal = [other for other in known if other.partition(".")[0] == signal and other != signal]
    if of_signal:
        problem = (
            f"signal {signal!r} has no feature {feature!r}" if feature else f"{signal!r} needs a feature"
        )
        return f"{problem}; it measures {', '.join(of_signal)}"
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    if not near:
        # Somebody who wrote the signal alone is near a signal, not near signal.feature.
        signals = {other.partition(".")[0]: other for other in reversed(names)}
        near = [signals[found] for found in difflib.get_close_matches(signal, signals, n=1)]
    if near:
        return f"nothing is called {name!r}; did you mean {near[0]!r}?"
    return (
        f"nothing is called {name!r}: use words, score or <signal>.<feature>, see  qualityscore signals list"
    )
