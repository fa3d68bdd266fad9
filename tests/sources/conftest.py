"""Fixtures of the tests of sources."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sources.web import Web, serve


@pytest.fixture
def web() -> Iterator[Web]:
    """A server on the loopback address."""
    with serve() as running:
        yield running
