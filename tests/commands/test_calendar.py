"""`countdown calendar`: releases on their days, and windows never on one."""

import json
import re
from collections.abc import Callable

import pytest

from tests.cli.conftest import Countdown

pytestmark = pytest.mark.usefixtures("indexed_july")

Catalogue = Callable[[str], Countdown]


def releases(*dates: str) -> str:
    """A release for each of *dates*, called A, B and so on."""
    return "\n".join(
        f'[[release]]\nid = "{letter.lower()}"\ntitle = "{letter}"\nkind = "film"\n{date}'
        for letter, date in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", dates, strict=False)
    )


def test_days_stand_in_their_grid(countdown: Countdown, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weeks begin on Sunday in Brazil; each release has the sign of its urgency on its day."""
    monkeypatch.setenv("LC_TIME", "en_GB.UTF-8")
    lines = countdown("calendar", "july", "--format", "table", "--region", "BR").out.splitlines()
    assert lines[2].startswith("July (")
    assert lines[3].startswith("Mo Tu We Th Fr Sa Su     1  The Terminal List, season 1")
    assert lines[4].startswith("             1✓ 2  3     7  Thor: Love and Thunder")
    assert lines[5].startswith(" 4◂ 5  6  7● 8  9 10    22  The Gray Man")
    monkeypatch.setenv("LC_TIME", "pt_BR.UTF-8")
    out = countdown("calendar", "julho", "--format", "table").out
    assert "julho (" in out
    assert "do se te qu qu se sá" in out


def test_a_window_is_on_no_day(catalogue: Catalogue) -> None:
    """Neither a month, nor an approximate day, nor a quarter: they are listed where they end."""
    run = catalogue(
        releases('date = "2026-12"', 'date = "2026-12-20~"', 'date = "2027-01-31"', "")
        + '\n[[release]]\nid = "q"\ntitle = "Quarter"\nkind = "film"\ndate = "Q1 2027"\n'
        + '[[release]]\nid = "o"\ntitle = "Open"\nkind = "film"\ndate = "2026-12/.."\n'
    )
    out = run("calendar", "december", "--format", "table").out
    grid = [line[:21] for line in out.splitlines()[3:9]]
    assert not any(sign in line for line in grid for sign in "●◐○◇")
    assert " ◇  B · about 20 Dec 2026" in out
    assert " ◇  A · Dec 2026" in out
    assert "Dec 2026 or later  Open" in out
    assert "Quarter" not in out
    first = run("calendar", "Q1 2027", "--format", "table").out
    assert " ◇  Quarter · Q1 2027" in first
    assert "March 2027 (1)" in first
    assert "31○" in first


def test_today_is_marked_with_and_without_a_release(catalogue: Catalogue) -> None:
    """By a sign of its own, or the one of what comes out."""
    run = catalogue(releases("date = 2026-11-22", "date = 2026-11-23"))
    out = run("calendar", "november", "--format", "table").out
    assert "22★" in out
    assert "◂" not in out
    out = run("calendar", "november", "--format", "table", "--as-of", "2026-11-21").out
    assert "21◂" in out
    assert "◂ today" in out
    assert "◂" not in run("calendar", "december", "--format", "table").out


@pytest.mark.parametrize(
    ("words", "months"),
    [
        (("2027-03",), ["March 2027"]),
        (("march",), ["March 2027"]),
        (("november",), ["November 2026"]),
        (("next", "month"), ["December 2026"]),
        (("Q1 2027",), ["January 2027", "March 2027"]),
        (("2027-03", "--months", "2"), ["March 2027", "April 2027"]),
        (("--from", "2027-03-02", "--to", "2027-04-01"), ["March 2027", "April 2027"]),
        (("--to", "2026-12-31"), ["November 2026", "December 2026"]),
        (("--from", "2027-03"), ["March 2027", "April 2027"]),
        (("--within", "5w"), ["November 2026", "December 2026"]),
        ((), ["November 2026", "December 2026", "January 2027"]),
    ],
)
def test_months_are_named_as_people_do(
    catalogue: Catalogue, words: tuple[str, ...], months: list[str]
) -> None:
    """A month, a quarter, a number of months, or the range of the filters."""
    days = ("2026-11-30", "2026-12-07", "2027-01-04", "2027-03-05", "2027-04-01", "2027-07-01")
    run = catalogue(releases(*(f"date = {day}" for day in days)))
    out = run("calendar", *words, "--format", "markdown").out
    headings = [line[3:].split(" ·")[0] for line in out.splitlines() if line.startswith("## ")]
    assert headings == months


def test_a_month_that_is_none_is_refused(countdown: Countdown) -> None:
    """So are more months than a calendar shows."""
    answer = countdown("calendar", "smarch")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith('MONTH: Can\'t read "smarch" as a date. Write one like')
    assert countdown("calendar", "2020s").err == 'MONTH: "2020s" is longer than 36 months.\n'
    assert countdown("calendar", "--months", "99").code == 2


def test_filters_are_those_of_a_list(countdown: Countdown) -> None:
    """And an empty month says which one was too many."""
    assert countdown("calendar", "--platform", "netflix").titles == ["The Gray Man"]
    answer = countdown("calendar", "--platform", "netflix", "--actor", "hemsworth")
    assert answer.code == 1
    assert "without --actor" in answer.err
    empty = countdown("calendar", "2031-01", "--format", "table")
    assert empty.code == 1
    assert "January 2031" in empty.out
    assert empty.err == "Nothing comes out in these months.\n"


def test_the_end_of_the_calendar_is_no_traceback(countdown: Countdown) -> None:
    """December 9999 is the last month there is."""
    answer = countdown("calendar", "9999-12", "--months", "3", "--format", "table")
    assert answer.out.count("December 9999") == 1
    assert countdown("calendar", "january", "--as-of", "9999-12-30").code == 2


def test_bare_calendar_fits_the_screen(shipped: Countdown, monkeypatch: pytest.MonkeyPatch) -> None:
    """It leaves out what is out, and says which command shows the rest."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    out = shipped("calendar", "--format", "table").out
    assert len(out.splitlines()) <= 22
    assert "out already · " in out
    assert "more until January 2027" in out
    assert "countdown calendar --months 3" in out
    monkeypatch.setenv("LINES", "5")
    assert "November (" in shipped("calendar", "--format", "table").out
    monkeypatch.setenv("LINES", "100")
    assert "more until" not in shipped("calendar", "--format", "table").out


def test_a_month_that_is_too_long_for_the_screen_is_cut(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The releases that are followed stay, and what is missing is counted."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    tables = "".join(
        f'[[release]]\nid = "n{n}"\ntitle = "Night {n}"\nkind = "film"\ndate = 2026-12-{n:02}\n'
        for n in range(1, 31)
    )
    ahead = catalogue(tables)
    assert ahead("follow", "Night 29").code == 0
    out = ahead("calendar", "--format", "table", "--no-pager").out
    assert len(out.splitlines()) <= 24
    shown = re.findall(r"Night (\d+)", out)
    assert shown == ["1", "2", "3", "4", "29"]
    assert "and 25 more" in out
    monkeypatch.setenv("LINES", "26")
    taller = ahead("calendar", "--format", "table", "--no-pager").out
    assert len(out.splitlines()) < len(taller.splitlines()) <= 26
    monkeypatch.setenv("LINES", "60")
    assert " more" not in ahead("calendar", "--format", "table", "--no-pager").out


def test_months_stand_side_by_side(countdown: Countdown, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at 120 columns, also in ASCII, where a heart is two characters."""
    monkeypatch.setenv("COLUMNS", "120")
    uneven = countdown("calendar", "2022-01", "--months", "2", "--format", "table").out
    assert "24 25 26 27 28 29 30" in uneven
    assert not any(line.endswith(" ") for line in uneven.splitlines())
    assert countdown("follow", "--title", "Thor: Love and Thunder").code == 0
    for locale in ("en_GB.UTF-8", "C"):
        monkeypatch.setenv("LC_ALL", locale)
        lines = countdown("calendar", "july", "--months", "2", "--format", "table").out
        grids = [line.index("Mo Tu", 5) for line in lines.splitlines() if line.count("Mo Tu") > 1]
        assert len(grids) == 1
        thor = next(line for line in lines.splitlines() if "Thor: Love" in line)
        assert ("<3" in thor) == (locale == "C")
        assert thor[grids[0] :].strip().startswith("1  2") or "8  9" in thor[grids[0] :]


def test_a_narrow_terminal_has_releases_below_the_grid(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long titles go on in the next line, no line ends in a space, and nothing is cut."""
    monkeypatch.setenv("COLUMNS", "28")
    out = countdown("calendar", "july", "--format", "table").out
    assert "29 30 31\n 1  The Terminal List,\n    season 1\n" in out.replace("25 26 27 28 ", "")
    assert not any(line.endswith(" ") for line in out.splitlines())


def test_followed_and_doubtful_ones_are_marked(catalogue: Catalogue) -> None:
    """With the heart of `list`, and with a question mark behind the day."""
    run = catalogue(
        releases(
            'date = 2026-12-01\nunverified = ["date"]',
            "date = 2026-12-01",
            'dates = [{ date = 2026-12-03, region = "FR", type = "limited" }]',
        )
    )
    run("follow", "--title", "B")
    out = run("calendar", "december", "--format", "table", "--region", "US").out
    assert " 1? A\n" in out
    assert "    B ♥\n" in out
    assert " 3  C (limited) FR\n" in out
    assert "♥ you follow it" in out


def test_sentences_go_by_day(catalogue: Catalogue) -> None:
    """Each day is a line above its releases; what has no day comes last."""
    run = catalogue(releases("date = 2026-12-01", "date = 2026-12-01", 'date = "2026-12"'))
    lines = run("calendar", "december", "--accessible").out.splitlines()
    starts = [line.split(".")[0] for line in lines]
    assert starts == [
        "December 2026, as of 22 Nov 2026:",
        *("Tue 1 Dec:", "A", "B", "No day yet:", "C"),
    ]


def test_programs_get_releases(countdown: Countdown) -> None:
    """By the contract; as rows in other formats."""
    document = json.loads(countdown("calendar", "july", "--json").out)
    assert [each["id"] for each in document["releases"]][-1] == "the-gray-man"
    assert countdown("calendar", "july", "--format", "csv").out.startswith("id,title,")
