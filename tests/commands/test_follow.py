"""Follows: `follow`, `unfollow`, and `--followed` elsewhere."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from countdown import paths
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


# ---- Follow and unfollow ----


def test_follow_tells_how_many_releases_that_means(fan: Countdown) -> None:
    """One line a name, by sort."""
    ran = fan("follow", "chris hemsworth", "--director", "waititi", "--title", "dune")
    assert ran == (
        0,
        "Following chris hemsworth: 3 releases, 2 ahead\n"
        "Following waititi (director): 1 release, 1 ahead; that is Taika Waititi\n"
        "Following dune (title): 1 release, 1 ahead\n",
        "",
    )
    assert fan("follow", "--franchise", "MCU", "--platform", "netflix").out == (
        "Following MCU (franchise): 1 release, 1 ahead\n"
        "Following netflix (platform): 2 releases, 1 ahead\n"
    )
    assert config() == (
        '[follow]\nperson = ["chris hemsworth"]\ndirector = ["waititi"]\ntitle = ["dune"]\n'
        'franchise = ["MCU"]\nplatform = ["netflix"]\n'
    )


def test_follow_tells_who_is_meant_by_less_than_a_whole_name(
    catalogue: Callable[[str], Countdown],
) -> None:
    """Else one would follow half of Hollywood, or a slip of the hand, unaware."""
    cast = ["Chris Pratt", "Chris Evans", "Chris Pine", "Chris Rock", "Christian Bale"]
    fan = catalogue(f'[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\ncast = {cast}\n')
    assert fan("follow", "pratt").out.endswith("1 ahead; that is Chris Pratt\n")
    assert fan("follow", "chris p").out.endswith("1 ahead; that is Chris Pine and Chris Pratt\n")
    assert fan("follow", "chris").out.endswith(
        "1 ahead; that is Chris Evans, Chris Pine, Chris Pratt and 2 more\n"
    )
    assert fan("follow", "CHRIS PRATT").out.endswith("1 ahead\n")


def test_words_without_quotes_are_one_person(fan: Countdown) -> None:
    """If that is somebody's whole name; several names stand in quotes each."""
    assert fan("follow", "chris", "Hemsworth").out == (
        "Following chris Hemsworth: 3 releases, 2 ahead\n"
    )
    assert fan("unfollow", "Chris", "hemsworth").out == (
        "No longer following chris Hemsworth\nYou follow nothing now\n"
    )
    assert fan("follow", "Zendaya", "Natalie", "Portman").out.count("\n") == 3
    assert fan("follow", "Natalie Portman", "Zendaya").out.count("\n") == 2


def test_following_twice_is_once(fan: Countdown) -> None:
    """However it is written."""
    fan("follow", "Chris Hemsworth")
    ran = fan("follow", "CHRIS  hemsworth", "chris-hemsworth")
    assert ran.out == "You follow already: CHRIS  hemsworth: 3 releases, 2 ahead\n"
    assert config() == '[follow]\nperson = ["Chris Hemsworth"]\n'


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["Chris Hemswort"], None),
        (["Chris Hemsworht"], "Chris Hemsworht: no release yet; did you mean"),
        (["--title", "Extractoin"], '(title): no release yet; did you mean "Extraction'),
        (["--platform", "Netflicks"], '(platform): no release yet; did you mean "Netflix"?'),
        (["--franchise", "Univers of Marvel"], "(franchise): no release yet"),
        (["--franchise", "qqqq"], "qqqq (franchise): no release yet\n"),
        (["--director", "Waikiti"], "(director): no release yet"),
    ],
    ids=lambda it: it[-1] if it else "-",
)
def test_name_without_releases_is_followed_with_a_hint(
    words: list[str], hint: str | None, fan: Countdown
) -> None:
    """Catalogues grow; but it may be a mistake."""
    ran = fan("follow", *words)
    assert ran.code == 0
    assert words[-1] in config()
    assert hint is None or hint in ran.out


def test_unfollow_finds_the_name_however_it_is_written(fan: Countdown) -> None:
    """And says what is left."""
    fan("follow", "Chris Hemsworth", "Zendaya", "--franchise", "MCU")
    assert fan("unfollow", "chris HEMSWORTH") == (
        0,
        "No longer following Chris Hemsworth\nYou follow Zendaya, MCU (franchise)\n",
        "",
    )
    assert fan("unfollow", "zendaya", "--franchise", "mcu").out == (
        "No longer following Zendaya\nNo longer following MCU (franchise)\nYou follow nothing now\n"
    )


