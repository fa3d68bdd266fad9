"""Hosts that are fetched from: whose turn it is, and what is known of each."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from qualityscore.sources.robots import Robots

if TYPE_CHECKING:
    from qualityscore.sources.transport import Connection

_KEPT_HOSTS = 256


class Host:
    """One host: whose turn it is, when, over which connection, and by which rules."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.reading_rules = threading.Lock()
        self.rules: dict[str, Robots] = {}
        self.not_before = 0.0
        self.delay = 0.0
        self.connection: Connection | None = None

    def disconnect(self) -> None:
        """Close the connection, if there is one; only whose turn it is may."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Hosts:
    """The hosts of one fetcher by name; only so many are remembered. Thread-safe."""

    def __init__(self) -> None:
        self._hosts: dict[str, Host] = {}
        self._lock = threading.Lock()

    def __getitem__(self, name: str) -> Host:
        """A host, known or new; it counts as the one used last."""
        with self._lock:
            host = self._hosts.pop(name, None) or Host()
            self._hosts[name] = host  # the last used one is last
            if len(self._hosts) > _KEPT_HOSTS:
                self._forget_one()
        return host

    def __len__(self) -> int:
        return len(self._hosts)

    def known(self, name: str) -> Host | None:
        """A host, if it is known; it does not count as used."""
        return self._hosts.get(name)

    def disconnect(self) -> None:
        """Close the connections that nobody uses."""
        with self._lock:
            hosts = list(self._hosts.values())
        for host in hosts:
            if host.turn.acquire(timeout=0.1):
                host.disconnect()
                host.turn.release()

    def _forget_one(self) -> None:
        """Drop the host that was not used for longest, if nobody waits for it."""
        now = time.monotonic()
        for name, host in list(self._hosts.items())[: _KEPT_HOSTS // 2]:
            idle = host.not_before < now and not host.reading_rules.locked()
            if idle and host.turn.acquire(blocking=False):
                host.disconnect()
                host.turn.release()
                del self._hosts[name]
                return
