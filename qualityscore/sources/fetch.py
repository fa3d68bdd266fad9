"""Pages from the web: politely, guarded, every address accounted for."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from qualityscore.document.page import Page
from qualityscore.errors import FetchError
from qualityscore.sources.address import origin, parse_address, same_site
from qualityscore.sources.answers import Want, anything, is_page, kind_of_answer, retry_after
from qualityscore.sources.hosts import Host, Hosts
from qualityscore.sources.item import Item
from qualityscore.sources.politeness import FetchSettings
from qualityscore.sources.robots import MAX_ROBOTS_BYTES, OPEN, Robots, parse_robots

if TYPE_CHECKING:
    import ssl

    import httpx

    from qualityscore.sources.transport import Answer, Connection

__all__ = ["FetchSettings", "Fetcher", "fetch_items"]

_RETRIED = (429, 500, 502, 503, 504)
_REDIRECTS = (301, 302, 303, 307, 308)


class Fetcher:
    """Fetches pages, and remembers each host's robots.txt and when it was last asked. Thread-safe.

    Use it as a context manager, or call `close`.
    """

    def __init__(self, settings: FetchSettings | None = None) -> None:
        self.settings = settings or FetchSettings()
        self._hosts = Hosts()
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._tls: ssl.SSLContext | None = None

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; waiting requests of other threads end with an error."""
        self._stopped.set()
        self._hosts.disconnect()

    def page(self, address: str, *, site: str = "") -> Item:
        """Fetch one page; an `Item` with an error if there is none. Never raises for what a site does.

        The item's page has the address it was found at after redirects, the item's name the one that
        was given. ``values`` has ``status`` and, for an error, ``failure`` (see `FetchError`).

        Args:
            site: a host name that redirects must not leave.
        """
        try:
            answer = self.get(address, Want(self.settings.max_bytes, is_page, site=site))
            kind = kind_of_answer(answer)
            page = Page(answer.body, kind, str(answer.url), address, answer.headers)
            return Item(address, page, values={"status": answer.status})
        except FetchError as error:
            values: dict[str, object] = {"failure": error.kind}
            if error.status:
                values["status"] = error.status
            return Item(address, None, str(error), values)

    def get(self, address: str, want: Want) -> Answer:
        """Fetch what an address leads to, with redirects and retries.

        Raises:
            FetchError: refused, forbidden, or no answer with status 200 to 299 that ``want`` accepts.
        """
        url = parse_address(address)
        for attempt in range(self.settings.retries + 1):
            try:
                answer = self._follow(url, want)
            except FetchError as error:
                if error.kind != "broken":
                    raise
                if attempt == self.settings.retries:
                    raise FetchError(str(error), "network") from None
                self._pause(url, self._back_off(attempt))
                continue
            if 200 <= answer.status < 300:
                return answer
            if answer.status not in _RETRIED or attempt == self.settings.retries:
                break
            wait = max(retry_after(answer.headers), self._back_off(attempt))
            self._pause(answer.url, wait)
            if wait > self.settings.max_wait:
                raise FetchError(
                    f"HTTP {answer.status}: the host asks to wait longer than {self.settings.max_wait:g} s",
                    "status",
                    answer.status,
                )
        raise FetchError(f"HTTP {answer.status}", "status", answer.status)

    def robots(self, address: str) -> Robots:
        """The rules for an address, fetched once for its scheme, host and port.

        Raises:
            FetchError: the guard refuses the host.
        """
        return self._rules(parse_address(address))

    def ready_at(self, host: str) -> float:
        """When a host may be asked again, in the time of `time.monotonic`."""
        known = self._hosts.known(host)
        if known is None or known.not_before - time.monotonic() > self.settings.max_wait:
            return 0.0  # longer than anyone waits: its pages fail at once
        return known.not_before

    def _follow(self, url: httpx.URL, want: Want) -> Answer:
        seen = {str(url)}
        left = self.settings.max_seconds
        for _ in range(self.settings.max_redirects + 1):
            if want.robots:
                self._require_allowed(url)
            answer, took = self._exchange(url, want, left)
            if answer.status not in _REDIRECTS or not answer.headers.get("location"):
                return answer
            left = max(left - took, 0.001)
            try:
                url = parse_address(answer.headers["location"], url)
            except FetchError as error:
                raise FetchError(
                    f"redirected to an address that is not fetched: {error}", "refused"
                ) from None
            if want.site and not same_site(url.host, want.site):
                raise FetchError("redirected to another site", "redirects")
            if str(url) in seen:
                raise FetchError("the redirects go round in a circle", "redirects")
            seen.add(str(url))
        raise FetchError(f"more than {self.settings.max_redirects} redirects", "redirects")

    def _exchange(self, url: httpx.URL, want: Want, seconds: float) -> tuple[Answer, float]:
        """One request when it is the host's turn; the answer and the seconds it took."""
        headers = {
            "User-Agent": self.settings.user_agent,
            "Accept": want.types,
            "Accept-Encoding": "gzip, deflate",
        }
        host = self._hosts[url.host]
        with host.turn:
            self._wait(host)
            connection = self._connected(host)
            started = time.monotonic()
            try:
                answer = connection.get(
                    url,
                    headers,
                    seconds=seconds,
                    max_bytes=want.max_bytes,
                    accept=want.accept,
                    cut=want.cut,
                )
            finally:
                now = time.monotonic()
                # The rules of a host come first and for free: one small file, once.
                if want.robots:
                    host.not_before = now + max(self.settings.delay, host.delay)
            return answer, now - started

    def _connected(self, host: Host) -> Connection:
        if host.connection is None:
            from qualityscore.sources.transport import Connection, verifying

            with self._lock:
                # Reading the authorities' certificates takes time and memory: once for all hosts.
                self._tls = self._tls or verifying()
            host.connection = Connection(
                self._tls,
                resolver=self.settings.resolver,
                allow_private=self.settings.allow_private_addresses,
                connect_seconds=self.settings.connect_seconds,
            )
        return host.connection

    def _require_allowed(self, url: httpx.URL) -> None:
        rules = self._rules(url)
        if rules.closed:
            raise FetchError(rules.closed, rules.closed_kind)
        if not rules.allows(str(url)):
            raise FetchError("robots.txt forbids this page", "robots")

    def _rules(self, url: httpx.URL) -> Robots:
        host = self._hosts[url.host]
        with host.reading_rules:
            key = origin(url)
            rules = host.rules.get(key)
            if rules is None:
                rules = host.rules[key] = self._read_rules(url)
                host.delay = max(host.delay, rules.delay)
            return rules

    def _read_rules(self, url: httpx.URL) -> Robots:
        """RFC 9309: none for 4xx and endless redirects; everything forbidden if the server fails."""
        want = Want(MAX_ROBOTS_BYTES, anything, "text/plain,*/*;q=0.5", robots=False, cut=True)
        try:
            answer = self.get(str(url.copy_with(raw_path=b"/robots.txt")), want)
        except FetchError as error:
            if error.kind in ("refused", "stopped"):
                raise
            if error.kind == "redirects" or (400 <= error.status < 500 and error.status != 429):
                return OPEN
            if error.kind in ("network", "time"):
                return Robots(closed=str(error), closed_kind=error.kind)
            return Robots(closed=f"robots.txt cannot be read, so nothing is fetched: {error}")
        return parse_robots(answer.body, self.settings.user_agent)

    def _wait(self, host: Host) -> None:
        wait = host.not_before - time.monotonic()
        if wait > self.settings.max_wait:
            raise FetchError(f"the host asks for a pause of more than {self.settings.max_wait:g} s", "wait")
        if self._stopped.wait(wait) if wait > 0 else self._stopped.is_set():
            raise FetchError("stopped", "stopped")

    def _pause(self, url: httpx.URL, seconds: float) -> None:
        host = self._hosts[url.host]
        host.not_before = max(host.not_before, time.monotonic() + seconds)

    def _back_off(self, attempt: int) -> float:
        return min(self.settings.retry_seconds * 2.0**attempt, self.settings.max_wait)


def fetch_items(
    addresses: Iterable[str], settings: FetchSettings | None = None, *, fetcher: Fetcher | None = None
) -> Iterator[Item]:
    """Fetch pages, in the order of their addresses, one item for each; lazily.

    Hosts take turns: each is asked by one connection with a pause, several at once.

    Args:
        addresses: read ahead as far as needed to keep the hosts busy.
        fetcher: to go on with what is known of the hosts, instead of ``settings``.
    """
    from qualityscore.sources.interleave import interleave

    own = fetcher is None
    used = fetcher or Fetcher(settings)
    try:
        yield from interleave(
            addresses,
            key=_host_of,
            work=used.page,
            size=_size,
            ready_at=used.ready_at,
            workers=used.settings.max_hosts,
        )
    finally:
        if own:
            used.close()


def _host_of(address: str) -> str:
    try:
        return parse_address(address).host
    except FetchError:
        return ""


def _size(item: Item) -> int:
    return len(item.page.content) if item.page is not None else 0
