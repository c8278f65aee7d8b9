"""Which IP addresses are public, and what is shown of a URL."""

import pytest

from countdown.net import addresses


@pytest.mark.parametrize(
    "ip",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.178.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "240.0.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b:1::1"),
        *("64:ff9b::7f00:1", "64:ff9b::c0a8:1", "::127.0.0.1", "::ffff:0:127.0.0.1", "fec0::1"),
        *("3fff::1", "5f00::1", "192.0.0.8", "100::1", "4000::1"),
        "",
        "localhost",
    ],
)
def test_private_and_reserved_addresses_are_not_public(ip: str) -> None:
    """Also those of IPv4 within IPv6."""
    assert not addresses.is_public(ip)


@pytest.mark.parametrize(
    "ip", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_other_addresses_are_public(ip: str) -> None:
    """Those of servers that everyone can reach."""
    assert addresses.is_public(ip)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://api.example.org/3/movie?api_key=s3cret", "https://api.example.org"),
        ("HTTPS://Ana:s3cret@EXAMPLE.org:443", "https://example.org"),
        ("https://example.org.:8443/feed/s3cret.ics", "https://example.org:8443"),
        ("http://[::1]:7878/feed?apikey=s3cret", "http://[::1]:7878"),
        ("http://localhost/", "http://localhost"),
        ("https://bücher.example/", "https://xn--bcher-kva.example"),
    ],
)
def test_only_scheme_and_host_are_shown(url: str, shown: str) -> None:
    """Paths and queries can hold keys."""
    assert addresses.parse(url).shown == shown
