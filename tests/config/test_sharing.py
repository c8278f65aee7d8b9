"""Which addresses everybody may have."""

import pytest

from countdown.config.sharing import public_address

PUBLIC = (
    *("https://a.example/", "http://a.example:8080/x?v=1", "https://bücher.example/ü"),
    *("https://8.8.8.8/", "https://a.example./?page=2#part", "https://a.example/?keyword=dune"),
    *(
        "https://a.example/?design=1&postcode=2",
        "https://a.example/key/token",
        "https://x.test.org/",
    ),
)
PRIVATE = (
    *("http://localhost/", "https://nas/", "https://nas.local/x", "https://box.lan./x"),
    *("https://192.168.1.5/", "http://127.0.0.1/", "http://127.1/", "https://0x7f.0x1/"),
    *("https://[::1]/", "https://[fd00::1]/", "https://[::1", "https://169.254.169.254/"),
    *("https://u@a.example/", "https://u:p@a.example/", "https://a.example/?api_key=x"),
    *("https://a.example/?X-Amz-Signature=x", "https://a.example/?TOKEN="),
    *("https://a.example/#access_token=x", "https://a.example/?a=1;token=x"),
    *("https://a.example/x;jsessionid=A", "https://a.example/?X-Amz-Credential=A"),
    *("https://a.example/?apiKey=x", "https://a.example/?pwd=x", "http://app.localhost:8080/x"),
    *("https://nas.localdomain/", "https://wiki.corp/", "https://fritz.box/", "https://x.test/"),
    *("javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/", "https:///x", ""),
    *("https://a.example/ x", "https://a.example/\x1b", "https://a.example/\u202e"),
)


@pytest.mark.parametrize("url", PUBLIC)
def test_page_of_the_web_is_everybodys(url: str) -> None:
    """By name or number, with or without encryption."""
    assert public_address(url) == url


@pytest.mark.parametrize("url", PRIVATE, ids=ascii)
def test_address_at_home_or_with_a_key_is_nobody_elses(url: str) -> None:
    """Nor is what is no address of a page."""
    assert public_address(url) is None
