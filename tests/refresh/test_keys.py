"""Keys of sources: where they are, and that they are never repeated."""

import os
import sys
from pathlib import Path

import pytest

from countdown.config.source_settings import SourceSetting
from countdown.refresh import keys
from countdown.refresh.keys import MissingKeyError, read_key

TMDB = SourceSetting("tmdb", "tmdb")
KEY = "eyJhbGciOiJIUzI1NiJ9.SECRET"


def command(code: str) -> SourceSetting:
    """A source whose key a Python program of that *code* prints."""
    return TMDB._replace(key_command=(sys.executable, "-c", code))


def test_most_sources_have_no_key() -> None:
    """Then none is looked for."""
    assert read_key(TMDB) is None


def test_key_is_in_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the blanks that a copy has around it."""
    monkeypatch.setenv("TMDB_TOKEN", f" {KEY}\n")
    assert read_key(TMDB._replace(key_variable="TMDB_TOKEN")) == KEY


def test_key_is_what_a_command_prints() -> None:
    """Its first line: password managers keep notes below. No shell expands its words."""
    assert read_key(command(f"print({KEY!r}); print('a note')")) == KEY
    source = TMDB._replace(
        key_command=(sys.executable, "-c", "import sys; print(sys.argv[1])", "$HOME")
    )
    assert read_key(source) == "$HOME"


def test_key_is_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the home folder, or anywhere."""
    monkeypatch.setenv("HOME", str(tmp_path))
    path = tmp_path / "key"
    path.write_text(f"{KEY}\nnote")
    path.chmod(0o600)
    assert read_key(TMDB._replace(key_file="~/key")) == KEY
    assert read_key(TMDB._replace(key_file=str(path))) == KEY


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (TMDB._replace(key_variable="TMDB_TOKEN"), "The variable TMDB_TOKEN has no key."),
        (
            command(f"import sys; print('{KEY}', file=sys.stderr); sys.exit(3)"),
            f"{sys.executable} failed with exit code 3. Run it yourself to see why.",
        ),
        (command("pass"), f"{sys.executable} has no key."),
        (command("print('SEC RET')"), f"{sys.executable} has something that can't be a key."),
        (command(r"print('SEC\x1bRET')"), f"{sys.executable} has something that can't be a key."),
        (TMDB._replace(key_command=("/no/pass",)), "/no/pass: No such file or directory."),
        (TMDB._replace(key_command=("a\0b",)), r"a\x00b: it can't be run."),
        (TMDB._replace(key_file="/no/key"), "/no/key: No such file or directory."),
        (TMDB._replace(key_file="/dev"), "/dev: Is a directory."),
    ],
    ids=range(9),
)
def test_missing_key_says_where_it_was_looked_for(
    source: SourceSetting, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there instead isn't repeated."""
    monkeypatch.delenv("TMDB_TOKEN", raising=False)
    with pytest.raises(MissingKeyError) as raised:
        read_key(source)
    assert str(raised.value) == why


def test_command_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase that nobody types must not stop a refresh for ever."""
    monkeypatch.setattr(keys, "_PATIENCE", 0.05)
    with pytest.raises(MissingKeyError, match="printed no key in time"):
        read_key(command("import time; time.sleep(9)"))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_file_that_others_can_read_is_refused(mode: int, tmp_path: Path) -> None:
    """The command that changes that is named."""
    path = tmp_path / "key"
    path.write_text(KEY)
    path.chmod(mode)
    with pytest.raises(MissingKeyError) as raised:
        read_key(TMDB._replace(key_file=str(path)))
    assert str(raised.value) == f"Others can read {path}. Run: chmod 600 {path}"


def test_file_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They would know the key, or could have put another one there."""
    path = tmp_path / "key"
    path.write_text(KEY)
    path.chmod(0o600)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(MissingKeyError, match="belongs to another user"):
        read_key(TMDB._replace(key_file=str(path)))
