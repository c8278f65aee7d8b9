"""`countdown list` and `countdown`: what is ahead, and every filter."""

import json
import shlex
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import pytest

from countdown.core.release import Release
from countdown.index import query, record
from tests.cli.conftest import Countdown

pytestmark = pytest.mark.usefixtures("indexed_july")

AHEAD = [
    "Thor: Love and Thunder",
    "The Gray Man",
    "Andor",
    "Guillermo del Toro's Pinocchio",
    "The Mandalorian, season 3",
    "Dune: Part Two",
    "Ahsoka",
    "Furiosa",
]
UNDATED = ["Extraction 2", "The Witcher, season 3", "Deadpool 3"]
OUT = [
    "The Terminal List, season 1",
    "Spiderhead",
    "Extraction",
    "Thor: Ragnarok",
    "Thor",
]


def test_thor_is_three_days_away_in_brazil(countdown: Countdown) -> None:
    """The article's headline: Brazil's date, without naming the region that is the user's own."""
    first = countdown("list", "--region", "BR").out.splitlines()[0]
    assert first.split("\t")[:4] == ["Thor: Love and Thunder", "film", "7 Jul 2022", "in 3 days"]


def test_thor_is_four_days_away_in_the_united_states(countdown: Countdown) -> None:
    """A date belongs to a region: the same evening, another count."""
    first = countdown("list", "--region", "US").out.splitlines()[0]
    assert first.split("\t")[2:4] == ["8 Jul 2022", "in 4 days"]


def test_another_regions_date_is_labelled_with_it(countdown: Countdown) -> None:
    """A fan in Germany is shown the date of the home market, and whose it is."""
    first = countdown("list", "--region", "DE").out.splitlines()[0]
    assert first.split("\t")[2] == "8 Jul 2022 US"


def test_dated_releases_stand_soonest_first_and_undated_ones_below(countdown: Countdown) -> None:
    """The whole list, in order."""
    assert countdown("list").titles == AHEAD + UNDATED


