"""Follows: `follow`, `unfollow`, and `--followed` elsewhere."""

import json
import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from countdown import paths
from countdown.cli import output
from countdown.prompt import answer
from tests.cli.conftest import Countdown

ROOT = Path(__file__).parents[2]
SCHEMA: dict[str, Any] = json.loads((ROOT / "data/output.schema.json").read_bytes())
TABLES = """
[[release]]
id = "thor"
title = "Thor: Love and Thunder"
kind = "film"
date = 2026-12-01
cast = ["Chris Hemsworth", "Natalie Portman"]
director = ["Taika Waititi"]
franchise = ["Marvel Cinematic Universe"]
platform = ["Disney+"]

[[release]]
id = "dune"
title = "Dune"
kind = "film"
date = 2026-11-25
cast = ["Zendaya"]
platform = ["HBO Max"]

[[release]]
id = "extraction-3"
title = "Extraction 3"
kind = "film"
stage = "filming"
cast = ["Chris Hemsworth"]
platform = ["Netflix"]

[[release]]
id = "extraction"
title = "Extraction"
kind = "film"
date = 2020-04-24
cast = ["Chris Hemsworth"]
platform = ["Netflix"]
"""


@pytest.fixture
def fan(catalogue: Callable[[str], Countdown]) -> Countdown:
    """`countdown` with four releases, three of them ahead."""
    return catalogue(TABLES)


def config() -> str:
    """What config.toml says."""
    return Path(str(paths.config_file())).read_text("utf-8")


# ---- Follow ----


def test_follow_finds_out_what_is_meant(fan: Countdown) -> None:
    """A person, title, franchise or platform; each is named as the catalogue writes it."""
    thor = "Next: Thor: Love and Thunder · in 9 days · Tue 1 Dec\n"
    for words, line, following in (
        (["chris", "hemsworth"], "Chris Hemsworth (person): 3 releases, 2 ahead", thor),
        (["waititi"], "Taika Waititi (person): 1 release, 1 ahead", thor),
        (["dune"], "Dune (film, 2026)", "Next: in 3 days · Wed 25 Nov\n"),
        (["extraction", "3"], "Extraction 3 (film)", "Next: filming · no date yet\n"),
        (["Extraction"], "Extraction (film, 2020): nothing ahead", ""),
        (["MCU"], "MCU (franchise): 1 release, 1 ahead", thor),
        (
            ["netflix"],
            "Netflix (platform): 2 releases, 1 ahead",
            "Next: Extraction 3 · filming · no date yet\n",
        ),
        (["disney", "plus"], "Disney+ (platform): 1 release, 1 ahead", thor),
    ):
        assert fan("follow", *words) == (0, f"Following {line}\n{following}", "")
    assert config() == (
        '[follow]\nperson = ["Chris Hemsworth", "Taika Waititi"]\n'
        'title = ["Dune", "Extraction 3", "Extraction"]\nfranchise = ["MCU"]\n'
        'platform = ["Netflix", "Disney+"]\n'
    )


def followed_in(out: str) -> list[str]:
    """The lines of *out* that say what is followed now, not those on what comes next."""
    return [line for line in out.splitlines() if not line.startswith("Next: ")]


def test_option_says_which_sort_is_meant(fan: Countdown) -> None:
    """One line a name, by sort; known names in their spelling."""
    ran = fan("follow", "--person", "hemsworth", "--director", "waititi", "--title", "dune")
    assert (ran.code, ran.err) == (0, "")
    assert followed_in(ran.out) == [
        "Following Chris Hemsworth (person): 3 releases, 2 ahead",
        "Following Taika Waititi (director): 1 release, 1 ahead",
        "Following Dune (film, 2026)",
    ]
    assert followed_in(fan("follow", "--franchise", "mcu", "--platform", "netflix").out) == [
        "Following MCU (franchise): 1 release, 1 ahead",
        "Following Netflix (platform): 2 releases, 1 ahead",
    ]
    assert config() == (
        '[follow]\nperson = ["Chris Hemsworth"]\ndirector = ["Taika Waititi"]\n'
        'title = ["Dune"]\nfranchise = ["MCU"]\nplatform = ["Netflix"]\n'
    )


def test_option_follows_all_that_its_words_mean(
    catalogue: Callable[[str], Countdown],
) -> None:
    """As a filter does; who is meant is told."""
    cast = ["Chris Pratt", "Chris Evans", "Chris Pine", "Chris Rock", "Christian Bale"]
    fan = catalogue(f'[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\ncast = {cast}\n')
    for name, line in (
        ("chris p", "chris p (person): 1 release, 1 ahead; that is Chris Pine and Chris Pratt"),
        (
            "chris",
            "chris (person): 1 release, 1 ahead; that is"
            " Chris Evans, Chris Pine, Chris Pratt and 2 more",
        ),
        ("CHRIS PRATT", "Chris Pratt (person): 1 release, 1 ahead"),
    ):
        assert followed_in(fan("follow", "--person", name).out) == [f"Following {line}"]


