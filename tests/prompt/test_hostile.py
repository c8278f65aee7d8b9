"""Hostile text in a catalogue, a cache file or the environment runs and moves nothing."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.programs import needs
from tests.prompt.conftest import (
    THOR,
    Catalogue,
    Opening,
    Program,
    Terminal,
    cache_files,
    each,
    exported,
    placed,
)
from tests.prompt.fixtures import resealed
from tests.thorough import part

pytestmark = pytest.mark.preloaded

SHOWN = {  # title → what is shown of it, in so many columns
    **{
        title: (title, len(title))
        for title in (
            *(
                "$(touch X)",
                "`touch X`",
                "${IFS}touch${IFS}X",
                "$((a[$(touch X)]))",
                "$X",
                "~",
                "*",
            ),
            *("%n %F{red} %(1j.a.b) %1v %97v", "%{ %} %% %", "\\u \\$ \\[ \\e \\n \\\\", "\\"),
            *("#{pid} #(touch X) #[fg=red]", "!! !x ^a^b", "'; touch X; '", '"; touch X; "'),
            *(
                "(touch X)",
                "$'\\x24(touch X)'",
                "<(touch X)",
                "a\\",
                "\\001\\e[2J\\002",
                "-n -e --",
            ),
            *("${COUNTDOWN_PROMPT}", "${(e)X}", "@P", "COUNTDOWN_PROMPT", "[rec] 4 [/b]"),
        )
    },
    "  Amélie  à Paris ": ("Amélie à Paris", 14),
    "Ame\u0301lie": ("Amélie", 6),
    "千と千尋の神隠し": ("千と千尋の神隠し", 16),
    "x\u0338\u0338\u0338\u0338\u0338y": ("x\u0338\u0338y", 2),
    "Emoji 😀 Movie ❤\ufe0f": ("Emoji Movie", 11),
    "Family 👨\u200d👩\u200d👧": ("Family", 6),
}
REFUSED = (  # by the checker: such a catalogue is damaged
    *("\x1b]0;owned\x07\x1b[2J", "\x9b2J", "\x00", "\x7f", "a\u202eb", "\u2028"),
)
REPLACED = "Thor 3d"  # by a cache file made anew
IN_CACHE_FILE = {  # bytes in a cache file that somebody changed → what is shown then
    b"$(touch X) `touch X` ${IFS}": "$(touch X) `touch X` ${IFS}",
    b"%n%F{red}%(1j.a.b)%97v%{": "%n%F{red}%(1j.a.b)%97v%{",
    b"\\u\\$\\[\\e[2J\\001": "\\u\\$\\[\\e[2J\\001",
    b"\x1b]0;owned\x07": REPLACED,
    b"\x1b[2J\x1b[5;5H": REPLACED,
    b"a\rb": REPLACED,
    b"a\bb": REPLACED,
    b"a\tb": REPLACED,
    b"a\x01\x1b[2J\x02b": REPLACED,
    b"\xc2\x9b2J": REPLACED,
    b"\x7f": REPLACED,
    b"T" * 200_000: REPLACED,
}
VARIANTS = {
    "bash": "",
    "zsh": "",
    "zsh with prompt_subst": "setopt prompt_subst prompt_bang",
    "fish": "",
}
VARIANT = pytest.mark.parametrize(
    "variant", [pytest.param(name, marks=needs(name.split()[0])) for name in VARIANTS]
)


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[tuple[str, ...]]:
    """The words that start a new tmux, which runs the command after them."""
    name = f"countdown-{os.getpid()}-{abs(hash(tmp_path))}"
    yield ("tmux", "-L", name, "-f", "/dev/null", "new-session", "-n", "shell")
    with suppress(FileNotFoundError):  # Cases without tmux run on machines without it too.
        subprocess.run(["tmux", "-L", name, "kill-server"], check=False, capture_output=True)


def well_drawn(opened: Terminal, shown: str, columns: int) -> bool:
    """Check that the prompt has *shown* in its place, and the cursor its right column."""
    count = len(opened.line.split("> ")[0].split()[-1].rstrip(">")) + 2
    before = columns + 1 if opened.shell == "bash" and shown else 0
    return placed(opened.shell, shown, opened.line) and opened.cursor == before + count


@pytest.mark.parametrize(
    ("variant", "inside"),
    [
        *(pytest.param(name, "", marks=needs(name.split()[0])) for name in VARIANTS),
        pytest.param("bash", "tmux", marks=needs("bash", "tmux")),
        pytest.param("zsh with prompt_subst", "tmux", marks=needs("zsh", "tmux")),
    ],
)
def test_title_is_text(
    variant: str,
    inside: str,
    tmp_path: Path,
    terminal: Opening,
    program: Program,
    user_catalogue: Catalogue,
    tmux: tuple[str, ...],
) -> None:
    """Not commands of a shell, a prompt, a terminal or tmux."""
    shell = variant.split()[0]
    titles = part(SHOWN, [*VARIANTS].index(variant) + bool(inside), of=3)
    days = user_catalogue.daily(titles)
    lines = (VARIANTS[variant], program.init(shell))
    opened = terminal(shell, *lines, under=tmux if inside else ())
    for day, (title, (shown, columns)) in zip(days, titles.items(), strict=True):
        opened.enter("clear")
        opened.enter(exported(shell, "COUNTDOWN_TODAY", day))
        assert well_drawn(opened, f"{shown} today", columns + len(" today")), title[:99]
        before = [line for line in opened.screen[1:-1] if line and line != opened.line]
        assert len(before) <= 1, title[:99]
    assert not list(tmp_path.rglob("X"))


@each()
def test_megabyte_of_title_is_cut(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """To leave room to type, unless it is refused."""
    user_catalogue.write(THOR.replace("Thor", "T" * 4_000))
    user_catalogue.age()
    opened = terminal(shell, program.init(shell), program.again(shell))
    shown = "T" * 35 + ".. 3d"
    assert well_drawn(opened, shown, len(shown))
    user_catalogue.write(THOR.replace("Thor", "T" * 1_000_000))
    assert placed(shell, "", opened.run())


@each()
def test_refused_title_is_not_shown(
    shell: str, tmp_path: Path, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """An entry with a character that moves the cursor is left out, without a message."""
    opened = terminal(shell, program.init(shell), program.again(shell))
    for title in REFUSED:
        user_catalogue.daily([title])
        opened.enter("clear")
        assert " today" not in opened.run("again"), repr(title)
        assert len([line for line in opened.screen if line]) == 2
    user_catalogue.path.write_bytes(b'format = 1\n[[release]]\ntitle = "\xff\x1b[2J"\n')
    assert "\xff" not in opened.run()
    user_catalogue.write(THOR)
    assert placed(shell, "Thor 3d", opened.run())


@VARIANT
def test_text_of_a_cache_file_is_text(
    variant: str,
    tmp_path: Path,
    terminal: Opening,
    program: Program,
    user_catalogue: Catalogue,
    cache: Path,
) -> None:
    """It is shown as it is; with control characters in it, the file is replaced."""
    shell = variant.split()[0]
    opened = terminal(shell, VARIANTS[variant], program.init(shell), program.again(shell))
    whole = cache_files(cache)[-1].read_bytes()
    for text, shown in part(IN_CACHE_FILE, [*VARIANTS].index(variant), of=2).items():
        file = cache_files(cache)[-1]
        times = file.stat()
        file.write_bytes(resealed(whole.replace(b"text Thor 3d", b"text " + text)))
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
        opened.enter("clear")
        assert placed(shell, shown, opened.run("again")), text
        assert well_drawn(opened, shown, len(shown)), text
    assert not list(tmp_path.rglob("X"))


# ---- The environment ----

RUNS = "a[$(touch X)]"
VALUES = (
    RUNS,
    "$(touch X)`touch X`",
    "'; touch X; '",
    "\x1b[2J\x1b]0;owned\x07",
    "\udcff\udcfe",
    "%",
)
NAMES = (
    *("COUNTDOWN_REGION", "COUNTDOWN_TODAY", "COUNTDOWN_TIMEZONE", "COUNTDOWN_CATALOGUE", "TZ"),
    *("LANG", "LC_ALL", "LC_CTYPE", "LC_TIME", "HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"),
    *("EPOCHSECONDS", "COUNTDOWN_PROMPT", "NO_COLOR", "_countdown_until", "_countdown_cache"),
    "now",
)


@each()
def test_environment_runs_nothing(
    shell: str, tmp_path: Path, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Neither when the script is read nor at a prompt, which is right or empty."""
    for value in VALUES:
        hostile = dict.fromkeys(NAMES, value)
        opened = terminal(shell, program.init(shell), env={**hostile, "LC_ALL": "C.UTF-8"})
        assert opened.run().endswith(">"), value
        opened.close()
    opened = terminal(shell, program.init(shell))
    for name in NAMES:
        if not name.startswith(("EPOCH", "COUNTDOWN_PROMPT", "_", "now")):
            opened.enter(exported(shell, name, RUNS.replace("'", "")))
            assert opened.run().rstrip().endswith((">", "Thor 3d")), name
    assert not list(tmp_path.rglob("X"))


