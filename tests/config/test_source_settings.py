"""The sources in config.toml: which are on, and every mistake with its place."""

import pytest

from countdown.config import edit, load
from countdown.config.settings import Settings
from countdown.config.source_settings import EXAMPLE, SourceSetting, effective_sources
from countdown.errors import ConfigError
from tests.config.conftest import Config

BUILT_IN = (SourceSetting("wikidata", "wikidata"), SourceSetting("tvmaze", "tvmaze"))
URL = "https://example.org/a.toml"


def sources(text: str) -> tuple[SourceSetting, ...]:
    """The sources in a config.toml of that *text*."""
    return load.parse_settings("c.toml", text.encode()).sources


def test_each_key_is_read() -> None:
    """The kind is a catalogue, or follows from the name."""
    text = """
[[source]]
name = "friends"
url = " https://example.org/a.toml "
refresh = "2 days"
key_variable = "FRIENDS_KEY"
[[source]]
name = "mine"
kind = "calendar"
file = "~/mine.ics"
enabled = false
key_file = "~/key"
[[source]]
name = "tmdb"
key_command = ["pass", "show", "tmdb"]
"""
    assert sources(text) == (
        SourceSetting("friends", "catalogue", URL, key_variable="FRIENDS_KEY", refresh=172_800),
        SourceSetting(*("mine", "calendar"), file="~/mine.ics", enabled=False, key_file="~/key"),
        SourceSetting("tmdb", "tmdb", key_command=("pass", "show", "tmdb")),
    )


def test_built_in_sources_are_on_and_first() -> None:
    """Whatever config.toml has, unless it switches one off."""
    friends = SourceSetting("friends", "catalogue", URL)
    slower = SourceSetting("tvmaze", "tvmaze", refresh=86_400)
    off = SourceSetting("wikidata", "wikidata", enabled=False)
    silent = SourceSetting("silent", "catalogue", URL, enabled=False)
    assert effective_sources(Settings()) == BUILT_IN
    assert effective_sources(Settings(sources=(friends,))) == (*BUILT_IN, friends)
    assert effective_sources(Settings(sources=(friends, slower, off, silent))) == (slower, friends)