def test_confirmation_has_hearts_on_a_terminal(
    fan: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes next stands below, in line with the words."""
    monkeypatch.setattr(output, "output_format", lambda _: "table")
    assert fan("follow", "zendaya").out == (
        "♥ Following Zendaya (person): 1 release, 1 ahead\n  Next: Dune · in 3 days · Wed 25 Nov\n"
    )


AMBIGUOUS = (
    TABLES
    + """
[[release]]
id = "dune-messiah"
title = "Dune: Part Three"
kind = "film"
date = 2026-12-18
franchise = ["Dune"]
cast = ["Timothée Netflix"]

[[release]]
id = "loki"
title = "Loki"
kind = "series"
date = 2021-06-09
[[release]]
id = "loki-2"
title = "Loki"
kind = "season"
season = 2
date = 2027-10-05
[[release]]
id = "yuma-2007"
title = "3:10 to Yuma"
kind = "film"
date = 2007-09-06
[[release]]
id = "yuma-1957"
title = "3:10 to Yuma"
kind = "film"
date = 1957-08-07
[[release]]
id = "twin-a"
title = "Twins"
kind = "film"
date = 2027-01-01
[[release]]
id = "twin-b"
title = "Twins"
kind = "film"
date = 2027-02-01
[[release]]
id = "shelved"
title = "$HOME Alone"
kind = "film"
stage = "cancelled"
date = 2027-02-01
[[release]]
id = "shelved-2"
title = "$HOME Alone 2"
kind = "film"
platform = ["Alien Nation", "AMC+"]
franchise = ["Alien Nation", "Another Tale"]
"""
)


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        (["dune"], ["--title Dune film, 2026", "--franchise Dune franchise, 1 ahead"]),
        (
            ["3:10 to Yuma"],
            [
                '--title "3:10 to Yuma (2007)"  3:10 to Yuma (film, 2007)',
                '--title "3:10 to Yuma (1957)"  3:10 to Yuma (film, 1957)',
            ],
        ),
        (
            ["twins"],
            [
                "--title twin-a           Twins (film, 2027)",
                "--title twin-b           Twins (film, 2027)",
            ],
        ),
        (
            ["alone"],
            ["--title '$HOME Alone'    film", "--title '$HOME Alone 2'  film"],
        ),
        (
            ["AN"],
            ["--franchise AN franchise, 1 ahead", "--platform AN platform, 1 ahead"],
        ),
    ],
    ids=lambda it: " ".join(it) if it else "-",
)
def test_several_meanings_are_listed_to_choose_from(
    words: list[str], choices: list[str], catalogue: Callable[[str], Countdown]
) -> None:
    """Each with what tells it apart, as a command that means it alone; nothing is followed."""
    fan = catalogue(AMBIGUOUS)
    ran = fan("follow", *words)
    assert (ran.code, ran.out) == (2, "")
    first, *rows = ran.err.splitlines()
    assert first == f'"{" ".join(words)}" can mean several things. Choose one:'
    assert [" ".join(row.split()) for row in rows] == [
        " ".join(f"countdown follow {choice}".split()) for choice in choices
    ]
    assert not Path(str(paths.config_file())).exists()
    for number, row in enumerate(rows, 1):
        _, *call = shlex.split(row.partition("  " + row.split("  ")[-1])[0])
        assert fan(*call).out.startswith("Following ")
        assert len(json.loads(fan("follow", "--json").out)["follows"]) == number


def test_too_many_meanings_are_not_all_listed(catalogue: Callable[[str], Countdown]) -> None:
    """A first name alone may be hundreds of people."""
    cast = [f"Ana {letter}" for letter in "BCDEFGHIJK"]
    fan = catalogue(
        f'[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\ncast = {cast}\n'
        '[[release]]\nid = "b"\ntitle = "B"\nkind = "film"\ncast = ["Ana K"]\n'
    )
    ran = fan("follow", "ana")
    assert (ran.code, ran.out) == (2, "")
    _, first_row, second_row, *_, rest = ran.err.splitlines()
    assert first_row == '  countdown follow --person "Ana K"  person, 2 ahead'
    assert second_row == '  countdown follow --person "Ana B"  person, 1 ahead'
    assert rest == "  … and 2 more. Type more of the name."


def test_series_means_its_seasons_too(catalogue: Callable[[str], Countdown]) -> None:
    """A season by its name is that one alone, and an id is what it names."""
    fan = catalogue(AMBIGUOUS)
    assert fan("follow", "loki").out == (
        "Following Loki (series): 2 releases, 1 ahead\n"
        "Next: Loki, season 2 · in 10 months · Tue 5 Oct 2027\n"
    )
    assert fan("list", "--followed").titles == ["Loki, season 2"]
    for words, line in (
        ("Loki S2", "Following Loki, season 2 (season, 2027)"),
        ("dune-messiah", "Following Dune: Part Three (film, 2026)"),
    ):
        assert followed_in(fan("follow", words).out) == [line]
    assert fan("follow", "--title", "3:10 to Yuma").out == (
        "Following 3:10 to Yuma (title): 2 releases, 0 ahead\n"
    )


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["Chris", "Hemsworth"], ["Chris Hemsworth"]),
        (["chris", "hems"], ["Chris Hemsworth"]),
        (["Thor:", "Love", "and", "Thunder"], ["Thor: Love and Thunder"]),
        (["Thor", "Love", "&", "Thunder"], ["Thor: Love and Thunder"]),
        (["Chris Hemsworth", "Zendaya"], ["Chris Hemsworth", "Zendaya"]),
        (["Chris Hemsworth", "Zendaya", "Netflix"], ["Chris Hemsworth", "Zendaya", "Netflix"]),
        (["Zendaya", "Netflix"], ["Zendaya", "Netflix"]),
        (["Zendaya,", "Natalie", "Portman"], ["Zendaya", "Natalie Portman"]),
        (["Zendaya,Natalie", "Portman,"], ["Zendaya", "Natalie Portman"]),
        (["Zendaya, Natalie Portman"], ["Zendaya", "Natalie Portman"]),
        (["Natalie", "Portman,", "Chris Hemsworth"], ["Chris Hemsworth", "Natalie Portman"]),
        (["Good, Bad, Ugly", "Zendaya"], ["Zendaya", "Good, Bad, Ugly"]),
        (["Good,", "Bad,", "Ugly"], ["Good, Bad, Ugly"]),
        (["MCU", "Netflix"], ["MCU", "Netflix"]),
        (["Extraction,", "Dune"], ["Extraction, Dune"]),
        (["Extraction, Dune"], ["Extraction, Dune"]),
        (["Dune", "Extraction"], ["Extraction, Dune"]),
        (["zendaya", "Zendaya"], ["Zendaya"]),
        (["zendaya,", "ZENDAYA,", ","], ["Zendaya"]),
    ],
    ids=lambda it: " ".join(it),
)
def test_words_are_one_name_unless_quotes_or_commas_part_them(
    words: list[str], names: list[str], catalogue: Callable[[str], Countdown]
) -> None:
    """Words that mean nothing together may each be a name in full."""
    titles = ("Good, Bad, Ugly", "Extraction, Dune")
    fan = catalogue(
        TABLES
        + "".join(
            f'[[release]]\nid = "g{number}"\ntitle = "{title}"\nkind = "film"\n'
            for number, title in enumerate(titles)
        )
    )
    assert fan("follow", *words).code == 0
    follows = json.loads(fan("follow", "--json").out)["follows"]
    assert sorted(each["name"] for each in follows) == sorted(names)
    assert fan("unfollow", *words).out.endswith("You don't follow anything now.\n")


def test_undo_says_what_was_followed(fan: Countdown) -> None:
    """With the sort of each name, but that of people."""
    fan("follow", "--person", "zendaya", "--franchise", "mcu", "--platform", "netflix")
    assert "follow Zendaya, MCU (franchise), Netflix (platform)" in fan("undo").out


def test_names_are_answered_in_their_order(fan: Countdown) -> None:
    """A line each, and one on what comes next."""
    lines = followed_in(fan("follow", "Zendaya, Netflix, MCU, zendaya").out)
    assert [line.partition(" (")[0] for line in lines] == [
        *("Following Zendaya", "Following Netflix", "Following MCU")
    ]


def test_names_that_are_still_to_come_are_told_apart(fan: Countdown) -> None:
    """Neither means anything yet, but not the same."""
    fan("follow", "--person", "Nobody")
    assert fan("follow", "--person", "Nobody Else").out.startswith("Following Nobody Else (person)")
    assert fan("unfollow", "nobody").out == (
        "No longer following Nobody (person)\nYou follow Nobody Else (person)\n"
    )


def test_following_twice_is_once(fan: Countdown) -> None:
    """However it is written; also what an earlier version or a hand wrote."""
    fan("follow", "Chris Hemsworth")
    assert fan("follow", "CHRIS  hemsworth", "chris-hemsworth").out == (
        "You already follow Chris Hemsworth (person).\n"
    )
    assert config() == '[follow]\nperson = ["Chris Hemsworth"]\n'
    fan("follow", "MCU")
    assert fan("follow", "Marvel Cinematic Universe").out == "You already follow MCU (franchise).\n"
    fan("config", "set", "follow.title", "love thunder")
    assert (
        fan("follow", "Thor: Love and Thunder").out == "You already follow love thunder (title).\n"
    )
    fan("follow", "--person", "nobody")
    assert fan("follow", "--person", "Nobody").out == "You already follow nobody (person).\n"


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--person", "Chris Hemsworht"], '. Did you mean "Chris Hemsworth"?\n'),
        (["--title", "Extractoin"], '. Did you mean "Extraction'),
        (["--platform", "Netflicks"], '. Did you mean "Netflix"?\n'),
        (["--franchise", "qqqq"], ".\n"),
        (["--director", "Waikiti"], '. Did you mean "Taika Waititi"?\n'),
        (["--person", "MCU"], ". For the franchise: countdown follow --franchise MCU\n"),
        (["--platform", "MCU"], ". For the franchise: countdown follow --franchise MCU\n"),
        (
            ["--title", "Chris Hemsworth"],
            '. For the person: countdown follow --person "Chris Hemsworth"\n',
        ),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "-",
)
def test_option_follows_a_name_that_is_still_to_come(
    words: list[str], hint: str, fan: Countdown
) -> None:
    """Catalogues grow; but it may be a mistake."""
    option, name = words
    ran = fan("follow", *words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(
        f"Following {name} ({option[2:]}), which isn't in the catalogue yet{hint[:2]}"
    )
    assert hint in ran.out
    assert name in config()


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["Chris", "Hemsworht"], ' Did you mean "Chris Hemsworth"?'),
        (["Extractoin"], ' Did you mean "Extraction" or "Extraction 3"?'),
        (["Netflicks"], ' Did you mean "Netflix"?'),
        (["Zendaya", "Qqqq"], None),
        (["qqqqqq"], ""),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "-",
)
def test_unknown_name_is_refused_with_what_to_do(
    words: list[str], hint: str | None, fan: Countdown
) -> None:
    """Near misses are names of the catalogue, letter for letter; an option follows it anyway."""
    code, out, err = fan("follow", *words, "--franchise", "MCU")
    name = " ".join(words)
    assert (code, out) == (1, "")
    first, second = err.splitlines()
    assert hint is None or first == f'"{name}" isn\'t in the catalogue.{hint}'
    call = f'"{name}"' if " " in name else name
    assert second == (f"To follow it anyway, as a person: countdown follow --person {call}")
    assert not Path(str(paths.config_file())).exists()


# ---- Unfollow ----


def test_unfollow_takes_the_words_that_follow_takes(fan: Countdown) -> None:
    """However they are written; and says what is left."""
    fan("follow", "Chris Hemsworth", "Zendaya", "--franchise", "MCU", "--title", "dune")
    assert fan("unfollow", "chris", "HEMSWORTH") == (
        0,
        "No longer following Chris Hemsworth (person)\n"
        "You follow Zendaya (person), Dune (title), MCU (franchise)\n",
        "",
    )
    assert fan("unfollow", "marvel", "cinematic", "universe").out.startswith(
        "No longer following MCU (franchise)\n"
    )
    assert fan("unfollow", "zen", "--title", "dune").out == (
        "No longer following Zendaya (person)\nNo longer following Dune (title)\n"
        "You don't follow anything now.\n"
    )


def test_unfollow_lists_several_that_are_meant(catalogue: Callable[[str], Countdown]) -> None:
    """And changes nothing."""
    fan = catalogue(AMBIGUOUS)
    fan("follow", "--title", "Dune", "--franchise", "Dune", "--person", "Duncan")
    before = config()
    for words, choices in (
        ("dune", ["--title Dune title", "--franchise Dune franchise"]),
        ("du", ["--person Duncan person", "--title Dune title", "--franchise Dune franchise"]),
    ):
        ran = fan("unfollow", words)
        assert (ran.code, ran.out) == (2, "")
        first, *rows = ran.err.splitlines()
        assert first == f'"{words}" can mean several things. Choose one:'
        assert [" ".join(row.split()) for row in rows] == [
            f"countdown unfollow {choice}" for choice in choices
        ]
    assert config() == before


def test_unfollow_knows_names_that_the_catalogue_lacks(fan: Countdown) -> None:
    """Or lacks by now."""
    fan("follow", "--person", "Nobody At All")
    assert fan("unfollow", "nobody", "at", "all").code == 0


@pytest.mark.parametrize(
    ("words", "err"),
    [
        (["--title", "zendaya"], 'You don\'t follow "zendaya" (title).'),
        (["zendeya"], 'You don\'t follow "zendeya". Did you mean "Zendaya"?'),
        (["--person", "zendeya"], 'You don\'t follow "zendeya" (person). Did you mean "Zendaya"?'),
        (["qqqq"], 'You don\'t follow "qqqq".'),
        (["dune"], 'You don\'t follow "dune".'),
        (["Zendaya,", "qqqq"], 'You don\'t follow "qqqq".'),
        (["--director", "Zendaya"], 'You don\'t follow "Zendaya" (director).'),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "-",
)
def test_what_is_not_followed_can_not_be_unfollowed(
    words: list[str], err: str, fan: Countdown
) -> None:
    """The nearest is named, and nothing is changed."""
    fan("follow", "Chris Hemsworth", "Zendaya", "--franchise", "MCU")
    before = config()
    assert fan("unfollow", *words) == (1, "", f"{err}\nTo see what you follow: countdown follow\n")
    assert config() == before


@pytest.mark.parametrize("command", ["follow", "unfollow"])
@pytest.mark.parametrize(
    ("words", "err"),
    [
        ([""], "The name can't be empty. Leave it out if you don't know"),
        (["--person", ""], "--person can't be empty. Leave it out if you don't know"),
        (["--title", "\u00ad"], "--title has nothing that can be seen"),
        (["\u00ad"], "The name has nothing that can be seen"),
        (["a\x1b[m"], "The name has the control character \\x1b. Remove it"),
    ],
    ids=str,
)
def test_name_that_is_none_is_refused(
    command: str, words: list[str], err: str, fan: Countdown
) -> None:
    """Nothing could be called that."""
    code, out, text = fan(command, *words)
    assert (code, out, text[: len(err)]) == (2, "", err)


def test_commas_alone_are_no_name(fan: Countdown) -> None:
    """They part nothing from nothing."""
    assert fan("follow", ",") == (2, "", '"," isn\'t a name.\n')


# ---- What is followed ----


def test_follow_without_a_name_lists_what_comes_next(fan: Countdown) -> None:
    """A row a name; whose releases have no date, and who has none, stand there too."""
    fan("follow", "Chris Hemsworth", "--person", "Nobody", "--platform", "Netflix")
    assert fan("follow") == (
        0,
        "Chris Hemsworth\tperson\t2 ahead\tThor: Love and Thunder\t1 Dec 2026\tin 9 days\n"
        "Nobody\tperson\t0 ahead\t\t\tnothing ahead\n"
        "Netflix\tplatform\t1 ahead\t\t\t1 without a date\n",
        "",
    )


def test_follow_without_a_name_tells_programs_the_same(fan: Countdown) -> None:
    """Each name with what is ahead, besides the releases that come next."""
    fan("follow", "Chris Hemsworth", "--person", "Nobody", "--platform", "Netflix")
    document = json.loads(fan("follow", "--json").out)
    Draft202012Validator(SCHEMA).validate(document)
    assert document["follows"] == [
        {"sort": "person", "name": "Chris Hemsworth", "ahead": 2, "next": "thor"},
        {"sort": "person", "name": "Nobody", "ahead": 0, "next": None},
        {"sort": "platform", "name": "Netflix", "ahead": 1, "next": None},
    ]
    assert [one["id"] for one in document["releases"]] == ["thor"]


def test_following_nothing_is_a_document_for_programs(fan: Countdown) -> None:
    """An empty one, like that of every empty answer."""
    ran = fan("follow", "--json")
    document = json.loads(ran.out)
    Draft202012Validator(SCHEMA).validate(document)
    assert (ran.code, document["follows"], document["releases"]) == (1, [], [])


@pytest.mark.parametrize("command", ["", "list", "next", "status"])
def test_without_an_answer_the_names_are_the_filter(command: str, fan: Countdown) -> None:
    """To loosen another one would not help."""
    fan("follow", "--person", "Nobody At All")
    ran = fan(*command.split(), "--followed")
    assert (ran.code, ran.err) == (
        1,
        "Nothing that you follow matches. To see what you follow: countdown follow\n",
    )


@pytest.mark.parametrize("options", [["--json"], ["--format", "plain"]], ids=" ".join)
def test_only_the_list_of_follows_has_formats(options: list[str], fan: Countdown) -> None:
    """With a name, the answer is a sentence; the name must not be followed unawares."""
    ran = fan("follow", "Zendaya", *options)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "--format and --json work only without a name. Run: countdown follow --json\n"
    assert not Path(str(paths.config_file())).exists()


def test_unfollow_needs_a_name(fan: Countdown) -> None:
    """Else nobody knows what is meant."""
    code, out, err = fan("unfollow")
    assert (code, out) == (2, "")
    assert err == ("Say what to unfollow, like MCU. To see what you follow: countdown follow\n")


def test_following_nothing_shows_names_to_try(
    fan: Countdown, catalogue: Callable[[str], Countdown]
) -> None:
    """A person, a title and a franchise of the catalogue; exit code 1, as of any empty answer."""
    code, out, err = fan("follow")
    assert (code, out) == (1, "")
    first, *calls = err.splitlines()
    assert first == "You don't follow anything yet. Try one of these:"
    assert calls == [
        '  countdown follow "Chris Hemsworth"',
        "  countdown follow Dune",
        '  countdown follow "Marvel Cinematic Universe"',
    ]
    assert fan("follow", "--format", "table") == (1, "", err)
    for call in calls:
        _, *words = shlex.split(call)
        assert fan(*words).code == 0


def test_names_to_try_have_one_meaning_and_something_ahead(
    catalogue: Callable[[str], Countdown],
) -> None:
    """A sort without such a name is left out."""
    fan = catalogue(
        '[[release]]\nid = "a"\ntitle = "Dune"\nkind = "film"\ndate = 2026-12-01\n'
        'franchise = ["Dune"]\ncast = ["Ann B", "Zoe"]\n'
        '[[release]]\nid = "z"\ntitle = "Zoe"\nkind = "film"\ndate = 2027-12-01\n'
        'cast = ["Zoe"]\n'
    )
    assert fan("follow").err.splitlines()[1:] == ['  countdown follow "Ann B"']
    fan = catalogue('[[release]]\nid = "a"\ntitle = "Dune"\nkind = "film"\ndate = 2026-11-01\n')
    assert fan("follow") == (1, "", "You don't follow anything yet.\n")


# ---- What is followed alone, or marked ----

ALL = {
    "prompt": ["Dune"],
    "next": ["Dune"],
    "remind": ["Dune", "Thor: Love and Thunder"],
    "": ["Dune", "Thor: Love and Thunder", "Extraction 3"],
    "list": ["Dune", "Thor: Love and Thunder", "Extraction 3"],
}
THOR = {command: ["Thor: Love and Thunder"] for command in ("prompt", "next", "remind")}
THOR_MARKED = ["Dune", "♥Thor: Love and Thunder", "Extraction 3"]
FIVE: dict[str, tuple[list[str], list[str], dict[str, list[str] | int]]] = {
    "nothing followed": ([], [], {**ALL}),
    "followed, and ahead": (
        ["Natalie Portman"],
        [],
        {**THOR, "": THOR_MARKED, "list": THOR_MARKED},
    ),
    "followed, and out": (["Extraction"], [], {**ALL}),
    "followed, and without a date": (
        ["Extraction 3"],
        [],
        {
            **ALL,
            "": ["Dune", "Thor: Love and Thunder", "♥Extraction 3"],
            "list": ["Dune", "Thor: Love and Thunder", "♥Extraction 3"],
        },
    ),
    "--followed": (
        ["Natalie Portman"],
        ["--followed"],
        {**THOR, "": ["♥Thor: Love and Thunder"], "list": ["♥Thor: Love and Thunder"]},
    ),
    "--followed, nothing ahead": (
        ["Extraction"],
        ["--followed"],
        {"prompt": [], "next": 1, "remind": 1, "": 1, "list": 1},
    ),
    "--followed, nothing followed": (
        [],
        ["--followed"],
        {"prompt": [], "next": 2, "remind": 2, "": 2, "list": 2},
    ),
    "--all": (
        ["Natalie Portman"],
        ["--all"],
        {**ALL, "": ["Extraction", *THOR_MARKED], "list": ["Extraction", *THOR_MARKED]},
    ),
    "--all, nothing followed": (
        [],
        ["--all"],
        {**ALL, "": ["Extraction", *ALL[""]], "list": ["Extraction", *ALL["list"]]},
    ),
}


def answer_of(fan: Countdown, command: str, options: list[str]) -> list[str] | int:
    """The releases that *command* shows, with a heart before each marked one; or its exit code."""
    if command == "prompt":
        ran = fan("prompt", *options, "--format", "{title}")
        return ran.out.split("\n")[:-1] if ran.code == 0 and ran.out.strip() else ran.code or []
    words = ["--milestones", "3,9"] if command == "remind" else []
    ran = fan(*([command] if command else []), *options, *words, "--json")
    if ran.code:
        return ran.code
    document = json.loads(ran.out)
    Draft202012Validator(SCHEMA).validate(document)
    if command == "remind":
        return [each["name"] for each in document["reminders"]]
    marked = command in ("", "list")
    return [
        ("♥" if marked and each["followed"] else "") + each["title"]
        for each in document["releases"]
    ]


@pytest.mark.parametrize("case", FIVE)
def test_all_commands_agree_on_what_following_means(case: str, fan: Countdown) -> None:
    """Prompt, next and remind show it alone while any of it is ahead; the lists mark it."""
    names, options, expected = FIVE[case]
    for name in names:
        assert fan("follow", name).code == 0
    assert {command: answer_of(fan, command, options) for command in ALL} == expected


def test_mark_of_what_is_followed_is_explained(fan: Countdown) -> None:
    """In the legend, where it is shown; in letters that any terminal has, if need be."""
    assert "♥" not in fan("list", "--format", "table").out
    fan("follow", "Natalie Portman")
    out = fan("list", "--format", "table").out
    (row,) = [line for line in out.splitlines() if "Thor" in line]
    assert "  ♥  Thor" in row
    assert "♥ you follow it" in out
    assert row in fan("--format", "table").out
    assert "♥" not in fan("list", "--platform", "netflix", "--format", "table").out
    assert fan("list").titles == ALL["list"]  # of plain lines


@pytest.mark.parametrize("word", ["--followed", "--all"])
def test_options_of_the_bare_program_are_not_those_of_a_command(word: str, fan: Countdown) -> None:
    """They would be lost on the way."""
    ran = fan(word, "next")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"Put {word} after the command.\nFor help: countdown --help\n"


def test_names_are_asked_for_among_all(fan: Countdown) -> None:
    """Whoever names a release means that one; other filters narrow what is followed."""
    fan("follow", "Natalie Portman")
    assert fan("next", "--actor", "zendaya").titles == ["Dune"]
    for option in ("--title", "--person"):
        assert fan("next", option, "dune" if option == "--title" else "zendaya").titles == ["Dune"]
    assert fan("next", "--platform", "hbo max").titles == ["Dune"]
    assert fan("next", "--kind", "film").titles == ["Thor: Love and Thunder"]
    ran = fan("next", "--within", "5d")
    assert (ran.code, ran.err) == (
        1,
        "Nothing that you follow matches. Add --all for the rest.\n",
    )
    assert fan("next", "--within", "5d", "--all").titles == ["Dune"]


WINDOWS = """
[[release]]
id = "far"
title = "Far"
kind = "film"
date = "2028"
[[release]]
id = "today"
title = "Tonight"
kind = "film"
date = 2026-11-22T23:30:00-05:00
[[release]]
id = "soon"
title = "Soon"
kind = "film"
date = 2026-11-23
[[release]]
id = "brazilian"
title = "Brazilian"
kind = "film"
[[release.dates]]
region = "BR"
date = 2026-11-21
[[release.dates]]
date = 2026-12-24
[[release]]
id = "early"
title = "Early"
kind = "film"
stage = "released"
date = 2026-12-30
"""


@pytest.mark.parametrize(
    ("name", "options", "titles", "line"),
    [
        ("Far", (), ["Far"], "Tonight"),
        ("Tonight", ("--timezone", "America/New_York"), ["Tonight"], "Tonight"),
        ("Tonight", ("--timezone", "Asia/Tokyo"), ["Tonight"], "Tonight"),
        ("Tonight", ("--as-of", "2026-11-23"), ["Soon"], "Soon"),
        ("Brazilian", (), ["Brazilian"], "Brazilian"),
        ("Brazilian", ("--region", "US"), ["Brazilian"], "Brazilian"),
        ("Brazilian", ("--region", "BR"), ["Tonight"], "Tonight"),
        ("Early", (), ["Tonight"], "Tonight"),
    ],
)
def test_ahead_is_a_date_that_counts_for_the_user(
    name: str,
    options: tuple[str, ...],
    titles: list[str],
    line: str,
    catalogue: Callable[[str], Countdown],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In their region and zone; for the prompt, one day."""
    monkeypatch.setenv("COUNTDOWN_TIMEZONE", "America/New_York")
    monkeypatch.delenv("COUNTDOWN_REGION", raising=False)
    fan = catalogue(WINDOWS)
    fan("follow", name)
    assert fan("next", *options).titles[:1] == titles
    assert fan("prompt", *options, "--format", "{title}").out == f"{line}\n"


EDGES = """
[[release]]
id = "other"
title = "Another"
kind = "film"
date = 2026-11-22
[[release]]
id = "plain"
title = "Plain"
kind = "film"
date = 2026-11-22
[[release]]
id = "dawn"
title = "Dawn"
kind = "film"
date = 2026-11-21T20:00:00Z
[[release]]
id = "later"
title = "Later"
kind = "film"
[[release.dates]]
region = "BR"
date = 2026-12-31
[[release.dates]]
date = 2026-11-01
"""


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("Plain", ()),
        ("Dawn", ("--timezone", "Asia/Tokyo")),
        ("Later", ("--region", "BR")),
    ],
)
def test_day_itself_and_the_date_of_the_region_are_ahead(
    name: str, options: tuple[str, ...], catalogue: Callable[[str], Countdown]
) -> None:
    """The day in the user's zone: in UTC it can be the day before."""
    fan = catalogue(EDGES)
    fan("follow", name)
    assert fan("prompt", *options, "--format", "{title}").out == f"{name}\n"
    assert fan("prompt", "--format", "{title}", "--all", *options).out == "Another\n"


