"""Run in a network namespace without a way out, by test_isolated.py: prints a JSON object.

Its one public address is 2606:4700::1111 of IPv6, and 192.168.1.5 one of a network at home, both on
the loopback device. The name server that /etc/resolv.conf names never answers. *argv* is the folder
of the certificates.
"""

import json
import os
import socket
import ssl
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

from countdown.net.answers import Answer, Failure, NotModified
from countdown.net.client import Client, Limits, Request

PUBLIC = "2606:4700::1111"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfacts"


def serve(host: str, answer: bytes, context: ssl.SSLContext | None) -> int:
    """Answer each request at *host* with *answer*; returns the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, 0), family=family)

    def run() -> None:
        while True:
            connection, _ = listener.accept()
            try:
                if context is not None:
                    connection = context.wrap_socket(connection, server_side=True)
                connection.recv(65_536)
                connection.sendall(answer)
                connection.close()
            except OSError:
                pass

    threading.Thread(target=run, daemon=True).start()
    return int(listener.getsockname()[1])


def redirect(location: str) -> bytes:
    """An answer that leads to *location*."""
    return f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()


def main(certificates: Path) -> None:
    """Ask, and print what comes back for each case."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "certificate.pem", certificates / "key.pem")
    os.environ["SSL_CERT_FILE"] = str(certificates / "certificate.pem")
    silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    silent.bind(("127.0.0.1", 53))
    inside = serve("::1", ANSWER, context)
    asked = serve(PUBLIC, ANSWER, context)
    cases = {
        "IPv6 alone": f"https://[{PUBLIC}]:{asked}/",
        "no route": "https://1.1.1.1/",
        "name server that hangs": "https://films.example/",
        "this machine": f"https://[::1]:{inside}/",
        "redirect to this machine": f"https://[::1]:{inside}/",
        "redirect to metadata": "https://169.254.169.254/latest/meta-data/",
        "redirect within": f"https://[{PUBLIC}]:{asked}/",
    }
    for name, target in cases.items():
        if name.startswith("redirect"):
            cases[name] = f"https://[{PUBLIC}]:{serve(PUBLIC, redirect(target), context)}/"
    replies = {}
    with Client(now=lambda: datetime.now(UTC), limits=Limits(seconds=1)) as client:
        for name, url in cases.items():
            reply = client.get(Request(url))
            assert not isinstance(reply, NotModified)
            replies[name] = reply.body.decode() if isinstance(reply, Answer) else reply.reason
    # Through a proxy the host is looked up there, so that nothing can be said of its address.
    proxy = serve("127.0.0.1", b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", None)
    os.environ["https_proxy"] = f"http://127.0.0.1:{proxy}"
    with Client(now=lambda: datetime.now(UTC), limits=Limits(seconds=1)) as client:
        reply = client.get(Request("https://films.example/"))
        assert isinstance(reply, Failure)
        replies["proxy"] = reply.message
    os.environ["http_proxy"] = os.environ["https_proxy"]
    at_home = f"http://192.168.1.5:{serve('192.168.1.5', ANSWER, None)}/"
    with Client(now=lambda: datetime.now(UTC), limits=Limits(seconds=1)) as client:
        for name, is_typed in (("at home", True), ("at home, not typed", False)):
            reply = client.get(Request(at_home, is_typed=is_typed))
            assert not isinstance(reply, NotModified)
            replies[name] = reply.body.decode() if isinstance(reply, Answer) else reply.reason
    print(json.dumps(replies))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
