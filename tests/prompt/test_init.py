"""`countdown init`: the scripts that shells read at their start."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from countdown import paths
from countdown.cli import group
from countdown.core.text import find_hostile
from countdown.entry import main
from countdown.prompt import answer, init
from tests.programs import where_installed
from tests.prompt.fixtures import catalogue, film, program

SHELL = pytest.mark.parametrize("shell", init.SHELLS)
ODD = "it's \"$(touch X)\" \\ `touch X` !! \n* ~ é $HOME \\' ''"
Ran = Callable[..., tuple[int | None, str, str]]


@pytest.fixture
def light(capfd: pytest.CaptureFixture[str]) -> Ran:
    """Runs `countdown init` by the light path."""

    def ran(*words: str) -> tuple[int | None, str, str]:
        code = init.run([*words])
        return (code, *capfd.readouterr())

    return ran


@pytest.fixture
def long(capfd: pytest.CaptureFixture[str]) -> Ran:
    """Runs `countdown` with click."""

    def ran(*words: str) -> tuple[int | None, str, str]:
        code = group.run(words)
        return (code, *capfd.readouterr())

    return ran


def settings(script: str) -> list[str]:
    """The assignments before the file at the end of *script*."""
    return script[: script.index("# ")].splitlines()


@SHELL
@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--no-prompt",),
        ("--franchise", "MCU"),
        ("--actor", "Tom", "--no-prompt", "--actor", "Zoë", "--max-width", "20"),
        ("--format", ODD),
    ],
    ids=ascii,
)
def test_both_paths_print_the_same_script(
    shell: str, words: tuple[str, ...], light: Ran, long: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The options come before the file of that shell."""
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000)
    monkeypatch.setattr(time, "time_ns", lambda: 1_700_000_000_000_000_000)
    code, output, err = light(shell, *words)
    assert (code, err) == (0, "")
    assert long("init", shell, *words) == (0, output, "")
    assert init.read_script("prompt/init", shell) in output
    assert output.endswith(init.completion(shell))
    assert init.read_script("completion/complete", shell) in init.completion(shell)


