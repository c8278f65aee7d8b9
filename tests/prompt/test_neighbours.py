"""Hooks of other programs, themes that set the prompt, and strict or odd shell settings."""

import os
from pathlib import Path

import pytest

from tests.programs import needs, where_installed
from tests.prompt.conftest import SHELLS, THOR, Catalogue, Opening, Program, each, placed
from tests.thorough import sample

pytestmark = pytest.mark.preloaded

HOOKS = {
    "bash": ('eval "$(zoxide init bash --hook prompt)"', 'eval "$(direnv hook bash)"'),
    "zsh": ('eval "$(zoxide init zsh --hook prompt)"', 'eval "$(direnv hook zsh)"'),
    "fish": ("zoxide init fish --hook prompt | source", "direnv hook fish | source"),
}
THEMES = {  # as starship and themes of oh-my-zsh set a prompt
    "bash": "theme() { PS1=\"$(printf 'theme %s ' here)\\#> \"; }",
    "zsh": (
        "theme() { PROMPT='$(echo theme) here %h> ' RPROMPT='$(echo right)' }; setopt prompt_subst"
    ),
}


@pytest.mark.parametrize("order", ["before", "after"])
@each(also=("zoxide", "direnv"))
def test_hooks_of_zoxide_and_direnv_go_on(
    shell: str, order: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Before or after ours; a variable that direnv sets counts at the same prompt."""
    folder = Path("project")
    folder.mkdir()
    (folder / ".envrc").write_text("export MINE=direnv COUNTDOWN_TODAY=2010-01-02\n")
    lines = [*HOOKS[shell], program.init(shell)]
    opened = terminal(
        shell,
        *(lines if order == "before" else [lines[-1], *lines[:-1]]),
        env={"DIRENV_LOG_FORMAT": "", "_ZO_DATA_DIR": os.path.abspath("zoxide")},
    )
    assert placed(shell, "Thor 3d", opened.run("direnv allow project"))
    line = opened.run("cd project")
    if (shell, order) == ("fish", "after"):  # Its events come in the order of their handlers.
        line = opened.run()
    assert placed(shell, "Thor 2d", line)
    assert opened.value_of('"$MINE"') == "direnv"
    opened.enter("cd ..")
    assert placed(shell, "Thor 3d", opened.run())
    assert b"project" in b"".join(path.read_bytes() for path in Path("zoxide").iterdir())


@each("bash", "zsh")
def test_theme_that_sets_its_prompt_each_time_keeps_ours(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """It was installed first, so it runs first at each prompt."""
    wired = "PROMPT_COMMAND=theme" if shell == "bash" else "precmd_functions=(theme)"
    opened = terminal(shell, THEMES[shell], wired, program.init(shell))
    for _ in range(3):
        line = opened.run()
        if shell == "bash":
            assert line.startswith("Thor 3d theme here ")
        else:
            assert line.startswith("theme here ")
            assert line.endswith(" Thor 3d right")


@each("bash", "zsh")
def test_theme_after_ours_is_unchanged(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """It may overwrite our text, but loses none of its own."""
    wired = {"bash": "PROMPT_COMMAND+=';theme'", "zsh": "precmd_functions+=(theme)"}[shell]
    opened = terminal(shell, THEMES[shell], program.init(shell), wired)
    opened.enter("true")
    assert " here 3>" in opened.run().replace("Thor 3d ", "").replace("theme", "")
    assert opened.prompt == "Thor 3d"


STRICT = {
    "bash": (
        *("set -eu -o pipefail -o functrace; set -f; set -C", "set -o posix", "set -a; LC_ALL=C"),
        *("IFS=0123456789; GLOBIGNORE='*'; PS4='$(touch X)'", "trap 'true $_' DEBUG; IFS="),
        *("shopt -s nullglob failglob extglob nocasematch", "BASH_COMPAT=3.1; set -b -h -H"),
    ),
    "zsh": (
        *("setopt nounset prompt_subst prompt_bang; PROMPT='%h> '", "IFS=5; setopt no_clobber"),
        *("setopt ksh_arrays", "emulate sh", "emulate ksh", "setopt sh_word_split glob_subst"),
        *("setopt err_return warn_create_global warn_nested_var all_export no_multibyte",),
        *("setopt null_glob extended_glob ksh_glob rc_expand_param c_bases octal_zeroes",),
        *("setopt csh_junkie_quotes ignore_braces no_equals posix_builtins sh_nullcmd",),
    ),
    "fish": (*("set -gx LANG C; abbr -a true false", "set -g fish_features qmark-noglob"),),
}


@pytest.mark.parametrize(
    ("shell", "setting"),
    [
        pytest.param(
            shell,
            setting,
            marks=needs(shell),
            id=f"{shell}: {setting}",
        )
        for shell in SHELLS
        for setting in sample(STRICT[shell][::3], of=STRICT[shell])
    ],
)
def test_setting_of_the_user_is_survived(
    shell: str, setting: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Before our line and after it; and only the prompt is printed."""
    first = terminal(shell, setting, program.init(shell))
    assert placed(shell, "Thor 3d", first.line)
    opened = terminal(shell, program.init(shell), setting)
    assert [line for line in opened.screen if line] == [opened.line]
    assert placed(shell, "Thor 3d", opened.line)
    user_catalogue.write(THOR.replace("01-04", "01-09"))
    with program.called(1):
        assert placed(shell, "Thor 8d", opened.run())
    assert len([line for line in opened.screen if line]) == 2
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize(
    ("shell", "before"),
    where_installed(("bash", "readonly PS1"), ("zsh", "readonly RPROMPT")),
)
def test_prompt_that_may_not_change_stays_as_it_is(
    shell: str, before: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Without an error at each prompt; the variable is set all the same."""
    opened = terminal(shell, before, program.init(shell))
    opened.enter("true")
    assert [row for row in opened.screen if "read" in row] == []
    assert opened.line.rstrip().endswith(">")
    assert "Thor" not in opened.line
    assert opened.prompt == "Thor 3d"


@needs("bash")
def test_hook_list_that_may_not_change_ends_nothing(
    terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Tab is set up all the same."""
    opened = terminal("bash", "readonly PROMPT_COMMAND=", program.init("bash"))
    assert [row for row in opened.screen if "readonly" in row] == []
    assert "_countdown_complete" in opened.value_of('"$(complete -p countdown)"')
