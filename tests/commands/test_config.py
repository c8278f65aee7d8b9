"""`countdown config`, and the settings as a layer below options and environment."""

import itertools
import os
import signal
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from countdown import files, paths
from countdown.catalogue.readers import Problem
from countdown.cli import editor
from countdown.commands import config as command
from countdown.errors import CatalogueError, CountdownError, UsageError
from tests.cli.conftest import Countdown

Settings = Callable[[str], Path]


@pytest.fixture
def settings() -> Settings:
    """A config.toml of the text given, as if nobody had touched it for years."""

    def write(text: str) -> Path:
        path = Path(str(paths.config_file()))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        os.utime(path, (1_600_000_000, 1_600_000_000))
        return path

    return write


def rows(out: str) -> dict[str, list[str]]:
    """The settings that a plain list has, each with its value and who says so."""
    return {line.split("\t")[0]: line.split("\t")[1:] for line in out.splitlines()}


# ---- Which goes before which ----


def test_list_tells_each_value_and_who_says_so(
    countdown: Countdown, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Option, variable, config.toml, then what the system knows."""
    monkeypatch.setenv("TZ", "UTC")
    code, out, err = countdown("config")
    assert (code, err) == (0, "")
    expected = {
        "region": ["", ""],
        "timezone": ["UTC", "TZ"],
        "date_style": ["day-month-year", "by default"],
        "format": ["plain", "by default"],
        "prompt.format": ["{title} {left}", "by default"],
        **{f"follow.{sort}": ["", ""] for sort in ("person", "director", "title")},
        **{f"follow.{sort}": ["", ""] for sort in ("franchise", "platform")},
    }
    assert {**rows(out), **expected} == rows(out)
    settings(
        'region = "BR"\ntimezone = "Asia/Tokyo"\nformat = "json"\n'
        '[follow]\nperson = ["Ana", "Zoe"]\n[prompt]\nformat = "{title}"'
    )
    for _ in range(2):  # As read, and as compiled.
        found = rows(countdown("config", "list").out)
        assert found["region"] == ["BR", "config.toml"]
        assert found["timezone"] == ["Asia/Tokyo", "config.toml"]
        assert found["format"] == ["json", "config.toml"]
        assert found["prompt.format"] == ["{title}", "config.toml"]
        assert found["follow.person"] == ["Ana, Zoe", "config.toml"]
    monkeypatch.setenv("COUNTDOWN_REGION", "US")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    found = rows(countdown("config", "--timezone", "UTC").out)
    assert found["region"] == ["US", "COUNTDOWN_REGION"]
    assert found["timezone"] == ["UTC", "--timezone"]
    monkeypatch.delenv("COUNTDOWN_REGION")
    settings("")
    assert rows(countdown("config").out)["region"] == ["DE", "LANG"]
    monkeypatch.delenv("TZ")
    assert rows(countdown("config").out)["timezone"][1] == "the system"


def test_region_of_the_settings_counts(countdown: Countdown, settings: Settings) -> None:
    """Until a variable or an option names another."""
    settings('region = "BR"')
    assert "\t7 Jul 2022\t" in countdown("list").out
    assert "\t8 Jul 2022\t" in countdown("list", "--region", "US").out


def test_zone_of_the_settings_counts(countdown: Countdown, settings: Settings) -> None:
    """One that this system no longer knows is refused, with who named it."""
    settings('timezone = "Asia/Tokyo"')
    assert '"timezone": "Asia/Tokyo"' in countdown("list", "--json").out
    code, _, err = countdown("list", "--timezone", "nowhere")
    assert (code, err.split(":")[0]) == (2, "--timezone")


def test_format_of_the_settings_is_that_of_answers(
    countdown: Countdown, settings: Settings
) -> None:
    """Not of what is for people alone."""
    settings('format = "json"')
    assert countdown("list").out.startswith('{"schema": 1')
    assert countdown("list", "--format", "plain").titles[0] == "Thor: Love and Thunder"
    assert "{" not in countdown("config", "get", "region").err
    assert countdown("config").out.startswith("region\t")


@pytest.mark.parametrize(
    ("style", "long", "shown"),
    [
        (
            *("day-month-year", "Friday, 8 July 2022"),
            ("8 Jul 2022", "Q4 2027", "Jul 2025", "3–9 Jun 2027", "Jan–Apr 2027"),
        ),
        (
            *("month-day-year", "Friday, July 8, 2022"),
            ("Jul 8, 2022", "Q4 2027", "Jul 2025", "Jun 3–9, 2027", "Jan–Apr 2027"),
        ),
        (
            *("iso", "Friday, 2022-07-08"),
            ("2022-07-08", "Q4 2027", "2025-07", "2027-06-03–2027-06-09", "2027-01–2027-04"),
        ),
    ],
)
def test_days_are_written_in_the_style_of_the_settings(
    style: str,
    long: str,
    shown: tuple[str, ...],
    catalogue: Callable[[str], Countdown],
    settings: Settings,
) -> None:
    """In every view; formats for programs keep theirs."""
    dates = ("2022-07-08", '"Q4 2027"', '"2025-07"', '"2027-06-03/2027-06-09"', '"2027-01/2027-04"')
    tables = [
        f'[[release]]\nid = "r{number}"\ntitle = "R{number}"\nkind = "film"\ndate = {date}\n'
        f"expected = {date}\nstage_since = {date}\nchecked = {date}\ncast = ['Ana']\n"
        for number, date in enumerate(dates)
    ]
    countdown = catalogue("".join(tables))
    settings(f'date_style = "{style}"')
    for words in (["list", "--all"], ["search", "r"], ["actor", "Ana", "--all"]):
        out = countdown(*words).out
        assert all(f"\t{day}\t" in out for day in shown), words
    details = countdown("show", "R0").out
    assert details.count(shown[0]) >= 3
    assert long in details
    today = {"iso": "2026-11-22", "month-day-year": "Nov 22, 2026"}.get(style, "22 Nov 2026")
    assert f"## As of {today}\n" in countdown("list", "--format", "markdown").out
    assert "2022-07-08" in countdown("list", "--all", "--format", "csv").out
    assert shown[4] in countdown("next", "--format", "plain").out


# ---- Get, set, unset, path ----


def test_what_is_set_can_be_got(countdown: Countdown) -> None:
    """Values of a list come one a line."""
    assert countdown("config", "set", "region", "BR") == (0, "region: BR\n", "")
    assert countdown("config", "get", "region") == (0, "BR\n", "")
    assert countdown("config", "set", "follow.person", "Ana", "Zoe")[0] == 0
    assert countdown("config", "get", "follow.person") == (0, "Ana\nZoe\n", "")
    assert countdown("config", "unset", "region") == (0, "region is back to its default.\n", "")
    assert countdown("config", "get", "region") == (
        1,
        "",
        "region isn't set. To set it: countdown config set region VALUE\n",
    )
    assert countdown("config", "path").out == f"{paths.config_file()}\n"


@pytest.mark.parametrize(
    ("words", "code", "err"),
    [
        (["get"], 2, "config get: Name a KEY: region, timezone, "),
        (
            ["get", "regio"],
            2,
            'config get: Unknown setting "regio". Did you mean "region"?\n',
        ),
        (["get", "region", "x"], 2, 'config get: Leave out "x". It takes one KEY.\n'),
        (["unset", "region", "x"], 2, 'config unset: Leave out "x". It takes one KEY.\n'),
        (["list", "x"], 2, 'config list: Leave out "x".\n'),
        (["path", "x", "y"], 2, 'config path: Leave out "x".\n'),
        (["set", "region"], 2, "config set region: Give one VALUE, in "),
        (["set", "region", "B", "R"], 2, "config set region: Give one VALUE, in "),
        (
            ["set", "follow.title"],
            2,
            "config set follow.title: Give a VALUE. To reset it: countdown config unset ",
        ),
        (["set", "region", "bx"], 2, 'region: "bx" isn\'t a region. Write a name like "Brazil" or'),
        (["set", "follow.title", "a", ""], 2, "follow.title[1]: Can't be empty. Leave it ou"),
        (["set", "follow.title", "\x1b"], 2, "follow.title[0]: Has the control character \\x1b"),
        (
            ["set", "prompt.format", "{x}"],
            2,
            'prompt.format: There\'s no field "{x}". Write {title}',
        ),
        (["unset", "region"], 1, "region isn't set in config.toml. "),
        (["nonsense"], 2, 'ACTION: "nonsense" isn\'t a choice. Choose list, get, '),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "-",
)
def test_mistake_is_told_with_what_would_be_right(
    words: list[str], code: int, err: str, countdown: Countdown
) -> None:
    """In the checker's own words, and nothing is written."""
    ran = countdown("config", *words)
    assert (ran.code, ran.out, ran.err[: len(err)]) == (code, "", err)
    assert not Path(str(paths.config_file())).exists()


@pytest.mark.parametrize("words", [["list"], ["config"], ["config", "set", "region", "BR"]])
def test_file_with_problems_is_exit_code_3(
    words: list[str], countdown: Countdown, settings: Settings
) -> None:
    """All of them are told, and no command guesses."""
    path = settings('regio = "BR"\nformat = 1\n')
    code, out, err = countdown(*words)
    assert (code, out) == (3, "")
    assert err.splitlines() == [
        f'{path}:1:1: regio: unknown key; did you mean "region"?',
        f'{path}:2:1: format: should be text, not a number; write "…"',
    ]
    assert path.read_text().startswith("regio")


def test_problem_without_a_hint_is_a_message_alone() -> None:
    """Not every problem has a hint."""
    assert Problem((), "is odd").describe("region: ") == "region: is odd"
    assert Problem((), "is odd", "write BR").describe() == "is odd; write BR"


# ---- The editor ----


@pytest.fixture(autouse=True)
def editor_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user has one."""
    monkeypatch.setenv("VISUAL", "editor")


@pytest.fixture
def editor_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """An editor that makes these texts of what it gets, one each time it is opened."""

    def write(*texts: bytes | None) -> None:
        left = list(texts)
        seconds = itertools.count(step=10)
        monkeypatch.setattr(time, "monotonic", lambda: next(seconds))  # Somebody reads the text.

        def edit(*, filename: str) -> None:
            text = left.pop(0)
            if text is None:
                Path(filename).unlink()
            else:
                Path(filename).write_bytes(text)

        monkeypatch.setattr(click, "edit", edit)

    return write


def drafts() -> list[bytes]:
    """The drafts that are kept."""
    folder = Path(str(paths.state_folder()))
    assert [*folder.glob("draft-*")] == []
    return [path.read_bytes() for path in sorted(folder.glob("kept-config-*.toml"))]


def test_first_edit_shows_all_that_can_be_set(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each key with an example behind a sign, which is in order without it."""
    seen = []

    def edit(*, filename: str) -> None:
        path = Path(filename)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        seen.append(path.read_text())
        path.write_text(path.read_text().replace("# region", "region"))

    monkeypatch.setattr(click, "edit", edit)
    assert countdown("config", "edit") == (0, "Changed ~/config/countdown/config.toml\n", "")
    assert countdown("config", "get", "region").out == "BR\n"
    assert drafts() == []
    every = seen[0].replace("# ", "", 1).replace("\n# ", "\n").partition("\n")[2]
    command._check("c.toml", every.encode())


@pytest.mark.parametrize("text", [b"region = 'BR'\n", None], ids=["unchanged", "removed"])
def test_edit_that_changes_nothing_writes_nothing(
    text: bytes | None, countdown: Countdown, settings: Settings, editor_writes: Callable[..., None]
) -> None:
    """It is said, and no draft stays."""
    path = settings("region = 'BR'\n")
    before = path.stat()
    editor_writes(text)
    assert countdown("config", "edit") == (0, "Nothing was changed.\n", "")
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert drafts() == []


def test_edit_that_does_not_check_keeps_the_draft(
    countdown: Countdown, settings: Settings, editor_writes: Callable[..., None]
) -> None:
    """Where nobody can be asked."""
    path = settings("region = 'BR'\n")
    editor_writes(b"region = 'XX'\n")
    code, out, err = countdown("config", "edit")
    assert (code, out) == (3, "")
    first, second = err.splitlines()
    assert first.startswith(f'{path}:1:1: region: "XX" isn\'t a region')
    assert second.startswith("Nothing was changed. Your draft is kept: ")
    assert drafts() == [b"region = 'XX'\n"]
    assert path.read_text() == "region = 'BR'\n"


@pytest.mark.parametrize(
    ("answers", "code", "region", "kept"),
    [
        ("e", 0, "US", 0),
        ("\n", 0, "US", 0),
        ("x\nE", 0, "US", 0),
        ("k", 3, "BR", 1),
        ("g", 0, "BR", 0),
    ],
    ids=["again", "by default", "mistyped", "kept", "given up"],
)
def test_at_a_terminal_one_is_asked(
    answers: str,
    code: int,
    region: str,
    kept: int,
    countdown: Countdown,
    settings: Settings,
    editor_writes: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The problems are shown before that."""
    settings("region = 'BR'\n")
    editor_writes(b"region = 'XX'\n", b"region = 'US'\n")
    told = iter(answers.split("\n"))
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(told))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    ran = countdown("config", "edit")
    assert ran.code == code
    assert '"XX" isn\'t a region' in ran.err
    assert countdown("config", "get", "region").out == f"{region}\n"
    assert len(drafts()) == kept


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A terminal, and somebody there who answers with these letters, one a question."""

    def type_letters(letters: str) -> None:
        told = iter(letters)

        def answer(prompt: str) -> str:
            print(prompt, end="")
            return next(told)

        monkeypatch.setattr("click.termui.visible_prompt_func", answer)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)

    return type_letters


@pytest.mark.parametrize(
    ("answer", "shown", "kept"),
    [("g", "region = 'XX'\n", 0), ("l", "region = 'BR'\n", 1), ("t", "region = 'BR'\n", 0)],
    ids=["gone on with", "left", "thrown away"],
)
def test_draft_that_was_kept_is_offered_again(
    answer: str,
    shown: str,
    kept: int,
    countdown: Countdown,
    settings: Settings,
    editor_writes: Callable[..., None],
    answers: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As long as the file is what it was made from; and what is saved is checked as ever."""
    path = settings("region = 'BR'\n")
    editor_writes(b"region = 'XX'\n")
    answers("k")
    assert countdown("config", "edit").code == 3
    opened = []

    def edit(*, filename: str) -> None:
        opened.append(Path(filename).read_text())
        Path(filename).write_text("region = 'US'\n")

    answers(answer)
    monkeypatch.setattr(click, "edit", edit)
    ran = countdown("config", "edit")
    # Click before 8.3 writes a space behind its question to stdout.
    assert (ran.code, ran.out.strip()) == (0, "Changed ~/config/countdown/config.toml")
    assert ran.err.startswith("There's a draft from 20")
    assert "[g]o on with it, [l]eave it, or [t]hrow it away?" in ran.err
    assert opened == [shown]
    assert path.read_text() == "region = 'US'\n"
    assert len(drafts()) == kept


def test_draft_of_what_the_file_no_longer_is_is_only_told_of(
    countdown: Countdown,
    settings: Settings,
    editor_writes: Callable[..., None],
    answers: Callable[[str], None],
) -> None:
    """To go on with it would undo what has been changed since."""
    settings("region = 'BR'\n")
    editor_writes(b"x", None, b"", b"x")
    answers("k")
    assert countdown("config", "edit").code == 3
    settings("region = 'PT'\n")
    answers("")
    ran = countdown("config", "edit")
    assert (ran.code, ran.out) == (0, "Nothing was changed.\n")
    assert ", older than the file: " in ran.err
    assert drafts() == [b"x"]
    settings("region = 'BR'\n")
    answers("gk")
    assert countdown("config", "edit").code == 0
    assert drafts() == []
    editor_writes(b"# y\n")
    assert countdown("config", "edit").err == ""


def test_draft_that_cannot_be_put_by_is_kept_where_it_is(
    countdown: Countdown,
    settings: Settings,
    editor_writes: Callable[..., None],
    answers: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing offers it again then, but it is told."""

    def fail(source: str, destination: str) -> None:
        raise PermissionError(13, "Permission denied", destination)

    settings("")
    editor_writes(b"x")
    answers("k")
    monkeypatch.setattr(os, "replace", fail)
    ran = countdown("config", "edit")
    draft = Path(ran.err.splitlines()[-1].rpartition("Your draft is kept: ")[2])
    assert (ran.code, draft.read_bytes()) == (3, b"x")


def test_unchanged_draft_is_asked_about_again(
    countdown: Countdown,
    settings: Settings,
    editor_writes: Callable[..., None],
    answers: Callable[[str], None],
) -> None:
    """It still does not check; and where nobody is asked, it is left alone."""
    settings("")
    editor_writes(b"x", b"x", b"# y\n")
    answers("k")
    countdown("config", "edit")
    answers("gk")
    ran = countdown("config", "edit")
    assert (ran.code, drafts()) == (3, [b"x"])
    assert ran.err.endswith(f"Nothing was changed. Your draft is kept: {kept_at()}\n")


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The drafts that an editor has open in a window; it returns after half a second."""
    opened = []
    seconds = itertools.count(step=0.5)

    def edit(*, filename: str) -> None:
        opened.append(Path(filename))

    monkeypatch.setattr(click, "edit", edit)
    monkeypatch.setattr(time, "monotonic", lambda: next(seconds))
    return opened


def test_editor_that_returns_at_once_keeps_the_draft(
    countdown: Countdown, settings: Settings, window: list[Path]
) -> None:
    """It may be open in a window; the same file is used the next time."""
    path = settings("region = 'BR'\n")
    for _ in range(2):
        ran = countdown("config", "edit")
        assert (ran.code, ran.out) == (0, "Nothing was changed.\n")
        assert ran.err == (
            "The editor returned at once. If it opens a window, set VISUAL to a command that waits,"
            f' like "code --wait".\nYour draft is kept. Save it, then run this again: '
            f"{window[-1]}\n"
        )
    assert window[0] == window[1]
    assert (window[0].read_bytes(), window[0].stat().st_mode & 0o777) == (path.read_bytes(), 0o600)


def test_draft_that_a_window_saves_later_is_offered(
    countdown: Countdown,
    settings: Settings,
    window: list[Path],
    answers: Callable[[str], None],
) -> None:
    """The editor returns at once again, but the draft has been changed."""
    path = settings("region = 'BR'\n")
    countdown("config", "edit")
    window[0].write_text("region = 'US'\n")
    answers("l")
    countdown("config", "edit")
    assert window[1] != window[0]
    answers("g")
    ran = countdown("config", "edit")
    assert ran.err.startswith("There's a draft from ")
    assert f": {window[0]}\n" in ran.err  # Old versions of click write the question, too.
    assert path.read_text() == "region = 'US'\n"
    assert (window[0].exists(), window[1].exists()) == (False, True)


def test_draft_that_a_window_saves_is_not_offered_once_the_file_has_changed(
    countdown: Countdown,
    settings: Settings,
    window: list[Path],
    answers: Callable[[str], None],
) -> None:
    """It is mentioned; one that was never saved isn't."""
    settings("region = 'BR'\n")
    countdown("config", "edit")
    settings("region = 'PT'\n")
    answers("")
    assert "is kept, from before" not in countdown("config", "edit").err
    window[0].write_text("region = 'US'\n")
    assert f", older than the file: {window[0]}\n" in (countdown("config", "edit").err)
    assert window[0].read_text() == "region = 'US'\n"


def kept_at() -> Path:
    """Where the only draft is."""
    (path,) = Path(str(paths.state_folder())).glob("kept-*")
    return path


def test_terminal_that_is_closed_keeps_the_draft(
    countdown: Countdown, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the next edit offers it, as if it had been asked for."""

    def edit(*, filename: str) -> None:
        Path(filename).write_bytes(b"# typed")
        os.kill(os.getpid(), signal.SIGHUP)

    settings("")
    before = signal.getsignal(signal.SIGHUP)
    monkeypatch.setattr(click, "edit", edit)
    assert countdown("config", "edit").code == 130
    assert drafts() == [b"# typed"]
    assert signal.getsignal(signal.SIGHUP) == before


def test_interrupt_while_it_is_written_keeps_the_draft(
    countdown: Countdown,
    settings: Settings,
    editor_writes: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also while it waits for another program to end its writing."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    path = settings("")
    editor_writes(b"# typed")
    monkeypatch.setattr("countdown.files.try_lock", interrupt)
    assert countdown("config", "edit").code == 130
    assert (drafts(), path.read_bytes()) == ([b"# typed"], b"")


@pytest.mark.parametrize(("stop", "code"), [(KeyboardInterrupt, 130), (EOFError, 1)])
def test_interrupted_question_keeps_the_draft(
    stop: type[BaseException],
    code: int,
    countdown: Countdown,
    settings: Settings,
    editor_writes: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And says where."""

    def interrupt(_: str) -> str:
        raise stop

    settings("")
    editor_writes(b"x")
    monkeypatch.setattr("click.termui.visible_prompt_func", interrupt)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    ran = countdown("config", "edit")
    assert ran.code == code
    assert "\nNothing was changed.\n" in ran.err
    assert "Your draft is kept: " in ran.err
    assert drafts() == [b"x"]


@pytest.mark.parametrize(("text", "kept"), [(b"", 0), (b"new", 1)], ids=["unchanged", "changed"])
def test_editor_that_fails_is_told(
    text: bytes,
    kept: int,
    countdown: Countdown,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was written by then is kept."""

    def edit(*, filename: str) -> None:
        Path(filename).write_bytes(text)
        raise click.ClickException("vi: Editing failed")

    settings("")
    monkeypatch.setattr(click, "edit", edit)
    code, _, err = countdown("config", "edit")
    assert code == 2
    assert err.splitlines()[0] == "vi: Editing failed. Set VISUAL or EDITOR to one that works."
    assert len(drafts()) == kept


def test_editor_that_is_not_there_is_named(
    countdown: Countdown, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In our words, without the number of an error; click 8.2 starts it by a shell."""
    settings("")
    monkeypatch.setenv("VISUAL", "no-such-editor --wait")
    (line,) = countdown("config", "edit").err.splitlines()
    assert "no-such-editor" in line
    assert "Errno" not in line
    assert line.endswith(". Set VISUAL or EDITOR to one that works.")


def test_editor_of_the_environment_is_started(
    countdown: Countdown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the draft as its last word."""
    script = tmp_path / "my-editor"
    script.write_text(f"#!{sys.executable}\nimport sys\nopen(sys.argv[1], 'w').write('# hi')\n")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    assert countdown("config", "edit").code == 0
    assert Path(str(paths.config_file())).read_text() == "# hi"


def test_settings_that_have_changed_meanwhile_are_left_alone(
    countdown: Countdown, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The draft is kept, so that nothing is lost."""
    path = settings("")

    def edit(*, filename: str) -> None:
        Path(filename).write_text("# mine")
        path.write_text("# of another program")

    monkeypatch.setattr(click, "edit", edit)
    code, _, err = countdown("config", "edit")
    assert code == 3
    assert "Another program changed it" in err
    assert "Your draft is kept: " in err
    assert drafts() == [b"# mine"]
    assert path.read_text() == "# of another program"


def test_draft_needs_a_folder(countdown: Countdown, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor can't be given anything else."""
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null")
    code, _, err = countdown("config", "edit")
    assert (code, err) == (
        2,
        "/dev/null/countdown: Not a directory. Your draft would be saved there.\n",
    )


def test_without_a_state_folder_a_draft_is_elsewhere(
    editor_writes: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where all temporary files are."""
    monkeypatch.setenv("HOME", "")
    monkeypatch.setenv("XDG_STATE_HOME", "")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    editor_writes(b"new")
    with editor.edit(b"old", file_name="a.txt", check=lambda data: None) as found:
        assert found == b"new"
    assert list(tmp_path.glob("draft-*")) == []


def test_draft_that_can_no_longer_be_read_is_told(
    editor_writes: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what the system says."""

    def edit(*, filename: str) -> None:
        Path(filename).unlink()
        Path(filename).mkdir()

    monkeypatch.setattr(click, "edit", edit)
    with (
        pytest.raises(UsageError, match="Is a directory"),
        editor.edit(b"old", file_name="a.txt", check=lambda data: None),
    ):
        pass


def test_check_decides_which_error_it_is(editor_writes: Callable[..., None]) -> None:
    """The exit code is that of what checked."""

    def check(data: bytes) -> None:
        raise CatalogueError("bad")

    editor_writes(b"new")
    with pytest.raises(CountdownError) as raised, editor.edit(b"", file_name="a.toml", check=check):
        pass
    assert raised.value.exit_code == 3
    assert raised.value.lines[0] == "bad"


def test_folder_in_place_of_the_settings_is_told(countdown: Countdown) -> None:
    """For every command that needs them."""
    Path(str(paths.config_file())).mkdir(parents=True)
    for words in (["config", "edit"], ["config", "set", "region", "BR"]):
        code, _, err = countdown(*words)
        assert (code, "Is a directory" in err) == (3, True)
    assert files.content("/nowhere") is None


def test_without_a_terminal_no_editor_is_guessed(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would fill a pipe with what moves cursors."""
    monkeypatch.delenv("VISUAL")
    code, out, err = countdown("config", "edit")
    assert (code, out) == (2, "")
    assert err.startswith("There's no terminal for an editor. Set VISUAL or EDITOR")


def test_editor_whose_words_can_not_be_told_apart_is_refused(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quote that is not closed, say."""
    monkeypatch.setenv("VISUAL", 'vim "')
    code, out, err = countdown("config", "edit")
    assert (code, out) == (2, "")
    assert err.endswith(". Set VISUAL or EDITOR to one that works.\n")
