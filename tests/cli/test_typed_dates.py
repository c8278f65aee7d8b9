"""Days, times and zones as people type them, and how they are echoed."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from countdown import paths
from countdown.cli import date_arguments, typed_dates
from countdown.cli.messages import sentences
from countdown.core import edtf
from countdown.core.outlook import Moment
from countdown.errors import UsageError
from tests.cli.conftest import Countdown
from tests.cli.shelf import Shelf

NOW = Moment.at(datetime(2026, 11, 26, 12, tzinfo=UTC), UTC)  # a Thursday
WEST = timezone(timedelta(hours=-3))


def moment(text: str, *, now: Moment = NOW) -> str:
    """The moment of *text*, in UTC."""
    return f"{date_arguments.parse_moment(text, now, origin='--as-of').instant:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-12-12", "2026-12-12T00:00:00Z"),
        ("20261212", "2026-12-12T00:00:00Z"),
        ("12 December 2026", "2026-12-12T00:00:00Z"),
        ("Saturday, Dec. 12, 2026", "2026-12-12T00:00:00Z"),
        ("2026 Dec 12", "2026-12-12T00:00:00Z"),
        ("2026 Dec 12, 21:30", "2026-12-12T21:30:00Z"),
        ("tomorrow", "2026-11-27T00:00:00Z"),
        ("30", "2026-12-26T00:00:00Z"),
        ("2026-12-12 05:00", "2026-12-12T05:00:00Z"),
        ("2026-12-12 05:00:30.5", "2026-12-12T05:00:30Z"),
        ("12 Dec 2026., 9 pm", "2026-12-12T21:00:00Z"),
        ("12 Dec 2026. at 9:30 a.m.", "2026-12-12T09:30:00Z"),
        ("12 Dec 2026. 12 am", "2026-12-12T00:00:00Z"),
        ("12 Dec 2026. 1 am", "2026-12-12T01:00:00Z"),
        ("12 Dec 2026. 12 pm", "2026-12-12T12:00:00Z"),
        # an offset is what it says, as date(1) has it
        ("2026-12-12T05:00Z", "2026-12-12T05:00:00Z"),
        ("2026-12-12 05:00 UTC", "2026-12-12T05:00:00Z"),
        ("2026-12-12 05:00-03:00", "2026-12-12T08:00:00Z"),
        ("2026-12-12 05:00 -0300", "2026-12-12T08:00:00Z"),
        ("2026-12-12 05:00 UTC-3", "2026-12-12T08:00:00Z"),
        ("2026-12-12 05:00 GMT-3", "2026-12-12T08:00:00Z"),
        ("2026-12-12 05:00 utc -3", "2026-12-12T08:00:00Z"),
        ("2026-12-12 05:00 UTC+5:30", "2026-12-11T23:30:00Z"),
        ("2026-12-12 05:00 Z+3", "2026-12-12T02:00:00Z"),
        ("2026-12-12 05:00 America/Sao_Paulo", "2026-12-12T08:00:00Z"),
    ],
)
def test_day_and_time_are_read_as_written(text: str, at: str) -> None:
    """`UTC-3` is three hours behind UTC, and so is `-03:00`."""
    assert moment(text) == at


def test_time_without_an_offset_is_the_users() -> None:
    """In the zone of the option, the settings or the system."""
    assert moment("2026-12-12 05:00", now=NOW._replace(zone=WEST)) == "2026-12-12T08:00:00Z"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        *(
            (
                f"2026-12-12 05:00 {zone}",
                f'"{zone}" isn\'t a UTC offset. Write one like -03:00, or',
            )
            for zone in ("BRT", "PST", "EST", "ET", "CEST", "UTC3", "+3h")
        ),
        ("2026-12-12 05:00 UTC-24", "an offset is at most 23:59; write one like -03:00"),
        ("2026-12-12 05:00 Mars/Base", 'there\'s no time zone "Mars/Base"'),
        ("2026-12-12 25:00", "there's no such time; write one like 21:30"),
        ("2026-12-12 0 am", "hours with am or pm go from 1 to 12"),
        ("2026-12-12 13 pm", "hours with am or pm go from 1 to 12"),
        ("Tue 4 Jul 2022", "4 July 2022 is a Monday, not a Tuesday. Write the day alone"),
        ("4.7.2022", "that can be 4 July or 7 April; write 2022-07-04 or 2022-04-07"),
        ("04-07-2022", "that can be 4 July or 7 April; write 2022-07-04 or 2022-04-07"),
        ("22-7-4", "the year is unclear; write it with four digits: 2022-07-04"),
        ("01-02-03", "the year is unclear; write it with four digits, like 2027-06-11"),
        ("July 2022", "that isn't a single day; write one like 2022-07-04"),
    ],
)
def test_what_has_no_one_meaning_is_refused_in_our_words(text: str, message: str) -> None:
    """Neither a guess, nor a warning of a library, nor a traceback."""
    with pytest.raises(UsageError) as raised:
        moment(text)
    assert raised.value.lines[0].startswith(f'--as-of: "{text}": {sentences(message)[:-1]}')


@pytest.mark.parametrize(
    "text",
    [
        *("soon", "12:30", "4 Jul 22", "2022 Tue Jul 4", "2022-07-04T", "2022 13 32"),
        *("04 07 2022", "2022-W27-1", "12 Dec 2026. PST", "2022 Jul", "2022, Jul 4 4", "5 2026 06"),
    ],
)
def test_what_is_no_day_is_refused_with_one_that_is(text: str) -> None:
    """Nothing is filled in."""
    with pytest.raises(UsageError) as raised:
        moment(text)
    assert "rite " in raised.value.lines[0]


@pytest.mark.parametrize(
    ("locale", "day"), [("en_US.UTF-8", "2022-07-04"), ("pt_BR.UTF-8", "2022-04-07")]
)
def test_order_of_the_locale_is_followed_and_echoed(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, locale: str, day: str
) -> None:
    """By options and by the environment; but not by LANG where LC_TIME is set."""
    monkeypatch.setenv("LANG", "sv_SE.UTF-8")
    for words in (("list", "--as-of"), ("list", "--from"), ("news", "--since")):
        ran = countdown(*words, "7/4/2022")
        assert (ran.code, "That can be 7 April or 4 July." in ran.err) == (2, True)
    monkeypatch.setenv("LC_TIME", locale)
    ran = countdown("list", "--json", "--as-of", "7/4/2022")
    assert json.loads(ran.out)["as_of"] == day
    names = {"2022-07-04": "Monday, Jul 4, 2022", "2022-04-07": "quinta-feira, 7 de abril de 2022"}
    assert ran.err == f'--as-of: Reading "7/4/2022" as {names[day]}.\n'
    assert countdown("list", "--from", "7/4/2022").err.startswith('--from: Reading "7/4/2022" as ')


@pytest.mark.parametrize(
    ("config", "locale", "day"),
    [
        ("", "en_GB.UTF-8", "Friday, 8 Jul 2022"),
        ("", "en_US.UTF-8", "Friday, Jul 8, 2022"),
        ("", "en_DK.UTF-8", "Friday, 2022-07-08"),
        ('date_style = "month-day-year"', "de_DE.UTF-8", "Friday, Jul 8, 2022"),
        ("date_style = 3", "en_US.UTF-8", "Friday, Jul 8, 2022"),
    ],
)
def test_a_guess_is_echoed_in_the_style_of_all_days(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    config: str,
    locale: str,
    day: str,
) -> None:
    """That of the setting before that of the locale, also if the settings can't be read."""
    monkeypatch.setenv("LC_TIME", locale)
    path = Path(str(paths.config_file()))
    path.parent.mkdir(parents=True)
    path.write_text(config, "utf-8")
    typed_dates.echo(edtf.Reading(edtf.parse("2022-07-08")), "next friday", origin="--from")
    assert capsys.readouterr().err == f'--from: Reading "next friday" as {day}.\n'


