"""`actor`, `show`, bare titles, `status`, `search`, `next`: one release or person found."""

import json
import re
import shlex
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from countdown.cli import session
from tests.cli.conftest import Countdown

pytestmark = pytest.mark.usefixtures("indexed_july")


def test_an_actors_releases_stand_with_roles(countdown: Countdown) -> None:
    """Dated and undated, but not what is out already."""
    assert countdown("actor", "Chris Hemsworth", "--days").out.splitlines() == [
        "Thor: Love and Thunder\tThor\t8 Jul 2022 US\tin 4 days\tWalt Disney Studios"
        "\tChris Hemsworth",
        "Furiosa\t\t24 May 2024 US\tin 690 days\tWarner Bros. Pictures\tChris Hemsworth",
        "Extraction 2\tTyler Rake?\tno date yet\twrapped\tNetflix\tChris Hemsworth",
    ]


def test_all_adds_what_is_out(countdown: Countdown) -> None:
    """Oldest first, then what is ahead."""
    titles = countdown("actor", "chris hemsworth", "--all").titles
    assert titles[:3] == ["Thor", "Thor: Ragnarok", "Extraction"]
    assert titles[-1] == "Extraction 2"


def test_a_surname_finds_and_groups_everyone_who_has_it(shipped: Countdown) -> None:
    """Chris and Liam, each under their own name."""
    out = shipped("actor", "hemsworth", "--format", "table").out
    chris, liam = (line for line in out.splitlines() if "Hemsworth   next: " in line)
    assert re.fullmatch(
        r"Chris \S+   next: Avengers: Doomsday in 26 days · \d ahead · \d+ out", chris
    )
    assert re.match(r"Liam \S+   next: The Witcher, season 5 by 31 Dec · \d ahead", liam)
    assert out.startswith("2 people   Sun 22 Nov 2026\n")
    assert re.search(r"\d+ out already   countdown actor hemsworth --all\n", out)


@pytest.mark.parametrize(
    ("words", "footer"),
    [
        ((), "N out already · not followed yet|{actor} --all · {follow}"),
        (("--all",), "Not followed yet   {follow}"),
        (
            ("--limit", "2"),
            "N more · N out already · not followed yet   {actor}|{actor} --all   {follow}",
        ),
        (("--limit", "6"), "N out already · not followed yet|{actor} --all · {follow}"),
        (("--limit", "2", "--all"), "N more · not followed yet|{actor} --all · {follow}"),
    ],
)
def test_actor_says_what_is_not_shown(
    shipped: Countdown, words: tuple[str, ...], footer: str
) -> None:
    """And each with the command that shows it, by the whole name."""
    out = shipped("actor", "chris", "hemsw", *words, "--format", "table").out
    out = re.sub(r"\d+ (more|out already)", r"N \1", out)  # The catalogue grows.
    name = '"Chris Hemsworth"'
    lines = footer.format(actor=f"countdown actor {name}", follow=f"countdown follow {name}")
    assert f"\n\n{lines}\n".replace("|", "\n") in out


def test_actor_has_a_heart_for_who_is_followed(shipped: Countdown) -> None:
    """And for what is followed because of it; nothing says how to follow then."""
    shipped("follow", "chris hemsworth")
    out = shipped("actor", "chris hemsworth", "--format", "table").out
    assert out.startswith("Chris Hemsworth ♥   next: Avengers: Doomsday")
    assert "♥  Avengers: Doomsday" in out
    assert " out already   countdown actor" in out
    assert "countdown follow" not in out
    plain = shipped("actor", "chris hemsworth").out
    assert plain.startswith("Avengers: Doomsday\t")


def test_actor_says_what_is_cancelled(catalogue: Callable[[str], Countdown]) -> None:
    """It is neither ahead nor out."""
    countdown = catalogue(
        "".join(
            f'[[release]]\nid = "r{n}"\ntitle = "A {n}"\nkind = "film"\ncast = ["Bo Cy"]\n{facts}\n'
            for n, facts in enumerate(("date = 2027-01-01", "", 'stage = "cancelled"'))
        )
    )
    out = countdown("actor", "bo", "--format", "table").out
    assert out.startswith("Bo Cy   next: A 0 in 40 days · 2 ahead\n")
    assert "\n1 cancelled · not followed yet\n" in out
    assert "  Left  Title  Q4 2026 " in out
    assert "cancelled ·" not in countdown("actor", "bo", "--all", "--format", "table").out


