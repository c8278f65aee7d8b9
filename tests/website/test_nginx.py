"""A site as nginx serves it: its files are asked for only once, and its catalogue is a source."""

import http.client
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import World, film, world
from tests.programs import needs

__all__ = ["world"]  # a fixture
pytestmark = needs("nginx")

CONFIGURATION = """
daemon off;
master_process off;
pid {home}/pid;
error_log {home}/errors;
events {{}}
http {{
    access_log off;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    types {{ text/html html; application/json json; text/calendar ics; image/svg+xml svg; }}
    server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        number: int = found.getsockname()[1]
        return number


@pytest.fixture
def host(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address at which nginx has it."""
    home, root, port = tmp_path / "nginx", tmp_path / "site", free_port()
    for folder in (home, root):
        folder.mkdir()
    root.chmod(0o755)
    path = home / "nginx.conf"
    path.write_text(CONFIGURATION.format(home=home, root=root, port=port))
    program = str(shutil.which("nginx"))
    with subprocess.Popen([program, "-c", str(path), "-p", str(home)]) as server:
        try:
            for _ in range(200):
                with socket.socket() as found:
                    if found.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield root, f"127.0.0.1:{port}"
        finally:
            server.terminate()


def answer(address: str, path: str, tag: str = "") -> tuple[int, str, str, bytes]:
    """The status, the tag, the type and the content of the file *path*."""
    connection = http.client.HTTPConnection(address, timeout=10)
    connection.request("GET", path, headers={"If-None-Match": tag} if tag else {})
    got = connection.getresponse()
    found = got.status, got.getheader("ETag", ""), got.getheader("Content-Type", ""), got.read()
    connection.close()
    return found


def test_unchanged_files_are_not_sent_again(world: World, host: tuple[Path, str]) -> None:
    """After another build, too; only what changed is."""
    folder, address = host
    tables = (film("day", "2026-12-18"), film("other", "2027-01-01"))
    world.says(*tables)
    assert world("share", str(folder), "--url", f"http://{address}/").code == 0
    paths = ("/", "/releases/day.html", "/calendar.ics", "/feed.atom", "/cards/day.png")
    first = {path: answer(address, path) for path in paths}
    assert [each[0] for each in first.values()] == [200] * len(paths)
    assert first["/"][2] == "text/html"
    assert b'<link rel="canonical"' in first["/"][3]
    assert world("share", str(folder), "--url", f"http://{address}/").code == 0
    assert [answer(address, path, first[path][1])[0] for path in paths] == [304] * len(paths)
    world.says(tables[0], film("other", "2027-01"))  # Of another size: nginx counts seconds.
    assert world("share", str(folder), "--url", f"http://{address}/").code == 0
    changed = [path for path in paths if answer(address, path, first[path][1])[0] == 200]
    assert changed == ["/", "/calendar.ics"]


def test_catalogue_of_a_site_is_a_source(world: World, host: tuple[Path, str]) -> None:
    """Somebody else adds it by its address, and gets what changes."""
    folder, address = host
    world.says(film("day", "2026-12-18", title="From the site"))
    assert world("share", str(folder)).code == 0
    world.says(film("own", "2027-01-01"))
    words = ("source", "add", f"http://{address}/catalogue.toml", "--name", "site", "--yes")
    assert world(*words).out == "Added site: 1 release.\n"
    assert "18 Dec 2026" in world("source", "show", "site").out
    world.says(film("day", "2026-12-25", title="From the same site"))
    assert world("share", str(folder)).code == 0
    world.says(film("own", "2027-01-01"))
    world.later(2)
    assert world("refresh", "site").code == 0
    assert "25 Dec 2026" in world("source", "show", "site").out