# ---- --followed ----


def test_followed_releases_are_those_of_any_name(fan: Countdown) -> None:
    """Other filters narrow them."""
    fan("follow", "Zendaya", "--platform", "netflix")
    assert fan("list", "--followed").titles == ["Dune", "Extraction 3"]
    assert fan("list", "--followed", "--all").titles == ["Extraction", "Dune", "Extraction 3"]
    assert fan("list", "--followed", "--actor", "zendaya").titles == ["Dune"]
    assert fan("list", "--followed", "--actor", "portman").code == 1
    assert fan("next", "--followed").titles == ["Dune"]
    assert fan("status", "--followed").titles == ["Extraction 3"]


@pytest.mark.parametrize(
    "words",
    [["list"], ["next"], ["status"], ["news"], ["remind"]],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "-",
)
def test_followed_without_any_is_a_usage_error(words: list[str], fan: Countdown) -> None:
    """It says how to follow."""
    code, out, err = fan(*words, "--followed")
    assert (code, out) == (2, "")
    assert err == (
        "--followed: You don't follow anything yet. To see names to begin with: countdown follow\n"
    )


# ---- The prompt ----


def test_prompt_of_what_is_followed_is_empty_where_that_is_nothing(fan: Countdown) -> None:
    """A bar or a shell must not complain because the last name was unfollowed."""
    assert fan("prompt", "--followed") == (0, "", "")
    ran = fan("init", "bash", "--followed", "--region", "BR")
    assert (ran.code, ran.err) == (0, "")
    fan("follow", "Zendaya")
    assert fan("prompt", "--followed").out == "Dune 3d\n"
    fan("unfollow", "Zendaya")
    assert fan("prompt", "--followed") == (0, "", "")


