"""The line as each program reads it, and as it shows it."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pexpect
import pyte
import pytest

from countdown.prompt.escaping import escape_for
from countdown.prompt.line import Item, render_line
from countdown.prompt.options import READERS, parse_options
from tests.programs import needs
from tests.prompt.conftest import each
from tests.prompt.fixtures import ahead, catalogue, clock, film, program
from tests.terminals import hang_up

MAGIC = [  # Each is magic to one of the readers at least; X would appear in the folder.
    "$(touch X)",
    "`touch X`",
    "${HOME} $HOME $((1+1)) $[1+1]",
    "100% %n %F{red} %(?.a.b) %{x%} %%",
    r"\u \$ \[ \w \\ \n \$(touch X) \`touch X\`",
    "#{pid} #(touch X) #[fg=red] ## #",
    "!! !1 ! ~ ~root * ? [a] {a,b}",
    "'single' \"double\" ;&|<>",
    "<b>bold</b> &amp; & <span>",
    "---| href=http://x bash=/bin/sh :tada: | x",
    "%{F#f00}red%{F-} %%{A:touch X:}",
    "$",
    "$ $$ $(",
    "\\",
]
MAGICAL = pytest.mark.parametrize("text", MAGIC)


def escaped(title: str, *words: str, days: int = 3, count: int = 1) -> str:
    """The output of options *words* for *count* releases with *title*."""
    options = parse_options([*words])
    assert options is not None
    release = ahead(title, days=days, platform=("Disney+ & Co",))
    items = [Item(release, clock(), None, ascii=False) for _ in range(count)]
    return escape_for(options.reader, render_line(items, options, ascii=False), items)


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_gets_no_output_without_releases(reader: str) -> None:
    """No JSON, no escape, no line."""
    options = parse_options(["--for", reader])
    assert options is not None
    assert escape_for(options.reader, "", []) == ""


@pytest.mark.parametrize("reader", ["plain", "fish"])
@MAGICAL
def test_reader_that_expands_nothing_gets_the_text_itself(reader: str, text: str) -> None:
    """Fish doesn't read the output of a command again."""
    assert escaped(text, "--for", reader, "--format", "{title}") == " ".join(text.split())


@MAGICAL
def test_tmux_sees_no_single_hash(text: str) -> None:
    """A double one is shown as one."""
    output = escaped(text, "--for", "tmux", "--format", "{title}")
    assert "#" not in output.replace("##", "")
    assert output.replace("##", "#") == text


@MAGICAL
def test_polybar_sees_no_tag(text: str) -> None:
    """A space after the per cent sign is enough."""
    output = escaped(text, "--for", "polybar", "--format", "{title}")
    assert "%{" not in output
    assert output.replace("% {", "%{") == text


@MAGICAL
def test_starship_sees_nothing_that_bash_would_expand(text: str) -> None:
    """Its old versions let bash expand the output of a command."""
    output = escaped(text, "--for", "starship", "--format", "{title}")
    assert not {"`", "\\"} & {*output}
    assert all(after in ("", " ") for after in (part[:1] for part in output.split("$")[1:]))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("$HOME", "$ HOME"),
        ("$ 5", "$ 5"),
        ("US$", "US$"),
        ("$", "$"),
        ("$$", "$ $"),
        ("$$ 5", "$ $ 5"),
    ],
)
def test_starship_gets_one_blank_after_a_dollar_and_none_at_the_end(text: str, shown: str) -> None:
    """One that is there is enough, and one at the end would be shown."""
    assert escaped(text, "--for", "starship", "--format", "{title}") == shown


@MAGICAL
def test_waybar_reads_json_whose_text_is_markup_of_the_title(text: str) -> None:
    """Its `escape` is off by default, so a `<b>` in a title would be markup."""
    output = json.loads(escaped(text, "--for", "waybar", "--format", "{title}"))
    assert ElementTree.fromstring(f"<a>{output['text']}</a>").text == text
    tooltip = ElementTree.fromstring(f"<a>{output['tooltip']}</a>").text
    assert tooltip == f"3d  {text}, 7 Jul 2022, Disney+ & Co"


