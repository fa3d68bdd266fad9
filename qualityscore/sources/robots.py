"""robots.txt: what it permits this program, by RFC 9309."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from protego import Protego

MAX_ROBOTS_BYTES = 1_000_000
"""What is read of a robots.txt; RFC 9309 asks for at least 500 KiB. The rest is ignored."""
MAX_SITEMAPS = 1_000
_MAX_LINE = 8_000
_PRODUCT = re.compile(r"[A-Za-z_-]+")
_AGENT = re.compile(r"user[- ]?agent\b\s*:?", re.IGNORECASE)
_SITE_WIDE = re.compile(r"(site-?maps?|host)(?=[\s:])", re.IGNORECASE)
_RULE = re.compile(r"[^:]*:|(allow|dis|dias|crawl|request|visit)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one origin for one program.

    Attributes:
        delay: seconds between requests that the file asks for, 0 if it asks for none.
        sitemaps: addresses of sitemaps as written, at most `MAX_SITEMAPS`.
        closed: why nothing may be fetched at all; empty if the rules decide.
        closed_kind: the kind of `FetchError` that this is.
    """

    delay: float = 0.0
    sitemaps: tuple[str, ...] = ()
    closed: str = ""
    closed_kind: str = "robots"
    _rules: Protego | None = field(default=None, repr=False)
    _token: str = ""

    def allows(self, url: str) -> bool:
        """Whether a page may be fetched."""
        if self.closed:
            return False
        return self._rules is None or self._rules.can_fetch(url, self._token)


OPEN = Robots()
"""No rules: there is no robots.txt, or it may not be read (RFC 9309, 2.3.1.3)."""


def product_token(user_agent: str) -> str:
    """The name that robots.txt knows a program by: ``bot`` of ``bot/1.0 (+https://…)``."""
    match = _PRODUCT.match(user_agent)
    return match[0].lower() if match else ""


def parse_robots(data: bytes, user_agent: str) -> Robots:
    """Read a robots.txt; never raises, whatever the bytes.

    Args:
        data: the file, cut at `MAX_ROBOTS_BYTES`.
        user_agent: what requests say; its product token picks the group of rules.
    """
    from protego import Protego

    token = product_token(user_agent)
    rules = Protego.parse(_relevant(_decoded(data[:MAX_ROBOTS_BYTES]), token))
    delay = rules.crawl_delay(token) or 0.0
    rate = rules.request_rate(token)
    if rate is not None:
        delay = max(delay, rate.seconds / rate.requests)
    sitemaps = tuple(dict.fromkeys(rules.sitemaps))[:MAX_SITEMAPS]
    return Robots(delay, sitemaps, _rules=rules, _token=token)


def _decoded(data: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")


def _relevant(text: str, token: str) -> str:
    """The lines that can matter to one program.

    Every rule is otherwise stored once for each program its group names: a file of 1 MB that names
    40,000 programs before 40,000 rules would never be done.
    """
    kept: list[str] = []
    seen: set[str] = set()
    ours = in_rules = False
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        if not line or len(line) > _MAX_LINE:
            continue
        if agent := _AGENT.match(line):
            if in_rules:
                ours = in_rules = False
                seen.clear()
            name = line[agent.end() :].strip().lower()
            if name and (name == "*" or name.replace("*", "") in token) and name not in seen:
                seen.add(name)
                ours = True
                kept.append(f"User-agent: {name}")
        elif _SITE_WIDE.match(line):
            kept.append(line)
        elif _RULE.match(line):
            in_rules = True
            if ours:
                kept.append(line)
    return "\n".join(kept)