def test_titles_to_choose_from_are_marked_if_they_are_followed(countdown: Countdown) -> None:
    """As in every list."""
    countdown("follow", "--title", "thor: ragnarok")
    listed = countdown("show", "tho", "--format", "table").out
    assert "♥  Thor: Ragnarok" in listed


def test_name_is_quoted_for_the_shell(catalogue: Callable[[str], Countdown]) -> None:
    """Nothing in it is run."""
    countdown = catalogue(
        '[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\ncast = ["Bo $(x) `y`"]\n'
    )
    out = countdown("actor", "bo", "--format", "table").out
    assert "countdown follow 'Bo $(x) `y`'\n" in out


@pytest.mark.parametrize("name", ["penelope cruz", "PENÉLOPE CRUZ", "cruz", "pen cru"])
def test_case_accents_and_half_names_do_not_matter(shipped: Countdown, name: str) -> None:
    """Penélope Cruz is found however she is typed."""
    assert shipped("actor", name).titles[0] == "Day Drinker"


def test_an_unknown_name_gets_the_nearest_ones(countdown: Countdown) -> None:
    """Exit code 1, nothing on stdout."""
    ran = countdown("actor", "Cris Hemswort")
    assert (ran.code, ran.out) == (1, "")
    assert '"Chris Hemsworth"' in ran.err
    assert countdown("actor", "Zzyzx").err == (
        'Nobody in the catalogue is called "Zzyzx". Part of a name is enough.\n'
        "To find what they're in online: countdown follow --person Zzyzx, then: countdown refresh\n"
    )


def test_an_actor_with_nothing_ahead_is_told_apart_from_an_unknown_one(
    countdown: Countdown,
) -> None:
    """David Harbour was in the first film, and it is out."""
    ran = countdown("actor", "David Harbour")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        'Nothing is coming for "David Harbour". Add --all to include released titles.\n'
    )


@pytest.mark.parametrize("word", ["actor", "person"])
def test_a_director_is_found_with_the_job(word: str, countdown: Countdown) -> None:
    """By the words that people have for it."""
    assert countdown(word, "sam", "hargrave", "--all").out.splitlines()[0].split("\t")[:2] == [
        "Extraction",
        "director",
    ]


@pytest.mark.parametrize("title", ["Extraction 2", "Rescue 2", "resgate 2", "extraction-2"])
def test_any_of_its_titles_finds_a_release(countdown: Countdown, title: str) -> None:
    """The Brazilian title of the article as well as the id."""
    out = countdown("show", title, "--format", "table").out
    assert "Extraction 2" in out.splitlines()[0]
    assert "No date announced" in out


def test_show_tells_all_of_the_articles_facts(countdown: Countdown) -> None:
    """Dates by region, moves, cast with roles, makers, aliases, sources."""
    out = countdown("show", "thor", "love", "--format", "table", "--region", "BR").out
    for fact in (
        "In 3 days · Thursday, 7 July 2022",
        "United States  theatrical  Fri 8 Jul 2022  in 4 days",
        "Christian Bale",
        "Gorr",
        "Natalie Portman",
        "Chris Pratt",
        "Jaimie Alexander",
        "Taika Waititi",
        "Thor: Amor e Trovão",
        "Marvel Cinematic Universe",
        " 6 May 2022  12 weeks later",
        " 8 Jul 2022  9 weeks later ",
        "Sequel to",
        "Checked",
        "movieweb.com 24 Apr 2020",
        "countdown show thor-love-and-thunder --sources",
    ):
        assert fact in out
    assert "https://" not in out
    whole = countdown("thor", "love", "--sources", "--format", "table").out
    assert " https://movieweb.com/thor-4-release-date-change/\n" in whole


def test_several_hits_are_listed(countdown: Countdown) -> None:
    """A word that several titles have gives a list to choose from."""
    ran = countdown("show", "ra")
    assert ran.code == 0
    assert {"Thor: Ragnarok"} <= set(ran.titles)
    assert len(ran.titles) > 1


def test_no_hit_suggests_the_nearest_title(countdown: Countdown) -> None:
    """Exit code 1, nothing on stdout."""
    ran = countdown("show", "Extracton 2")
    assert (ran.code, ran.out) == (1, "")
    assert 'Did you mean "Extraction 2"' in ran.err
    assert countdown("show", "Zzyzx").err == (
        '"Zzyzx" isn\'t in the catalogue (16 titles, checked Jul 2022).\n'
        "To find it online: countdown search --online Zzyzx\n"
        "To add it: countdown add Zzyzx\n"
    )


