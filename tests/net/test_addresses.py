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


@pytest.mark.parametrize(
    "url",
    [
        "http://192.168.1.5:7878/feed/Radarr.ics?apikey=s3cret",
        "http://10.0.0.2/",
        "http://[fd12::5]/",
        "http://[::ffff:10.0.0.2]/",
        "http://nas/",
        "http://NAS.local:8989/",
        "http://radarr.home.arpa/",
    ],
)
def test_network_at_home_is_asked_in_the_open_if_that_was_typed(url: str) -> None:
    """Nobody else decides that."""
    assert addresses.parse(url, is_typed=True).scheme == "http"
    with pytest.raises(addresses.ForbiddenAddressError, match="isn't encrypted"):
        addresses.parse(url)


@pytest.mark.parametrize(
    "url",
    [
        *("http://films.example/", "http://93.184.216.34/", "http://169.254.169.254/latest"),
        *("http://[fe80::1]/", "http://[fd00:ec2::254]/", "http://100.64.0.1/", "http://[::2]/"),
        "http://local.example/",
    ],
)
def test_nothing_else_is_asked_in_the_open(url: str) -> None:
    """Not even if it was typed."""
    with pytest.raises(addresses.ForbiddenAddressError, match="isn't encrypted"):
        addresses.parse(url, is_typed=True)


def test_redirect_at_home_stays_at_its_host() -> None:
    """A page there is no reason to ask others."""
    start = addresses.parse("http://nas.local:7878/feed", is_typed=True)
    assert addresses.follow(start, "/other").url == "http://nas.local:7878/other"
    assert addresses.follow(start, "https://films.example/").scheme == "https"
    for location in ("http://nas.local:8989/", "http://192.168.1.5/", "http://169.254.169.254/"):
        with pytest.raises(addresses.ForbiddenAddressError, match="isn't encrypted"):
            addresses.follow(start, location)


@pytest.mark.parametrize(
    ("ip", "is_local", "is_link_local"),
    [
        ("192.168.1.5", True, False),
        ("::ffff:192.168.1.5", True, False),
        ("::1", True, False),
        ("fd12::5", True, False),
        ("fd00:ec2::254", False, True),
        ("169.254.169.254", False, True),
        ("::ffff:169.254.169.254", False, True),
        ("fe80::1%eth0", False, True),
        ("93.184.216.34", False, False),
        ("100.64.0.1", False, False),
        ("nas", False, True),
    ],
)
def test_what_is_at_home_and_what_is_never_asked(
    ip: str, is_local: bool, is_link_local: bool
) -> None:
    """After the look-up, since a name can lead anywhere."""
    assert addresses.is_local(ip) == is_local
    assert addresses.is_link_local(ip) == is_link_local
