"""Addresses that are not fetched from, and strangers who pretend to be a host."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from qualityscore.sources.fetch import Fetcher, FetchSettings, fetch_items
from tests.pages import CAREFUL
from tests.sources.web import Web, fetch, quick, serve, to_loopback


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("http://10.0.0.5/", "10.0.0.5, which is private"),
        ("http://169.254.169.254/latest/meta-data/", "metadata"),
        ("http://[::ffff:169.254.169.254]/", "an IPv4 address in IPv6 form"),
        ("http://[::1]/", "loopback"),
        ("http://inner.example/", "192.168.7.7, which is private"),
        ("http://0x7f.1/", "not a valid IPv4 address"),
        ("http://2130706433/", "not a valid IPv4 address"),
    ],
)
@pytest.mark.usefixtures("loopback_is_public")
def test_redirects_to_private_addresses_are_refused(web: Web, to: str, why: str) -> None:
    def resolver(host: str, port: int) -> Sequence[str]:
        return ["192.168.7.7"] if host == "inner.example" else to_loopback(host, port)

    web.redirect("/a", to)
    web.answer("/b", CAREFUL, kind="text/plain")
    start = web.named("public.example")
    settings = quick(allow_private_addresses=False, resolver=resolver)
    bad, good = fetch_items([start + "/a", start + "/b"], settings)
    assert why in bad.error and bad.values == {"failure": "refused"}
    assert good.error == ""


def test_the_guard_is_on_by_default(web: Web) -> None:
    web.answer("/a", CAREFUL, kind="text/plain")
    for settings in (FetchSettings(delay=0.0), FetchSettings(delay=0.0, resolver=to_loopback)):
        with Fetcher(settings) as fetcher:
            for url in (
                web.root,
                web.named("public.example") if settings.resolver is to_loopback else web.root,
            ):
                item = fetcher.page(url + "/a")
                assert "127.0.0.1, which is loopback" in item.error
                assert "--allow-private-addresses" in item.error
    assert web.asked == []


@pytest.mark.usefixtures("loopback_is_public")
def test_a_second_answer_of_the_name_server_is_checked_too(web: Web) -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    asked: list[str] = []

    def resolver(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return answers[min(len(asked), 2) - 1]

    web.answer("/a", CAREFUL, kind="text/plain", Connection="close")
    web.answer("/robots.txt", "", kind="text/plain")
    start = web.named("rebind.example")
    settings = quick(allow_private_addresses=False, resolver=resolver)
    first, second = fetch_items([start + "/a", start + "/a?2"], settings)
    # The name was asked once for each connection, and the connection went to that answer.
    assert first.error == "" and len(asked) == 2
    assert "10.0.0.1, which is private" in second.error
    assert "/a?2" not in web.paths


@pytest.mark.usefixtures("loopback_is_public")
def test_one_private_address_among_several_refuses_all(web: Web) -> None:
    settings = quick(allow_private_addresses=False, resolver=lambda host, port: ["127.0.0.1", "10.0.0.1"])
    with Fetcher(settings) as fetcher:
        assert "10.0.0.1, which is private" in fetcher.page(web.named("two.example") + "/").error
    assert web.asked == []


def test_environment_proxies_are_ignored(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    web.answer("/a", CAREFUL, kind="text/plain")
    assert fetch(web.root + "/a").error == ""


def test_hosts_that_are_not_there() -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise OSError("no such name")

    assert fetch("http://nowhere.example/", resolver=unknown).error.endswith("the host's name has no address")
    assert fetch("http://nowhere.example/", resolver=lambda h, p: []).error.endswith("has no address")
    # Port 1 of the loopback address: nobody listens.
    item = fetch("http://127.0.0.1:1/")
    assert item.error.endswith("the host does not accept connections") and item.values == {
        "failure": "network"
    }


def test_a_server_without_tls_or_with_a_stranger_for_a_certificate(web: Web) -> None:
    item = fetch(web.root.replace("http:", "https:") + "/a")
    assert "no safe connection (TLS)" in item.error


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate of this test")
def test_certificates_are_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=safe.example",
         "-addext", "subjectAltName=DNS:safe.example", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    with serve(context) as web:
        web.answer("/a", CAREFUL, kind="text/plain")
        safe = web.named("safe.example").replace("http:", "https:") + "/a"
        stranger = web.named("other.example").replace("http:", "https:") + "/a"
        assert "no safe connection (TLS): self" in fetch(safe).error
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        item = fetch(safe)
        assert item.error == "" and item.page is not None and item.page.url == safe
        assert "no safe connection (TLS): Hostname mismatch" in fetch(stranger).error
    assert web.paths == ["/robots.txt", "/a"]