def test_a_bare_countdown_shows_the_same_list(countdown: Countdown) -> None:
    """Piped, it is the list and no hint."""
    assert countdown() == countdown("list")


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("--actor hemsworth", ["Thor: Love and Thunder", "Furiosa", "Extraction 2"]),
        ("--kind series --platform disney", ["Andor", "The Mandalorian, season 3", "Ahsoka"]),
        ("--kind TV,Movies --platform netflix", [AHEAD[1], AHEAD[3], *UNDATED[:2]]),
        ("--platform warner", ["Dune: Part Two", "Furiosa"]),
        ("--platform warner,disney --kind film --dated", [AHEAD[0], AHEAD[5], AHEAD[7]]),
        ("--stage shooting", ["Ahsoka", "Furiosa", "The Witcher, season 3"]),
        ("--actor zzz,hemsworth --kind movie --dated", ["Thor: Love and Thunder", "Furiosa"]),
        ("2024", ["Furiosa"]),
        ("2022 --dated", AHEAD[:4]),
        ("2020", ["Extraction"]),
        ("june", [AHEAD[6]]),
        ("july", ["Thor: Love and Thunder", "The Gray Man"]),
        ("jul 2022", ["Thor: Love and Thunder", "The Gray Man"]),
        ("feb", ["The Mandalorian, season 3", "Ahsoka"]),
        ("netflix", ["The Gray Man", AHEAD[3], "Extraction 2", "The Witcher, season 3"]),
        ("netflix 2022 films", ["The Gray Man", AHEAD[3]]),
        ("mcu", ["Thor: Love and Thunder", "Deadpool 3"]),
        ("chris hemsworth netflix", ["Extraction 2"]),
        ("hargrave", ["Extraction 2"]),
        ("shows,seasons --dated", ["Andor", "The Mandalorian, season 3", "Ahsoka"]),
        ("gray man", ["The Gray Man"]),
        ("2023 --to 2023-02", ["The Mandalorian, season 3", "Ahsoka"]),
        ("--actor hemsworth --kind film --dated", ["Thor: Love and Thunder", "Furiosa"]),
        ("--director waititi", ["Thor: Love and Thunder"]),
        ("--director hargrave --director levy", ["Extraction 2", "Deadpool 3"]),
        ("--title thor", []),  # That is the name of another, which is out.
        ("--title love", ["Thor: Love and Thunder"]),
        ("--title trovao", ["Thor: Love and Thunder"]),
        ("--platform disney+ --kind series", ["Andor", AHEAD[4], "Ahsoka"]),
        ("--franchise MCU", ["Thor: Love and Thunder", "Deadpool 3"]),
        ("--franchise marvel --undated", ["Deadpool 3"]),
        ("--kind season", ["The Mandalorian, season 3", "The Witcher, season 3"]),
        ("--stage filming", ["Ahsoka", "Furiosa", "The Witcher, season 3"]),
        ("--stage wrapped --stage development --undated", ["Extraction 2", "Deadpool 3"]),
        ("--within 4d", ["Thor: Love and Thunder"]),
        ("--within 2w", ["Thor: Love and Thunder"]),
        ("--within 1m", ["Thor: Love and Thunder", "The Gray Man"]),
        ("--within 1y", [*AHEAD[:5], "Ahsoka"]),
        ("--from 2023 --to 2023", AHEAD[4:7]),
        ("--from 2023-03-01", ["Dune: Part Two", "Ahsoka", "Furiosa"]),
        ("--to 8/31/2022", AHEAD[:3]),
        ("--undated", UNDATED),
        ("--dated", AHEAD),
        ("--released", OUT),
        ("--released --reverse", OUT[::-1]),
        ("--all", OUT[::-1] + AHEAD + UNDATED),
        ("--limit 2", AHEAD[:2]),
        ("--limit 9", [*AHEAD, "Extraction 2"]),
        ("--reverse --limit 2", ["Deadpool 3", "The Witcher, season 3"]),
        ("--sort title --limit 3", ["Ahsoka", "Andor", "Deadpool 3"]),
        ("--sort stage --limit 1", ["Thor: Love and Thunder"]),
        ("--sort kind --kind special --kind series --stage filming", [UNDATED[1], "Ahsoka"]),
        ("--sort platform --limit 1", ["Andor"]),
        ("--from 2020-01-01 --to 2020-12-31", ["Extraction"]),
        ("--stage released --title extraction", ["Extraction"]),
    ],
)
def test_filters_combine(countdown: Countdown, words: str, titles: list[str]) -> None:
    """Each filter narrows, the same one twice widens."""
    assert countdown("list", *words.split()).titles == titles


def test_a_type_counts_dates_of_that_type_alone(countdown: Countdown) -> None:
    """The Gray Man counts to its week in cinemas if that is what is asked for."""
    rows = countdown("list", "--type", "limited").out.splitlines()
    assert [row.split("\t")[:4] for row in rows] == [
        ["The Gray Man", "film", "15 Jul 2022 US limited", "in 11 days"]
    ]


def test_two_types_give_a_row_each(countdown: Countdown) -> None:
    """A release that comes out twice is listed twice, each in its place."""
    words = ("list", "--type", "limited", "--type", "streaming", "--title", "gray man")
    assert [row.split("\t")[2] for row in countdown(*words).out.splitlines()] == [
        "15 Jul 2022 US limited",
        "22 Jul 2022",
    ]


def test_nothing_that_matches_is_exit_code_1_with_a_remedy(countdown: Countdown) -> None:
    """A person is told what to try, a program gets an empty answer."""
    ran = countdown("list", "--platform", "betamax")
    assert (ran.code, ran.out) == (1, "")
    assert json.loads(countdown("list", "--platform", "x", "--json").out)["releases"] == []


ELSE: Final = "Nothing matches, but something does without"


