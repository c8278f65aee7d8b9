"""A site in Chromium: days counted right, nothing asked for, and easy to use (axe-core).

It needs node with playwright-core and axe-core, and chromium-headless-shell; CI installs them.
"""

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle, product
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from countdown.core import edtf
from countdown.core.release import AnnouncedDate, Credit, Source
from tests.exports.test_events import release
from tests.programs import needs
from tests.thorough import sample
from tests.website.sites import files

Found = dict[str, Any]
Visit = Callable[..., Found]
BROWSER: Final = "chromium-headless-shell"
SCRIPT = Path(__file__).with_name("browser.cjs")
PATIENCE_S: Final = 120  # for one visit
HOSTILE = "</li><script>console.log('x')</script><img src=x onerror=console.log(1)>"
RICHEST = ("index.html", "releases/day.html")
PAGES = (  # one of each template, and the most hostile ones
    *RICHEST,
    *("years.html", "people.html", "people/zoe.html", "releases/bad.html"),
)
DEVICES = ((360, "light"), (1280, "dark"))  # a phone and a desk


def has_libraries() -> bool:
    """True if node finds the libraries that drive and check the browser."""
    if shutil.which("node") is None:
        return False
    code = "require.resolve('playwright-core'); require.resolve('axe-core')"
    return subprocess.run(["node", "-e", code], capture_output=True).returncode == 0


pytestmark = [
    needs("node", BROWSER),
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


@pytest.fixture(scope="module")
def visit(base: str) -> Iterator[Visit]:
    """Visits a page in a browser, which is started once, and returns what browser.cjs found."""
    environment = {**os.environ, "CHROMIUM": shutil.which(BROWSER) or ""}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        ["node", str(SCRIPT), base], stdin=pipe, stdout=pipe, stderr=pipe, env=environment
    ) as browser:
        yield lambda page, **options: answer(browser, {"page": page, **options})
        with patience(browser):
            browser.communicate()  # Without more visits, it ends.


def answer(browser: "subprocess.Popen[bytes]", asked: dict[str, Any]) -> Found:
    """The answer of *browser* to the visit that is *asked* for."""
    assert browser.stdin
    assert browser.stdout
    assert browser.stderr
    with patience(browser):
        with suppress(BrokenPipeError):  # It tells why it has ended.
            browser.stdin.write(f"{json.dumps(asked)}\n".encode())
            browser.stdin.flush()
        line = browser.stdout.readline()
        assert line, browser.stderr.read().decode()
    found: Found = json.loads(line)
    return found


@contextmanager
def patience(browser: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Time for *browser*, which is ended when it's over."""
    timer = threading.Timer(PATIENCE_S, browser.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@pytest.fixture(scope="module")
def pages(visit: Visit) -> dict[str, Found]:
    """What was found on PAGES, on each device; axe-core, which is slow, ran on some."""
    some = [*product(RICHEST, DEVICES), *zip(PAGES[len(RICHEST) :], cycle(DEVICES), strict=False)]
    axe = sample(some, of=[*product(PAGES, DEVICES)])
    return {
        page: visit(page, devices=DEVICES, axe=[device for of, device in axe if of == page])
        for page in PAGES
    }


def words(found: Found) -> list[str]:
    """The time left of each release, as the browser has counted it."""
    return texts(found["left"])


def texts(left: list[tuple[str, str]]) -> list[str]:
    """The time left of each release, without its style."""
    return [text for text, _ in left]


@pytest.mark.parametrize("page", PAGES)
def test_pages_fit_and_are_easy_to_use(page: str, pages: dict[str, Found]) -> None:
    """On a phone and a desk, light and dark: nothing is cut, wrong or asked for elsewhere."""
    found = pages[page]
    assert found["told"] == []
    for width, (room, _) in zip(found["widths"], DEVICES, strict=True):
        assert width <= room
    assert found["violations"] == []
    assert found["passes"]
    assert min(found["passes"]) > 10


@pytest.mark.parametrize("page", ["index.html", "releases/bad.html"])
def test_policy_lets_the_page_work(page: str, pages: dict[str, Found]) -> None:
    """Its own style and script pass, as no error in the console says, and nothing else."""
    found = pages[page]
    assert found["told"] == []
    assert words(found)
    assert all(words(found))
    assert "<script>" in found["text"]


def test_dates_can_be_read_without_a_script(visit: Visit) -> None:
    """The dates and the day of the facts; no days left, which nobody would count."""
    found = visit("index.html", script=False, devices=[(360, "dark")])
    for said in ("18 Dec 2026", "31 Dec 2026, 02:00 UTC", "Q1 2027", "Facts as of 27 Nov 2026"):
        assert said in found["text"]
    assert "in 21 days" not in found["text"]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "America/Sao_Paulo", "Asia/Tokyo"])
def test_days_are_counted_over_midnight(zone: str, visit: Visit) -> None:
    """In the visitor's zone, without another visit: a minute before it, and a second after."""
    midnight = int(datetime(2026, 12, 18, tzinfo=ZoneInfo(zone)).timestamp() * 1000)
    before, after = midnight - 60_000, midnight + 1000
    found = visit("index.html", zone=zone, now=before, later=[after])
    first, (second,) = found["left"], found["later"]
    assert (first[1], second[1]) == (["tomorrow", "left week"], ["today", "left today"])
    assert texts(second)[2:4] == ["in 2 days", "in 6 days"]


def test_time_left_has_the_words_of_the_program(visit: Visit) -> None:
    """Days, windows, moments, what is out and what is only due."""
    visit = partial(visit, zone="America/New_York")
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
    first, *others = times
    found = visit("index.html", now=first, later=others)
    for (now, expected), left in zip(times.items(), [found["left"], *found["later"]], strict=True):
        assert texts(left)[1:] == expected, now
    assert found["times"] == ["30 Dec 2026, 21:00"]
    for now in sample(others[-1:], of=others):  # for who comes only then
        found = visit("index.html", now=now)
        assert words(found)[1:] == times[now], now
    last = "2027-12-31T12:00:00Z"
    years = visit("2027.html", now=first, later=[last])
    assert words(years) == ["in 35 to 124 days", "in about 35 to 399 days"]
    assert texts(years["later"][0])[1] == "about today at the latest"
    early = visit("releases/early.html")
    assert "NaN" not in early["text"]
    assert "Invalid" not in early["text"]
    open_ = visit("later.html", now=first)
    assert words(open_) == ["in 35 days or more"]
    many = visit("2027.html", now="2023-11-27T12:00:00Z")
    assert words(many)[0] == "in 1,131 to 1,220 days"


def test_moment_is_out_at_that_moment(visit: Visit) -> None:
    """Not only at midnight."""
    before, after = "2026-12-31T01:59:00Z", "2026-12-31T02:00:01Z"
    found = visit("releases/moment.html", zone="UTC", now=before, later=[after])
    assert {*words(found)} == {"today"}
    assert {*texts(found["later"][0])} == {"out"}


def test_keyboard_reaches_the_releases(visit: Visit) -> None:
    """The first link leads past the other pages."""
    found = visit("index.html", keys=["Tab", "Enter", "Tab"])
    first, _, last = found["focus"]
    assert 'class="skip"' in first
    assert "releases/day.html" in last
