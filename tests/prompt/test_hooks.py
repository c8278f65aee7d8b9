"""The line in a start-up file: what it adds to a prompt, and what it must not change."""

import os
from pathlib import Path

import pytest

from tests.programs import needs
from tests.prompt.conftest import THOR, Catalogue, Opening, Program, each, hook, placed

pytestmark = pytest.mark.preloaded

RELEASES = (
    THOR + 'cast = ["Chris Hemsworth"]\n',
    'id = "dune"\ntitle = "Dune"\nkind = "film"\ndate = 2010-01-02\ncast = ["Zendaya"]\n',
)


@pytest.mark.preloaded(False)
@each()
def test_one_line_shows_the_days_remaining(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """On the right in zsh and fish, before the prompt in bash, from the first prompt on."""
    opened = terminal(shell, program.init(shell))
    assert placed(shell, "Thor 3d", opened.line)
    assert placed(shell, "Thor 3d", opened.run())
    assert opened.prompt == "Thor 3d"


@each()
def test_init_twice_adds_our_text_once(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Also if the start-up file is read again later."""
    opened = terminal(shell, *[program.init(shell)] * 2)
    assert placed(shell, "Thor 3d", opened.run())
    assert placed(shell, "Thor 3d", opened.run(program.init(shell)))
    assert placed(shell, "Thor 3d", opened.run())
    if shell == "bash":
        assert opened.value_of('"$PROMPT_COMMAND"') == "_countdown_hook"
    elif shell == "zsh":
        assert opened.value_of('"$precmd_functions"').split().count(hook(shell)) == 1
        assert opened.value_of('"$RPROMPT"').count("97v") == 1


@each()
def test_no_prompt_only_sets_the_variable(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Users may put it anywhere in their own prompt."""
    opened = terminal(shell, program.init(shell, "--no-prompt"))
    assert placed(shell, "", opened.run())
    assert opened.prompt == "Thor 3d"
    user_catalogue.write(THOR.replace("01-04", "01-09"))
    assert placed(shell, "", opened.run())
    assert opened.prompt == "Thor 8d"


@each()
def test_no_prompt_exports_the_variable(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """For programs that draw the prompt; without the option it stays in the shell."""
    opened = terminal(shell, program.init(shell, "--no-prompt"))
    opened.enter("env >first")
    user_catalogue.write(THOR.replace("01-04", "01-09"))
    opened.enter("env >stale")
    opened.enter("env >second")
    assert "COUNTDOWN_PROMPT=Thor 3d\n" in Path("first").read_text("utf-8")
    assert "COUNTDOWN_PROMPT=Thor 8d\n" in Path("second").read_text("utf-8")
    opened = terminal(shell, program.init(shell))
    opened.enter("env >third")
    assert "COUNTDOWN_PROMPT=" not in Path("third").read_text("utf-8")


@each()
def test_options_are_those_of_the_prompt(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Like --title and --within."""
    user_catalogue.write(*RELEASES)
    opened = terminal(shell, program.init(shell, "--actor", "Chris Hemsworth"))
    assert placed(shell, "Thor 3d", opened.run())
    assert placed(shell, "Dune 1d", opened.run(program.init(shell, "--within=2d")))
    assert placed(shell, "Dune 1d, Thor 3d", opened.run(program.init(shell, "--count", "2")))
    thor_soon = program.init(shell, "--title", "Thor", "--within", "2d")
    assert placed(shell, "", opened.run(thor_soon))


@each()
def test_nothing_ahead_shows_nothing(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Not even a blank; and the next prompt starts no process."""
    opened = terminal(shell, program.init(shell, "--within", "1d"))
    with program.called(0):
        assert placed(shell, "", opened.run())


@each()
def test_hostile_options_run_nothing(
    shell: str, tmp_path: Path, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """The program prints them as text that the shell evaluates."""
    words = [
        *("'; touch X; '", '"; touch X; "', "$(touch X)", "`touch X`", "(touch X)", "\\'; touch X"),
        *("\\", "\\\\'; touch X; #", "a\n touch X\n", "!!", "*", "~", "--", "$HOME", "\r", "\t"),
        *("\x1b]0;title\x07", "é\u202e", "\udcff", "' -a touch X", "%n%F{red}", "#{pid}", ""),
    ]
    options = [part for word in words for part in ("--title", word)]
    script = tmp_path / "init"
    evaluated = f"source {script}" if shell == "fish" else f'eval "$(cat {script})"'
    opened = terminal(shell)
    script.write_bytes(program.run("init", shell, *options))
    opened.enter(evaluated)
    typed = "$__countdown_command" if shell == "fish" else '"${_countdown_command[@]}"'
    opened.enter(f"printf '%s\\0' {typed} >words")
    assert Path("words").read_bytes().split(b"\0")[3:-1] == [
        os.fsencode(word) for word in ["--max-width", "40", *options]
    ]
    script.write_bytes(program.run("init", shell, "--format", "'; touch X; '{title}\\ $(touch X)"))
    opened.enter(evaluated)
    assert placed(shell, "'; touch X; 'Thor\\ $(touch X)", opened.run())
    assert not list(tmp_path.rglob("X"))


# ---- The status of the user's last command ----


@each("bash", "zsh", "fish")
def test_status_of_the_last_command_is_kept(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Also at prompts that start a process."""
    status = "$status" if shell == "fish" else "$?"
    opened = terminal(shell, program.init(shell))
    fail = "sh -c 'exit 7'"
    opened.enter(fail)
    assert opened.value_of(status) == "7"
    user_catalogue.write(THOR.replace("01-04", "01-09"))
    with program.called(1):
        opened.enter(fail)
    assert opened.value_of(status) == "7"
    opened.enter(f"sh -c 'exit 3'; {hook(shell)}")
    if shell == "bash":
        assert opened.value_of(status) == "3"


@needs("bash")
def test_pipestatus_is_that_of_the_users_pipe_in_bash(
    terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Bash itself keeps it during PROMPT_COMMAND."""
    opened = terminal("bash", program.init("bash"))
    for _ in range(2):
        opened.enter("sh -c 'exit 3' | sh -c 'exit 4' | true")
        assert opened.value_of('"${PIPESTATUS[*]}"') == "3 4 0"
        user_catalogue.write(THOR)


@each("zsh")
@needs("bash")
def test_pipestatus_is_seen_by_hooks_and_prompt_in_zsh(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """A theme's precmd reads `$?` and `$pipestatus`, before or after ours."""
    opened = terminal(
        shell,
        "autoload -Uz add-zsh-hook",
        'before() { seen="$? $pipestatus" }; add-zsh-hook precmd before',
        program.init(shell),
        'after() { seen+="; $?" }; add-zsh-hook precmd after',
        "setopt prompt_subst; PROMPT='$seen; %? $pipestatus %h> '",
    )
    for _ in range(2):
        line = opened.run("(exit 3) | (exit 4)")
        assert line.startswith("4 3 4; 4; 4 3 4 ")
        assert line.endswith(" Thor 3d")
        user_catalogue.write(THOR)


@each("fish")
def test_prompt_sees_status_and_pipestatus_in_fish(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Both prompts, left and right, and whether or not ours starts a process."""
    seen = "(string join ' ' $status : $pipestatus)"
    opened = terminal(
        shell,
        f'function fish_prompt; echo -n {seen} "$presses> "; end',
        f"function fish_right_prompt; echo -n {seen}; end",
        program.init(shell),
    )
    for _ in range(2):
        line = opened.run("sh -c 'exit 3' | sh -c 'exit 4'")
        assert line.startswith("4 : 3 4 ")
        assert line.endswith(" 4 : 3 4 Thor 3d")
        user_catalogue.write(THOR)


# ---- The user's own prompt ----


@needs("bash")
@pytest.mark.parametrize(
    ("lines", "command"),
    [
        (["PROMPT_COMMAND='mine=$((mine + 1))'"], "mine=$((mine + 1))\n_countdown_hook"),
        (["PROMPT_COMMAND='mine=$((mine + 1));'"], "mine=$((mine + 1));\n_countdown_hook"),
        (["PROMPT_COMMAND='mine=$((mine + 1)) ; '"], "mine=$((mine + 1)) ; \n_countdown_hook"),
        (["PROMPT_COMMAND='mine=$((mine + 1)) # :'"], "mine=$((mine + 1)) # :\n_countdown_hook"),
        (["PROMPT_COMMAND=('mine=$((mine + 1))' :)"], "mine=$((mine + 1))|:|_countdown_hook"),
        (["declare -a PROMPT_COMMAND", "mine=1"], "_countdown_hook"),
        (["export PROMPT_COMMAND='mine=$((mine + 1))'"], "mine=$((mine + 1))\n_countdown_hook"),
    ],
    ids=["string", "semicolon", "blanks", "comment", "array", "empty array", "exported"],
)
def test_prompt_command_of_bash_is_added_to(
    lines: list[str], command: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """The user's commands still run."""
    opened = terminal("bash", *lines, program.init("bash"))
    assert placed("bash", "Thor 3d", opened.run())
    opened.enter('join() { local IFS="|"; printf %s "$*"; }')
    assert opened.value_of('"$(join "${PROMPT_COMMAND[@]}")"') == command
    assert int(opened.value_of('"$mine"')) >= 1


@needs("bash")
def test_prompt_command_is_not_exported_by_us(
    terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """A shell in this shell would have the hook without its function."""
    opened = terminal("bash", program.init("bash"))
    assert opened.value_of('"$(env | grep -ic countdown_)"') == "1"  # The day that it is.


@needs("bash")
@pytest.mark.parametrize(
    ("theme", "left"),
    [
        ("PS1='[\\u@\\h \\W \\$ \\!] \\#> '", "["),
        ("PS1='\\[\\e[1;32m\\]ok\\[\\e[0m\\] $(echo sub) `echo tick` \\#> '", "ok sub tick "),
        ("PS1='first\\nsecond \\#> '", "second "),
    ],
    ids=["fields", "substitutions", "two lines"],
)
def test_prompt_of_bash_follows_ours(
    theme: str, left: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """And works as before."""
    opened = terminal("bash", theme, program.init("bash"))
    opened.enter("true")
    shown = "\n".join(opened.screen).rstrip().split("true", 1)[-1]
    assert "Thor 3d " in shown
    assert left in opened.line
    assert opened.line.endswith(">")


@each("zsh")
def test_prompts_of_zsh_stay(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Ours comes before the user's right prompt, which a theme may set at each prompt."""
    opened = terminal(shell, "PROMPT='left %h> ' RPROMPT='%F{green}right%f'", program.init(shell))
    assert opened.run().startswith("left ")
    assert opened.line.endswith(" Thor 3d right")
    opened.enter('add-zsh-hook precmd theme; theme() { RPROMPT="anew" }')
    assert opened.run().endswith(" anew") or opened.line.endswith("Thor 3d anew")
    opened.enter("RPROMPT=other; add-zsh-hook -d precmd theme")
    assert opened.run().endswith(" Thor 3d other")


@each("zsh")
def test_psvar_of_the_user_stays(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Themes show Vim modes and version control by its first elements."""
    opened = terminal(shell, "psvar=(main); PROMPT='%1v %h> '", program.init(shell))
    assert opened.run().startswith("main ")
    assert opened.run("psvar=(other)").startswith("other ")
    assert opened.line.endswith(" Thor 3d")


@pytest.mark.parametrize("when", ["autoloaded", "before", "after", "later"])
@each("fish")
def test_right_prompt_of_fish_stays(
    shell: str,
    when: str,
    tmp_path: Path,
    terminal: Opening,
    program: Program,
    user_catalogue: Catalogue,
) -> None:
    """From its own file or config.fish, before our line or after it."""
    mine = "function fish_right_prompt; echo -n mine; end"
    file = tmp_path / "home" / "config" / "fish" / "functions" / "fish_right_prompt.fish"
    if when == "autoloaded":
        file.parent.mkdir(parents=True)
        file.write_text(f"{mine}\n")
    lines = {"before": [mine, program.init(shell)], "after": [program.init(shell), mine]}
    opened = terminal(shell, *lines.get(when, [program.init(shell)]))
    if when == "later":
        assert opened.run().endswith(" Thor 3d")
        opened.enter(mine)
        user_catalogue.write(THOR)  # It is noticed at the next look at the clock.
    assert opened.run().endswith(" mine Thor 3d")
    assert opened.run().endswith(" mine Thor 3d")


@each("fish")
def test_fish_prompt_is_the_users(
    shell: str, tmp_path: Path, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """We handle the event of that name, and define no function."""
    file = tmp_path / "home" / "config" / "fish" / "functions" / "fish_prompt.fish"
    file.parent.mkdir(parents=True)
    file.write_text('function fish_prompt; echo -n "loaded $presses> "; end\n')
    opened = terminal(shell, program.init(shell), prompt=False)
    assert opened.run().startswith("loaded ")
    assert opened.line.endswith(" Thor 3d")
    anew = opened.run('function fish_prompt; echo -n "anew $presses> "; end')
    assert anew.startswith("anew ")
    assert anew.endswith(" Thor 3d")
