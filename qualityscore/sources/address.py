"""Which addresses may be fetched: spelling of URLs, and the guard on the IP addresses behind a name."""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qualityscore.errors import FetchError

if TYPE_CHECKING:
    import httpx

Resolver = Callable[[str, int], Sequence[str]]
"""Host name and port to IP addresses as text; raises ``OSError`` if there are none."""

MAX_ADDRESS_CHARS = 8_000
_IP = ipaddress.IPv4Address | ipaddress.IPv6Address
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
# Names as browsers take them: letters, digits, hyphens and underscores between dots.
_NAME = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63}){0,126}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_MAX_PORT = 65_535
_WEB_PORTS = (80, 443)
_FIRST_FREE_PORT = 1024

# From the IANA registries of special-purpose addresses; first match names the reason.
_REFUSED_4 = [
    (ipaddress.IPv4Network(network), why)
    for network, why in (
        ("0.0.0.0/8", "this host"),
        ("127.0.0.0/8", "loopback"),
        ("10.0.0.0/8", "private"),
        ("172.16.0.0/12", "private"),
        ("192.168.0.0/16", "private"),
        ("169.254.0.0/16", "link-local, also used for cloud metadata"),
        ("100.64.0.0/10", "shared by a carrier (CGNAT), also used for cloud metadata"),
        ("168.63.129.16/32", "cloud metadata"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "for documentation"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved or broadcast"),
    )
]
# Only 2000::/3 is given out on the Internet; the rest is named for the message alone.
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_6 = [
    (ipaddress.IPv6Network(network), why)
    for network, why in (
        ("::1/128", "loopback"),
        ("::/128", "this host"),
        ("::ffff:0:0/96", "an IPv4 address in IPv6 form"),
        ("::/96", "an IPv4 address in IPv6 form"),
        ("::ffff:0:0:0/96", "an IPv4 address in IPv6 form"),
        ("64:ff9b::/96", "an IPv4 address behind NAT64"),
        ("64:ff9b:1::/48", "an IPv4 address behind NAT64"),
        ("fc00::/7", "private (unique local), also used for cloud metadata"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private (site-local)"),
        ("ff00::/8", "multicast"),
        ("2001::/23", "reserved for protocols such as Teredo"),
        ("2001:db8::/32", "for documentation"),
        ("2002::/16", "an IPv4 address in 6to4 form"),
        ("3fff::/20", "for documentation"),
    )
]


def is_address(text: str) -> bool:
    """Whether an argument is spelled as an address, ``scheme://…``, of any scheme."""
    return _URL.match(text) is not None


def parse_address(text: str, base: httpx.URL | None = None) -> httpx.URL:
    """A URL that may be asked for, without its fragment and with its host in one spelling.

    Args:
        text: absolute, or relative to ``base``.

    Raises:
        FetchError: not http or https, no host, credentials, an odd port, or an IP address in a
            spelling that programs read differently (octal, hexadecimal, one number).
    """
    import httpx

    text = text.strip()
    if len(text) > MAX_ADDRESS_CHARS:
        raise FetchError(f"the address is longer than {MAX_ADDRESS_CHARS} characters", "refused")
    try:
        url = httpx.URL(text) if base is None else base.join(text)
        url = url.copy_with(fragment=None)
    # A lone surrogate fails in the encoder, odd port digits in int().
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise FetchError(f"not a valid address: {error}", "refused") from None
    if url.scheme not in ("http", "https"):
        raise FetchError("only http and https addresses are fetched", "refused")
    if url.userinfo:
        raise FetchError("addresses with a user name or password are not fetched", "refused")
    host = _one_spelling(url.raw_host.decode("ascii", "replace"))
    if url.port is not None and not 0 < url.port <= _MAX_PORT:
        raise FetchError(f"{url.port} is not a port", "refused")
    return url.copy_with(host=host)


def _one_spelling(host: str) -> str:
    host = host.lower().removesuffix(".")
    if not host:
        raise FetchError("the address names no host", "refused")
    if ":" in host:
        try:
            if "%" in host:
                raise ValueError("a scope is for the machine it was written on")
            return ipaddress.IPv6Address(host).compressed
        except ValueError:
            raise FetchError("not a valid IPv6 address", "refused") from None
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            raise FetchError(
                "not a valid IPv4 address (write four decimal numbers without leading zeros)", "refused"
            ) from None
    if not _NAME.fullmatch(host):
        raise FetchError("not a valid host name", "refused")
    return host


def origin(url: httpx.URL) -> str:
    """Scheme, host and port: what one robots.txt speaks for."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def same_site(host: str, other: str) -> bool:
    """Whether two host names are one, but for a leading ``www.``."""
    return host.removeprefix("www.") == other.removeprefix("www.")


def refusal(ip: str) -> str:
    """Why nothing may be sent to an IP address; empty for a public one.

    Args:
        ip: as a resolver gives it; anything that is not an address is refused too.
    """
    try:
        # A scope ("%eth0") is only ever part of a local address.
        address: _IP = ipaddress.ip_address(ip)
    except ValueError:
        return "not an IP address"
    if isinstance(address, ipaddress.IPv4Address):
        return next((why for network, why in _REFUSED_4 if address in network), "")
    if address.scope_id is not None:
        return "link-local"
    why = next((why for network, why in _REFUSED_6 if address in network), "")
    return why or ("" if address in _GLOBAL_6 else "reserved")


def system_resolver(host: str, port: int) -> Sequence[str]:
    """IP addresses of a name from the operating system, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked_addresses(
    host: str, port: int, *, resolver: Resolver, allow_private: bool, seconds: float
) -> list[str]:
    """IP addresses to connect to: resolved once, every one of them checked.

    The caller connects to what this returns, never to the name, so that a second answer of the name
    server cannot lead elsewhere. One refused address among several refuses all: a name that has both
    is either a mistake or an attempt.

    Raises:
        FetchError: the name has no address, not in time, or one that is refused.
    """
    try:
        ipaddress.ip_address(host)
        found: Sequence[str] = [host]
    except ValueError:
        found = _resolve_within(resolver, host, port, seconds)
    if not found:
        raise FetchError("the host's name has no address", "network")
    if allow_private:
        return list(found)
    if port not in _WEB_PORTS and port < _FIRST_FREE_PORT:
        raise FetchError(f"port {port} belongs to another service than the web", "refused")
    for ip in found:
        if why := refusal(ip):
            raise FetchError(
                f"the host is at {ip}, which is {why}: refused (--allow-private-addresses permits it)",
                "refused",
            )
    return list(found)


def _resolve_within(resolver: Resolver, host: str, port: int, seconds: float) -> Sequence[str]:
    """The system's resolver knows no time limit, so it runs beside."""
    answer: list[Sequence[str] | OSError] = []

    def ask() -> None:
        try:
            answer.append(resolver(host, port))
        except (OSError, UnicodeError) as error:
            answer.append(OSError(str(error)))

    thread = threading.Thread(target=ask, name="qualityscore-resolve", daemon=True)
    thread.start()
    thread.join(max(seconds, 0.0))
    if not answer:
        raise FetchError("the name server did not answer in time", "network")
    found = answer[0]
    if isinstance(found, OSError):
        raise FetchError("the host's name has no address", "network")
    return found
