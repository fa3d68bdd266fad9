"""Fixtures of the tests of sources."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qualityscore.sources import address
from tests.sources.web import Web, serve


@pytest.fixture
def web() -> Iterator[Web]:
    """A server on the loopback address."""
    with serve() as running:
        yield running


@pytest.fixture
def loopback_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard on, but for the test's server."""
    real = address.refusal
    monkeypatch.setattr(address, "refusal", lambda ip: "" if ip == "127.0.0.1" else real(ip))