@pytest.mark.parametrize(
    ("words", "err"),
    [
        (("list", "--as-of", "2022-07-05"), ""),
        (("list", "--as-of", "5 July 2022"), ""),
        (("doctor", "--as-of", "9999-12-31"), ""),
        (("list", "--to", "Q4 2022"), ""),
        (
            ("list", "--to", "next friday"),
            '--to: Reading "next friday" as Friday, 27 Nov 2026.\n',
        ),
        (("list", "--to", "in 3 weeks"), '--to: Reading "in 3 weeks" as Thursday, 17 Dec 2026.\n'),
        (("list", "--to", "6m"), '--to: Reading "6m" as Wednesday, 26 May 2027.\n'),
        (("list", "--from", "next month"), '--from: Reading "next month" as Dec 2026.\n'),
        (
            ("list", "--to", "Summer '27"),
            '--to: Reading "Summer \'27" as summer 2027 (Jun–Aug).\n',
        ),
        (
            ("list", "--to", "summer 2027", "--region", "BR"),
            '--to: Reading "summer 2027" as summer 2027 (Jun–Aug). For summer in BR, write '
            '"Dec 2027–Feb 2028".\n',
        ),
        (
            ("list", "--to", "winter 2027", "--region", "Australia"),
            '--to: Reading "winter 2027" as winter 2027 (Dec–Feb). For winter in AU, write '
            '"Jun 2027–Aug 2027".\n',
        ),
        (
            ("list", "--to", "spring 2027", "--region", "AO"),
            '--to: Reading "spring 2027" as spring 2027 (Mar–May). For spring in AO, write '
            '"Sep 2027–Nov 2027".\n',
        ),
        (
            ("list", "--to", "autumn 2027", "--region", "ZW"),
            '--to: Reading "autumn 2027" as autumn 2027 (Sep–Nov). For autumn in ZW, write '
            '"Mar 2027–May 2027".\n',
        ),
        (
            ("list", "--as-of", "tomorrow"),
            '--as-of: Reading "tomorrow" as Friday, 27 Nov 2026.\n',
        ),
        (
            ("config", "list", "--as-of", "today"),
            '--as-of: Reading "today" as Thursday, 26 Nov 2026.\n',
        ),
        (("prompt", "--as-of", "tomorrow"), ""),
    ],
)
@pytest.mark.usefixtures("without_shells")
def test_guess_is_echoed_once_on_stderr(
    shipped: Countdown, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], err: str
) -> None:
    """What has one meaning is not; nor is anything in a prompt, which machines read."""
    monkeypatch.setenv("COUNTDOWN_TODAY", "")
    monkeypatch.setattr("time.time", lambda: 1_795_694_400.0)  # 2026-11-26T12:00:00Z
    ran = shipped(*words)
    assert (ran.code in (0, 1), ran.err.split("no release")[0]) == (True, err)


