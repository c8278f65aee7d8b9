"""Opens a page in the user's browser."""

from countdown.core.web_links import safe_address
from countdown.errors import CountdownError


def open_page(url: str) -> str:
    """Open *url* in the browser that Python finds; returns the address that the browser got.

    Raises CountdownError if it isn't an address of http or https, or if there is no browser.
    """
    address = safe_address(url)
    if address is None:
        raise CountdownError("Only addresses of http and https are opened.")
    import webbrowser  # Deferred: 5 ms.

    if not webbrowser.open(address):
        raise CountdownError(f"No browser was found. The address is {address}")
    return address
