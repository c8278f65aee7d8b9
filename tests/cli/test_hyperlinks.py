"""Which terminals get hyperlinks, and what these look like."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from countdown.cli import hyperlinks, pager
from tests.cli.conftest import Countdown
from tests.cli.test_drawing import terminal
from tests.cli.test_pager import is_at_prompt, paged, script
from tests.programs import needs
from tests.thorough import sample

pytestmark = pytest.mark.usefixtures("indexed_shipped")

VTE = {"TERM": "xterm-256color", "VTE_VERSION": "6800"}
LINK = "\x1b]8;;https://www.imdb.com/title/tt21357150/\x1b\\IMDb tt21357150\x1b]8;;\x1b\\"


@pytest.mark.parametrize(
    ("variables", "shown"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        (VTE, True),
        ({"VTE_VERSION": "5000"}, False),
        ({"VTE_VERSION": "5001"}, True),
        ({"VTE_VERSION": "0.50.0"}, False),
        ({"VTE_VERSION": "٦٨٠٠"}, False),
        ({"VTE_VERSION": "9" * 5000}, False),
        ({"KONSOLE_VERSION": "201200"}, True),
        ({"KONSOLE_VERSION": "201199"}, False),
        ({"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.5.0beta1"}, True),
        ({"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.1"}, True),
        ({"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.0.15"}, False),
        ({"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "4"}, True),
        ({"TERM_PROGRAM": "iTerm.app"}, False),
        ({"TERM_PROGRAM": "vscode", "TERM_PROGRAM_VERSION": "1.72.0"}, True),
        ({"TERM_PROGRAM": "vscode", "TERM_PROGRAM_VERSION": "1.71.2"}, False),
        ({"TERM_PROGRAM": "WezTerm", "TERM_PROGRAM_VERSION": "20240203-110809-5046fc22"}, True),
        ({"TERM_PROGRAM": "WezTerm", "TERM_PROGRAM_VERSION": "20190101-1"}, False),
        ({"TERM_PROGRAM": "Apple_Terminal", "TERM_PROGRAM_VERSION": "455"}, False),
        *(
            ({"TERM_PROGRAM": name}, True)
            for name in ("ghostty", "Hyper", "zed", "WarpTerminal", "rio")
        ),
        *(
            ({name: "x"}, True)
            for name in (
                *("WT_SESSION", "DOMTERM", "KITTY_WINDOW_ID", "WEZTERM_PANE"),
                "ALACRITTY_WINDOW_ID",
            )
        ),
        ({"WT_SESSION": ""}, False),
        *(
            ({"TERM": term}, True)
            for term in ("xterm-kitty", "xterm-ghostty", "alacritty-direct", "foot", "contour")
        ),
        ({**VTE, "TERM": "dumb"}, False),
        *(
            ({**VTE, name: "1"}, False)
            for name in ("STY", "INSIDE_EMACS", "CI", "TEAMCITY_VERSION", "ZELLIJ")
        ),
        ({**VTE, "STY": ""}, True),
        ({**VTE, "TERM": "screen-256color"}, False),
        ({**VTE, "TMUX": "/tmp/x"}, False),
        ({**VTE, "TMUX": "/tmp/x", "TERM_PROGRAM": "iTerm.app"}, False),
        ({"TMUX": "/tmp/x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4"}, True),
        ({"TMUX": "/tmp/x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a"}, False),
        ({"TMUX": "/tmp/x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "next-3.6"}, True),
        ({"TERM": "tmux-256color", "VTE_VERSION": "6800"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"FORCE_HYPERLINK": "1", "TERM": "dumb", "STY": "1"}, True),
        ({**VTE, "FORCE_HYPERLINK": "0"}, False),
        ({**VTE, "FORCE_HYPERLINK": ""}, True),
        ({"FORCE_HYPERLINK": ""}, False),
    ],
)
def test_terminal_with_hyperlinks_is_known_by_its_variables(
    variables: dict[str, str], shown: bool
) -> None:
    """Not through a multiplexer that drops them."""
    assert hyperlinks.are_shown(variables, is_terminal=True) is shown
    forced = bool(variables.get("FORCE_HYPERLINK")) and shown
    assert hyperlinks.are_shown(variables, is_terminal=False) is forced


SHOW = ("show", "avengers-doomsday", "--region", "US", "--as-of", "2026-11-22")
SHIPPED = {"COUNTDOWN_CATALOGUE": ""}


def test_show_has_links_where_the_terminal_has_them() -> None:
    """The text is the same everywhere."""
    raw, screen = terminal(*SHOW, variables={**SHIPPED, **VTE})
    assert LINK in raw
    assert raw.count("\x1b]8;;http") == raw.count("\x1b]8;;\x1b")
    plain, same = terminal(*SHOW, variables=SHIPPED)
    assert "\x1b]8" not in plain
    assert [line for line in same if "IMDb" in line] == [
        "Links          IMDb tt21357150 · TMDB 1003596"
    ]
    assert len(screen) == len(same)


def test_news_has_links_where_the_terminal_has_them() -> None:
    """The host of each source leads to it."""
    words = ("news", "--since", "1y", "--as-of", "2026-11-22")
    raw, screen = terminal(*words, variables={**SHIPPED, **VTE})
    assert re.search(r"\x1b]8;;https://[^\x1b]+/[^\x1b]+\x1b\\[a-z.]+\x1b]8;;\x1b\\", raw)
    assert raw.count("\x1b]8;;http") == raw.count("\x1b]8;;\x1b") > 0
    assert screen == terminal(*words, variables=SHIPPED)[1]


def test_other_commands_ask_for_no_links() -> None:
    """Since nothing in them leads anywhere."""
    raw, _ = terminal("next", variables=VTE)
    assert "\x1b]8" not in raw


def test_hostile_address_is_no_link(
    catalogue: Callable[[str], Countdown], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what no address may have is written by its code."""
    countdown = catalogue(
        '[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n'
        'sources = ["https://x.org/é|\\\\", "https://imdb.com@evil.org/"]\n'
    )
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    out = countdown("show", "a", "--format", "table").out
    assert "\x1b]8;;https://x.org/%C3%A9%7C%5C\x1b\\x.org\x1b]8;;\x1b\\" in out
    assert "\x1b]8;;https://imdb.com@evil.org/\x1b\\evil.org\x1b]8;;\x1b\\" in out
    assert out.count("\x1b]8;;http") == 2
    monkeypatch.setenv("COLUMNS", "20")
    assert "\x1b]8" in countdown("show", "a", "--sources", "--format", "table").out


