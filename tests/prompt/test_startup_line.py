"""The line that `countdown init` tells a user to add, and terminals that were opened after that."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from countdown.cli import group
from countdown.core.text import find_hostile
from countdown.prompt import init, startup_line
from tests.programs import where_installed
from tests.prompt.conftest import Catalogue, Opening, each, placed
from tests.prompt.fixtures import program
from tests.prompt.test_init import Ran, light, long  # noqa: F401  # fixtures
from tests.terminals import hang_up

ROOT = Path(__file__).resolve().parents[2]
SHELLS_THAT_RUN = ("bash", "zsh", "fish", "nu")
SHELLS = pytest.mark.parametrize("shell", where_installed(*zip(SHELLS_THAT_RUN)))
FILES = {
    "bash": ".bashrc",
    "zsh": ".zshrc",
    "fish": ".config/fish/config.fish",
    "nu": ".config/nushell/config.nu",
    "powershell": "$PROFILE",
}
LINES = {
    "bash": 'eval "$({} init bash)"',
    "zsh": 'eval "$({} init zsh)"',
    "fish": "{} init fish | source",
    "nu": "mkdir ($nu.data-dir | path join vendor autoload); {} init nu"
    " | save -f ($nu.data-dir | path join vendor autoload countdown.nu)",
    "powershell": "{} init powershell | Out-String | Invoke-Expression",
}


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder of a user who has set no variable that names a start-up file."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    monkeypatch.setenv("HOME", str(home))
    for name in ("ZDOTDIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    return home


def be_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let stdout say that it is a terminal. Called in the test: stdout is another before it."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "100")


# ---- What is told on a terminal ----


@pytest.mark.usefixtures("at_home")
def test_what_is_told_breaks_between_words(
    light: Ran,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The line to copy doesn't break."""
    be_terminal(monkeypatch)
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setattr("countdown.prompt.running_shell.running_shell", lambda words: "zsh")
    lines = light()[1].splitlines()
    assert lines[1:4] == ["Add this line at the end of", "~/.zshrc, then open a new", "terminal:"]
    assert lines[-1].startswith("eval ")


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize("shell", init.SHELLS)
def test_terminal_is_told_the_line_and_its_file(
    shell: str,
    light: Ran,  # noqa: F811
    long: Ran,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For the shell that runs it; with click and without."""
    be_terminal(monkeypatch)
    monkeypatch.setattr("countdown.prompt.running_shell.running_shell", lambda words: shell)
    monkeypatch.setattr("countdown.commands.init.running_shell", lambda words: shell)
    path = program(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(path), "init"])
    monkeypatch.setenv("PATH", f"/nowhere:{path.parent}")
    answer = light()
    file = FILES[shell] if shell == "powershell" else f"~/{FILES[shell]}"
    assert answer == long("init")
    assert answer == (
        0,
        f"Your shell is {shell}.\n"
        f"Add this line at the end of {file}, then open a new terminal:\n\n"
        f"{LINES[shell].format('countdown')}\n",
        "",
    )


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize(
    ("words", "options"),
    [
        (("--franchise", "MCU", "--no-prompt"), "--franchise MCU --no-prompt"),
        (("--title", "it's $(touch X)"), "--title 'it'\\''s $(touch X)'"),
        (("--completion-only",), "--completion-only"),
        (("--region", "BR", "--count", "2"), "--count 2 --region BR"),
        (("--catalogue", "/etc/a b.toml"), "--catalogue '/etc/a b.toml'"),
        (("--title", "",), "--title ''"),
        (("--title", "a\x1bb\u202e"), "--title $'a\\x1bb\\xe2\\x80\\xae'"),
    ],
)  # fmt: skip
def test_line_has_the_options(
    words: tuple[str, ...],
    options: str,
    long: Ran,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Quoted for the shell, and nothing in them is sent to the terminal as it is."""
    be_terminal(monkeypatch)
    monkeypatch.setattr("countdown.commands.init.running_shell", lambda words: "zsh")
    monkeypatch.setattr(sys, "argv", ["/opt/countdown"])
    code, out, err = long("init", *words)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == f'eval "$(/opt/countdown init zsh {options})"'
    assert find_hostile(out.replace("\n", "")) is None


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize("options", [(), ("--completion-only",), ("--count", "2", "--no-prompt")])
def test_script_on_a_terminal_is_followed_by_what_to_do_with_it(
    options: tuple[str, ...],
    light: Ran,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is for a shell: on stderr, so that stdout has the script alone."""
    be_terminal(monkeypatch)
    monkeypatch.setattr(sys, "argv", ["/opt/countdown"])
    code, out, err = light("bash", *options)
    assert (code, out) == (0, out)
    assert out.endswith(init.completion("bash"))
    line = " ".join(["/opt/countdown init bash", *options])
    assert err == (
        "\nbash is meant to read this script.\n"
        "Add this line at the end of ~/.bashrc, then open a new terminal:\n\n"
        f'eval "$({line})"\n'
    )


@pytest.mark.parametrize("options", [(), ("--completion-only",), ("--count", "2", "--no-prompt")])
def test_pipe_gets_the_script_of_the_shell_that_was_found(
    options: tuple[str, ...],
    light: Ran,  # noqa: F811
    long: Ran,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And nothing besides."""
    monkeypatch.setattr("time.time", lambda: 1_700_000_000)
    monkeypatch.setattr("time.time_ns", lambda: 1_700_000_000_000_000_000)
    monkeypatch.setattr("countdown.prompt.running_shell.running_shell", lambda words: "fish")
    monkeypatch.setattr("countdown.commands.init.running_shell", lambda words: "fish")
    assert light(*options) == long("init", *options) == light("fish", *options)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("elvish", "Your shell is elvish. countdown knows bash, zsh, fish, nu and PowerShell.\n"),
        ("\x1b]0;x\a\n\u202e" * 9, "Your shell is \\x1b]0;x\\x07\\x0a\\u202e"),
        (os.fsdecode(b"caf\xe9"), "Your shell is caf\\udce9. countdown"),
        (
            "",
            "Can't tell which shell you use. countdown knows bash, zsh, fish, nu and PowerShell.\n",
        ),
    ],
    ids=ascii,
)
def test_other_shell_is_named_in_an_error(
    name: str,
    message: str,
    light: Ran,  # noqa: F811
    long: Ran,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However long it is, and whatever it is made of."""
    monkeypatch.setattr("countdown.prompt.running_shell.running_shell", lambda words: name)
    monkeypatch.setattr("countdown.commands.init.running_shell", lambda words: name)
    assert light() == (None, "", "")
    code, out, err = long("init")
    assert (code, out) == (2, "")
    assert err.startswith(message)
    assert "countdown init bash" in err
    assert find_hostile(err.replace("\n", "")) is None
    assert len(err) < 300


# ---- The file ----


@pytest.mark.parametrize(
    ("shell", "variables", "file"),
    [
        ("bash", {}, "~/.bashrc"),
        ("zsh", {"ZDOTDIR": "{home}/.config/zsh"}, "~/.config/zsh/.zshrc"),
        ("zsh", {"ZDOTDIR": "/etc/\x1b[1mzsh"}, "/etc/\\x1b[1mzsh/.zshrc"),
        ("zsh", {"ZDOTDIR": "{home}-other"}, "{home}-other/.zshrc"),
        ("fish", {"XDG_CONFIG_HOME": "/etc/xdg"}, "/etc/xdg/fish/config.fish"),
        ("nu", {"XDG_CONFIG_HOME": "/etc/xdg"}, "/etc/xdg/nushell/config.nu"),
        ("nu", {}, "~/.config/nushell/config.nu"),
        ("fish", {"HOME": "", "XDG_CONFIG_HOME": ""}, "~/.config/fish/config.fish"),
    ],
)
def test_file_is_the_one_that_the_shell_reads(
    shell: str,
    variables: dict[str, str],
    file: str,
    at_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its variables count; a home folder is written as people do."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(home=at_home))
    assert startup_line.startup_file(shell) == file.format(home=at_home)


def test_terminals_of_macos_read_another_file_of_bash(
    at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They start login shells."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert startup_line.startup_file("bash") == "~/.bash_profile"
    assert startup_line.startup_file("zsh") == "~/.zshrc"
    file = "~/Library/Application Support/nushell/config.nu"
    assert startup_line.startup_file("nu") == file


# ---- The program ----


@pytest.mark.parametrize("name", ["countdown", "release-countdown"])
def test_name_is_enough_where_path_has_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a link too, as pipx and uv make one."""
    path = program(tmp_path).rename(tmp_path / "bin" / name)
    links = tmp_path / "links"
    links.mkdir()
    (links / name).symlink_to(path)
    for argv in (path, links / name):
        monkeypatch.setattr(sys, "argv", [str(argv)])
        for folder in (path.parent, links):
            monkeypatch.setenv("PATH", f"/nowhere:{folder}")
            assert startup_line.startup_line("zsh", []) == f'eval "$({name} init zsh)"'


def test_whole_path_is_written_where_a_new_terminal_would_not_find_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PATH lacks it, or has another program first, or has it in this terminal alone."""
    path = program(tmp_path)
    line = f"{path} init fish | source"
    monkeypatch.setattr(sys, "argv", [str(path)])
    other = tmp_path / "other"
    other.mkdir()
    (other / "countdown").write_text("#!/bin/sh\n")
    monkeypatch.setenv("PATH", f"{other}:/nowhere")
    assert startup_line.startup_line("fish", []) == line
    (other / "countdown").chmod(0o755)
    monkeypatch.setenv("PATH", f"{other}:{path.parent}")
    assert startup_line.startup_line("fish", []) == line
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "bin")
    assert startup_line.startup_line("fish", []) == line
    monkeypatch.setenv("PATH", str(path.parent))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))  # An environment that is active here.
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    assert startup_line.startup_line("fish", []) == line
    monkeypatch.setattr(sys, "argv", ["/x/countdown/__main__.py"])
    assert startup_line.startup_line("fish", []).endswith(" -m countdown init fish | source")


@pytest.mark.parametrize(
    "name", ["a b", "it's $(touch X)", "\\`!!`", "é\u202e\x1b[1m~", "~x", "-x"]
)
@SHELLS
def test_path_is_quoted_for_the_shell(
    shell: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line calls the program, whatever its folder is called."""
    folder = tmp_path / name
    folder.mkdir()
    path = folder / "countdown"
    path.write_text('#!/bin/sh\nprintf \'echo "<%s>";\' "$@"\n')
    path.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(path)])
    line = startup_line.startup_line(shell, ["--title", name])
    assert find_hostile(line) is None
    plain = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"], "nu": ["-n"]}[shell]
    quiet = line.replace('eval "$', 'printf %s "$').replace("| source", "| cat")
    quiet = re.sub(r"^mkdir .*?; |\| save -f .*$", "", quiet)
    done = subprocess.run(
        [shell, *plain, "-c", quiet], capture_output=True, text=True, check=True, cwd=folder
    )
    words = "".join(f'echo "<{word}>";' for word in ("init", shell, "--title", name))
    assert (done.stdout, done.stderr) == (words, "")
    assert [file.name for file in folder.iterdir()] == ["countdown"]