def test_example_of_the_template_is_valid() -> None:
    """It can be uncommented as it is."""
    (friends,) = sources(EXAMPLE)
    assert friends.kind == "catalogue"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("source = 1", "1:1: source: should be a list, not a number; write [[source]]"),
        ("source = [1]", "1:11: source[0]: should be a table, not a number; write { key = … }"),
        ("[[source]]", '1:1: source[0]: name is missing; add name = "…"'),
        (
            '[[source]]\nname = "My Films"',
            '2:1: source[0].name: "My Films" can\'t be the name of a source;'
            ' use a-z, 0-9 and -, at most 60, like "my-films"',
        ),
        ("[[source]]\nname = 1", '2:1: source[0].name: should be text, not a number; write "…"'),
        (
            '[[source]]\nname = "a"',
            '1:1: source[0]: url is missing; add url = "https://…", or file = "…"',
        ),
        (
            f'[[source]]\nname = "a"\nurl = "{URL}"\nfile = "b"',
            "4:1: source[0].file: there's a url too; keep one of them",
        ),
        (
            '[[source]]\nname = "a"\nurl = "http://example.org/?apikey=SECRET"',
            "3:1: source[0].url: isn't encrypted; write https:// before it",
        ),
        (
            '[[source]]\nname = "a"\nurl = "file:///etc/passwd"',
            '3:1: source[0].url: starts with "file:"; only https:// is read',
        ),
        (
            '[[source]]\nname = "a"\nurl = ""',
            "3:1: source[0].url: can't be empty; write one",
        ),
        (
            '[[source]]\nname = "a"\nkind = "rss"\nurl = "https://a.example"',
            '3:1: source[0].kind: unknown value "rss";'
            " choose wikidata, tvmaze, tmdb, catalogue, calendar",
        ),
        (
            '[[source]]\nname = "a"\nkind = "tmdb"\nkey_variable = "A"',
            '2:1: source[0].name: the name of that source is tmdb; write name = "tmdb"',
        ),
        (
            '[[source]]\nname = "wikidata"\nkind = "calendar"\nfile = "a"',
            '2:1: source[0].name: "wikidata" can only be the name of the source wikidata;'
            " choose another name",
        ),
        (
            f'[[source]]\nname = "tvmaze"\nurl = "{URL}"',
            "3:1: source[0].url: tvmaze has its own address; leave it out",
        ),
        (
            '[[source]]\nname = "tvmaze"\nkey_file = "a"',
            "3:1: source[0].key_file: tvmaze needs no key; leave it out",
        ),
        (
            '[[source]]\nname = "tmdb"\nkey_file = "a"\nkey_variable = "B"',
            "3:1: source[0].key_file: there's key_variable too; keep one of them",
        ),
        (
            '[[source]]\nname = "tmdb"',
            '1:1: source[0]: tmdb needs a key; add key_variable = "TMDB_TOKEN"',
        ),
        (
            '[[source]]\nname = "tmdb"\nkey_command = []',
            '3:1: source[0].key_command: can\'t be empty; write ["pass", "show", "tmdb"]',
        ),
        (
            '[[source]]\nname = "tmdb"\nkey_command = "pass show tmdb"',
            '3:1: source[0].key_command: should be a list, not text; write ["…"], even for one',
        ),
        (
            f'[[source]]\nname = "a"\nurl = "{URL}"\nrefresh = "often"',
            '4:1: source[0].refresh: isn\'t a span of time; write one like "6 hours"',
        ),
        (
            f'[[source]]\nname = "a"\nurl = "{URL}"\n[[source]]\nname = "a"\nfile = "b"',
            '5:1: source[1].name: there\'s already a source "a"; give one of them another name',
        ),
    ],
    ids=lambda it: str(it)[:60],
)
def test_mistake_has_its_place_and_remedy(text: str, problem: str) -> None:
    """The address isn't repeated: it can hold a key."""
    with pytest.raises(ConfigError) as raised:
        sources(text)
    assert raised.value.lines == (f"c.toml:{problem}",)


def test_provider_that_is_off_needs_no_key() -> None:
    """It can wait there for one."""
    assert not sources('[[source]]\nname = "tmdb"\nenabled = false')[0].enabled


def test_changed_setting_leaves_sources_as_they_are(config: Config) -> None:
    """A new key goes above them."""
    tables = f'\n# friends\n[[source]]\nname = "a" # A\nurl = "{URL}"\n'
    path = config(tables)
    edit.set_value("region", "BR")
    edit.follow((("person", "Zendaya"),))
    edit.set_value("contact", "me@example.org")
    edit.unset("region")
    text = path.read_text("utf-8")
    assert tables.strip() in text
    assert load.parse_settings("c.toml", path.read_bytes()) == Settings(
        contact="me@example.org",
        follows=(("person", "Zendaya"),),
        sources=(SourceSetting("a", "catalogue", URL),),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        'region = "BR"  # home\n',
        '[follow]\ntitle = ["Heat 2"]\n\n# mine\n[[source]]\nname = "b"\nfile = "c"  # C\n',
        'source = [ {name = "b", file = "c"} ]\nregion = "BR"\n',
    ],
    ids=["new", "setting", "tables", "inline"],
)
def test_source_is_added_and_removed(text: str, config: Config) -> None:
    """And nothing else changes."""
    path = config(text)
    before = load.parse_settings("c.toml", text.encode())
    edit.add_source({"name": "a", "url": URL, "key_command": ["pass", "a"]}, "source add a")
    added = SourceSetting("a", "catalogue", URL, key_command=("pass", "a"))
    assert load.parse_settings("c.toml", path.read_bytes()).sources == (*before.sources, added)
    edit.change(lambda draft: draft.discard_source("a"), "source remove a")
    assert path.read_text("utf-8").rstrip() == text.rstrip()
    edit.change(lambda draft: draft.discard_source("a"), "source remove a")
    assert path.read_text("utf-8").rstrip() == text.rstrip()
    with pytest.raises(ConfigError, match="url is missing"):
        edit.add_source({"name": "a"}, "source add a")