@needs("bash")
def test_reference_is_not_put_where_bash_would_show_it_raw(
    terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Without promptvars, PS1 would show the name of the variable."""
    opened = terminal("bash", "shopt -u promptvars", program.init("bash"))
    assert placed("bash", "", opened.run())
    assert placed("bash", "Thor 3d", opened.run("shopt -s promptvars"))


@each("zsh")
def test_reference_is_not_put_where_zsh_would_show_it_raw(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Without prompt_percent, RPROMPT would show the condition."""
    opened = terminal(
        shell, "setopt prompt_bang no_prompt_percent; PROMPT='!> '", program.init(shell)
    )
    assert placed(shell, "", opened.run())


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
@each()
def test_no_colour_is_none(
    shell: str,
    setting: dict[str, str | None],
    terminal: Opening,
    program: Program,
    user_catalogue: Catalogue,
) -> None:
    """If it isn't wanted or supported, there is no escape sequence."""
    opened = terminal(shell, program.init(shell), env=setting)
    if "TERM" not in setting:
        assert placed(shell, "Thor 3d", opened.run())
    place = {"bash": '"$PS1"', "zsh": '"$RPROMPT"', "fish": '"$(fish_right_prompt)"'}[shell]
    value = opened.value_of(place)
    assert "Thor" in value or "97v" in value or "COUNTDOWN" in value
    assert "\x1b" not in value
    assert "\\e" not in value