LABELLED = """
[[release]]
id = "a"
title = "Aa"
kind = "film"
date = 2027-01-01
franchise = ["Dog Cat Universe", "May", "Extra Large"]
distributor = ["Lion Gate"]
cast = [{name = "Bo Xu"}]
[[release]]
id = "b"
title = "Bb"
kind = "series"
platform = ["Netflix", "Extra"]
franchise = ["Deep Cold Universe"]
"""


@pytest.mark.parametrize("command", [(), ("show",), ("status",)])
@pytest.mark.parametrize(
    ("words", "said", "call"),
    [
        ("netflix", '"Netflix" is a platform', "list netflix"),
        ("LION GATE", '"Lion Gate" is a distributor', 'list "LION GATE"'),
        ("dog cat universe", '"Dog Cat Universe" is a franchise', 'list "dog cat universe"'),
        ("el", '"Extra Large" is a franchise', "list el"),
        ("dcu", '"dcu" is a franchise', "list dcu"),
        ("may", '"May" is a franchise', "list --franchise may"),
        ("extra", '"Extra" is a platform', "list extra"),
        ("lion", '"Lion Gate" is a distributor', "list lion"),
        ("cold uni", '"Deep Cold Universe" is a franchise', 'list "cold uni"'),
        ("univers", '"univers" is a franchise', "list univers"),
    ],
)
def test_name_of_another_kind_is_answered_with_the_command_that_lists_it(
    words: str,
    said: str,
    call: str,
    command: tuple[str, ...],
    catalogue: Callable[[str], Countdown],
) -> None:
    """Nobody wants to add it as a title. An option tells it from what its words mean to `list`."""
    countdown = catalogue(LABELLED)
    ran = countdown(*command, words)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"{said}. To list its releases: countdown {call}\n"
    assert countdown(*shlex.split(call)).titles


def test_initials_of_one_label_are_a_word_of_another(
    catalogue: Callable[[str], Countdown],
) -> None:
    """DC is more than Detective Conan, also to `list`; the beginning of a word isn't that much."""
    tables = [
        f'[[release]]\nid = "{id}"\ntitle = "{id}"\nkind = "film"\nfranchise = ["{name}"]\n'
        for id, name in (("aa", "Detective Conan"), ("bb", "DC Universe"), ("cc", "Dctor"))
    ]
    countdown = catalogue("".join(tables))
    assert countdown("dc").err == '"dc" is a franchise. To list its releases: countdown list dc\n'
    assert countdown("list", "dc").titles == ["aa", "bb"]
    assert countdown("list", "det").titles == ["aa"]


@pytest.mark.parametrize(
    "words", ["friday", "next month", "when is dune", "stranger things", "disney", "x"]
)
def test_what_shares_next_to_nothing_is_no_suggestion(
    words: str, catalogue: Callable[[str], Countdown]
) -> None:
    """Only what is near by letters."""
    titles = ("Entrando Numa Fria 4", "Mia Goth", "Owen Wilson", "Daniel Ings", "Donkey")
    table = '[[release]]\nid = "a{}"\ntitle = "{}"\nkind = "film"\ncast = ["{}"]\n'
    countdown = catalogue("".join(table.format(at, x, x) for at, x in enumerate(titles)))
    for command in ((), ("list",), ("search",), ("actor",), ("list", "--title")):
        assert "Did you mean" not in countdown(*command, words).err


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("goht", '"Mia Goth"'),
        ("wislon", '"Owen Wilson"'),
        ("wilson x", '"Owen Wilson"'),
        ("mia gothe", '"Mia Goth"'),
        ("wlsn", ""),
        ("wolverines", '"Wolverine"'),
        ("wulverines", '"Wolverine"'),
        ("hulverinos", ""),
        ("gth", '"Mia Goth"'),
        ("oth", '"Mia Goth"'),
    ],
)
def test_a_slip_or_two_is_forgiven(
    text: str, near: str, catalogue: Callable[[str], Countdown]
) -> None:
    """A letter that is wrong, missing, too many or at the wrong place; more in a long word."""
    table = '[[release]]\nid = "a"\ntitle = "Zz"\nkind = "film"\n'
    names = '", "'.join(("Mia Goth", "Owen Wilson", "Wolverine"))
    said = catalogue(f'{table}cast = ["{names}"]\n')("actor", text).err
    assert said.splitlines()[0].endswith(f"Did you mean {near}?" if near else "is enough.")


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (("show", "--", "-rm"), "add -- -rm"),
        (("show", "--", "-r m"), 'add -- "-r m"'),
        (("follow", "--", "-zq"), "follow --person -zq"),
        (("status", "--", "-bo xu"), 'actor -- "-bo xu"'),
    ],
)
def test_words_that_look_like_an_option_are_no_option_of_the_command_that_is_shown(
    words: tuple[str, ...], command: str, catalogue: Callable[[str], Countdown]
) -> None:
    """It works as it stands there."""
    countdown = catalogue(LABELLED)
    line = countdown(*words).err.splitlines()[-1]
    assert line.endswith(f": countdown {command}")
    assert countdown(*shlex.split(command)).code == 0


