"""Empty answers of `next`, `status` and bare `countdown` name the filter that emptied them."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Countdown

pytestmark = pytest.mark.usefixtures("indexed_july")

ELSE = "Nothing matches, but something does without"


@pytest.mark.parametrize(
    ("command", "err"),
    [
        ("next --platform netflx", 'Nothing is on "netflx". Did you mean "Netflix"?'),
        ("next --actor chalamet --platform warner --within 5d", f"{ELSE} --within 5d."),
        ("next gray --within 1d", f"{ELSE} --within 1d."),
        ("next --type physical", "Nothing matches --type physical."),
        ("next --kind short --type tv", "Nothing matches. Remove more than one filter."),
        (
            "next --title extraction,witcher",
            "Nothing matches with a date. Try: countdown list --title extraction,witcher --undated",
        ),
        (
            "next --title ragnarok",
            "Nothing matches that's still to come. Try: countdown list --title ragnarok --all",
        ),
        ("status --platform netflx", 'Nothing is on "netflx". Did you mean "Netflix"?'),
        ("status --stage wrapped --actor zendaya", f"{ELSE} --actor zendaya."),
        ("status --kind short", "Nothing matches --kind short."),
        (
            "status --title love",
            "Nothing matches without a date. Try: countdown list --title love --dated",
        ),
        (
            "status --from 2022-07-20 --to 2022-08 --kind film,short",
            "Nothing matches without a date. Try: countdown list"
            " --kind film --kind short --dated --from 2022-07-20 --to 2022-08",
        ),
        (
            "status --title ragnarok --stage released",
            "Nothing matches without a date. Try: countdown list"
            " --title ragnarok --stage released --dated",
        ),
    ],
)
def test_empty_answer_names_what_is_at_fault(command: str, err: str, countdown: Countdown) -> None:
    """As `list` does, or the command that shows what they leave out."""
    assert countdown(*command.split()) == (1, "", f"{err}\n")


@pytest.mark.parametrize(
    ("command", "err"),
    [
        ("", "Nothing is coming."),
        ("next", "Nothing is coming."),
        ("status", "Nothing is without a date."),
    ],
)
def test_no_filter_is_at_fault_in_an_empty_catalogue(
    command: str, err: str, catalogue: Callable[[str], Countdown]
) -> None:
    """So none is named."""
    assert catalogue("")(*command.split()).err == f"{err}\n"


PAST = '[[release]]\nid = "a"\ntitle = "Past"\nkind = "film"\ndate = 2020-01-01\n'
UNDATED = '[[release]]\nid = "a"\ntitle = "Undated"\nkind = "film"\n'
AHEAD = '[[release]]\nid = "a"\ntitle = "Ahead"\nkind = "film"\ndate = 2027-01-01\n'


@pytest.mark.parametrize(
    ("tables", "command", "said", "option"),
    [
        (PAST, (), "Nothing is coming", "--all"),
        (PAST, ("list",), "Nothing is coming", "--all"),
        (PAST, ("next",), "Nothing is coming", "--all"),
        (PAST, ("status",), "Nothing is without a date", "--all"),
        (UNDATED, ("next",), "Nothing has a date", "--undated"),
        (AHEAD, ("status",), "Nothing is without a date", "--dated"),
    ],
)
def test_nothing_matches_is_said_of_filters_only(
    tables: str,
    command: tuple[str, ...],
    said: str,
    option: str,
    catalogue: Callable[[str], Countdown],
    tmp_path: Path,
) -> None:
    """The command for what there is reads the same files, and finds it."""
    assert catalogue(tables)(*command).err == f"{said}. Try: countdown list {option}\n"
    path = str((tmp_path / "catalogue.toml").rename(tmp_path / "my own.toml"))
    ran = catalogue("")("--catalogue", path, *command)
    assert (ran.code, ran.err) == (
        1,
        f'{said}. Try: countdown list --catalogue "{path}" {option}\n',
    )
    call = ran.err.partition("Try: countdown ")[2]
    assert catalogue("")(*shlex.split(call)).titles


def test_command_for_what_a_filter_leaves_out_reads_the_same_files(
    catalogue: Callable[[str], Countdown], tmp_path: Path
) -> None:
    """Else it would look elsewhere."""
    countdown, path = catalogue(UNDATED), tmp_path / "catalogue.toml"
    err = countdown("next", "--kind", "film", "--catalogue", str(path)).err
    assert err.endswith(f"Try: countdown list --catalogue {path} --kind film --undated\n")


def test_command_of_an_empty_answer_finds_what_it_says(countdown: Countdown) -> None:
    """It can be pasted."""
    err = countdown("next", "--title", "extraction 2", "--kind", "movie").err
    command = err.partition("Try: countdown ")[2]
    assert command == "list --title 'extraction 2' --kind film --undated\n"
    assert countdown("list", "--title", "extraction 2", "--kind", "film", "--undated").titles == [
        "Extraction 2"
    ]
