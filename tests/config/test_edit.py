"""Changes to config.toml: nothing else changes, and nothing at all if they are refused."""

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import tomli

from countdown import files, paths
from countdown.config import edit
from countdown.errors import ConfigError
from countdown.toml import edit as toml_edit
from tests.config.conftest import Config

WHOLE = """\
# mine

region = "US" # home

# people
[follow]
person = [
    "Ana", # first
    "Bé", # second
    # at last
    "Zoe",
]

# how it looks
[prompt]
"""
Change = Callable[[], object]


def set_later(key: str, value: str | list[str]) -> Change:
    """A change to come."""
    return lambda: edit.set_value(key, value)


def follow(*follows: tuple[str, str]) -> Change:
    """A change to come."""
    return lambda: edit.follow(follows)


def unfollow(*follows: tuple[str, str]) -> Change:
    """A change to come."""
    return lambda: edit.unfollow(follows)


def is_toml(text: str) -> bool:
    """True if the installed parser accepts *text*."""
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        return False
    return True


BRACES = [  # over several lines, which TOML has since 1.1
    case
    for case in (
        (
            'follow = {\n  person = ["A"], # p\n  # tt\n  title = ["T"], # t\n}\n',
            lambda: edit.unset("follow.title"),
            'follow = {\n  person = ["A"], # p\n  # tt\n}\n',
        ),
        (
            'follow = {\n  person = ["A"], # p\n  # tt\n  title = ["T"] # t\n}\n',
            lambda: edit.unset("follow.person"),
            'follow = {\n  # tt\n  title = ["T"] # t\n}\n',
        ),
        (
            "follow = { # nothing yet\n}\n",
            follow(("person", "A")),
            'follow = { # nothing yet\n    person = ["A"],\n}\n',
        ),
    )
    if is_toml(case[0])
]


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        (WHOLE, set_later("region", "BR"), WHOLE.replace('"US"', '"BR"')),
        (WHOLE, set_later("region", "US"), WHOLE),
        (
            WHOLE,
            set_later("format", "json"),
            WHOLE.replace("home\n", 'home\nformat = "json"\n'),
        ),
        (WHOLE, set_later("prompt.format", "{title}"), f'{WHOLE}format = "{{title}}"\n'),
        (
            WHOLE,
            set_later("follow.person", ["Eve"]),
            WHOLE[: WHOLE.index("person")]
            + 'person = [\n    # at last\n    "Eve",\n]'
            + WHOLE[WHOLE.index("]\n\n# how") + 1 :],
        ),
        (
            WHOLE,
            set_later("follow.person", ["Ana", "Zoe", "Eve"]),
            WHOLE.replace('    "Bé", # second\n', "").replace('"Zoe",\n', '"Zoe",\n    "Eve",\n'),
        ),
        (
            '[follow]\nperson = [\n  "A",\n  "B" # b\n  # no more\n]\n',
            follow(("person", "C"), ("person", "D")),
            '[follow]\nperson = [\n  "A",\n  "B", # b\n  # no more\n  "C",\n  "D"\n]\n',
        ),
        (
            'follow.person = ["A", # a\n  "B"] # b\n',
            set_later("follow.person", ["B", "C"]),
            'follow.person = ["B", "C"] # b\n',
        ),
        ('follow.person = ["a"]\n', lambda: edit.unset("follow.person"), ""),
        ('[prompt]\nformat = "x" # y\n', lambda: edit.unset("prompt.format"), "[prompt]\n"),
        (
            '# a\u2028b\nformat = "csv"\n[follow]\n',
            set_later("region", "BR"),
            '# a\u2028b\nformat = "csv"\nregion = "BR"\n[follow]\n',
        ),
        (WHOLE, lambda: edit.unset("region"), WHOLE.replace('region = "US" # home\n\n', "")),
        (WHOLE, lambda: edit.unset("format"), WHOLE),
        (
            WHOLE,
            follow(("person", "Eve"), ("person", "BE"), ("title", "T")),
            WHOLE.replace('"Zoe",\n]', '"Zoe",\n    "Eve",\n]\ntitle = ["T"]'),
        ),
        (WHOLE, unfollow(("person", "be")), WHOLE.replace('    "Bé", # second\n', "")),
        (WHOLE, unfollow(("person", "none"), ("title", "none")), WHOLE),
        ("", set_later("region", "BR"), 'region = "BR"\n'),
        ("# mine", set_later("region", "BR"), '# mine\n\nregion = "BR"\n'),
        ("# mine\n[follow]\n", set_later("region", "BR"), 'region = "BR"\n\n# mine\n[follow]\n'),
        (
            "# mine\n\n# whom\n[ follow ]\n",
            set_later("region", "BR"),
            '# mine\n\nregion = "BR"\n\n# whom\n[ follow ]\n',
        ),
        (
            "format='csv'\n[follow]",
            set_later("region", "BR"),
            "format='csv'\nregion = \"BR\"\n[follow]\n",
        ),
        (
            "format='csv'\n\n[follow]\n",
            set_later("region", "BR"),
            "format='csv'\nregion = \"BR\"\n\n[follow]\n",
        ),
        ("", set_later("prompt.format", "x"), '[prompt]\nformat = "x"\n'),
        (
            "follow = { title = ['a'] } # a\n",
            lambda: edit.unset("follow.title"),
            "follow = { } # a\n",
        ),
        (
            'follow.person = [\n  "A", # a, b\n  "B" # c, d ##############################\n]\n',
            follow(("person", "C")),
            'follow.person = [\n  "A", # a, b\n  "B", # c, d ##############################\n'
            '  "C"\n]\n',
        ),
        (
            'follow.person = [\n  "A"\n  , "B" # c, d\n  # e, f\n]\n',
            follow(("person", "C")),
            'follow.person = [\n  "A"\n  , "B" # c, d\n  # e, f\n  , "C"\n]\n',
        ),
        (
            "follow.person = [\n  # nobody yet, perhaps A\n]\n",
            follow(("person", "A")),
            'follow.person = [\n  # nobody yet, perhaps A\n  "A",\n]\n',
        ),
        *BRACES,
        ("follow = {}\n", follow(("title", "a")), 'follow = { title = ["a"] }\n'),
        (
            'follow.title = ["a"]\n',
            follow(("title", "b"), ("platform", "c")),
            'follow.title = ["a", "b"]\nfollow.platform = ["c"]\n',
        ),
        (
            'follow.title = ["a"]\nregion = "US"\nfollow.person = ["b"]\n',
            follow(("person", "c")),
            'follow.title = ["a"]\nregion = "US"\nfollow.person = ["b", "c"]\n',
        ),
        ("", follow(("title", "a\"b\\c'd")), '[follow]\ntitle = ["a\\"b\\\\c\'d"]\n'),
    ],
)
def test_change_leaves_all_else_as_it_is(
    before: str, change: Change, after: str, config: Config
) -> None:
    """Comments, order and layout; behind a byte-order mark, too."""
    for mark in ("", "\ufeff"):
        path = config(mark + before)
        change()
        assert path.read_text("utf-8") == mark + after


