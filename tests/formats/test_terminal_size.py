"""The size of the terminal: of variables, of the terminal itself, or the usual one."""

import os

import pytest

from countdown.formats.terminal_size import terminal_size


class Stdout:
    """A stdout at file descriptor 1, or with an *error* in place of that."""

    def __init__(self, error: type[Exception] | None = None) -> None:
        self.error = error

    def fileno(self) -> int:
        """The file descriptor."""
        if self.error:
            raise self.error
        return 1


def size_of(
    patch: pytest.MonkeyPatch, own: tuple[int, int] = (100, 40), stdout: Stdout | None = None
) -> tuple[int, ...]:
    """The size that is told where the terminal at *stdout* has its *own*."""
    with patch.context() as patched:
        patched.setattr("sys.stdout", stdout or Stdout())
        patched.setattr(os, "get_terminal_size", lambda _: os.terminal_size(own))
        return tuple(terminal_size())


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable names a size."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LINES", raising=False)


@pytest.mark.parametrize(
    ("columns", "lines", "size"),
    [
        ("50", "60", (50, 60)),
        ("50", "", (50, 40)),
        ("", "60", (100, 60)),
        *((text, text, (100, 40)) for text in ("", "0", "000", "many", "-3", "9" * 5000)),
    ],
    ids=ascii,
)
def test_variables_count_if_they_are_sizes(
    monkeypatch: pytest.MonkeyPatch, columns: str, lines: str, size: tuple[int, int]
) -> None:
    """Zero is what some programs set that don't know."""
    monkeypatch.setenv("COLUMNS", columns[:4000])
    monkeypatch.setenv("LINES", lines[:4000])
    assert size_of(monkeypatch) == size


def test_terminal_without_a_size_has_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the serial lines of old have none."""
    assert size_of(monkeypatch, own=(0, 0)) == (80, 24)


@pytest.mark.parametrize("error", [OSError, ValueError, AttributeError])
def test_without_a_terminal_it_is_the_usual_one(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """Stdout may be a pipe, closed, or missing."""
    assert size_of(monkeypatch, stdout=Stdout(error)) == (80, 24)