@pytest.mark.parametrize(
    ("words", "err"),
    [
        ("--platform netflx", 'Nothing is on "netflx". Did you mean "Netflix"?'),
        ("--platform betamax --all", 'Nothing is on "betamax".'),
        ("--franchise MCV --kind film", 'No franchise is called "MCV".'),
        ("--title extractoin", 'No title has "extractoin". Did you mean "Extraction"'),
        ("--director hargravy", 'No director is called "hargravy". Did you mean "Sam Hargrave"?'),
        ("--person zzz,yyy", 'Nobody is called "zzz". Nobody is called "yyy".'),
        ("--actor zzz,chris --kind special", 'No actor is called "zzz".'),
        ("--platform netflix --within 1d", f"{ELSE} --within 1d."),
        ("--from 2031 --to 2032 --kind film", f"{ELSE} --from 2031 --to 2032."),
        ("--type physical --undated", f"{ELSE} --type physical."),
        ("--dated --title witcher", f"{ELSE} --title witcher or without --dated."),
        ("--followed --kind special", None),
        ("--title ragnarok", "Nothing matches that's still to come. Add --all"),
        ("--title ragnarok --kind film", "Nothing matches that's still to come. Add --all"),
        ("--within 0d", "Nothing matches --within 0d."),
        ("1999", "Nothing matches --from 1999 --to 1999."),
        ("--within 0d --kind short", "Nothing matches. Remove more than one filter."),
        ("--released --within 0d", f"{ELSE} --within 0d."),
        ("netflx", '"netflx" isn\'t a year, month, kind or platform, or any name'),
        ("netflix zzyzx", '"zzyzx" isn\'t a year, month,'),
        ("2041 2042", "Nothing matches --from 2041 --to 2042."),
        ("nov 2041 feb 2042", "Nothing matches --from 2041-11 --to 2042-02."),
        ("2042 2041", "Nothing matches --from 2041 --to 2042."),
        ("march may 2041", "Nothing matches --from 2041-03 --to 2041-05."),
    ],
)
def test_empty_answer_names_what_is_at_fault(
    words: str, err: str | None, countdown: Countdown
) -> None:
    """A name that nothing has, with the nearest one, or a filter without which something is."""
    ran = countdown("list", *words.split())
    if err is None:
        assert ran.code == 2
        return
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(err)


@pytest.mark.parametrize(
    ("words", "err"),
    [
        ("2041 2042 2043", "Name one year and month, or two for a span; else use --from and --to."),
        ("may 2041 2042", "Name one year and month, or two for a span; else use --from and --to."),
        ("may june july", "Name one year and month, or two for a span; else use --from and --to."),
        ("nov feb 2041", "Name the year of each month, or use --from and --to."),
    ],
)
def test_years_and_months_that_are_no_span_are_refused(
    words: str, err: str, countdown: Countdown
) -> None:
    """It could be any of several."""
    ran = countdown("list", *words.split())
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (2, "", err)


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("dec jan", ["Dec", "Jan"]),
        ("jan mar", ["Jan", "Mar"]),
        ("nov jan", ["Nov", "Dec", "Jan"]),
        ("2027 2028", ["Jan", "Mar", "Later"]),
        ("2026 2049", ["Later 2049"]),
    ],
)
def test_two_years_or_months_are_a_span(
    words: str, titles: list[str], catalogue: Callable[[str], Countdown]
) -> None:
    """The next one, also over the end of a year; a year that is a name stays one."""
    days = {"Nov": "2026-11-30", "Dec": "2026-12-01", "Jan": "2027-01-31", "Mar": "2027-03-31"}
    days |= {"Later": "2028-12-31", "Later 2049": "2026-12-31", "Last": "2029-01-01"}
    tables = [
        f'[[release]]\nid = "r-{at}"\ntitle = "{title}"\nkind = "film"\ndate = {day}\n'
        for at, (title, day) in enumerate(days.items())
    ]
    found = catalogue("".join(tables))("list", *words.split()).titles
    assert [title for title in found if title != "Later 2049" or "2049" in words] == titles