def test_commands_below_a_list_have_no_dash_before_their_names(
    catalogue: Callable[[str], Countdown],
) -> None:
    """Else the option behind it would be a name."""
    out = catalogue(LABELLED)("list", "--format=table", "--limit=1", "--", "-universe").out
    assert "countdown list universe" in out
    assert "--  " not in out


def test_dash_before_a_name_makes_no_option_of_it(catalogue: Callable[[str], Countdown]) -> None:
    """It is no part of the name."""
    err = catalogue(LABELLED)("show", "--", "-netflix").err
    assert err == '"Netflix" is a platform. To list its releases: countdown list netflix\n'


def test_status_of_a_person_names_the_command_for_people(
    catalogue: Callable[[str], Countdown],
) -> None:
    """Of a name in full; `show` finds people itself."""
    countdown = catalogue(LABELLED)
    assert countdown("status", "bo", "xu").err == (
        '"Bo Xu" is a person. To list their releases: countdown actor "bo xu"\n'
    )
    assert "isn't in the catalogue" in countdown("status", "xu").err


def test_next_takes_words_as_list_does(countdown: Countdown) -> None:
    """What it finds may be anything that a word can mean."""
    assert countdown("next", "mcu").titles == ["Thor: Love and Thunder"]
    assert countdown("next", "disney+").titles == ["Andor"]
    assert countdown("next", "zzyzx").code == 1


# ---- Without a command ----


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (("thor",), "Thor  film"),
        (("to", "rescue", "2"), "Extraction 2  film"),
        (("extraction-2",), "Extraction 2  film"),
        (("show", "Love", "and", "Thunder"), "Thor: Love and Thunder  film"),
        (("--region", "BR", "furiosa"), "Furiosa  film"),
        (("Chris", "Hemsworth"), "Thor: Love and Thunder\t"),
        (("sam hargrave",), "Extraction 2\tdirector"),
        (("show", "hargrave"), "Extraction 2\tdirector"),
        (("hargrave", "--all"), "Extraction\tdirector"),
    ],
    ids=" ".join,
)
def test_title_or_person_needs_no_command(
    words: tuple[str, ...], first: str, countdown: Countdown
) -> None:
    """`show` and `to` are words for the same."""
    ran = countdown(*words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0].lstrip("✓●○◐◇· ").startswith(first)


NAMESAKES = """\
[[release]]
id = "it"
title = "It"
kind = "film"
date = 2027-03-05
cast = ["Ana It", "Solaris"]
[[release]]
id = "it-2017"
title = "It"
kind = "film"
date = 2017-09-08
[[release]]
id = "solaris-club"
title = "The Solaris Club 2049"
kind = "film"
date = 2027-01-06
[[release]]
id = "club"
title = "Club"
kind = "film"
date = "2027"
cast = ["Ana It"]
"""


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("It", ["It", "It"]),
        ("it", ["It  film"]),  # an id
        ("It 2017", ["It  film"]),
        ("It (2027)", ["It  film"]),
        ("(2027)", []),
        ("club 2027", ["Club  film"]),
        ("solaris 2027", ["The Solaris Club 2049  film"]),
        ("solaris club 2049", ["The Solaris Club 2049  film"]),
        ("solaris", ["It"]),  # a person's full name
        ("sol", ["The Solaris Club 2049  film"]),
        ("ana", ["Club", "It"]),
        ("It 2016", []),
    ],
)
def test_name_in_full_comes_first_and_a_year_narrows(
    words: str, titles: list[str], catalogue: Callable[[str], Countdown]
) -> None:
    """Of titles as of people; the words of titles come before the words of people's names."""
    ran = catalogue(NAMESAKES)(words)
    found = [line.split("\t")[0].lstrip("✓●○◐◇· ") for line in ran.out.splitlines()]
    cards = [line for line in found if line.endswith("  film")]
    assert sorted(cards or found) == titles
    assert ran.code == (not titles)