@needs("less")
def test_links_go_through_less() -> None:
    """As the colours do."""
    with paged(*SHOW, height=33, variables=VTE) as run:
        run.until(is_at_prompt(run))
        run.send("q")
        run.ended()
        assert "\x1b]8;;https://" in run.raw


VERSIONS = (  # what `less --version` does, and whether it lets links through then
    ("echo less 566", True),
    ("echo less 565", False),
    ("exec sleep 9", False),
    ("echo fewer 600", False),
    ("echo less 590 of GNU", True),
)


@pytest.mark.parametrize(("says", "shown"), sample(VERSIONS[:2], of=VERSIONS))
def test_links_go_through_a_less_that_lets_them(tmp_path: Path, says: str, shown: bool) -> None:
    """From version 566 on, if it says so; an older one would show them as text."""
    script(tmp_path / "less", f'if [ "$1" = --version ]; then {says}; else exec cat; fi')
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    with paged(*SHOW, height=10, variables={**VTE, "PATH": path}) as run:
        run.ended()
        assert (LINK in run.raw) is shown
        assert ("\x1b]8" in run.raw) is shown
        assert "\x1b[38;5;" in run.raw


@needs("less")
def test_links_go_through_no_other_pager() -> None:
    """Colours neither."""
    with paged(*SHOW, height=33, variables={**VTE, "PAGER": "tail -n 100"}) as run:
        run.ended()
        assert "IMDb tt21357150" in run.raw
        assert "\x1b]8" not in run.raw
    with paged(*SHOW, height=33, variables={**VTE, "PAGER": "less -+R"}) as run:
        run.until(is_at_prompt(run))
        run.send("q")
        run.ended()
        assert "devdiscourse.com" in run.raw
        assert "8;;" not in run.raw


def test_less_that_cannot_be_asked_gets_no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is gone by then."""
    shown: list[bytes] = []

    class Gone:
        returncode = 0

        def __init__(self, *_: object, **__: object) -> None:
            """It starts."""

        def communicate(self, data: bytes) -> None:
            """It shows *data*."""
            shown.append(data)

    def refuse(*_: object, **__: object) -> None:
        raise FileNotFoundError

    monkeypatch.setenv("PAGER", "less")
    monkeypatch.setattr("subprocess.run", refuse)
    monkeypatch.setattr("subprocess.Popen", Gone)
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/less")
    monkeypatch.setattr("countdown.cli.pager.which", lambda _: "/usr/bin/less")
    pager.page(f"a {LINK} \x1b[1mb\x1b[0m\n", "utf-8")
    assert shown == [b"a IMDb tt21357150 \x1b[1mb\x1b[0m\n"]