def test_script_of_bash_has_the_options(
    light: Ran, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The words to run, the valid cache file, whether to show the answer, and the time."""
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.5)
    monkeypatch.setattr(time, "time_ns", lambda: 1_700_000_000_500_000_000)
    monkeypatch.setattr(sys, "argv", ["countdown"])
    monkeypatch.chdir(tmp_path)
    here = str(tmp_path / "countdown")
    assert settings(light("bash", "--count", "2")[1]) == [
        f"_countdown_command=('{here}' 'prompt' '--cache-file' '--max-width' '40' '--count' '2')",
        "_countdown_cache=''",
        "_countdown_shown='1'",
        "_countdown_started='1700000000'",
    ]


def test_scripts_of_zsh_and_fish_need_no_time(light: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    """These shells have a clock."""
    monkeypatch.setattr(sys, "argv", ["/opt/countdown"])
    words = "'/opt/countdown' 'prompt' '--cache-file' '--max-width' '40'"
    assert settings(light("zsh", "--no-prompt")[1]) == [
        f"_countdown_command=({words})",
        "_countdown_cache=''",
        "_countdown_shown=''",
    ]
    assert settings(light("fish", "--no-prompt")[1]) == [
        f"set -g __countdown_command {words}",
        "set -g __countdown_cache ''",
        "set -g __countdown_shown ''",
    ]


@SHELL
def test_script_has_the_path_of_the_valid_cache_file(
    shell: str, light: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the first prompt needs no process either."""
    path = catalogue(tmp_path, film("Dune", "date = 2999-01-01"))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    assert group.run(("prompt", *init.WIDTH, "--count", "2")) == 0
    (file,) = (tmp_path / "home" / "cache" / "countdown").glob("prompt-*")
    assert f"'{file}'" in light(shell, "--count", "2")[1]
    assert str(file) not in light(shell, "--count", "3")[1]


@SHELL
@pytest.mark.parametrize("unset", [True, False])
def test_without_a_home_there_is_no_cache_file(
    shell: str, unset: bool, light: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The script is printed all the same."""
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", "")
    code, output, err = light(shell)
    assert (code, err) == (0, "")
    assert "countdown_cache" in output


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ("/usr/bin/countdown", ["/usr/bin/countdown"]),
        ("bin/countdown", ["{here}/bin/countdown"]),
        ("/somewhere/countdown/__main__.py", [sys.executable, "-m", "countdown"]),
    ],
)
def test_program_can_be_started_again_from_any_folder(
    argv: str, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its absolute path, or by its Python."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [argv])
    assert init.command() == [word.format(here=tmp_path) for word in words]


# ---- In the shells ----


@pytest.mark.parametrize(
    ("shell", "words", "show"),
    where_installed(
        ("bash", ["bash", "--norc", "-c"], "printf '<%s>' \"${_countdown_x[@]}\""),
        ("zsh", ["zsh", "-f", "-c"], "printf '<%s>' \"${_countdown_x[@]}\""),
        ("zsh", ["zsh", "-f", "-o", "rc_quotes", "-c"], "printf '<%s>' \"${_countdown_x[@]}\""),
        ("fish", ["fish", "--no-config", "-c"], "printf '<%s>' $__countdown_x"),
    ),
)
@pytest.mark.parametrize("value", [ODD, "", "'", "''", "\\", "'\\''", "a\\", "-n"], ids=ascii)
def test_shell_reads_every_word_as_it_was(
    value: str, shell: str, words: list[str], show: str, tmp_path: Path
) -> None:
    """Any character, alone or among others."""
    for given, found in ((value, f"<{value}>"), (["a", value, "b c"], f"<a><{value}><b c>")):
        script = init.assignment(shell, "x", given) + show
        done = subprocess.run(
            [*words, script], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert (done.stdout, done.stderr) == (found, "")
    assert not (tmp_path / "X").exists()


HOSTILE = (
    *(
        "\x1b]0;x\a{title}",
        "a\x01b",
        "'\x1b'\\",
        "\\x1b",
        "two\nlines\t",
        "\x7f",
        "\x9b31m",
        "é\u202eé",
    ),
    *(
        "\u2066x\u2069",
        "\U000e0041",
        os.fsdecode(b"caf\xe9"),
        os.fsdecode(b"\xff\x1b1"),
        "\x1b' x '",
    ),
    *("\x1bf00", "$x\x1b`x`!!"),
)


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
@pytest.mark.parametrize(
    ("shell", "words", "show"),
    where_installed(
        ("bash", ["bash", "--norc", "-c"], "printf '<%s>' \"${_countdown_x[@]}\""),
        ("zsh", ["zsh", "-f", "-c"], "printf '<%s>' \"${_countdown_x[@]}\""),
        ("fish", ["fish", "--no-config", "-c"], "printf '<%s>' $__countdown_x"),
    ),
)
def test_script_spells_out_what_a_terminal_would_obey(
    shell: str, words: list[str], show: str, locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A user may print the script; the shell reads the same words, byte by byte."""
    monkeypatch.setenv("LC_ALL", locale)
    script = init.assignment(shell, "x", [*HOSTILE])
    assert find_hostile(script.replace("\n", "")) is None
    assert script.count("\n") == 1
    done = subprocess.run([*words, os.fsencode(script + show)], capture_output=True, check=True)
    assert done.stdout == os.fsencode("".join(f"<{word}>" for word in HOSTILE))
    assert done.stderr == b""


@pytest.mark.parametrize("word", HOSTILE, ids=ascii)
def test_script_of_one_word_spells_it_out_too(word: str, light: Ran, long: Ran) -> None:
    """Such as an option, with click and without."""
    words = ("bash", "--format", word)
    for code, out, err in (light(*words), long("init", *words)):
        assert (code, err) == (0, "")
        assert find_hostile(out.replace("\n", "").replace("\t", "")) is None


@pytest.mark.parametrize(
    ("shell", "command"),
    where_installed(
        ("bash", ["bash", "--norc", "-euc", 'eval "$(countdown init bash --format "$0")"']),
        ("zsh", ["zsh", "-f", "-c", 'eval "$(countdown init zsh --format "$0")"']),
        ("fish", ["fish", "--no-config", "-c", "countdown init fish --format $argv | source"]),
    ),
)
def test_shell_reads_the_whole_script_silently(
    shell: str, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its start-up file, with any options."""
    monkeypatch.setenv("PATH", f"{program(tmp_path).parent}:{os.environ['PATH']}")
    done = subprocess.run(
        [*command, ODD], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
    )
    assert (done.stdout, done.stderr) == ("", "")
    assert not (tmp_path / "X").exists()


# ---- Errors and help ----


@pytest.mark.parametrize(
    "words",
    [
        ["csh"],
        ["bash", "zsh"],
        ["--no-prompt", "bash"],
        ["--count", "2", "bash"],
        ["--region", "BR"],
        ["bash", "--completion-only", "--count", "2"],
        ["bash", "--for", "tmux"],
        ["bash", "--count", "0"],
        ["bash", "--region", "BR"],
        ["bash", "-h"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_other_words_are_left_to_click(words: list[str], light: Ran) -> None:
    """Help, options before the shell, and all errors."""
    assert light(*words) == (None, "", "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["init", "csh"], '"csh" isn\'t a choice'),
        (["init", "bash", "zsh"], 'init: Leave out "zsh".'),
        (["init", "bash", "--for", "tmux"], "--for"),
        (["init", "bash", "--count", "0"], '--count: "0" isn\'t a number'),
        (["init", "bash", "--json"], "countdown init doesn't take --json."),
        (["init", "bash", "--cache-file"], "Unknown option"),
        (["init", "zsh", "--completion-only", "--no-prompt"], "Leave out --no-prompt"),
        (["init", "zsh", "--count", "2", "--completion-only"], "Leave out --count"),
        (["init", "zsh", "--completion-only", "--followed"], "Leave out --followed"),
        (["init", "zsh", "--completion-only", "--as-of", "2027"], "Leave out --as-of"),
        (["--region", "BR", "init", "zsh", "--completion-only"], "Leave out --region"),
        (["init", "zsh", "--completion-only", "--catalogue", "x"], "Leave out --catalogue"),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "-",
)
def test_wrong_words_are_refused(words: list[str], message: str, long: Ran) -> None:
    """With exit code 2, and no output for a shell."""
    code, out, err = long(*words)
    assert (code, out) == (2, "")
    assert message in err


def test_removed_folder_is_reported_with_a_remedy(
    long: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The script runs in other folders, where a relative path is wrong."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    try:
        code, out, err = long("--catalogue", "mine.toml", "init", "bash")
    finally:
        os.chdir(tmp_path)  # Else whatever follows has no folder.
    message = "The current folder no longer exists. Use an absolute path."
    assert (code, out, err) == (3, "", f"mine.toml: {message}\n")


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_names_the_line_for_each_shell(option: str, long: Ran) -> None:
    """For its start-up file."""
    code, out, err = long("init", option)
    assert (code, err) == (0, "")
    for words in ("~/.bashrc", "~/.zshrc", "config.fish", "countdown init fish | source"):
        assert words in out


@pytest.mark.parametrize("words", [("--no-prompt", "bash"), ("--count", "2", "bash")])
def test_options_may_stand_before_the_shell(words: tuple[str, ...], long: Ran, light: Ran) -> None:
    """With click."""
    code, out, _ = long("init", *words)
    assert code == 0
    assert settings(out)[:3] == settings(light("bash", *words[:-1])[1])[:3]


# ---- Completion alone ----


@SHELL
def test_completion_alone_is_the_end_of_init(shell: str, long: Ran, light: Ran) -> None:
    """Nobody needs both."""
    code, output, err = long("init", shell, "--completion-only")
    assert (code, err) == (0, "")
    assert light(shell, "--completion-only") == (0, output, "")
    assert light(shell)[1].endswith(output)
    assert "prompt" not in settings(output)[0]


@SHELL
def test_completion_alone_needs_no_settings(shell: str, long: Ran) -> None:
    """A slip in config.toml must not print an error in each new terminal."""
    path = Path(str(paths.config_file()))
    path.parent.mkdir(parents=True)
    path.write_text("nonsense", "utf-8")
    code, _, err = long("init", "--completion-only", shell)
    assert (code, err) == (0, "")


@SHELL
def test_entry_takes_the_light_path(
    shell: str, light: Ran, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Shells start often."""
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000)
    monkeypatch.setattr(time, "time_ns", lambda: 1_700_000_000_000_000_000)
    monkeypatch.setattr(group, "run", lambda words: pytest.fail("click was asked"))
    monkeypatch.setattr(sys, "argv", ["countdown", "init", shell])
    assert main() == 0
    assert capfd.readouterr().out == light(shell)[1]


def test_hooks_first_word_is_the_hidden_option(long: Ran) -> None:
    """No help page has it."""
    assert answer.HOOK_OPTION not in long("prompt", "--help")[1]