WORDS = "".join(
    f'[[release]]\nid = "{title.lower().replace(" ", "-")}"\ntitle = "{title}"\nkind = "film"\n'
    f"{more}\n"
    for title, more in {
        "Max": "date = 2027-01-01",
        "Mel": "",
        "A Mad Film": 'franchise = ["Mad Max"]',
        "A Stream": 'platform = ["Mel"]',
        "A Maxim": 'cast = ["Max Ray", "Mel"]',
        "Old": 'cast = ["Old Ray"]\nstage = "released"\ndate = 2020-01-01',
        "Old Two": 'cast = ["Older Hand"]',
        "Oldest Two": "",
    }.items()
)


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("max", ["Max", "A Mad Film"]),
        ("max 2027", ["Max"]),
        ("mel", ["A Stream", "Mel"]),
        ("old", ["Old Two"]),
        ("old --all", ["Old", "Old Two"]),
        ("'old ray'", []),
        ("old ray --all", ["Old"]),
        ("older", ["Old Two"]),
        ("ray", ["A Maxim"]),
        ("oldest", ["Oldest Two"]),
    ],
)
@pytest.mark.parametrize("command", ["list", "next"])
def test_word_finds_what_has_exactly_that_title(
    command: str, words: str, titles: list[str], catalogue: Callable[[str], Countdown]
) -> None:
    """Also if it is another name, or begins one. Titles with a person's first name count too."""
    countdown = catalogue(WORDS)
    if command == "list":
        assert countdown("list", *shlex.split(words)).titles == titles
    elif "Max" in titles:
        assert countdown("next", *words.split()).titles == ["Max"]


def test_full_name_comes_before_the_beginning_of_another(
    catalogue: Callable[[str], Countdown],
) -> None:
    """Whatever their kinds are: a platform before a franchise."""
    tables = WORDS.replace('["Mel"]', '["Max"]').replace('"Max"\n', '"M"\n')
    countdown = catalogue(tables.replace('id = "max"', 'id = "m"'))
    assert countdown("list", "max").titles == ["A Stream"]


def test_word_of_several_kinds_is_named_as_it_was_typed(
    catalogue: Callable[[str], Countdown],
) -> None:
    """In the answer that finds nothing: no option means the same."""
    err = catalogue(WORDS)("list", "max", "--title", "mel").err
    assert err == "Nothing matches, but something does without max or without --title mel.\n"


def test_unknown_word_is_answered_with_near_ones(countdown: Countdown) -> None:
    """Of everything that a word can be."""
    assert countdown("list", "netflx").err.splitlines()[1:] == ['Did you mean "Netflix"?']
    assert countdown("list", "qqqqq").err.splitlines()[1:] == []


def test_empty_catalogue_has_nothing_ahead(catalogue: Callable[[str], Countdown]) -> None:
    """And no filter is at fault."""
    assert catalogue("")("list").err == "Nothing is coming.\n"


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("--kind filmm", 'Unknown kind "filmm". Did you mean "film"?'),
        ("--kind x", 'Unknown kind "x". Choose film, series, season, special, short.'),
        ("--stage film,done,fliming", 'Unknown stage "film". Did you mean "filming"?'),
        ("--type cinemas,dvds,vods,x", 'Unknown type "x". Choose theatrical, '),
    ],
)
def test_unknown_choice_is_answered_with_the_nearest_one(
    words: str, hint: str, countdown: Countdown
) -> None:
    """Exit code 2."""
    ran = countdown("list", *words.split())
    assert (ran.code, ran.out) == (2, "")
    assert hint in ran.err


def test_a_range_that_ends_before_it_begins_is_refused(countdown: Countdown) -> None:
    """Rather than answered with nothing."""
    ran = countdown("list", "--from", "2028", "--to", "2027")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "The range ends (2027-12-31) before it starts (2028-01-01). Swap --from and --to.\n"
    )


def test_an_overdue_window_stays_on_the_list(catalogue: Callable[[str], Countdown]) -> None:
    """Nobody has confirmed a release, so it is not called out; it stands first."""
    countdown = catalogue(
        '[[release]]\nid = "a"\ntitle = "Late"\nkind = "film"\ndate = "2026-10"\n'
        '[[release]]\nid = "b"\ntitle = "Soon"\nkind = "film"\ndate = 2026-11-23\n'
    )
    assert countdown("list").out == (
        "Late\tfilm\tOct 2026\tdue 22 days ago\t\t\nSoon\tfilm\t23 Nov 2026\ttomorrow\t\t\n"
    )


