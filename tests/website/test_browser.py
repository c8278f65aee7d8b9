"""A site in Chromium: days counted right, nothing asked for, and easy to use (axe-core).

It needs node with playwright-core and axe-core, and chromium; CI installs them.
"""

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from countdown.core import edtf
from countdown.core.release import AnnouncedDate, Credit, Source
from tests.exports.test_events import release
from tests.programs import needs
from tests.website.sites import files

SCRIPT = Path(__file__).with_name("browser.cjs")
HOSTILE = "</li><script>console.log('x')</script><img src=x onerror=console.log(1)>"
PAGES = (  # one of each template, and the most hostile ones
    *("index.html", "years.html", "people.html", "people/zoe.html"),
    *("releases/day.html", "releases/bad.html"),
)


def has_libraries() -> bool:
    """True if node finds the libraries that drive and check the browser."""
    if shutil.which("node") is None:
        return False
    code = "require.resolve('playwright-core'); require.resolve('axe-core')"
    return subprocess.run(["node", "-e", code], capture_output=True).returncode == 0


pytestmark = [
    needs("node", "chromium"),
    pytest.mark.skipif(not has_libraries(), reason="not installed: playwright-core, axe-core"),
]


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site, served from this computer."""
    folder = tmp_path_factory.mktemp("site")
    made = files(
        release(
            AnnouncedDate(edtf.parse("2026-12-18"), "US", "theatrical"),
            AnnouncedDate(edtf.parse("2027-36"), "BR", "streaming"),
            id="day",
            title="Day",
            franchise=("Saga",),
            cast=(Credit("Zoë", "Hero"), Credit("Ana")),
            director=("Zoë",),
            synopsis="What happens.",
            sources=(Source("https://films.example/"),),
        ),
        release(
            AnnouncedDate(edtf.parse("2026-12-20"), unverified=True),
            id="second",
            title="Second",
            franchise=("Saga",),
        ),
        release("2026-12-31T02:00:00Z", id="moment", title="Moment"),
        release("2027-33", id="quarter", title="Quarter"),
        release("2027~", id="year", title="Year"),
        release("2027/..", id="open", title="Open"),
        release(id="none", title="None", stage="filming"),
        release("0900-11-28T10:00:00Z", id="early", title="Early"),
        release("2022-07-08", id="out", title="Out", cast=(Credit("Zoë"),)),
        release("2026-12-24", id="bad", title=HOSTILE, synopsis=HOSTILE, cast=(Credit(HOSTILE),)),
    )
    for path, content in made.items():
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def seen(base: str, *looks: dict[str, Any]) -> list[dict[str, Any]]:
    """What the browser saw at each of *looks*."""
    environment = {**os.environ, "CHROMIUM": shutil.which("chromium") or ""}
    command = ["node", str(SCRIPT), base, json.dumps(looks)]
    ran = subprocess.run(command, capture_output=True, env=environment, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    found: list[dict[str, Any]] = json.loads(ran.stdout)
    return found


def words(look: dict[str, Any]) -> list[str]:
    """The time left of each release, as the browser has counted it."""
    return [text for text, _ in look["left"]]


def test_pages_fit_and_are_easy_to_use(base: str) -> None:
    """On a phone and a desk, light and dark: nothing is cut, wrong or asked for elsewhere."""
    looks = [
        {"page": page, "width": width, "scheme": scheme, "axe": True}
        for page in PAGES
        for width, scheme in ((360, "light"), (1280, "dark"))
    ]
    for look, found in zip(looks, seen(base, *looks), strict=True):
        assert found["violations"] == [], look
        assert found["passes"] > 10
        assert found["told"] == [], look
        assert found["width"] <= look["width"], look


def test_policy_lets_the_page_work(base: str) -> None:
    """Its own style and script pass, as no error in the console says, and nothing else."""
    looks = [{"page": page} for page in ("index.html", "releases/bad.html")]
    for found in seen(base, *looks):
        assert found["told"] == []
        assert all(words(found))
        assert "<script>" in found["text"]


def test_dates_can_be_read_without_a_script(base: str) -> None:
    """The dates and the day of the facts; no days left, which nobody would count."""
    (found,) = seen(base, {"page": "index.html", "script": False, "scheme": "dark", "width": 360})
    for said in ("18 Dec 2026", "31 Dec 2026, 02:00 UTC", "Q1 2027", "Facts as of 27 Nov 2026"):
        assert said in found["text"]
    assert "in 21 days" not in found["text"]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "America/Sao_Paulo", "Asia/Tokyo"])
def test_days_are_counted_over_midnight(zone: str, base: str) -> None:
    """In the visitor's zone, without another look: a minute before it, and a second after."""
    midnight = datetime(2026, 12, 18, tzinfo=ZoneInfo(zone))
    before = int(midnight.timestamp() * 1000) - 60_000
    look = {"page": "index.html", "zone": zone, "now": before}
    first, second = seen(base, look, {**look, "wait": 61_000})
    assert (words(first)[1], words(second)[1]) == ("tomorrow", "today")
    assert first["left"][1][1] == "left week"
    assert second["left"][1][1] == "left today"
    assert words(second)[2:4] == ["in 2 days", "in 6 days"]