def test_file_of_cr_lf_stays_one(config: Config) -> None:
    """New lines, too; a file with both ends stays mixed."""
    path = config(WHOLE.replace("\n", "\r\n"))
    edit.follow((("title", "T"),))
    edit.set_value("format", "json")
    text = path.read_bytes().decode()
    assert '\r\ntitle = ["T"]\r\n' in text
    assert text.count("\r\n") == text.count("\n")
    path = config(WHOLE.replace("\n", "\r\n", 1))
    edit.set_value("region", "BR")
    assert path.read_bytes().decode() == WHOLE.replace("\n", "\r\n", 1).replace("US", "BR")


def test_new_follows_are_returned(config: Config) -> None:
    """Not what was followed already, however it was written."""
    config(WHOLE)
    new = edit.follow((("person", "ana"), ("person", "Eve"), ("director", "Ana")))
    assert new == (("person", "Eve"), ("director", "Ana"))
    assert edit.follow((("person", "EVE"), ("director", "ana"))) == ()


def test_first_setting_makes_file_and_folder() -> None:
    """For this user's eyes."""
    edit.set_value("region", "BR")
    path = Path(str(paths.config_file()))
    assert path.read_text() == 'region = "BR"\n'
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_to_unset_makes_no_file() -> None:
    """There is nothing to write."""
    assert not edit.unset("region")
    assert not Path(str(paths.config_file())).exists()


