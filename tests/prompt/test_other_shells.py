"""The words that `countdown init` writes for nushell and PowerShell."""

import re
import sys

import pytest

from countdown.core.text import find_hostile
from countdown.prompt import init, other_shells, startup_line


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("plain", "'plain'"),
        ("", "''"),
        ('$(x) `x` $env:X "', "'$(x) `x` $env:X \"'"),
        ("it's", "'it''s'"),
        ("\u2018x\u2019 \u201ax\u201b", "'\u2018\u2018x\u2019\u2019 \u201a\u201ax\u201b\u201b'"),
        ("a\x1bb", "('a' + [char]::ConvertFromUtf32(27) + 'b')"),
        ("\U000e0041", "([char]::ConvertFromUtf32(917569))"),
        ("\udcff", "'\ufffd'"),
    ],
    ids=ascii,
)
def test_powershell_gets_every_word_as_it_was(text: str, word: str) -> None:
    """In quotes that expand nothing; a quote is doubled, a typographic one too."""
    quoted = other_shells.quoted("powershell", text)
    assert quoted.replace("' + '", "") == word
    assert find_hostile(quoted) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("plain", "'plain'"),
        ("$(x) \\", "'$(x) \\'"),
        ('it\'s "$(x)" \\', '"it\'s \\"$(x)\\" \\\\"'),
        ("a\x1bb\u202e", '"a\\u{1b}b\\u{202e}"'),
        ("\udcff", "'\ufffd'"),
    ],
    ids=ascii,
)
def test_nushell_gets_every_word_as_it_was(text: str, word: str) -> None:
    """In single quotes where possible; nothing is expanded in double ones without a dollar."""
    assert other_shells.quoted("nu", text) == word


def test_variables_have_the_words_as_a_list() -> None:
    """And one word alone as it is."""
    assert init.assignment("powershell", "x", ["a", "b c"]) == (
        "$global:__countdown_x = @('a', 'b c')\n"
    )
    assert init.assignment("powershell", "x", "a") == "$global:__countdown_x = 'a'\n"
    assert init.assignment("nu", "x", ["a", "b c"]) == "const __countdown_x = ['a' 'b c']\n"


@pytest.mark.parametrize("name", ["powershell", "pwsh"])
def test_powershell_is_known_by_both_names(
    name: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The script is the same, and the shell that runs it is found by either."""
    assert init.run([name]) == 0
    script = capfd.readouterr().out
    assert script.startswith("$global:__countdown_command = @(")
    monkeypatch.setattr("countdown.prompt.running_shell.running_shell", lambda words: name)
    assert init.run([]) == 0
    assert capfd.readouterr().out == script


def test_powershell_runs_a_quoted_program_by_an_ampersand(monkeypatch: pytest.MonkeyPatch) -> None:
    """As nushell does by a caret; else the line would print the path."""
    monkeypatch.setattr(sys, "argv", ["/a b/countdown"])
    end = "| Out-String | Invoke-Expression"
    line = startup_line.startup_line("powershell", ["--title", "a b"])
    assert line == f"& '/a b/countdown' init powershell --title 'a b' {end}"
    assert "; ^'/a b/countdown' init nu | save" in startup_line.startup_line("nu", [])


@pytest.mark.parametrize(
    ("is_on_path", "text"), [(True, "extern countdown"), (False, "def --wrapped countdown")]
)
def test_nushell_learns_whether_path_has_the_program(
    is_on_path: bool, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It can't look for itself while it reads the script."""
    folder = "/bin" if is_on_path else None
    monkeypatch.setattr(sys, "argv", ["/opt/countdown"])
    monkeypatch.setattr("countdown.paths.folder_on_path", lambda program: folder)
    assert text in init.completion("nu")
    assert init.completion("nu").count("@complete") == 2


def test_scripts_look_at_the_same_variables() -> None:
    """That of bash, whose page names them, and those of nushell and PowerShell."""
    variables = r"\b(?:TZ|LANG|LC_[A-Z]+|LANGUAGE|COUNTDOWN_(?!PROMPT)[A-Z]+)\b"
    (bash, *others) = (
        [*dict.fromkeys(re.findall(variables, init.read_script("prompt/init", shell)))]
        for shell in ("bash", "nu", "powershell")
    )
    assert others == [bash, bash]
