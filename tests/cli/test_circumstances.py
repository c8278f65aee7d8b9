"""The sources of a run's day, region, zone and catalogue; options can be anywhere."""

import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from countdown import environment
from countdown.cli import date_arguments
from countdown.core.outlook import Moment
from countdown.errors import UsageError
from tests.cli.conftest import JULY, Countdown, Ran
from tests.cli.shelf import Shelf

pytestmark = pytest.mark.usefixtures("indexed_july", "without_shells")


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The system's zone is put back after the test."""
    yield
    monkeypatch.undo()
    time.tzset()


def frame(ran: Ran) -> tuple[str, str | None, str | None]:
    """The day, region and zone that a JSON answer says it is for."""
    document = json.loads(ran.out)
    return document["as_of"], document["region"], document["timezone"]


@pytest.mark.parametrize(
    "words",
    [
        "--as-of 2022-06-01 --region US --timezone Asia/Tokyo --json list",
        "list --as-of 2022-06-01 --region US --timezone Asia/Tokyo --json",
        "--as-of 2022-06-01 --json list --region us --timezone Asia/Tokyo",
        "--as-of 1999-01-01 --region BR list --as-of 2022-06-01 --region US --timezone Asia/Tokyo "
        "--format json",
        "--as-of 2022-06-01 --region US --timezone Asia/Tokyo --format json",
    ],
)
def test_shared_options_stand_before_and_after_the_commands_name(
    countdown: Countdown, words: str
) -> None:
    """The later one has the last word."""
    assert frame(countdown(*words.split())) == ("2022-06-01", "US", "Asia/Tokyo")


@pytest.mark.parametrize(
    "text",
    ["2022-07-04", "4 July 2022", "Jul 4 2022", "2022/07/04", "20220704", "2022-07-04 21:30"],
)
def test_a_day_may_be_spelled_as_dateutil_reads_it(countdown: Countdown, text: str) -> None:
    """Any spelling that names one day."""
    assert frame(countdown("list", "--json", "--as-of", text))[0] == "2022-07-04"


def test_an_offset_decides_which_day_it_is_here(countdown: Countdown) -> None:
    """Half past eleven at night in São Paulo is the next day in Tokyo."""
    words = ("list", "--json", "--as-of", "2022-07-04T23:30-03:00", "--timezone", "Asia/Tokyo")
    assert frame(countdown(*words))[0] == "2022-07-05"


@pytest.mark.parametrize("text", ["July 2022", "next week", "12:30", "yesterdayish", ""])
def test_what_names_no_single_day_is_refused(countdown: Countdown, text: str) -> None:
    """A month has thirty days; none of them is made up. An empty value is a variable not set."""
    ran = countdown("list", "--json", "--as-of", text)
    assert ran.code == 2
    assert "Write one like 2022-07-04" in ran.err


@pytest.mark.parametrize("day", [1, 2, 28])
def test_day_that_is_left_out_is_not_that_of_today(day: int) -> None:
    """Whatever day today is."""
    now = Moment.at(datetime(2022, 7, day, 12, tzinfo=UTC), UTC)
    with pytest.raises(UsageError, match='--as-of: "June 2022": That isn\'t a single day'):
        date_arguments.parse_moment("June 2022", now, origin="--as-of")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", ""])
def test_both_ends_of_the_calendar_are_days_like_others(
    countdown: Countdown, day: str, zone: str
) -> None:
    """Where a zone can't be applied, the day itself still counts."""
    assert frame(countdown("list", "--json", "--all", "--as-of", day, "--timezone", zone))[0] == day


@pytest.mark.usefixtures("timed_once")
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "line",
    [
        *("list --all", "next", "status", "status --days", "show hexed", "mine"),
        *("actor hemsworth", "search o", "news", "news --since 1y", "doctor", "check", "remind"),
        *("next --format table", "status --format table", "actor hemsworth --format table"),
        *("list --format table", "show hexed --format table", "news --format table", ""),
        *("list --accessible", "status --accessible", "show hexed --accessible"),
    ],
)
def test_screens_have_no_day_beyond_the_calendar(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, day: str, line: str
) -> None:
    """Commands that look a day or three months ahead stop at the end of the calendar."""
    monkeypatch.setenv("COUNTDOWN_TODAY", day)
    monkeypatch.setenv("COLUMNS", "100")
    assert countdown(*line.split()).code in (0, 1)


