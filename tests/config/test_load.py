"""config.toml → settings, or every problem with its place."""

import os
from pathlib import Path

import pytest

from countdown.config import keys, load
from countdown.config.settings import FOLLOW_SORTS, Settings
from countdown.config.source_settings import SourceSetting
from countdown.core.regions import REGIONS
from countdown.errors import ConfigError
from countdown.formats import FORMATS

TOP_LEVEL = dict.fromkeys(key.partition(".")[0] for key in (*keys.KEYS, "source"))
EVERY = """\
# mine
region = "BR"
timezone = "America/Sao_Paulo"
date_style = "iso"
format = "json"
contact = "me@example.org"
[prompt]
format = "{title}: {days}"
[follow]
platform = ["Netflix"]
person = ["Chris Hemsworth", "Zendaya"]
director = []
title = ["Extraction 3"]
franchise = ["MCU"]
[[source]]
name = "radarr"
kind = "calendar"
url = "https://films.example:7878/feed.ics?apikey=abc"
"""


def problem_lines(text: str | bytes) -> list[str]:
    """The problems of a config.toml with that *text*."""
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(ConfigError) as raised:
        load.parse_settings("c.toml", data)
    assert raised.value.exit_code == 3
    return list(raised.value.lines)


def test_every_key_is_read() -> None:
    """Follows are in the order of the sorts, then of the file."""
    assert load.parse_settings("c.toml", EVERY.encode()) == Settings(
        region="BR",
        timezone="America/Sao_Paulo",
        date_style="iso",
        format="json",
        contact="me@example.org",
        prompt_format="{title}: {days}",
        sources=(
            SourceSetting("radarr", "calendar", "https://films.example:7878/feed.ics?apikey=abc"),
        ),
        follows=(
            ("person", "Chris Hemsworth"),
            ("person", "Zendaya"),
            ("title", "Extraction 3"),
            ("franchise", "MCU"),
            ("platform", "Netflix"),
        ),
    )


@pytest.mark.parametrize("text", ["", "# nothing\n", "[prompt]\n[follow]\n", "\ufeff", "prompt={}"])
def test_empty_file_sets_nothing(text: str) -> None:
    """Every key is optional, and so is every table."""
    assert load.parse_settings("c.toml", text.encode()) == Settings()


def test_settings_differ_by_their_values() -> None:
    """And from what is none."""
    assert Settings(region="BR") != Settings(region="US")
    assert Settings() != "settings"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('regoin = "BR"', ['c.toml:1:1: regoin: unknown key; did you mean "region"?']),
        (
            'region = "Brazl"',
            ['c.toml:1:1: region: "Brazl" isn\'t a region; did you mean "Brazil" (BR)?'],
        ),
        ("region = 1", ['c.toml:1:1: region: should be text, not a number; write "…"']),
        (
            '\ntimezone = "Sao_Paulo"',
            [
                'c.toml:2:1: timezone: there\'s no time zone "Sao_Paulo";'
                ' did you mean "America/Sao_Paulo"?'
            ],
        ),
        (
            'timezone = "../../etc/passwd"',
            [
                'c.toml:1:1: timezone: there\'s no time zone "../../etc/passwd";'
                " write one like America/Sao_Paulo"
            ],
        ),
        (
            'contact = "José"',
            ["c.toml:1:1: contact: isn't an address of ASCII letters, without brackets"],
        ),
        (
            'contact = "me (at) example.org"',
            ["c.toml:1:1: contact: isn't an address of ASCII letters, without brackets"],
        ),
        ("timezone = 3", ['c.toml:1:1: timezone: should be text, not a number; write "…"']),
        (
            'date_style = "ios"',
            ['c.toml:1:1: date_style: unknown value "ios"; did you mean "iso"?'],
        ),
        ('format = "jsno"', ['c.toml:1:1: format: unknown value "jsno"; did you mean "json"?']),
        (
            '[prompt]\nformat = "{name}"',
            [
                'c.toml:2:1: prompt.format: there\'s no field "{name}"; write {title}, {days},'
                " {left}, {phrase}, {date}, {stage}, {platform}, and {{ for a brace"
            ],
        ),
        ("prompt = 1", ["c.toml:1:1: prompt: should be a table, not a number; write { key = … }"]),
        (
            '[follow]\nperson = "Zendaya"',
            ['c.toml:2:1: follow.person: should be a list, not text; write ["…"], even for one'],
        ),
        (
            '[follow]\nmusic = ["x"]',
            [
                "c.toml:2:1: follow.music: unknown key; choose person, director, title,"
                " franchise, platform"
            ],
        ),
        (
            '[follow]\ntitle = ["a", "b\\u001b"]',
            ["c.toml:2:15: follow.title[1]: has the control character \\x1b; remove it"],
        ),
        (
            "region =",
            ["c.toml:1:1: region has no value; write one, or take it out"],
        ),
        (b"\n\xff", ["c.toml:2:1: byte 0xff is not UTF-8; save the file as UTF-8"]),
        (
            'x = 1\nregion = "ZZ"\n[prompt]\ny = 2',
            [
                f"c.toml:1:1: x: unknown key; choose {', '.join(TOP_LEVEL)}",
                'c.toml:2:1: region: "ZZ" isn\'t a region; '
                'write a name like "Brazil" or two letters like BR',
                "c.toml:4:1: prompt.y: unknown key; choose format",
            ],
        ),
    ],
    ids=lambda it: str(it)[:30],
)
def test_problem_has_its_place_and_remedy(text: str | bytes, lines: list[str]) -> None:
    """All of them at once, in the order of the file."""
    assert problem_lines(text) == lines


def test_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """Settings are small; what is not, is something else."""
    path = tmp_path / "large.toml"
    path.write_bytes(b"#" * 2**20)
    assert len(load.content(str(path))) == 2**20
    path.write_bytes(b"#" * (2**20 + 1))
    with pytest.raises(ConfigError, match=r"large\.toml: is too large; keep it under 1 MiB"):
        load.content(str(path))


def test_folder_is_no_file(tmp_path: Path) -> None:
    """It is said what is wanted."""
    with pytest.raises(ConfigError, match=": Is a directory; it has to be a file"):
        load.content(str(tmp_path))


def test_pipe_is_no_file(tmp_path: Path) -> None:
    """Nobody waits for what is written into it, nor takes it out."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    handle = os.open(path, os.O_RDWR)
    os.write(handle, b"# nobody takes this out")
    with pytest.raises(
        ConfigError, match="Not a regular file; check that it is a file that you can"
    ):
        load.content(str(path))
    assert os.read(handle, 99) == b"# nobody takes this out"
    os.close(handle)


# ---- The table of keys ----


def test_keys_are_those_of_the_settings() -> None:
    """Each is known to the checker, has a line of docs and an example that is in order."""
    assert [*keys.EXAMPLES] == [*keys.KEYS]
    assert {key.removeprefix("follow.") for key in keys.KEYS if keys.is_list(key)} == {
        *FOLLOW_SORTS
    }
    for key, example in keys.EXAMPLES.items():
        assert load.parse_values("c.toml", f"{key} = {example}".encode()).keys() == {key}
        assert keys.KEYS[key].doc.endswith(".")


def test_choices_are_reported() -> None:
    """In an order that one can look through; of what can be anything, there are none."""
    assert tuple(keys.choices("format")) == FORMATS
    assert keys.choices("region") == sorted(REGIONS)
    assert keys.choices("timezone") == keys.choices("follow.person") == []
