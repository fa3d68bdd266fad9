"""`FetchSettings`: how politely, how long and from where to fetch."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from qualityscore.errors import ConfigError
from qualityscore.limits import DEFAULT_LIMITS
from qualityscore.sources.address import Resolver, system_resolver
from qualityscore.sources.robots import product_token


def _default_user_agent() -> str:
    from qualityscore import __version__

    return f"qualityscore/{__version__}"


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How to fetch.

    Attributes:
        user_agent: what every request says it is: a name, a version and a contact, as in
            ``mybot/1.0 (+https://example.org/bot)``. robots.txt knows the program by the name.
        delay: seconds between two requests to a host; a longer ``Crawl-delay`` goes before.
        max_hosts: hosts that are asked at once; each has one connection.
        max_bytes: of a page, both as sent and decompressed.
        max_seconds: of a page from the name server to the last byte, over all its redirects;
            waiting for a host's turn does not count.
        connect_seconds: to open a connection.
        max_redirects: redirects that are followed for one page.
        retries: how often a page is asked for again after 429, 5xx or a broken connection.
        retry_seconds: before the first retry; doubled for each further one.
        max_wait: the longest pause a host may ask for, by ``Retry-After`` or ``Crawl-delay``.
        allow_private_addresses: permit loopback, private and other special addresses.
        resolver: host name and port to IP addresses; for tests and for names of one's own.
    """

    user_agent: str = field(default_factory=_default_user_agent)
    delay: float = 1.0
    max_hosts: int = 8
    max_bytes: int = DEFAULT_LIMITS.max_bytes
    max_seconds: float = 30.0
    connect_seconds: float = 10.0
    max_redirects: int = 5
    retries: int = 2
    retry_seconds: float = 2.0
    max_wait: float = 60.0
    allow_private_addresses: bool = False
    resolver: Resolver = system_resolver

    def __post_init__(self) -> None:
        """Check the ranges.

        Raises:
            ConfigError: a value makes no sense.
        """
        agent = self.user_agent
        if not (agent.isascii() and agent.isprintable() and agent == agent.strip() and product_token(agent)):
            raise ConfigError(
                "the user agent must begin with a name, in plain letters: 'mybot/1.0 (+https://example.org/bot)'"
            )
        for name in ("delay", "retry_seconds", "max_wait"):
            value = getattr(self, name)
            if not (math.isfinite(value) and value >= 0):
                raise ConfigError(f"{name.replace('_', ' ')} must be 0 or more seconds, not {value:g}")
        if self.delay > self.max_wait:
            raise ConfigError(f"delay must be at most {self.max_wait:g} seconds, not {self.delay:g}")
        for name in ("max_hosts", "max_bytes", "max_seconds", "connect_seconds"):
            if not getattr(self, name) > 0:
                raise ConfigError(f"{name.replace('_', ' ')} must be above 0")