def test_the_environment_says_what_options_do_not(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And an option outdoes it."""
    monkeypatch.setenv("COUNTDOWN_REGION", "br")
    monkeypatch.setenv("COUNTDOWN_TIMEZONE", "America/Sao_Paulo")
    assert frame(countdown("list", "--json")) == ("2022-07-04", "BR", "America/Sao_Paulo")
    assert frame(countdown("list", "--json", "--region", "US"))[1] == "US"


@pytest.mark.parametrize(
    ("name", "region"),
    [("Brazil", "BR"), ("brasil", "BR"), ("UK", "GB"), ("usa", "US"), ("united kingdom", "GB")],
)
def test_region_may_be_a_name(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, name: str, region: str
) -> None:
    """As an option, in the environment and in config.toml, which keeps the code."""
    assert frame(countdown("list", "--json", "--region", name))[1] == region
    assert countdown("config", "set", "region", name).out == f"region: {region}\n"
    assert frame(countdown("list", "--json"))[1] == region
    monkeypatch.setenv("COUNTDOWN_REGION", name)
    assert countdown("config", "unset", "region").code == 0
    assert frame(countdown("list", "--json"))[1] == region


@pytest.mark.parametrize(
    ("variables", "region"),
    [
        ({"LANG": "pt_BR.UTF-8"}, "BR"),
        ({"LANG": "pt_BR.UTF-8", "LC_TIME": "en_DK.UTF-8"}, "BR"),
        ({"LANG": "pt_BR.UTF-8", "LC_TIME": "C.UTF-8"}, "BR"),
        ({"LC_TIME": "en_DK.UTF-8"}, None),
        ({"LANG": "xx_YY.UTF-8"}, None),
        ({"LANG": "pt_BR.UTF-8", "LC_TIME": "en_US.UTF-8", "LC_ALL": "de_AT@euro"}, "AT"),
        ({"LANG": "C.UTF-8"}, None),
        ({"LANG": "eo"}, None),
        ({"LANG": "sr_RS@latin"}, "RS"),
        ({"LANG": "en_001.UTF-8"}, None),
    ],
)
def test_the_locales_territory_is_the_region(
    countdown: Countdown,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    region: str | None,
) -> None:
    """LC_ALL, then LANG; LC_TIME says how dates are written, not where anybody is."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert frame(countdown("list", "--json"))[1] == region


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("America/Sao_Paulo", "America/Sao_Paulo"),
        (":Asia/Tokyo", "Asia/Tokyo"),
        ("EST5EDT,M3.2.0,M11.1.0", None),
        ("/etc/localtime", None),
        ("Evil/\x1b[31m", None),
    ],
)
def test_the_systems_zone_is_named_where_it_has_a_name(
    monkeypatch: pytest.MonkeyPatch, value: str, name: str | None
) -> None:
    """TZ can hold more than names; those stay unnamed."""
    monkeypatch.setenv("TZ", value)
    assert environment.system_zone() == name


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("/usr/share/zoneinfo/Europe/Lisbon", "Europe/Lisbon"),
        ("../usr/share/zoneinfo/UTC", "UTC"),
        ("/etc/else", None),
    ],
)
def test_without_tz_the_link_of_localtime_names_the_zone(
    monkeypatch: pytest.MonkeyPatch, target: str, name: str | None
) -> None:
    """As most systems have it; a plain file names nothing."""
    monkeypatch.setattr(os, "readlink", lambda path: target)
    assert environment.system_zone() == name


def test_a_localtime_that_is_no_link_names_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems copy the file."""

    def refuse(path: str) -> str:
        raise OSError(22, "no link", path)

    monkeypatch.setattr(os, "readlink", refuse)
    assert environment.system_zone() is None


def test_without_settings_the_clock_and_the_systems_zone_count(
    shipped: Countdown, monkeypatch: pytest.MonkeyPatch, in_zone: None
) -> None:
    """The first moment of a day in UTC is still the day before in São Paulo."""
    monkeypatch.delenv("COUNTDOWN_TODAY")
    monkeypatch.setattr(time, "time", lambda: 1_795_305_600.0)  # 2026-11-22T00:00:00Z
    monkeypatch.setenv("TZ", "America/Sao_Paulo")
    time.tzset()
    assert frame(shipped("list", "--json")) == ("2026-11-21", None, "America/Sao_Paulo")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--region", "Brazl"),
            '--region: "Brazl" isn\'t a region. Did you mean "Brazil" (BR)?\n',
        ),
        (
            ("--region", "XX"),
            '--region: "XX" isn\'t a region. Write a name like "Brazil" or two letters like BR.\n',
        ),
        (
            ("--timezone", "America/Sao_Paolo"),
            '--timezone: There\'s no time zone "America/Sao_Paolo". '
            'Did you mean "America/Sao_Paulo"?\n',
        ),
        (
            ("--timezone", "../../etc/passwd"),
            '--timezone: There\'s no time zone "../../etc/passwd". '
            "Write one like America/Sao_Paulo.\n",
        ),
        (("--within", "soon"), '--within: "soon" isn\'t a time span. Write 90d, 12w, 6m or 1y.\n'),
        (("--within", ""), '--within: "" isn\'t a time span. Write 90d, 12w, 6m or 1y.\n'),
        (
            ("--from", "whenever"),
            '--from: Can\'t read "whenever" as a date. Write one like 2027-06-11, 2027-06,'
            ' "Q4 2027" or 2027.\n',
        ),
    ],
)
def test_what_makes_no_sense_is_exit_code_2_with_what_would(
    countdown: Countdown, words: tuple[str, ...], said: str
) -> None:
    """The option is named, and the way to write it."""
    ran = countdown("list", *words)
    assert (ran.code, ran.err) == (2 if said else 0, said)


def test_a_bad_environment_variable_is_named_as_such(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a user looks for an option that was never given."""
    monkeypatch.setenv("COUNTDOWN_REGION", "Brasilia")
    assert countdown("list").err.startswith('COUNTDOWN_REGION: "Brasilia" isn\'t a region')
    monkeypatch.setenv("COUNTDOWN_REGION", "BR")
    monkeypatch.setenv("COUNTDOWN_TODAY", "mañana")
    assert countdown("list").err.startswith('COUNTDOWN_TODAY: Can\'t read "mañana" as a date')


