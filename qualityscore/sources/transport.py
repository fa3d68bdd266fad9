"""One guarded HTTP exchange: connect to a checked address, within limits of time and size."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from qualityscore.errors import FetchError
from qualityscore.sources.address import Resolver, checked_addresses
from qualityscore.sources.inflate import counted, decoded, no_larger, too_large

_TRIED_ADDRESSES = 4
_DRAINED = 65_536
_DRAIN_SECONDS = 2.0

Accept = Callable[[Mapping[str, str]], None]
"""Looks at the headers of a successful answer and raises `FetchError` if its body is not wanted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Attributes:
        url: the address that was asked.
        status: HTTP status.
        headers: names in lower case; a repeated header is joined by commas.
        body: decompressed; empty unless the status is 200 to 299.
        cut: whether the body goes on beyond what was read.
    """

    url: httpx.URL
    status: int
    headers: Mapping[str, str]
    body: bytes
    cut: bool = False


class _Clock:
    """The end of an exchange; one a connection, set anew for every request."""

    end: float = 0.0

    def left(self, wanted: float | None) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this page is over")
        return left if wanted is None else min(left, wanted)


class _TimedStream(httpcore.NetworkStream):
    """A stream on which waiting ends with the exchange, however the bytes trickle."""

    def __init__(self, inner: httpcore.NetworkStream, clock: _Clock) -> None:
        self._inner = inner
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._clock.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._clock.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._clock.left(timeout))
        return _TimedStream(inner, self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _GuardedBackend(httpcore.NetworkBackend):
    """Connects to addresses that were checked, never to a name."""

    def __init__(self, resolver: Resolver, allow_private: bool, clock: _Clock) -> None:
        self._resolver = resolver
        self._allow_private = allow_private
        self._clock = clock
        self._tcp = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        found = checked_addresses(
            host,
            port,
            resolver=self._resolver,
            allow_private=self._allow_private,
            seconds=self._clock.left(timeout),
        )[:_TRIED_ADDRESSES]
        for number, ip in enumerate(found, 1):
            try:
                stream = self._tcp.connect_tcp(
                    ip, port, self._clock.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(found):
                    raise
            else:
                return _TimedStream(stream, self._clock)
        raise httpcore.ConnectError("no address")


def verifying() -> ssl.SSLContext:
    """TLS that verifies certificates: those of certifi, or of ``SSL_CERT_FILE`` or ``SSL_CERT_DIR``."""
    return httpx.create_ssl_context()


class Connection:
    """At most one connection to a host at a time, kept open between requests. Not thread-safe."""

    def __init__(
        self, tls: ssl.SSLContext, *, resolver: Resolver, allow_private: bool, connect_seconds: float
    ) -> None:
        self._clock = _Clock()
        self._seconds = connect_seconds
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls,
            max_connections=1,
            keepalive_expiry=15.0,
            network_backend=_GuardedBackend(resolver, allow_private, self._clock),
        )

    def get(
        self,
        url: httpx.URL,
        headers: Mapping[str, str],
        *,
        seconds: float,
        max_bytes: int,
        accept: Accept,
        cut: bool = False,
    ) -> Answer:
        """Ask once; redirects are answers like others.

        Args:
            url: as `parse_address` gives it.
            seconds: for everything from the name server to the last byte.
            max_bytes: of the body, both as sent and decompressed.
            accept: called before the body is read.
            cut: keep the first ``max_bytes`` of a longer body instead of raising.

        Raises:
            FetchError: no answer, not in time, too large, damaged or not wanted.
        """
        self._clock.end = time.monotonic() + seconds
        sent = [(b"Host", url.netloc)]
        sent += [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
        timeout = {"connect": self._seconds, "read": seconds, "write": seconds, "pool": seconds}
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        with (
            _plain_errors(),
            self._pool.stream("GET", target, headers=sent, extensions={"timeout": timeout}) as response,
        ):
            got = _joined(response.headers)
            status = response.status
            if not 200 <= status < 300:
                self._drain(response)
                return Answer(url, status, got, b"")
            accept(got)
            no_larger(got.get("content-length", ""), max_bytes, cut)
            body = bytearray()
            for piece in decoded(counted(response.iter_stream(), max_bytes, cut), got):
                body += piece
                if len(body) > max_bytes:
                    if not cut:
                        raise too_large(max_bytes)
                    return Answer(url, status, got, bytes(body[:max_bytes]), True)
            return Answer(url, status, got, bytes(body))

    def _drain(self, response: httpcore.Response) -> None:
        """Read the rest of a short answer, or the connection could not be used again."""
        self._clock.end = min(self._clock.end, time.monotonic() + _DRAIN_SECONDS)
        left = _DRAINED
        try:
            for piece in response.iter_stream():
                left -= len(piece)
                if left < 0:
                    break
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException):
            pass

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        self._pool.close()


def _joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1").strip()
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


@contextmanager
def _plain_errors() -> Iterator[None]:
    """The library's errors in words for a user."""
    try:
        yield
    except httpcore.ConnectTimeout:
        raise FetchError("the host did not accept a connection in time", "network") from None
    except httpcore.TimeoutException:
        raise FetchError("the page did not arrive in time", "time") from None
    except httpcore.ConnectError as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", "") or cause.reason or "it is not spoken here"
            raise FetchError(f"no safe connection (TLS): {reason}", "network") from None
        raise FetchError("the host does not accept connections", "network") from None
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise FetchError("the connection broke off or does not speak HTTP", "broken") from error
    # A certificate may name a host that the encoder of names refuses.
    except (ValueError, OSError) as error:
        raise FetchError(f"the request failed: {error}", "network") from error
