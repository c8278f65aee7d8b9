"""Odd zones and the ends of the calendar: every command answers, and with the right day."""

import os
import shlex
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Final

import pytest

from countdown.cli.group import run
from countdown.core.local_time import local_time, utc_of
from countdown.core.outlook import Moment
from countdown.prompt import answer
from countdown.prompt.clock import Clock
from tests.cli.conftest import Ran, film
from tests.thorough import sample

FAR: Final = ("GMT+24", "GMT-24", "XXX-24:59", "XXX+24:59", "<+99>-99", "UTC+99")  # a day and more
ZONES: Final = ("UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati", *FAR[:4])
ENDS: Final = (
    *("9999-12-31T23:59:59Z", "9999-12-31T00:00:00Z", "9999-12-30T12:00:00Z", "9999-12-31"),
    *("0001-01-01T00:00:00Z", "0001-01-01T23:59:59Z", "0001-01-02T12:00:00Z", "0001-01-01"),
)
DAYS: Final = ("", "0001-01-01", "0001-01-02", "2026-11-22", "9999-12-30", "9999-12-31")
COMMANDS: Final = (
    *("list --all", "list --json --all", "list --within 1y --all", "list --within 9999y", "next"),
    *("show end", "show end --json", "status", "search end", "list --from 9999-12-31 --all"),
    *(
        "remind",
        "remind --json --milestones 0,1,100",
        "news --since 9999y",
        "news --json",
        "follow",
    ),
    *("prompt", "prompt --cache-file", "prompt --within 99999d", "prompt --count 9"),
    *("prompt --milestones 0,1", 'prompt --format "{title} {days} {date}"'),
)


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the system's time zone; it is as before afterwards."""

    def move(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Callable[[str], Ran]:
    """Runs a command line; a traceback of it is one of the test."""

    def answered(line: str) -> Ran:
        words = shlex.split(line)
        code = None if words[0] != "prompt" else answer.run(words[1:])
        code = run(words) if code is None else code
        return Ran(code, *capsys.readouterr())

    return answered


@pytest.mark.usefixtures("indexed_shipped")
@pytest.mark.parametrize("name", sample(FAR[::2], of=FAR))
def test_day_is_that_of_the_system(
    name: str, zone: Callable[[str], None], ran: Callable[[str], Ran]
) -> None:
    """A zone may be a day away from UTC or more, as people set it to get yesterday's date."""
    zone(name)
    for seconds in (0, 1_784_000_000, 1_790_000_000, -1, 4_000_000_000):
        expected = datetime(*time.localtime(seconds)[:6])
        assert local_time(seconds, None) == expected
        assert Clock.at(seconds).today == expected.toordinal()
        assert Clock.at(seconds).day_of(seconds) == expected.toordinal()
        at = datetime.fromtimestamp(seconds, UTC)
        assert Moment.at(at).today == expected.date()
        assert utc_of(expected, None) == at
    assert ran("list --doctor-less").code == 2
    before = date.today()
    line = ran("list --format markdown").out.splitlines()[0]
    after = date.today()
    assert any(f"{day.day} {day:%b %Y}" in line for day in (before, after))


class OfWindows(datetime):
    """A time where the platform knows the system's local time from 1970 to 3000 only."""

    @classmethod
    def fromtimestamp(cls, timestamp: float, tz: tzinfo | None = None) -> "OfWindows":
        """As there."""
        if tz is None and not 0 <= timestamp < 32_536_850_400:
            raise OSError(22, "Invalid argument")
        return super().fromtimestamp(timestamp, tz)

    def timestamp(self) -> float:
        """As there."""
        found = super().timestamp()
        if self.tzinfo is None and not 0 <= found < 32_536_850_400:
            raise OSError(22, "Invalid argument")
        return found


@pytest.mark.parametrize("year", [1, 1066, 1900, 1969, 1970, 2026, 3000, 3001, 9999])
@pytest.mark.parametrize("ahead", [-3, 0, 3])
def test_platform_may_know_no_local_time_of_other_years(
    year: int, ahead: int, zone: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There clocks are as far from UTC as in 1970."""
    zone(f"XXX{-ahead:+d}")
    monkeypatch.setattr("countdown.core.local_time.datetime", OfWindows)
    for month, day in ((1, 2), (12, 30)):
        local = OfWindows(year, month, day, 12)
        utc = utc_of(local, None)
        assert utc.replace(tzinfo=None) == local - timedelta(hours=ahead)
        seconds = (utc - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
        assert local_time(seconds, None) == local


@pytest.mark.parametrize("name", sample(ZONES[5:6], of=ZONES))
def test_no_command_fails_at_an_end_of_the_calendar(
    name: str,
    zone: Callable[[str], None],
    ran: Callable[[str], Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever is asked, on whatever day, of whatever date."""
    zone(name)
    path = tmp_path / "catalogue.toml"
    tables = [film(f"end-{n}", day, title=f"End {n}") for n, day in enumerate(ENDS)]
    tables[0] = tables[0].replace("End 0", "End")
    text = "".join(f"[[release]]\n{table}\n" for table in tables)
    path.write_text(f"format = 1\n{text}", "utf-8")
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    for day in DAYS:
        monkeypatch.setenv("COUNTDOWN_TODAY", day)
        for line in COMMANDS:
            found = ran(line)
            assert found.code in (0, 1), (day, line, found)
            assert found.code or found.out or line.startswith("prompt"), (day, line)
            if line.startswith("prompt --cache-file"):
                assert found.out.strip(), (day, line)  # Else a hook asks in vain for ever.


@pytest.mark.parametrize(
    ("name", "day", "at", "expected"),
    [
        ("Asia/Tokyo", "9999-12-30", "9999-12-31T23:59:59Z", "End 1d\n"),
        ("Asia/Tokyo", "9999-12-31", "9999-12-31T23:59:59Z", "End today\n"),
        ("UTC", "9999-12-31", "9999-12-31", "End today\n"),
        ("GMT+24", "9999-12-30", "9999-12-31T23:59:59Z", "End 23h\n"),
        ("America/Los_Angeles", "0001-01-01", "0001-01-01T00:00:00Z", "End out\n"),
        ("America/Los_Angeles", "0001-01-01", "0001-01-02T00:00:00Z", "End 16h\n"),
        ("Asia/Tokyo", "0001-01-01", "0001-01-02T16:00:00Z", "End 2d\n"),
    ],
)
def test_day_at_an_end_of_the_calendar_is_right(
    name: str,
    day: str,
    at: str,
    expected: str,
    zone: Callable[[str], None],
    ran: Callable[[str], Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A moment that has no local day any more comes on the last one, or the first."""
    zone(name)
    path = tmp_path / "catalogue.toml"
    path.write_text(f"format = 1\n[[release]]\n{film('end', at)}\n", "utf-8")
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    monkeypatch.setenv("COUNTDOWN_TODAY", day)
    assert ran("list --all").code == 0  # From now on the short way has an index.
    assert ran("prompt").out == expected
    if "today" in expected:
        assert "today" in ran("list --all").out
    for given in ("--timezone", "COUNTDOWN_TIMEZONE"):
        if name in ("GMT+24", "UTC"):
            continue
        zone("UTC")
        monkeypatch.setenv("COUNTDOWN_TIMEZONE", name if given.isupper() else "")
        option = "" if given.isupper() else f" --timezone {name}"
        assert ran(f"prompt{option}").out == expected, given


def test_local_time_round_trips_over_the_calendar(zone: Callable[[str], None]) -> None:
    """Within it, in each zone; at its ends it stops at the last second that there is."""
    first, last = -62_135_596_800, 253_402_300_799
    for name in ZONES:
        zone(name)
        for seconds in (
            first,
            first + 90_000,
            first + 400_000,
            last - 400_000,
            last - 90_000,
            last,
        ):
            year, month, day, hour, minute, second = time.localtime(seconds)[:6]
            if 1 <= year <= 9999:
                expected = datetime(year, month, day, hour, minute, second)
                assert local_time(seconds, None) == expected
                assert int(utc_of(expected, None).timestamp()) == seconds
            else:
                assert local_time(seconds, None).year == min(max(year, 1), 9999)
    zone("UTC")
    assert local_time(10**18, None) == datetime.max.replace(microsecond=0)
    assert local_time(-(10**18), None) == datetime.min


DISTANT: Final = 300_000_000_000  # s: in the year 11476


@pytest.fixture
def distant() -> Iterator[Path]:
    """A folder of a file system that has such times: ext4 ends in 2446, a tmpfs does not."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as name:
        os.utime(name, (DISTANT, DISTANT))
        if os.stat(name).st_mtime < DISTANT:
            pytest.skip("no file system at hand has such times")
        yield Path(name)


def test_file_from_beyond_the_calendar_is_told_of(
    zone: Callable[[str], None],
    ran: Callable[[str], Ran],
    distant: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its time has no year that could be shown; doctor goes on."""
    monkeypatch.setattr("countdown.cli.shell_checks.installed_shells", list)
    monkeypatch.setattr("countdown.cli.shell_checks.median_start_times", lambda *_: [])
    path = distant / "catalogue.toml"
    path.write_text("format = 1\n", "utf-8")
    os.utime(path, (DISTANT, DISTANT))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    assert "changed 9999-12-31" in ran("doctor").out


MIDNIGHT: Final = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize("milliseconds", [0, 1, 10, 19, 20, 999])
def test_prompt_tells_the_new_day_at_once(
    milliseconds: int,
    zone: Callable[[str], None],
    ran: Callable[[str], Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also without click, and from its cache file: timers ask right after midnight."""
    zone("UTC")
    path = tmp_path / "catalogue.toml"
    path.write_text(f"format = 1\n[[release]]\n{film('thor', '2026-11-24')}\n", "utf-8")
    then = (MIDNIGHT - timedelta(days=3)).timestamp()
    os.utime(path, (then, then))
    os.utime(tmp_path, (then, then))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))

    def at(moment: datetime) -> None:
        ns = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 1000
        monkeypatch.setattr(time, "time_ns", lambda: ns)
        monkeypatch.setattr(time, "time", lambda: ns / 1e9)

    at(MIDNIGHT - timedelta(seconds=1))
    assert ran("list").code == 0
    assert ran("prompt").out == "Thor 3d\n"
    file = Path(ran("prompt --cache-file").out.strip())
    at(MIDNIGHT + timedelta(milliseconds=milliseconds))
    assert Path(ran("prompt --cache-file").out.strip()) != file
    assert answer.run([]) == 0
    assert ran("prompt").out.splitlines()[-1] == "Thor 2d"