@pytest.mark.parametrize(
    ("days", "nearness", "percentage"),
    [
        (0, "today", 100),
        (1, "week", 99),
        (7, "week", 93),
        (8, "month", 92),
        (30, "month", 70),
        (31, "later", 69),
        (100, "later", 0),
        (400, "later", 0),
    ],
)
def test_waybar_gets_a_class_and_a_percentage(days: int, nearness: str, percentage: int) -> None:
    """A class for its style sheet, and the part of a hundred days that is over."""
    output = json.loads(escaped("Dune", "--for", "waybar", days=days))
    assert [*output] == ["text", "tooltip", "class", "percentage"]
    assert (output["class"], output["percentage"]) == (nearness, percentage)


def test_waybar_has_a_line_of_its_tooltip_for_each_release() -> None:
    """In full, whatever the template is."""
    output = json.loads(
        escaped("Dune", "--for", "waybar", "--count", "3", "--max-width", "8", count=3)
    )
    assert output["tooltip"].splitlines() == ["3d  Dune, 7 Jul 2022, Disney+ &amp; Co"] * 3


@MAGICAL
def test_i3blocks_reads_two_lines_of_markup(text: str) -> None:
    """The full text, and a short one for a full bar."""
    long, short = escaped(text, "--for", "i3blocks", "--format", "{title}").split("\n")
    assert (ElementTree.fromstring(f"<a>{long}</a>").text, short) == (text, "3d")


def test_every_character_that_markup_knows_is_escaped() -> None:
    """Quotes too, like GLib: the text may be used in an attribute."""
    long, _ = escaped('"it\'s" <b> &', "--for", "i3blocks", "--format", "{title}").split("\n")
    assert long == "&quot;it&#39;s&quot; &lt;b&gt; &amp;"


@MAGICAL
def test_xbar_sees_no_parameter_of_a_title(text: str) -> None:
    """A bar would start one, and dashes a submenu."""
    shown, rule, described = escaped(text, "--for", "xbar", "--format", "{title}").split("\n")
    assert rule == "---"
    for row in (shown, described):
        title, parameters = row.split("|")
        assert {"emojize=false", "ansi=false"} <= {*parameters.split()}
        assert not title.startswith("-")
    assert text.replace("|", "/") in described


# ---- In the programs themselves ----


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to run programs in, which must be empty at the end."""
    folder = tmp_path / "hall"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", f"{program(tmp_path).parent}:{os.environ['PATH']}")
    monkeypatch.setenv("COUNTDOWN_TODAY", "2022-07-04")
    monkeypatch.setenv("TERM", "xterm-256color")
    yield folder
    assert [*folder.iterdir()] == []


def stored(folder: Path, title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write a catalogue of one film with *title*."""
    path = catalogue(folder.parent, film(title, "date = 2022-07-07", id="dune"))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))


def ran(*words: str) -> str:
    """The output of a program, which must not write to stderr."""
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == ""
    return done.stdout


