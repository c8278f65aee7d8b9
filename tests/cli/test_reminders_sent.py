"""The recipes of docs/reminders.md that send to a server, with one that records what comes in."""

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.test_reminders import CATALOGUE, SENTENCE, blocks, circumstances  # noqa: F401
from tests.programs import needs

HOSTILE = '$(touch X) `touch X` "x" \\n %s @/etc/passwd @everyone <!channel> <b> & é'
HEARD = SENTENCE.replace("Thor: Love and Thunder", HOSTILE)
DISCORD, SLACK = 0, 1  # recipes below the heading of webhooks


class Received(NamedTuple):
    """A request: its headers have lower-case names."""

    path: str
    headers: dict[str, str]
    body: bytes


class Server:
    """A server on this machine that records requests, and refuses the first *failures* of them."""

    def __init__(self) -> None:
        received = self.received = list[Received]()
        self.failures = failures = list[int]()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): text for name, text in self.headers.items()}
                if failures:
                    self.send_response(failures.pop())
                else:
                    received.append(Received(self.path, headers, body))
                    self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Print nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.http.server_port}"


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that is shut down after the test."""
    server = Server()
    threading.Thread(target=server.http.serve_forever, args=(0.01,)).start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()


@pytest.fixture
def hostile(tmp_path: Path) -> None:
    """A film is called like code, an option's value, a mention and markup."""
    title = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    text = CATALOGUE.replace("Thor: Love and Thunder", title)
    (tmp_path / "catalogue.toml").write_text(text, "utf-8")


def run(recipe: str, address: str) -> None:
    """Run *recipe*, whose only address is replaced by *address*; it must be silent."""
    command, count = re.subn(r"(?:https|tgram)://[^\s\"]+", address, recipe)
    assert count == 1
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"", b"")


@needs("curl")
@pytest.mark.usefixtures("hostile")
def test_ntfy_gets_the_text(server: Server) -> None:
    """Once, whole, with a title that is always the same."""
    (recipe,) = blocks("### ntfy", "sh")
    for _ in range(2):
        run(recipe, f"http://{server.address}/your-topic")
    (received,) = server.received
    assert received.path == "/your-topic"
    assert received.headers["title"] == "Releases"
    assert received.body.decode() == f"{HEARD}\n"
    assert not Path("X").exists()


@needs("curl")
def test_failure_of_the_service_is_tried_again(server: Server) -> None:
    """A second later; curl says why on stderr, where cron mails it."""
    (recipe,) = blocks("### ntfy", "sh")
    server.failures.append(503)
    command = recipe.replace("https://ntfy.sh", f"http://{server.address}")
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=True)
    assert done.stdout == b""
    (received,) = server.received
    assert received.body.decode() == f"{SENTENCE}\n"


@needs("apprise")
@pytest.mark.usefixtures("hostile")
def test_apprise_gets_the_text(server: Server) -> None:
    """It sends JSON to an address of that kind."""
    (recipe,) = blocks("### Apprise", "sh")
    for _ in range(2):
        run(recipe, f"json://{server.address}/")
    (received,) = server.received
    body = json.loads(received.body)
    assert (body["title"], body["message"].rstrip("\n")) == ("Releases", HEARD)
    assert not Path("X").exists()


@needs("curl", "jq")
@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (DISCORD, {"content": HEARD, "allowed_mentions": {"parse": []}}),
        (
            SLACK,
            {"text": HEARD.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")},
        ),
    ],
    ids=["discord", "slack"],
)
def test_webhook_gets_json(number: int, expected: dict[str, Any], server: Server) -> None:
    """In which the title is a string that calls nobody."""
    recipe = blocks("### A webhook", "sh")[number]
    for _ in range(2):
        run(recipe, f"http://{server.address}/your-webhook")
    (received,) = server.received
    assert received.headers["content-type"] == "application/json"
    assert json.loads(received.body) == expected
    assert not Path("X").exists()