@pytest.mark.parametrize(
    ("words", "err"),
    [
        (["mcu"], 'you do not follow "mcu"; write countdown unfollow --franchise "MCU"'),
        (
            ["--title", "zendaya"],
            'you do not follow "zendaya" as a title; write countdown unfollow "Zendaya"',
        ),
        (["zendeya"], 'you do not follow "zendeya"; did you mean "Zendaya"?'),
        (["hemsworth"], 'you do not follow "hemsworth"; did you mean "Chris Hemsworth"?'),
        (["Hems"], 'you do not follow "Hems"; did you mean "Chris Hemsworth"?'),
        (["x"], 'you do not follow "x"; see countdown follow'),
        (["Zendaya", "x"], 'you do not follow "x"; see countdown follow'),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "-",
)
def test_what_is_not_followed_can_not_be_unfollowed(
    words: list[str], err: str, fan: Countdown
) -> None:
    """The nearest is named, and nothing is changed."""
    fan("follow", "Chris Hemsworth", "Zendaya", "--franchise", "MCU")
    before = config()
    assert fan("unfollow", *words) == (1, "", f"{err}\n")
    assert config() == before


@pytest.mark.parametrize("command", ["follow", "unfollow"])
@pytest.mark.parametrize(
    ("words", "err"),
    [
        ([""], "person: is empty; leave the key out if nothing is known"),
        (["--title", "\u00ad"], 'title: "\u00ad" has nothing that can be seen'),
        (["a\x1b[m"], "person: has the control character \\x1b; remove it; write plain text"),
    ],
    ids=str,
)
def test_name_that_is_none_is_refused(
    command: str, words: list[str], err: str, fan: Countdown
) -> None:
    """Nothing could be called that."""
    code, out, told = fan(command, *words)
    assert (code, out, told[: len(err)]) == (2, "", err)


# ---- What is followed ----


def test_follow_without_a_name_lists_what_comes_next(fan: Countdown) -> None:
    """A row a name; whose releases have no date, and who has none, stand there too."""
    fan("follow", "Chris Hemsworth", "Nobody", "--platform", "Netflix")
    assert fan("follow") == (
        0,
        "Chris Hemsworth\tperson\t2 ahead\tThor: Love and Thunder\t1 Dec 2026\tin 9 days\n"
        "Nobody\tperson\t0 ahead\t\t\tnothing ahead\n"
        "Netflix\tplatform\t1 ahead\t\t\t1 without a date\n",
        "",
    )


def test_follow_without_a_name_tells_programs_the_same(fan: Countdown) -> None:
    """Each name with what is ahead, besides the releases that come next."""
    fan("follow", "Chris Hemsworth", "Nobody", "--platform", "Netflix")
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


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["MCU"], '; write countdown follow --franchise "MCU" for the franchise\n'),
        (["Netflix"], '; write countdown follow --platform "Netflix" for the platform\n'),
        (["--platform", "MCU"], '; write countdown follow --franchise "MCU" for the franchise\n'),
        (
            ["--title", "Chris Hemsworth"],
            '; write countdown follow "Chris Hemsworth" for the person\n',
        ),
    ],
)
def test_a_name_of_another_sort_is_told(words: list[str], hint: str, fan: Countdown) -> None:
    """Else somebody called Netflix would be followed, and nothing ever come."""
    assert fan("follow", *words).out.endswith(f"no release yet{hint}")


@pytest.mark.parametrize(
    ("command", "err"),
    [
        ("list", "nothing that you follow matches; see countdown follow\n"),
        ("next", "nothing that you follow with a date is ahead; see countdown follow\n"),
        ("status", "nothing that you follow is without a date; see countdown follow\n"),
    ],
)
def test_without_an_answer_the_names_are_the_filter(command: str, err: str, fan: Countdown) -> None:
    """To loosen another one would not help."""
    fan("follow", "Nobody At All")
    ran = fan(command, "--followed")
    assert (ran.code, ran.err) == (1, err)


@pytest.mark.parametrize("options", [["--json"], ["--format", "plain"]], ids=" ".join)
def test_only_the_list_of_follows_has_formats(options: list[str], fan: Countdown) -> None:
    """With a name, the answer is a sentence; the name must not be followed unawares."""
    ran = fan("follow", "Zendaya", *options)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "--format and --json are for countdown follow without a name\n"
    assert not Path(str(paths.config_file())).exists()


def test_unfollow_needs_a_name(fan: Countdown) -> None:
    """Else nobody knows what is meant."""
    code, out, err = fan("unfollow")
    assert (code, out) == (2, "")
    assert err == 'name whom: "Chris Hemsworth", or --franchise MCU; see --help\n'


def test_following_nothing_says_how_to_begin(fan: Countdown) -> None:
    """That is exit code 1, like other empty answers."""
    code, out, err = fan("follow")
    assert (code, out) == (1, "")
    assert err == (
        'You don\'t follow anything yet. Start with countdown follow "Chris Hemsworth".\n'
    )


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
    ids=" ".join,
)
def test_followed_without_any_is_a_usage_error(words: list[str], fan: Countdown) -> None:
    """It says how to follow."""
    code, out, err = fan(*words, "--followed")
    assert (code, out) == (2, "")
    assert err == (
        "--followed: You don't follow anything yet."
        ' Start with countdown follow "Chris Hemsworth".\n'
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
    """If any of it is ahead in the span that is asked for; who names releases gets those."""

    def sentence(*words: str) -> str:
        return fan("prompt", *words).out.rstrip("\n")

    assert sentence() == "Dune 3d"
    fan("follow", "natalie portman")
    assert sentence() == "Thor: Love and Thunder 9d"
    assert sentence("--count", "2") == "Thor: Love and Thunder 9d"
    assert sentence("--within", "5d") == "Dune 3d"
    assert sentence("--within", "5d", "--followed") == ""
    assert sentence("--milestones", "3") == "Dune 3d"
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