def test_program_prints_the_form_for_its_reader(
    hall: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, from the catalogue."""
    stored(hall, "#1", monkeypatch)
    for _ in range(2):  # By building an index, and from a cache file.
        assert ran("countdown", "prompt", "--for", "tmux") == "##1 3d\n"


@needs("bash")
@MAGICAL
@pytest.mark.parametrize("options", ["", "shopt -u histexpand 2>/dev/null; set +H", "set -u"])
def test_bash_shows_the_text_as_it_is(options: str, text: str, hall: Path) -> None:
    """In PS1, decoded and expanded as at every prompt."""
    output = escaped(text, "--for", "bash", "--format", "{title}")
    script = f'{options}\nPS1="$1"; printf "%s" "${{PS1@P}}"'
    assert ran("bash", "--norc", "-c", script, "bash", output) == text


@needs("zsh")
@MAGICAL
@pytest.mark.parametrize("option", ["setopt", "unsetopt"])
@pytest.mark.parametrize("show", ['print -rn -- "${(%%)PROMPT}"', 'print -nP -- "$PROMPT"'])
def test_zsh_shows_the_text_as_it_is(show: str, option: str, text: str, hall: Path) -> None:
    """With prompt_subst and without, but for two characters that can't be shown with both."""
    output = escaped(text, "--for", "zsh", "--format", "{title}")
    if show.startswith("print -n"):  # It also reads escapes as echo does; there are none left.
        assert "\\" not in output
    script = f"{option} prompt_subst\nPROMPT=$1\n{show}"
    shown = ran("zsh", "-f", "-c", script, "zsh", output)
    assert shown == text.replace("`", "'").replace("\\", "/")


@each("bash", "zsh")
def test_prompt_of_a_shell_can_be_assigned_from_the_program(
    shell: str, hall: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the manual."""
    title = "$(touch X) %n ${HOME} !!"
    stored(hall, title, monkeypatch)
    scripts = {
        "bash": 'PS1="$(countdown prompt --for bash)"; printf "%s" "${PS1@P}"',
        "zsh": 'setopt prompt_subst; PROMPT="$(countdown prompt --for zsh)"; '
        'print -rn -- "${(%%)PROMPT}"',
    }
    quiet = {"bash": "--norc", "zsh": "-f"}[shell]
    assert ran(shell, quiet, "-c", scripts[shell]) == f"{title} 3d"


@needs("tmux")
def test_tmux_shows_the_text_as_it_is_in_its_status_line(
    hall: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On its real screen: no job runs, nothing is coloured."""
    title = "#(touch X) #{pid} #[fg=red] # %H $(touch X)"
    stored(hall, title, monkeypatch)
    settings = hall.parent / "tmux.conf"
    settings.write_text(
        "set -g status-right '#(countdown prompt --for tmux)'\n"
        "set -g status-right-length 90\nset -g status-left ''\n"
        "set -g window-status-format ''\nset -g window-status-current-format ''\n"
    )
    socket = str(hall.parent / "tmux")
    child: pexpect.spawn[str] = pexpect.spawn(
        "tmux",
        ["-u", "-S", socket, "-f", str(settings), "new-session", "cat"],
        dimensions=(10, 100),
        encoding="utf-8",
        codec_errors="replace",
        timeout=0.2,
    )
    screen = pyte.Screen(100, 10)
    stream = pyte.Stream(screen)
    deadline = time.monotonic() + 40
    try:
        while "3d" not in screen.display[-1] and time.monotonic() < deadline:
            try:
                stream.feed(child.read_nonblocking(65536))
            except pexpect.TIMEOUT:
                continue
        assert screen.display[-1].strip() == f"{title} 3d"
        assert {cell.fg for cell in screen.buffer[9].values()} == {"black"}
    finally:
        subprocess.run(["tmux", "-S", socket, "kill-server"], check=False, capture_output=True)
        hang_up(child)


@needs("i3blocks")
def test_i3blocks_gives_the_bar_the_text_as_it_is(
    hall: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As markup of the title and nothing else."""
    title = "<b>Dune</b> & \"co\" 'x'"
    stored(hall, title, monkeypatch)
    settings = hall.parent / "i3blocks.conf"
    settings.write_text(
        "[countdown]\ncommand=countdown prompt --for i3blocks\ninterval=once\nmarkup=pango\n"
    )
    bar = subprocess.Popen(
        ["i3blocks", "-c", str(settings)], stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert bar.stdout is not None
    try:
        blocks = next(
            output for row in bar.stdout if '"markup"' in row and (output := row.strip().strip(","))
        )
    finally:
        bar.kill()
        bar.wait()
        bar.stdout.close()
    *_, block = json.loads(blocks)
    assert block["markup"] == "pango"
    assert ElementTree.fromstring(f"<a>{block['full_text']}</a>").text == f"{title} 3d"
    assert block["short_text"] == "3d"
