"""The guard: which addresses may be asked."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.errors import FetchError
from qualityscore.sources.address import (
    checked_addresses,
    is_address,
    origin,
    parse_address,
    refusal,
    same_site,
)


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0", "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1",
        "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.1",
        "192.0.2.1", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::ffff:0:10.0.0.1", "64:ff9b::a00:1",
        "64:ff9b:1::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
        "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "100::1", "4000::1", "5f00::1", "",
        "localhost", "127.1", "0x7f.0.0.1", "0177.0.0.1", "2130706433", "2606:4700::1%1",
    ],
)  # fmt: skip
def test_special_addresses_are_refused(ip: str) -> None:
    assert refusal(ip)


@pytest.mark.parametrize(
    "ip", ["8.8.8.8", "1.1.1.1", "93.184.216.34", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111",
           "2a00:1450:4001::64", "2001:4860:4860::8888"],
)  # fmt: skip
def test_public_addresses_are_not(ip: str) -> None:
    assert refusal(ip) == ""


@given(st.ip_addresses(v=4))
@settings(max_examples=500)
def test_nothing_passes_that_the_standard_library_calls_private(ip: ipaddress.IPv4Address) -> None:
    if refusal(str(ip)) == "":
        assert ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local)


@given(st.ip_addresses(v=6))
@settings(max_examples=500)
def test_nothing_passes_but_global_unicast(ip: ipaddress.IPv6Address) -> None:
    if refusal(str(ip)) == "":
        assert ip in ipaddress.IPv6Network("2000::/3") and ip.is_global
        assert ip.ipv4_mapped is None and ip.sixtofour is None and ip.teredo is None


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:{}", "::{}", "64:ff9b::{}", "::ffff:0:{}"]))
def test_no_ipv4_address_in_disguise_passes(ip: ipaddress.IPv4Address, form: str) -> None:
    assert refusal(form.format(ip))


@given(st.text(max_size=60))
def test_what_is_no_ip_address_is_refused(text: str) -> None:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        assert refusal(text)


def spellings(ip: ipaddress.IPv4Address) -> st.SearchStrategy[str]:
    a, b, c, d = ip.packed
    number = int(ip)
    return st.sampled_from(
        [
            str(number), hex(number), f"0{number:o}", f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{c << 8 | d}",
            ".".join(map(hex, ip.packed)), f"0{a:o}.{b}.{c}.{d}", f"{a}.{b}.{c}.{hex(d)}", f"{a}.{b}.{c}.0{d}",
        ]
    )  # fmt: skip


@given(st.ip_addresses(v=4).flatmap(spellings), st.sampled_from(["", "."]))
def test_ip_addresses_have_one_spelling(host: str, dot: str) -> None:
    try:
        parsed = parse_address(f"http://{host}{dot}/").host
    except FetchError:
        return
    # What is let through is what it looks like.
    assert parsed == host and str(ipaddress.IPv4Address(host)) == host


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HTTP://EXAMPLE.com:80/a b?q=ü#part", "http://example.com/a%20b?q=%C3%BC"),
        (" https://example.com.\n", "https://example.com"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://a_b.example/", "http://a_b.example/"),
        ("http://[2606:4700:0::1111]:8080/x", "http://[2606:4700::1111]:8080/x"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
    ],
)
def test_addresses_have_one_spelling(text: str, expected: str) -> None:
    assert str(parse_address(text)).rstrip("/") == expected.rstrip("/")


@pytest.mark.parametrize(
    "text",
    [
        "", "example.com", "/a", "//example.com/", "ftp://example.com/", "file:///etc/passwd", "javascript:alert(1)",
        "data:text/html,x", "http:///x", "http://", "http:x", "http://u:p@example.com/", "http://u@example.com/",
        "http://example.com\\@127.0.0.1/", "http://exa mple.com/", "http://a..b/",
        "http://example.com:0/", "http://example.com:99999/", "http://example.com:port/", "http://[fe80::1%25eth0]/",
        "http://[::1", "http://%31.1.1.1/", "http://1.2.3/", "http://1.2.3.4.5/", "http://256.1.1.1/",
        "http://a\r\nX:y/", "http://①②⑦.0.0.1/", "http://" + "a" * 64 + ".example/", "http://x/" + "a" * 9000,
        "http://\ud800/", "http://x/\ud800", "http://0x/", "http://example.0x7f/", "http://example.com/\x00",
    ],
)  # fmt: skip
def test_other_addresses_are_refused(text: str) -> None:
    with pytest.raises(FetchError) as caught:
        parse_address(text)
    assert caught.value.kind == "refused" and "\n" not in str(caught.value)


@given(
    st.text(max_size=40)
    | st.text(max_size=30).map("http://".__add__)
    | st.text(max_size=30).map("http://h/".__add__)
)
@settings(max_examples=400)
def test_any_text_is_an_address_or_an_error(text: str) -> None:
    for base in (None, parse_address("https://example.com/a/b?c")):
        try:
            url = parse_address(text, base)
        except FetchError:
            continue
        assert url.scheme in ("http", "https") and url.host and not url.userinfo and not url.fragment
        # Reading it again changes nothing.
        assert str(parse_address(str(url))) == str(url)
        assert str(url).isascii() or url.host.startswith("xn--") or not url.host.isascii()


def test_relative_addresses() -> None:
    base = parse_address("https://example.com/a/b?c#d")
    assert str(parse_address("../x y", base)) == "https://example.com/x%20y"
    assert str(parse_address("//other.example/", base)) == "https://other.example/"
    assert str(parse_address("?q", base)) == "https://example.com/a/b?q"


def resolved(*ips: str, port: int = 443, allow: bool = False) -> list[str]:
    return checked_addresses("x.example", port, resolver=lambda h, p: ips, allow_private=allow, seconds=1)


def test_every_address_of_a_name_is_checked() -> None:
    assert resolved("8.8.8.8", "2606:4700::1111") == ["8.8.8.8", "2606:4700::1111"]
    with pytest.raises(FetchError, match=r"10\.0\.0\.1, which is private"):
        resolved("8.8.8.8", "10.0.0.1")
    assert resolved("8.8.8.8", "10.0.0.1", allow=True) == ["8.8.8.8", "10.0.0.1"]
    with pytest.raises(FetchError, match="has no address"):
        resolved()


def test_an_ip_address_is_not_asked_for() -> None:
    def never(host: str, port: int) -> Sequence[str]:
        raise AssertionError(host)

    assert checked_addresses("8.8.8.8", 80, resolver=never, allow_private=False, seconds=1) == ["8.8.8.8"]


@pytest.mark.parametrize("port", [22, 25, 110, 587, 993])
def test_ports_of_other_services_are_refused(port: int) -> None:
    with pytest.raises(FetchError, match="belongs to another service"):
        resolved("8.8.8.8", port=port)
    assert resolved("8.8.8.8", port=port, allow=True)
    assert resolved("8.8.8.8", port=8080)


def test_helpers() -> None:
    assert is_address("HTTPS://x") and is_address("ftp://x")
    assert not is_address("C://x") and not is_address("a/b.html") and not is_address("mailto:x@y")
    assert origin(parse_address("https://EXAMPLE.com:443/a")) == "https://example.com"
    assert origin(parse_address("http://example.com:8080/a")) == "http://example.com:8080"
    assert same_site("www.example.com", "example.com") and not same_site("a.example.com", "example.com")