def test_prompt_prefers_what_is_followed(
    fan: Countdown,
) -> None:
    """While any of it is ahead, in the span or not; who names releases gets those."""

    def sentence(*words: str) -> str:
        return fan("prompt", *words).out.rstrip("\n")

    assert sentence() == "Dune 3d"
    fan("follow", "natalie portman")
    assert sentence() == "Thor: Love and Thunder 9d"
    assert sentence("--count", "2") == "Thor: Love and Thunder 9d"
    assert sentence("--within", "5d") == ""
    assert sentence("--within", "5d", "--followed") == ""
    assert sentence("--within", "5d", "--all") == "Dune 3d"
    assert sentence("--milestones", "3") == ""
    assert sentence("--milestones", "3", "--all") == "Dune 3d"
    assert sentence("--actor", "zendaya") == "Dune 3d"
    assert sentence("--actor", "zendaya", "--followed") == ""
    assert sentence("--actor", "hemsworth", "--followed") == "Thor: Love and Thunder 9d"
    fan("config", "set", "prompt.format", "{title}: {date}")
    fan("config", "set", "date_style", "iso")
    assert sentence() == "Thor: Love and Thunder: 2026-12-01"
    assert sentence("--format", "{days}") == "9"


def test_light_path_prefers_what_is_followed_too(
    fan: Countdown, capsys: pytest.CaptureFixture[str]
) -> None:
    """With settings that are known; else, and in their zone, it leaves the answer to click."""

    def sentence(*words: str) -> str | None:
        code = answer.run([*words])
        out = capsys.readouterr().out.rstrip("\n")
        return None if code is None else out

    fan("follow", "natalie portman")
    path = Path(str(paths.config_file()))
    assert sentence() is None
    os.utime(path, (1_600_000_000, 1_600_000_000))
    assert sentence() is None
    fan("list")  # It reads the settings, and keeps them.
    assert sentence() == "Thor: Love and Thunder 9d"
    assert sentence("--followed", "--within", "3d") == ""
    for text, shown in (
        ('region = "BR"\n', "Dune 3d"),
        ('date_style = "month-day-year"\nprompt.format = "{date}"\n', "Nov 25, 2026"),
        ('timezone = "UTC"\n', None),
    ):
        path.write_text(text, "utf-8")
        os.utime(path, (1_600_000_000, 1_600_000_000))
        fan("list")
        assert sentence() == shown
        assert sentence("--followed") == (None if shown is None else "")


def test_init_passes_it_on(fan: Countdown) -> None:
    """To the prompt that the shell asks for."""
    fan("follow", "Zendaya")
    script = fan("init", "bash", "--followed", "--count", "2", "--region", "BR").out
    assert "'--followed' '--count' '2' '--region' 'BR')" in script


def test_init_passes_on_what_the_prompt_is_counted_by(fan: Countdown) -> None:
    """Day, region, zone and catalogue."""
    words = ["--as-of", "2026-11-21", "--region", "BR", "--timezone", "Asia/Tokyo"]
    words += ["--catalogue", os.environ["COUNTDOWN_CATALOGUE"]]
    assert " ".join(f"'{word}'" for word in words) in fan("init", "bash", *words).out