def test_time_left_has_the_words_of_the_program(base: str) -> None:
    """Days, windows, moments, what is out and what is only due."""
    look = {"page": "index.html", "zone": "America/New_York"}
    times = {
        "2026-11-27T12:00:00Z": [
            *("in 21 days", "in 23 days", "in 27 days", "in 33 days"),
            *("in 35 to 124 days",),
        ],
        "2026-12-19T12:00:00Z": [
            *("out", "tomorrow", "in 5 days", "in 11 days"),
            *("in 13 to 102 days",),
        ],
        "2027-01-01T12:00:00Z": [
            *("out", "due, not confirmed", "out", "out"),
            *("any day, in 89 days at most",),
        ],
        "2027-03-31T12:00:00Z": [
            *("out", "due, not confirmed", "out", "out"),
            *("today at the latest",),
        ],
        "2027-04-01T12:00:00Z": [
            *("out", "due, not confirmed", "out", "out"),
            *("due, not confirmed",),
        ],
    }
    found = seen(base, *({**look, "now": now} for now in times))
    for (now, expected), look in zip(times.items(), found, strict=True):
        assert words(look)[1:] == expected, now
    assert found[0]["times"] == ["30 Dec 2026, 21:00"]
    (years,) = seen(base, {**look, "page": "2027.html", "now": "2026-11-27T12:00:00Z"})
    assert words(years) == ["in 35 to 124 days", "in about 35 to 399 days"]
    (today,) = seen(base, {**look, "page": "2027.html", "now": "2027-12-31T12:00:00Z"})
    assert words(today)[1] == "about today at the latest"
    (early,) = seen(base, {**look, "page": "releases/early.html"})
    assert "NaN" not in early["text"]
    assert "Invalid" not in early["text"]
    (later,) = seen(base, {**look, "page": "later.html", "now": "2026-11-27T12:00:00Z"})
    assert words(later) == ["in 35 days or more"]


def test_moment_is_out_at_that_moment(base: str) -> None:
    """Not only at midnight."""
    look = {"page": "releases/moment.html", "now": "2026-12-31T01:59:00Z", "zone": "UTC"}
    first, second = seen(base, look, {**look, "wait": 61_000})
    assert {*words(first)} == {"today"}
    assert {*words(second)} == {"out"}


def test_keyboard_reaches_the_releases(base: str) -> None:
    """The first link leads past the other pages."""
    first, second = seen(
        base,
        {"page": "index.html", "keys": ["Tab"]},
        {"page": "index.html", "keys": ["Tab", "Enter", "Tab"]},
    )
    assert 'class="skip"' in first["focus"]
    assert "releases/day.html" in second["focus"]
