"""The settings, as `config` shows them."""

from countdown.config.keys import KEYS
from countdown.views.settings import Setting, settings
from countdown.views.view import Cell, Lines, Pairs, Table, View
from tests.views.releases import CONTEXT, columns, drop_out, looks, pairs, runs, tables, texts

FOUND = [
    Setting("region", ("BR",), "LANG"),
    Setting("timezone", (), ""),
    Setting("format", ("table",), "by default"),
    Setting("prompt.format", ("{title}",), "config.toml"),
    Setting("spoilers", ("yes",), "config.toml"),
    Setting("follow.person", ("Zendaya", "Chris Hemsworth"), "config.toml"),
    Setting("follow.title", (), ""),
]


def view_of(found: list[Setting], state: str = "") -> View:
    """The view of those settings."""
    return settings(found, CONTEXT, path="~/config.toml", state=state)


def test_formats_have_every_setting() -> None:
    """With lists joined, and what is not set empty."""
    view = view_of(FOUND)
    (table,) = tables(view)
    assert table.heading == "Settings"
    assert texts(table)[1:3] == [("timezone", "", ""), ("format", "table", "by default")]
    assert texts(table)[5:] == [
        ("follow.person", "Zendaya, Chris Hemsworth", "config.toml"),
        ("follow.title", "", ""),
    ]
    assert looks(table)[0] == ("title", "", "muted")
    assert columns(table) == [("Key", ""), ("Value", "stretch"), ("From", "")]
    assert drop_out(table) == ["From"]
    assert (view.outlooks, view.context) == ((), CONTEXT)


def test_terminal_groups_settings_apart_from_follows() -> None:
    """Without empty lists of follows; what else is not set says so."""
    view = view_of(FOUND)
    assert view.screen is not None
    title, table, follows, footer = view.screen(80, 24)
    assert runs(title) == [[Cell("Settings", "heading")], [Cell("~/config.toml", "muted")]]
    assert isinstance(table, Table)
    assert [(row, cells[0].text) for row, cells in table.breaks] == [
        *((0, "Place and time"), (2, "Screen"), (3, "Prompt"), (4, "Other"))
    ]
    assert texts(table) == [
        ("  region", "BR", "LANG"),
        ("  timezone", "not set", ""),
        ("  format", "table", "by default"),
        ("  prompt.format", "{title}", "config.toml"),
        ("  spoilers", "yes", "config.toml"),
    ]
    assert isinstance(follows, Pairs)
    assert follows.heading == "You follow"
    assert pairs(follows) == [("  follow.person", "Zendaya, Chris Hemsworth")]
    assert ["".join(cell.text for cell in item) for item in runs(footer)] == [
        "To change one: countdown config set region BR",
        "To reset one: countdown config unset region",
    ]


def test_narrow_terminal_has_the_value_below_its_key() -> None:
    """And where nothing is followed, the command to begin with; a missing file is said."""
    view = view_of(FOUND[:2], "not created yet")
    assert view.screen is not None
    title, lines, footer = view.screen(55, 24)
    assert runs(title)[2] == [Cell("not created yet", "muted")]
    assert isinstance(lines, Lines)
    assert ["".join(cell.text for cell in line) for line in runs(lines)] == [
        *("Place and time", "region · LANG", "  BR", "timezone", "  not set")
    ]
    assert runs(footer)[2][1] == Cell("countdown follow", "command")
    assert isinstance([*view.screen(56, 24)][1], Table)


def test_every_key_has_a_group() -> None:
    """`Other` is for those that nobody has thought of."""
    view = view_of([Setting(key, ("x",), "") for key in KEYS])
    assert view.screen is not None
    assert "Other" not in str(view.screen(80, 24))
