"""Dates in the language of LC_TIME: as shown, as typed, and for programs."""

import json
from pathlib import Path

import pytest

from countdown import paths
from tests.cli.conftest import Countdown

pytestmark = pytest.mark.usefixtures("indexed_july")

THOR = ("--region", "US", "--title", "love thunder")


def table(countdown: Countdown, *words: str) -> str:
    """What `countdown` draws on a terminal."""
    ran = countdown(*words, "--format", "table")
    assert ran.code == 0
    return ran.out


@pytest.mark.parametrize(
    ("locale", "day", "long_day", "month", "day_of_month"),
    [
        ("de_DE.UTF-8", " 8. Juli 2022 ", "Freitag, 8. Juli 2022", "Juli (1)", "Fr.,  8."),
        (
            "pt_BR.UTF-8",
            " 8 de jul. de 2022 ",
            "sexta-feira, 8 de julho de 2022",
            "julho (1)",
            "sex.,  8",
        ),
        ("pl_PL.UTF-8", " 8 lip 2022 ", "piątek, 8 lipca 2022", "lipiec (1)", "pt.,  8"),
        ("ja_JP.UTF-8", " 2022年7月8日 ", "2022年7月8日金曜日", "7月 (1)", " 8日(金)"),
        ("en_GB.UTF-8", " 8 Jul 2022 ", "Friday, 8 July 2022", "July (1)", "Fri  8"),
    ],
)
def test_terminal_has_dates_of_the_users_language(
    countdown: Countdown,
    monkeypatch: pytest.MonkeyPatch,
    locale: str,
    day: str,
    long_day: str,
    month: str,
    day_of_month: str,
) -> None:
    """Short in tables, in full in `show`; and so has a prompt."""
    monkeypatch.setenv("LC_TIME", locale)
    lines = table(countdown, "list", *THOR).splitlines()
    assert [line for line in lines if line == month] == [month]
    assert any(f"  {day_of_month}  " in line for line in lines)
    assert long_day in table(countdown, "show", "love thunder", "--region", "US")
    assert f"|{day}|".replace("| ", "| ") in countdown("list", *THOR, "--format", "markdown").out
    shown = countdown("prompt", *THOR[2:], "--format", "{date}", "--region", "US").out
    assert shown == f"{day.strip()}\n"


def test_programs_get_no_language(countdown: Countdown, monkeypatch: pytest.MonkeyPatch) -> None:
    """Into a pipe dates are as they would be without a table of that language."""
    for locale, day in (("de_DE.UTF-8", "8 Jul 2022"), ("ja_JP.UTF-8", "2022-07-08")):
        monkeypatch.setenv("LC_ALL", locale)
        assert f"\t{day}\t" in countdown("list", *THOR).out
        assert ",2022-07-08," in countdown("list", *THOR, "--format", "csv").out
        release = json.loads(countdown("list", *THOR, "--json").out)["releases"][0]
        assert release["date"]["earliest"] == "2022-07-08"


def test_setting_goes_before_the_language(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names a style of English."""
    monkeypatch.setenv("LC_TIME", "de_DE.UTF-8")
    assert "date_style\tde\tthe locale\n" in countdown("config", "list").out
    countdown("config", "set", "date_style", "day-month-year")
    assert "Fri  8" in table(countdown, "list", *THOR)


def test_ascii_has_no_language(countdown: Countdown, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where letters can't be shown, names of months in ASCII can."""
    monkeypatch.setenv("LC_TIME", "ja_JP.UTF-8")
    monkeypatch.setenv("LC_CTYPE", "C")
    shown = countdown("prompt", *THOR[2:], "--format", "{date}", "--region", "US").out
    assert shown == "2022-07-08\n"


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("de_DE.UTF-8", "8. Juli 2022"),
        ("pt_BR.UTF-8", "8 de julho de 2022"),
        ("ja_JP.UTF-8", "2022年7月8日(金)"),
    ],
)
def test_options_read_what_is_shown(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, locale: str, text: str
) -> None:
    """By options, `add` and --as-of; in another language it is not a date."""
    titles = countdown("list", *THOR, "--from", "2022-07-08", "--to", "2022-07-08").titles
    assert titles == ["Thor: Love and Thunder"]
    refused = countdown("list", "--from", text)
    assert (refused.code, f'Can\'t read "{text}" as a date' in refused.err) == (2, True)
    monkeypatch.setenv("LC_TIME", locale)
    assert countdown("list", *THOR, "--from", text, "--to", text).titles == titles
    assert json.loads(countdown("list", "--json", "--as-of", text).out)["as_of"] == "2022-07-08"
    assert countdown("add", "Filme Novo", "--kind", "film", "--date", text).code == 0
    assert "date = 2022-07-08\n" in Path(str(paths.user_catalogue())).read_text("utf-8")


def test_guess_is_told_in_the_language(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a day without its year it says which year that is."""
    monkeypatch.setenv("LC_TIME", "de_DE.UTF-8")
    told = countdown("list", "--from", "8. Juli").err
    assert told.startswith('--from: Reading "8. Juli" as Freitag, 8. Juli 2022.\n')


@pytest.mark.parametrize(
    ("locale", "word"), [("de_DE.UTF-8", "Juli"), ("fr_FR.UTF-8", "juil"), ("ja_JP", "7月")]
)
def test_month_is_a_word_of_list(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, locale: str, word: str
) -> None:
    """In the language of LC_TIME besides English."""
    monkeypatch.setenv("LC_TIME", locale)
    assert countdown("list", word, "2022").titles == countdown("list", "July", "2022").titles
    assert countdown("list", "xyzzy", "2022").code == 1