def refused(change: Change, path: Path, *, match: str) -> None:
    """Assert that *change* is refused, and the file at *path* unchanged."""
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(ConfigError, match=match) as raised:
        change()
    assert raised.value.exit_code == 3
    assert (path.read_bytes() if path.exists() else None) == before
    assert [draft.name for draft in path.parent.glob("*draft*")] == []


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("regio = 1", "unknown key"),
        ("region = ", "no value"),
        ('[prompt]\nformat = "{x}"', "there's no"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_file_with_problems_is_not_touched(text: str | bytes, match: str, config: Config) -> None:
    """They are told, with their places."""
    refused(set_later("format", "json"), config(text), match=match)


def test_value_that_does_not_check_is_refused(config: Config) -> None:
    """For every function that changes it."""
    refused(set_later("region", "XX"), config(WHOLE), match="isn't a region")
    refused(set_later("region", "XX"), config(b"\xef\xbb\xbf"), match="isn't a region")


@pytest.mark.parametrize("text", ["", "region = 'US'\n", "x"], ids=["none", "other", "no TOML"])
def test_edited_text_with_other_values_is_refused(
    text: str, config: Config, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The editing code may be wrong; the place is told with what can't be seen spelt out."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "a\u202eb"))
    monkeypatch.setattr(toml_edit, "set_value", lambda *_: text)
    place = re.escape(str(tmp_path / "a\\u202eb" / "countdown" / "config.toml"))
    match = rf"^{place}: This can't be changed in place\. Change it by hand: countdown config edit"
    refused(set_later("follow.title", ["x"]), config(WHOLE), match=match)


@pytest.mark.parametrize(
    ("error", "match"),
    [
        (
            files.FileChangedError("c"),
            "Another program changed it at the same time. Nothing was changed. Try again.",
        ),
        (
            files.NotSyncedError(5, "broken", "c"),
            "the disk didn't confirm it: broken. Check it with countdown config list.$",
        ),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device. Nothing was"),
        (PermissionError(13, "Permission denied", "/c"), "/c: Permission denied. Nothing was"),
    ],
)
def test_disk_errors_are_reported(
    error: OSError, match: str, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what is to be done, and never as a traceback."""
    replace = files.replace

    def fail(path: str, data: bytes, *, expected: bytes | None) -> None:
        if path.endswith("config.toml"):  # not the snapshot, which comes first
            raise error
        replace(path, data, expected=expected)

    path = config(WHOLE)
    monkeypatch.setattr(files, "replace", fail)
    refused(set_later("region", "BR"), path, match=match)
    refused(lambda: edit.rewrite(b"", expected=None), path, match=match)


def test_folder_in_its_place_is_reported(config: Config) -> None:
    """It is no file."""
    path = Path(str(paths.config_file()))
    path.mkdir(parents=True)
    with pytest.raises(ConfigError, match="Is a directory"):
        edit.set_value("region", "BR")


def test_link_stays_a_link(config: Config, tmp_path: Path) -> None:
    """Settings are kept in repositories."""
    path = config(WHOLE)
    target = path.rename(tmp_path / "dotfile.toml")
    path.symlink_to(target)
    edit.set_value("region", "BR")
    assert path.is_symlink()
    assert '"BR"' in target.read_text()


def test_file_that_has_changed_meanwhile_is_left_alone(config: Config) -> None:
    """By an editor that is open."""
    path = config(WHOLE)
    refused(lambda: edit.rewrite(b"", expected=b"before"), path, match="Try again")
    edit.rewrite(b"# all new\n", expected=WHOLE.encode())
    assert path.read_text() == "# all new\n"


@pytest.mark.parametrize("variable", ["XDG_CONFIG_HOME", "XDG_STATE_HOME"])
def test_without_a_home_nothing_can_be_kept(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to do."""
    monkeypatch.setenv("HOME", "")
    monkeypatch.delenv(variable)
    with pytest.raises(ConfigError, match=r"^There's no home folder for your settings. Set HOME.$"):
        edit.set_value("region", "BR")
    assert os.environ["HOME"] == ""