@pytest.mark.parametrize("option", ["--from", "--to"])
@pytest.mark.parametrize("text", ["", "whenever", "2026-12-12 05:00 PST"])
def test_filter_refuses_what_is_no_date(countdown: Countdown, option: str, text: str) -> None:
    """An empty one comes from a variable that isn't set."""
    ran = countdown("list", option, text)
    assert ran.code == 2
    assert ran.err.startswith((f'{option}: "{text}"', f'{option}: Can\'t read "{text}"'))


def test_filter_takes_a_moment_and_a_spelling_of_dateutil(countdown: Countdown) -> None:
    """For its day."""
    assert countdown("list", "--to", "2022-07-08 05:00").code == 0
    assert countdown("list", "--to", "2022 Jul 8").titles == ["Thor: Love and Thunder"]


@pytest.mark.parametrize(
    ("typed", "written", "err"),
    [
        ("tomorrow", "2026-11-23", '--date: Reading "tomorrow" as Monday, 23 Nov 2026.\n'),
        ("BR=in 3 weeks", "2026-12-13", '--date: Reading "in 3 weeks" as Sunday, 13 Dec 2026.\n'),
        ("Nov. 6, 2027", "2027-11-06", ""),
        ("end of 2027", "2027-39", ""),
        ("Jan–Mar 2027", "2027-01/2027-03", ""),
        ("summer 2027", "2027-22", '--date: Reading "summer 2027" as summer 2027 (Jun–Aug).\n'),
        ("2027-06-11T20:00:00-03:00", "2027-06-11T23:00:00Z", ""),
    ],
)
def test_what_is_written_is_a_date_of_toml_or_edtf(
    shelf: Shelf, typed: str, written: str, err: str
) -> None:
    """So that the file means the same to everybody on every day."""
    ran = shelf.run("add", "New", "--date", typed)
    assert (ran.code, ran.err) == (0, err)
    release = shelf.last
    dates = release.get("dates", [{"date": release.get("date")}])
    assert [str(row["date"]) for row in dates] == [written]
    ran = shelf.run("edit", "new", "--date", typed)
    assert (ran.code, ran.err.removesuffix(err)) == (0, "")


@pytest.mark.parametrize("text", ["TBA", "tbd", "BR=TBA"])
def test_release_without_a_date_may_say_so(shelf: Shelf, text: str) -> None:
    """As announcements do; no date is written then."""
    shelf.ran("add", "New", "--date", text)
    assert {"date", "dates"}.isdisjoint(shelf.last)
    assert "to withdraw" in shelf.refused("edit", "new", "--date", f"+{text}")
    shelf.ran("edit", "new", "--date", text.replace("TBA", "2027").replace("tbd", "2027"))
    assert "→ withdrawn" in shelf.ran("edit", "new", "--date", text).out
