"""What the settings of a Scrapy crawl ask for; it needs no Scrapy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from qualityscore.document.page import PageKind
from qualityscore.errors import ConfigError
from qualityscore.pipelines.policy import Policy, check_kind
from qualityscore.rules import Rules
from qualityscore.scorer import Scorer

_YES, _NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


class Settings(Protocol):
    """Values by name, as in ``scrapy.settings.Settings``."""

    def get(self, name: str, default: Any = None) -> Any:
        """A value, or the default."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a crawl asks for; the documentation of `qualityscore.pipelines.scrapy` lists the settings.

    Attributes:
        content, url, field: names of the item's fields; ``url`` ``None``: the usual ones.
        kind: what the pages are; ``None``: as each item tells.
        drops: bad items are dropped, not only annotated.
        record: the whole record is added.
        workers: processes, at least 1.
        queue: pages that they have at a time, at least ``workers``.
    """

    content: str
    url: str | None
    field: str
    kind: PageKind | None
    drops: bool
    record: bool
    policy: Policy
    scorer: Scorer
    workers: int
    queue: int

    @classmethod
    def read(cls, settings: Settings) -> Asked:
        """Read the settings; on a command line all values are text.

        Raises:
            ConfigError: a setting, the model or a rule is wrong.
        """

        def get(name: str, default: Any = None) -> Any:
            return settings.get(f"QUALITYSCORE_{name}", default)

        content = get("CONTENT", "html")
        action = get("ACTION", "annotate")
        if action not in ("annotate", "drop"):
            raise ConfigError(f"QUALITYSCORE_ACTION must be annotate or drop, not {action!r}")
        rules = get("RULES")
        record = _truth(get("RECORD", False), "QUALITYSCORE_RECORD")
        workers = _at_least_one(get("WORKERS", 1), "QUALITYSCORE_WORKERS")
        return cls(
            content=content,
            url=get("URL"),
            field=get("FIELD", "qualityscore"),
            kind=check_kind(get("KIND")),
            drops=action == "drop",
            record=record,
            policy=Policy(
                Rules.load(rules) if rules else None, get("ON_ABSTAIN", "keep"), get("ON_ERROR", "keep")
            ),
            scorer=Scorer.load(
                get("MODEL"),
                threshold=_number(get("THRESHOLD"), "QUALITYSCORE_THRESHOLD"),
                max_fpr=_number(get("MAX_FPR"), "QUALITYSCORE_MAX_FPR"),
                evidence=record,
            ),
            workers=workers,
            queue=max(_at_least_one(get("QUEUE", 16), "QUALITYSCORE_QUEUE"), workers),
        )


def _number(value: object, name: str) -> float | None:
    if value is None or value == "":
        return None
    try:
        return float(str(value))
    except ValueError:
        raise ConfigError(f"{name} must be a number, not {value!r}") from None


def _truth(value: object, name: str) -> bool:
    word = str(value).strip().lower()
    if word not in _YES + _NO:
        raise ConfigError(f"{name} must be True or False, not {value!r}")
    return word in _YES


def _at_least_one(value: object, name: str) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = 0
    if number < 1:
        raise ConfigError(f"{name} must be at least 1, not {value}")
    return number