def test_releases_of_one_title_are_told_apart_by_their_ids(
    catalogue: Callable[[str], Countdown], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal; each can be typed instead."""
    monkeypatch.setattr("countdown.cli.output._is_terminal_output", lambda: True)
    countdown = catalogue(NAMESAKES)
    hint = '2 releases match "It". Name one by its id: it, it-2017\n'
    assert countdown("It", "--format", "plain").err == hint
    assert countdown("It", "--format", "plain").err == hint
    table = '[[release]]\nid = "it-{}"\ntitle = "It"\nkind = "film"\n'
    many = "".join(table.format(number) for number in range(10))
    ran = catalogue(many)("It", "--format", "plain")
    assert ran.err.endswith("it-0, it-1, it-2, it-3, it-4, it-5, it-6, it-7 and 2 more\n")


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("lst", "list"),
        ("sho", "show"),
        ("serch thor", "search"),
        ("nxt", "next"),
        ("statsu", "status"),
        ("cehck", "check"),
        ("followw", "follow"),
        ("qqqqq", ""),
        ("listing-", ""),
        ("p", ""),
    ],
)
def test_command_is_suggested_within_two_letters_and_with_the_same_first(
    words: str, command: str, catalogue: Callable[[str], Countdown]
) -> None:
    """Exit code 1, and nothing on stdout; what is no typo can be added."""
    ran = catalogue(NAMESAKES.replace("Solaris", "Zz"))(*words.split())
    first, *hints = ran.err.splitlines()
    assert (ran.code, ran.out) == (1, "")
    assert first == f'"{words}" isn\'t in the catalogue (4 titles).'
    assert hints == (
        [f"Did you mean countdown {command}?"]
        if command
        else [
            f"To find it online: countdown search --online {words}",
            f"To add it: countdown add {words}",
        ]
    )


def test_what_is_not_there_can_be_added_by_the_line_that_is_shown(
    catalogue: Callable[[str], Countdown],
) -> None:
    """It is quoted for a shell, and no text drives the terminal."""
    ran = catalogue(NAMESAKES)("it's $(x) \x1b[31m")
    assert ran.err.splitlines()[-1] == "To add it: countdown add 'it'\"'\"'s $(x) \\x1b[31m'"
    assert catalogue('[[release]]\nid="a"\ntitle="A"\nkind="film"\n')("zz").err.startswith(
        '"zz" isn\'t in the catalogue (1 title).\n'
    )


def test_help_is_a_command(countdown: Countdown) -> None:
    """Of the program, or of one of its commands by any of its names."""
    assert countdown("help").out == countdown("--help").out
    assert countdown("help", "actor").out == countdown("actor", "--help").out
    assert countdown("help", "person").out == countdown("actor", "--help").out
    assert countdown("version").out == countdown("--version").out
    assert countdown("--json", "version").code == 2


def test_show_says_how_often_and_how_far_a_date_moved(shipped: Countdown) -> None:
    """Avengers: Secret Wars, three times by 770 days in all."""
    show = ("show", "avengers-secret-wars", "--format", "table")
    assert "Delayed 3 times, over 2 years in all" in shipped(*show).out
    assert "Delayed 3 times, 770 days in all" in shipped(*show, "--days").out


def test_show_draws_an_instant_with_its_time_of_day(
    catalogue: Callable[[str], Countdown],
) -> None:
    """In the user's zone; the day can be another there."""
    countdown = catalogue(
        '[[release]]\nid = "a"\ntitle = "Drop"\nkind = "series"\nplatform = ["Netflix"]\n'
        'date = 2026-11-24T00:00:00-08:00\nexpected = "2026"\nstage = "on-hold"\n'
        "[[release.moves]]\nfrom = 2026-11-01\n"
    )
    out = countdown("show", "drop", "--format", "table", "--timezone", "Pacific/Kiritimati").out
    assert "Tuesday, 24 November 2026, 22:00" in out
    assert "On hold" in out
    assert "withdrawn" in out


def test_status_stands_furthest_along_first(countdown: Countdown) -> None:
    """Extraction 2 had wrapped that evening; Deadpool 3 was being written."""
    out = countdown("status", "--format", "table").out
    rows = [line for line in out.splitlines() if "■" in line]
    assert [row.split("  ")[1].strip() for row in rows] == [
        "Extraction 2",
        "The Witcher, season 3",
        "Deadpool 3",
    ]
    assert rows[0].startswith("■■■■■□□  Extraction 2")
    assert "        wrapped since Apr 2022" in out


@pytest.mark.parametrize(
    ("words", "footer"),
    [
        ("", "8 with a date · more about one   countdown list · countdown show TITLE"),
        (
            "--limit 1",
            "2 more · 8 with a date · more about one|"
            "countdown status · countdown list · countdown show TITLE",
        ),
        (
            "--kind film --limit=1",
            "1 more · more about one   countdown status --kind film · countdown show TITLE",
        ),
        ("--kind film", "More about one   countdown show TITLE"),
        ("spiderhead", "More about one   countdown show TITLE"),
    ],
)
def test_status_says_what_it_does_not_show(countdown: Countdown, words: str, footer: str) -> None:
    """And how to see more of one."""
    out = countdown("status", "--format", "table", *words.split()).out
    assert out.endswith("\n\n" + footer.replace("|", "\n") + "\n")


def test_status_marks_followed_releases(countdown: Countdown) -> None:
    """With a heart."""
    countdown("follow", "extraction 2")
    out = countdown("status", "--format", "table").out
    assert "♥  Extraction 2" in out
    assert out.endswith("\n\n♥ you follow it\n")


def test_status_marks_old_news(shipped: Countdown) -> None:
    """Half a year is long in the making of a film."""
    row = next(
        line for line in shipped("status").out.splitlines() if line.startswith("Prince Charming")
    )
    assert "news of Oct 2024" in row
    assert "slashfilm.com" in row


def test_status_of_one_release_shows_it_dated_or_not(countdown: Countdown) -> None:
    """By any of its titles."""
    assert countdown("status", "Rescue 2").titles == ["Extraction 2"]
    assert countdown("status", "rescue", "2").titles == ["Extraction 2"]
    assert countdown("status", "Spiderhead").out.split("\t")[1] == "released"


def test_status_filters_like_list(countdown: Countdown) -> None:
    """By platform, say; and nothing is exit code 1."""
    assert countdown("status", "--platform", "netflix").titles == [
        "Extraction 2",
        "The Witcher, season 3",
    ]
    ran = countdown("status", "--platform", "betamax")
    assert (ran.code, ran.out) == (1, "")


def test_search_finds_words_anywhere_best_match_first(countdown: Countdown) -> None:
    """A title weighs more than a synopsis."""
    assert countdown("search", "thor").titles[0] == "Thor"
    assert countdown("search", "resgate", "2").titles == ["Extraction 2"]
    assert "Thor: Love and Thunder" in countdown("search", "gorr", "bale").titles
    assert countdown("search", "thor", "--limit", "1").titles == ["Thor"]


def test_search_marks_what_is_followed_and_says_if_there_is_more(countdown: Countdown) -> None:
    """On a terminal."""
    countdown("follow", "extraction 2")
    out = countdown("search", "hemsworth", "extraction", "--format", "table").out
    assert "♥  Extraction 2" in out
    assert "♥ you follow it" in out
    assert "countdown search" not in out
    limited = countdown("search", "$(x) thor", "--limit", "1", "--format", "table").out
    assert "More match   countdown search '$(x) thor'\n" in limited
    exact = countdown("search", "gorr", "--limit", "1", "--format", "table").out
    assert "More match" not in exact


def test_search_without_a_hit_is_exit_code_1(countdown: Countdown) -> None:
    """With the nearest titles, people, franchises and platforms, if there are any."""
    ran = countdown("search", "qqqq")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == 'No results for "qqqq". Try fewer words.\n'
    for text, near in (("spidrehead", "Spiderhead"), ("netflx", "Netflix")):
        assert countdown("search", text).err == f'No results for "{text}". Did you mean "{near}"?\n'


ALIENS = """
[[release]]
id = "old"
title = "Aliens at Home"
kind = "film"
date = 1986-07-18

[[release]]
id = "called-off"
title = "Aliens Nowhere"
kind = "film"
stage = "cancelled"

[[release]]
id = "late"
title = "Aliens Later"
kind = "film"
date = 2027-05-05

[[release]]
id = "starts-so"
title = "Aliensworld"
kind = "film"
date = 2026-11-23

[[release]]
id = "in-synopsis"
title = "Visitors"
kind = "film"
synopsis = "Aliens land."
date = 2026-11-24

[[release]]
id = "undated"
title = "Aliens Some Day"
kind = "film"

[[release]]
id = "new"
title = "Aliens Yesterday"
kind = "film"
date = 2026-11-21

[[release]]
id = "soon"
title = "Aliens Soon"
kind = "film"
date = 2026-12-24

[[release]]
id = "paused"
title = "Aliens on Hold"
kind = "film"
stage = "on-hold"

[[release]]
id = "whole"
title = "Aliens"
kind = "film"
date = 1979-05-25
"""


@pytest.mark.parametrize("limit", [99, 10, 9, 7, 6, 5, 3, 2, 1])
def test_search_goes_by_score_then_by_what_is_nearest(
    limit: int, catalogue: Callable[[str], Countdown]
) -> None:
    """Ahead by date, undated, out with the newest first, called off; a limit keeps the first."""
    found = json.loads(catalogue(ALIENS)("search", "aliens", "--limit", str(limit), "--json").out)
    assert [release["id"] for release in found["releases"]] == [
        *("whole", "soon", "late", "undated", "paused", "new", "old", "called-off"),
        *("starts-so", "in-synopsis"),
    ][:limit]


def test_next_is_drawn_large(countdown: Countdown, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three, in blocks, what to watch before it, and what follows."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    out = countdown("next", "--format", "table", "--region", "BR").out
    assert out.splitlines()[2] == "████████████"
    assert "\n2 films to watch before it: one a day from Tue 5 Jul\n" in out
    assert "\ncountdown marathon thor-love-and-thunder\n" in out
    assert "   Thursday, 7 July 2022\n" in out
    assert "in theaters · United States one day later" in out
    assert "Then  The Gray Man (15 days later)" in out


def test_next_shows_those_that_share_its_day_side_by_side(
    shipped: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tie is a tie, and what one follows has a heart."""
    monkeypatch.setenv("COLUMNS", "80")
    shipped("follow", "--title", "Dune: Part Three")
    out = shipped(
        "next", "--all", "--format", "table", "--region", "US", "--from", "2026-12-18"
    ).out
    head = out.splitlines()[0]
    assert head.startswith("Avengers: Doomsday  ")
    assert head.endswith("  ♥ Dune: Part Three")


def test_next_says_how_to_see_more_than_what_is_followed(
    shipped: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the words that were typed; not if all is shown, or nothing is left out."""
    monkeypatch.setenv("COLUMNS", "80")
    drawn = ("--format", "table", "--region", "US")
    assert "Only what" not in shipped("next", *drawn).out
    shipped("follow", "--title", "Dune: Part Three")
    call = "countdown next --from 2026-12-01 --region US --all"
    out = shipped("next", "--from", "2026-12-01", *drawn).out
    assert f"\nOnly what you follow   {call}\n" in out
    for words in (("--all",), ("--followed",), ("--title", "Avengers: Doomsday")):
        assert "Only what" not in shipped("next", *words, *drawn).out


def test_next_of_a_window_says_both_ends(countdown: Countdown) -> None:
    """December is 150 to 180 days away, and no day is made up."""
    out = countdown("next", "--format", "table", "--title", "pinocchio").out
    assert "at the earliest Thursday, 1 December 2022, in 150 days" in out
    assert "at the latest Saturday, 31 December 2022, in 180 days" in out
    assert "█" not in out


def test_next_writes_rows_for_programs(countdown: Countdown) -> None:
    """The same as list, cut to the soonest."""
    assert countdown("next").out == countdown("list", "--limit", "1").out
    assert len(json.loads(countdown("next", "--json").out)["releases"]) == 1


def test_links_lead_to_the_films_before_and_after(shipped: Countdown) -> None:
    """Extraction 2 follows one and is followed by another."""
    out = shipped("show", "extraction-2").out
    assert "Sequel to\tExtraction\n" in out
    assert "Followed by\tExtraction 3\n" in out
    assert "\nSee also\tTygo · Mercenary: An Extraction Series" in out
    assert "Extraction 3" not in out.partition("See also")[2].partition("\n")[0]


def test_others_of_its_franchises_are_named_in_part(shipped: Countdown) -> None:
    """Six, those of the smallest franchise first, and how many more: none of them twice."""
    out = shipped("show", "thor-love-and-thunder").out
    assert out.count("See also\t") == 1
    line = next(text for text in out.splitlines() if text.startswith("See also\t"))
    assert line.startswith("See also\tThor: The Dark World · Thor · Avengers: Doomsday · ")
    assert line.count(" · ") == 5
    assert line.endswith(" more")


def test_a_franchise_of_one_is_not_linked(countdown: Countdown) -> None:
    """There is nothing else to name."""
    assert "\nSee also" not in countdown("show", "furiosa").out


def test_show_in_markdown_has_its_facts_as_a_table(countdown: Countdown) -> None:
    """With those that are not confirmed in one line; dates and stages alone have a sign."""
    out = countdown("show", "extraction-2", "--format", "markdown").out
    assert "| Platform | Netflix |" in out
    assert "| Not confirmed | studio, cast |" in out
    thor = countdown("show", "thor-love-and-thunder", "--format", "markdown").out
    assert "| Stage | completed? |" in thor
    assert thor.endswith("\n? not confirmed\n")


def test_status_without_sources_claims_no_age(catalogue: Callable[[str], Countdown]) -> None:
    """Nobody says where the news is from or when it was checked, so nothing is said."""
    countdown = catalogue('[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n')
    assert countdown("status").out == "A\tstage unknown\t\t\t\t\t\n"


def test_makers_stand_where_no_cast_is_known(catalogue: Callable[[str], Countdown]) -> None:
    """A director says more than an empty cell."""
    countdown = catalogue(
        '[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\ndate = "2026-10"\n'
        'director = ["Ana Lee"]\n'
    )
    assert countdown("list").out.endswith("\tby Ana Lee\n")
    assert countdown("list", "--format", "table").out.splitlines()[3:5] == [
        "Overdue (1)",
        "due 22 days ago  A      Oct 2026  by Ana Lee",
    ]


def test_status_of_a_dated_release_is_not_headed_as_undated(countdown: Countdown) -> None:
    """The heading says what stands below it."""
    out = countdown("status", "spiderhead", "--format", "table").out
    assert out.startswith("Status   Mon 4 Jul 2022\n")


def test_the_day_itself_has_a_word_of_its_own(catalogue: Callable[[str], Countdown]) -> None:
    """Today is neither ahead nor out."""
    countdown = catalogue('[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\ndate = 2026-11-22\n')
    out = countdown("list", "--format", "table").out
    assert out.splitlines()[-1] == "today  A      Sun 22"


def test_status_says_what_date_a_shelved_production_had(
    catalogue: Callable[[str], Countdown],
) -> None:
    """It is not counted down to any more, and not forgotten either."""
    countdown = catalogue(
        '[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\nstage = "on-hold"\ndate = "2027"\n'
    )
    assert countdown("status").out == "A\ton hold\t\t\t\t\twas 2027\n"


SHELVED_LATER = """\
[[release]]
id = "gone"
title = "Gone"
kind = "film"
date = 2026-12-01
stage = "cancelled"
stage_since = 2026-09-01
[[release]]
id = "held"
title = "Held"
kind = "film"
stage = "on-hold"
checked = 2026-08-20
"""


def test_nothing_is_shelved_before_that_is_known(catalogue: Callable[[str], Countdown]) -> None:
    """It counts to its date until then, in every command and in their footers."""
    countdown = catalogue(SHELVED_LATER)
    july = ("--as-of", "2026-07-01")
    assert countdown("status", *july).out == (
        "Held\tstage unknown\t\t\t\t\ton hold as of 20 Aug 2026\n"
    )
    assert "\n1 with a date" in countdown("status", *july, "--format", "table").out
    listed = ["Gone\tfilm\t1 Dec 2026\tin 21 weeks", "Held\tfilm\tstage unknown"]
    assert [row.rstrip() for row in countdown("list", *july).out.splitlines()] == listed
    assert countdown("list", *july, "--limit", "1").out.startswith("Gone\t")
    assert "cancelled" not in countdown("list", *july, "--format", "table").out
    assert "In 153 days · Tuesday, 1 December 2026" in countdown("show", "gone", *july).out
    assert '"state": "undated", "stage": null' in countdown("show", "held", *july, "--json").out


def test_what_is_said_of_a_later_stage_is_not_told_before_it(shipped: Countdown) -> None:
    """On that evening nobody knew how the shoot had been told of later."""
    out = shipped("show", "extraction-2", "--as-of", "2022-07-04").out
    assert "In 347 days" in out
    assert "\nStage\t" not in out


@pytest.mark.parametrize("words", [("chris hemsworth",), ("dune: part two",), ("actor", "zendaya")])
def test_index_is_opened_once(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """For a title, and for a person, whose name is not looked up again."""
    connect, opened = session.connect, list[object]()

    def connected(*arguments: Any, **named: Any) -> sqlite3.Connection:
        opened.append(arguments)
        return connect(*arguments, **named)

    monkeypatch.setattr(session, "connect", connected)
    assert countdown(*words, "--format", "table").code == 0
    assert len(opened) == 1
