"""Every error that the program reports to users, with its exit code."""

from typing import Final

NOTHING_FOUND: Final = 1
USAGE: Final = 2
CATALOGUE: Final = 3
SOURCE: Final = 4
PARTLY: Final = 6
BROKEN_PIPE: Final = 141  # 128 + SIGPIPE, as the shell would report it
INTERRUPTED: Final = 130  # 128 + SIGINT


class CountdownError(Exception):
    """Something that the user can act on. *lines* are for stderr, already fit for a terminal."""

    exit_code = 1

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class NothingFound(CountdownError):  # noqa: N818  # not an error to the user, but an answer
    """No release, person or file answers the question."""

    exit_code = NOTHING_FOUND


class UsageError(CountdownError):
    """An option, argument or environment variable does not make sense."""

    exit_code = USAGE


class CatalogueError(CountdownError):
    """A catalogue can't be read, or has mistakes."""

    exit_code = CATALOGUE


class SourceError(CountdownError):
    """No source of live facts could be asked."""

    exit_code = SOURCE


class ConfigError(CountdownError):
    """The settings can't be read or changed, or have mistakes."""

    exit_code = CATALOGUE


class NoLibraryError(CountdownError):
    """Libraries that are an extra aren't installed.

    *task* is what needs them, *libraries* are their names with a space between, and *extra* is the
    name in pyproject.toml.
    """

    def __init__(self, task: str, libraries: str, extra: str) -> None:
        *others, last = libraries.split()
        names = f"libraries {', '.join(others)} and {last}" if others else f"library {last}"
        them = "them" if others else "it"
        super().__init__(
            f"{task} needs the {names}.",
            f"Install {them} beside countdown: pipx inject release-countdown {libraries}",
            f"Or in a clone: .venv/bin/pip install '.[{extra}]'",
        )