def test_cancelled_productions_are_listed_only_when_asked_for(
    catalogue: Callable[[str], Countdown],
) -> None:
    """An on-hold one may go on; a cancelled one will not."""
    countdown = catalogue(
        '[[release]]\nid = "a"\ntitle = "Axed"\nkind = "film"\nstage = "cancelled"\n'
        '[[release]]\nid = "b"\ntitle = "Held"\nkind = "film"\nstage = "on-hold"\ndate = "2027"\n'
    )
    assert countdown("list").titles == ["Held"]
    assert countdown("list", "--all").titles == ["Held", "Axed"]
    assert countdown("list", "--stage", "cancelled").titles == ["Axed"]
    assert countdown("list", "--within", "2y").code == 1


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "tsv", "markdown", "plain", "table"])
def test_every_format_holds_every_release(
    countdown: Countdown, format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost between formats."""
    monkeypatch.setenv("COLUMNS", "120")
    out = countdown("list", "--format", format, "--limit", "3").out
    for title in AHEAD[:3]:
        assert title in out


def test_markdown_escapes_what_is_special_in_it(catalogue: Callable[[str], Countdown]) -> None:
    """A title can't start a table cell, a link or an emphasis of its own."""
    countdown = catalogue('[[release]]\nid = "a"\ntitle = "A|B *[x](y)* <b>"\nkind = "film"\n')
    out = countdown("list", "--format", "markdown").out
    assert r"| A\|B \*\[x\](y)\* \<b\> |" in out


def test_csv_and_tsv_say_the_same(countdown: Countdown) -> None:
    """One flattened contract, two separators."""
    import csv

    comma = list(csv.DictReader(countdown("list", "--format", "csv").out.splitlines()))
    tab = list(
        csv.DictReader(countdown("list", "--format", "tsv").out.splitlines(), delimiter="\t")
    )
    assert comma == tab
    assert comma[0]["title"] == "Thor: Love and Thunder"
    assert (comma[0]["earliest"], comma[0]["days_min"], comma[0]["precision"]) == (
        "2022-07-08",
        "4",
        "day",
    )
    assert comma[-1]["earliest"] == ""


def test_raw_is_an_option_of_csv_and_tsv(countdown: Countdown) -> None:
    """Elsewhere it would do nothing, so it is refused."""
    for words in ("list --format csv --raw", "--raw list --format tsv"):
        assert countdown(*words.split()).code == 0
    for words in ("list --raw", "next --json --raw"):
        refused = countdown(*words.split())
        assert (refused.code, refused.out) == (2, "")
        assert "--raw needs --format csv or --format tsv." in refused.err
    for command in ("remind", "check", "add", "doctor", "mine"):
        assert countdown("--raw", command).code == 2
        assert "--raw" not in countdown(command, "--help").out


def test_csv_of_nothing_is_nothing(countdown: Countdown) -> None:
    """Not even a heading, so that a script sees an empty file."""
    assert countdown("list", "--platform", "x", "--format", "csv").out == ""


def test_json_follows_the_contract(countdown: Countdown) -> None:
    """The shape that is promised, on the evening of the article."""
    document = json.loads(countdown("list", "--json", "--region", "BR").out)
    assert {key: document[key] for key in ("schema", "as_of", "region")} == {
        "schema": 1,
        "as_of": "2022-07-04",
        "region": "BR",
    }
    thor = document["releases"][0]
    assert thor["date"] == {
        "edtf": "2022-07-07",
        "earliest": "2022-07-07",
        "latest": "2022-07-07",
        "precision": "day",
        "instant": None,
        "region": "BR",
        "place": None,
        "type": "theatrical",
        "unverified": False,
        "fallback": False,
    }
    assert (thor["state"], thor["days"], thor["text"]) == (
        "upcoming",
        {"min": 3, "max": 3},
        "in 3 days",
    )
    assert {"name": "Christian Bale", "role": "Gorr the God Butcher"} in thor["cast"]
    extraction = next(one for one in document["releases"] if one["id"] == "extraction-2")
    assert (extraction["state"], extraction["date"], extraction["days"]) == ("undated", None, None)


def test_a_window_is_never_given_a_day(countdown: Countdown) -> None:
    """December 2022 stays a month in JSON, with both ends and both counts."""
    found = json.loads(countdown("list", "--json", "--title", "pinocchio").out)["releases"][0]
    assert found["date"]["edtf"] == "2022-12"
    assert found["date"]["precision"] == "month"
    assert found["days"] == {"min": 150, "max": 180}
    assert found["text"] == "December 2022 · 25 weeks"


def test_days_are_exact_where_they_are_wanted(countdown: Countdown) -> None:
    """In every format and command that lists releases, before the command's name and after it."""
    for words in (("list",), ("search", "dune"), ("actor", "zendaya"), ("dune",)):
        assert "in 16 months" in countdown(*words, "--format", "markdown").out or words == ("dune",)
        for line in ((*words, "--days"), ("--days", *words)):
            assert "501 days" in countdown(*line, "--format", "markdown").out.replace("In ", "in ")
            for format in ("json", "csv"):
                assert "in 501 days" in countdown(*line, "--format", format).out
    window = countdown("list", "--json", "--title", "pinocchio", "--days").out
    assert json.loads(window)["releases"][0]["text"] == "in 150 to 180 days"


def test_next_counts_exact_days_for_programs_too(countdown: Countdown) -> None:
    """Like the large digits; only the text of JSON is a phrase."""
    assert "\tin 501 days\t" in countdown("next", "dune", "2023", "--format", "plain").out
    assert '"text": "in 16 months"' in countdown("next", "dune", "2023", "--json").out


@pytest.mark.parametrize("words", ["add X", "undo", "config", "prompt", "mine", "unfollow X"])
def test_days_are_not_for_commands_without_a_list(words: str, countdown: Countdown) -> None:
    """They count to nothing, or have a template."""
    assert countdown("--days", *words.split()).code == 2
    assert countdown(*words.split(), "--days").code == 2


UNSORTED = ("iZombie", "Zorro", "Éternels 2", "The Batman", "Toy Story 6", "Toy Story 10")


@pytest.mark.parametrize(
    "words", [["list"], ["list", "--sort", "title"], ["list", "--sort", "kind"]], ids=" ".join
)
def test_titles_of_one_day_are_in_the_order_of_people(
    words: list[str], catalogue: Callable[[str], Countdown]
) -> None:
    """Not of code points: capitals and accents don't count, numbers do."""
    fan = catalogue(
        "".join(
            f'[[release]]\nid = "r{n}"\ntitle = "{title}"\nkind = "film"\ndate = 2027-01-01\n'
            for n, title in enumerate(UNSORTED)
        )
    )
    expected = ["Éternels 2", "iZombie", "The Batman", "Toy Story 6", "Toy Story 10", "Zorro"]
    assert fan(*words).titles == expected
    line = fan("prompt", "--count", "6", "--format", "{title}").out
    assert line == f"{', '.join(expected)}\n"


def test_platforms_are_in_the_order_of_people(catalogue: Callable[[str], Countdown]) -> None:
    """And what has none comes last."""
    platforms = ("netflix", "Émile", "", "Amazon", "HBO")
    fan = catalogue(
        "".join(
            f'[[release]]\nid = "r{n}"\ntitle = "{name or "None"}"\nkind = "film"\n'
            f"date = 2027-01-01\nplatform = {[name] if name else []}\n"
            for n, name in enumerate(platforms)
        )
    )
    assert fan("list", "--sort", "platform").titles == ["Amazon", "Émile", "HBO", "netflix", "None"]


ALL: Final = "countdown list"


@pytest.mark.parametrize(
    ("words", "footer"),
    [
        ("", f"5 out already|{ALL} --all"),
        ("--all", ""),
        ("--released", ""),
        ("--undated", ""),
        ("--dated", f"5 out already · 3 without a date|{ALL} --dated --all · countdown status"),
        ("--limit 3", f"8 more · 5 out already|{ALL} · {ALL} --all"),
        ("--no-pager --no-color --limit=3", f"8 more · 5 out already|{ALL} · {ALL} --all"),
        ("--limit 11", f"5 out already|{ALL} --all"),
        ("--limit 3 --all", f"13 more|{ALL} --all"),
        ("--reverse --limit 3", f"8 more · 5 out already|{ALL} --reverse · {ALL} --reverse --all"),
        ("--released --limit 3", f"2 more|{ALL} --released"),
        (
            "--sort title --limit 7 --dated",
            f"1 more · 5 out already · 3 without a date|{ALL} "
            f"--sort title --dated {ALL} --sort title --dated --all countdown status",
        ),
        ("2023", "3 without a date|countdown status"),
        ("2023 netflix", ""),
        ("--within 30d", "3 without a date|countdown status"),
        ("--type streaming", "3 without a date|countdown status"),
        ("--stage filming", ""),
        ("--stage released --title extraction", ""),
        ("thor", f"2 out already|{ALL} thor --all"),
        ("--actor hemsworth", f"4 out already|{ALL} --actor hemsworth --all"),
        ("--kind series", f"1 out already|{ALL} --kind series --all"),
    ],
)
def test_list_has_counts_of_missing_releases(countdown: Countdown, words: str, footer: str) -> None:
    """On a terminal, with the command that does."""
    out = countdown("list", "--format", "table", *words.split()).out
    last = out.rpartition("\n\n")[2] if footer else ""
    facts, _, commands = footer.partition("|")
    lines = " ".join(last.split())
    assert lines == f"{facts} {commands}".strip()
    if not footer:
        assert "out already" not in out
        assert " more" not in out


def test_list_says_what_is_cancelled(catalogue: Callable[[str], Countdown]) -> None:
    """It is not out, and not to come; who asks for it needs no hint."""
    tables = "".join(
        f'[[release]]\nid = "r{n}"\ntitle = "A {n}"\nkind = "film"\n{facts}\n'
        for n, facts in enumerate(
            ("date = 2027-01-01", "date = 2020-01-01", 'stage = "cancelled"', 'stage = "on-hold"')
        )
    )
    fan = catalogue(tables)
    hint = "1 out already · 1 cancelled   countdown list --all\n"
    assert fan("list", "--format", "table").out.endswith(hint)
    dated = fan("list", "--format", "table", "--dated").out
    assert "1 out already · 1 cancelled · 1 without a date\n" in dated
    asked = fan("list", "--format", "table", "--stage", "cancelled").out
    assert "cancelled\n" not in asked.replace("cancelled  A 2", "")


def test_hints_of_a_list_are_words_for_a_shell(catalogue: Callable[[str], Countdown]) -> None:
    """Nothing in them is run."""
    fan = catalogue(
        '[[release]]\nid = "a"\ntitle = "$(x) One"\nkind = "film"\ndate = 2020-01-01\n'
        '[[release]]\nid = "b"\ntitle = "$(x) Two"\nkind = "film"\ndate = 2027-01-01\n'
    )
    out = fan("list", "$(x)", "--format", "table").out
    assert "countdown list '$(x)' --all\n" in out


def test_large_catalogue_is_not_read_to_count_what_a_limit_leaves(
    catalogue: Callable[[str], Countdown], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list says that there is more, but not how much."""
    fan = catalogue(
        "".join(
            f'[[release]]\nid = "r{n}"\ntitle = "A {n}"\nkind = "film"\n'
            f"date = {date(2027, 1, 1) + timedelta(n)}\n"
            for n in range(1001)
        )
    )
    fan("list", "--limit", "1")
    read: list[str] = []

    def unpack(text: str) -> Release:
        read.append(text)
        return record.unpack(text)

    monkeypatch.setattr(query, "unpack", unpack)
    out = fan("list", "--format", "table", "--limit", "2").out
    assert out.endswith("\nMore match   countdown list\n")
    assert len(read) < 100
    whole = fan("list", "--format", "table", "--limit", "1001").out
    assert "more" not in whole.lower()