# ---- In terminals ----


@each()
def test_line_without_a_shell_sets_up_the_one_that_reads_it(
    shell: str, terminal: Opening, only_catalogue: Catalogue, tmp_path: Path
) -> None:
    """In its start-up file, whatever SHELL says."""
    call = shlex.quote(str(program(tmp_path)))
    line = f"{call} init | source" if shell == "fish" else f'eval "$({call} init)"'
    opened = terminal(shell, line, env={"SHELL": "/bin/nu"})
    assert placed(shell, "Thor 3d", opened.line)


@each()
def test_both_names_are_commands_where_path_lacks_them(
    shell: str, terminal: Opening, only_catalogue: Catalogue, tmp_path: Path
) -> None:
    """And the user's own function or alias of that name stays."""
    folder = tmp_path / "it's a folder"
    folder.mkdir()
    call = shlex.quote(str(program(folder)))
    end = "--completion-only | source" if shell == "fish" else '--completion-only)"'
    line = f"{call} init {end}" if shell == "fish" else f'eval "$({call} init {end}'
    opened = terminal(shell, line, env={"PATH": "/usr/bin:/bin"})
    value = "(countdown prompt)" if shell == "fish" else '"$(countdown prompt)"'
    assert opened.value_of(value) == "Thor 3d"
    assert opened.value_of(value.replace("countdown", "release-countdown")) == "Thor 3d"
    mine = (
        "function countdown; echo mine; end" if shell == "fish" else "alias countdown='echo mine'"
    )
    opened = terminal(shell, mine, line, env={"PATH": "/usr/bin:/bin"})
    opened.enter("countdown prompt")
    assert any(row.startswith("mine") for row in opened.screen)


