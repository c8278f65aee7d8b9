"""Empty answers of `next`, `status` and a bare `countdown`: what emptied them, by one function."""

from collections.abc import Callable

import pytest

from tests.cli.conftest import Countdown

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


def test_command_of_an_empty_answer_finds_what_it_says(countdown: Countdown) -> None:
    """It can be pasted."""
    err = countdown("next", "--title", "extraction 2", "--kind", "movie").err
    command = err.partition("Try: countdown ")[2]
    assert command == "list --title 'extraction 2' --kind film --undated\n"
    assert countdown("list", "--title", "extraction 2", "--kind", "film", "--undated").titles == [
        "Extraction 2"
    ]