@pytest.mark.parametrize(("span", "last"), [("0d", 0), ("4d", 1), ("9999y", 8), ("99999999d", 8)])
def test_a_span_may_be_longer_than_the_calendar(countdown: Countdown, span: str, last: int) -> None:
    """It then ends with the calendar."""
    assert len(countdown("list", "--within", span).titles) == last


def test_catalogues_named_lie_over_each_other_in_order(
    countdown: Countdown, tmp_path: Path
) -> None:
    """Repeatable, before and after the command's name; they stand in place of the environment's."""
    above = tmp_path / "above.toml"
    above.write_text(
        'format = 1\n[[release]]\nid = "extraction-2"\ndate = "2023"\n'
        '[[release]]\nid = "thor-love-and-thunder"\nhidden = true\n'
    )
    plain = countdown("--catalogue", str(JULY), "list", "--days", "--catalogue", str(above))
    assert "Thor: Love and Thunder" not in plain.titles
    assert "Extraction 2\tfilm\t2023\tin 181–545 days" in plain.out
    assert countdown("list", "--catalogue", str(JULY)).titles[0] == "Thor: Love and Thunder"


def test_the_environment_can_name_several_catalogues(
    countdown: Countdown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Separated as in PATH."""
    own = tmp_path / "own.toml"
    own.write_text('format = 1\n[[release]]\nid = "x"\ntitle = "Mine"\nkind = "film"\n')
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", f"{JULY}{os.pathsep}{own}")
    assert {"Mine", "Andor"} <= set(countdown("list").titles)


def test_the_users_own_catalogue_lies_over_the_shipped_one(shelf: Shelf) -> None:
    """In the data folder; what it says is there at the very next run."""
    before = shelf.ran("list").titles
    assert before
    shelf.write(
        'format = 1\n[[release]]\nid = "mine"\ntitle = "Mine"\nkind = "film"\ndate = 2026-11-23\n'
    )
    titles = shelf.ran("list").titles
    titles.remove("Mine")
    assert titles == before
    shelf.path.unlink()
    assert shelf.ran("list").titles == before


@pytest.mark.parametrize(
    ("variables", "day"),
    [
        ({}, "8 Jul 2022"),
        ({"LANG": "eo.UTF-8"}, "8 Jul 2022"),
        ({"LANG": "en_US.UTF-8"}, "Jul 8, 2022"),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "en_GB.UTF-8"}, "8 Jul 2022"),
        ({"LANG": "pt_BR.UTF-8", "LC_TIME": "en_DK.UTF-8"}, "2022-07-08"),
        ({"LANG": "pt_BR.UTF-8", "LC_TIME": "en_DK.UTF-8", "LC_ALL": "en_US"}, "Jul 8, 2022"),
    ],
)
def test_days_are_written_as_lc_time_has_them(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], day: str
) -> None:
    """In lists and in prompts alike; date_style goes before it."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    words = ("--region", "US", "--title", "love thunder")
    assert f"\t{day}\t" in countdown("list", *words).out
    shown = countdown("prompt", *words[2:], "--format", "{date}", "--region", "US").out
    assert shown == f"{day}\n"
    origin = "by default" if day == "8 Jul 2022" else "the locale"
    assert f"\t{origin}\n" in countdown("config", "list").out
    countdown("config", "set", "date_style", "iso")
    assert "\t2022-07-08\t" in countdown("list", *words).out