def readme(start: str) -> list[str]:
    """The commands of README that start with *start*."""
    text = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith(start)]


@each()
def test_readme_leads_to_a_living_prompt(
    shell: str,
    terminal: Opening,
    only_catalogue: Catalogue,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its line without pipx and uv; what that says, added to the file; and a new terminal."""
    (command,) = readme(".venv/bin/countdown")
    clone = tmp_path / "a clone"
    clone.mkdir()
    program(clone).parent.rename(clone / "bin")
    (clone / ".venv").mkdir()
    (clone / "bin").rename(clone / ".venv" / "bin")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    start = {"bash": ["bash", "--norc"], "zsh": ["zsh", "-f"], "fish": ["fish", "--no-config"]}
    first = start[shell]
    child: pexpect.spawn[str] = pexpect.spawn(
        first[0],
        [*first[1:], "-c", f"{command}; true"],
        cwd=str(clone),
        dimensions=(24, 300),
        encoding="utf-8",
    )
    child.expect(pexpect.EOF)
    hang_up(child)
    rows = (child.before or "").splitlines()
    assert rows[0] == f"Your shell is {shell}."
    file = re.fullmatch(r"Add this line at the end of (.*), then open a new terminal:", rows[1])
    assert file is not None
    assert Path(file[1]).name == Path(FILES[shell]).name
    opened = terminal(shell, rows[-1], env={"PATH": "/usr/bin:/bin"})
    assert placed(shell, "Thor 3d", opened.line)
    value = "(countdown prompt)" if shell == "fish" else '"$(countdown prompt)"'
    assert opened.value_of(value) == "Thor 3d"


def test_wrong_words_reach_the_error_of_click(long: Ran) -> None:  # noqa: F811
    """No shell is looked for then."""
    code, out, err = long("init", "--count", "0")
    assert (code, out) == (2, "")
    assert "--count" in err
    assert group.run(["init", "tcsh"]) == 2
