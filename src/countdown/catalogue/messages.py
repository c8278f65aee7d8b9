"""Problems of a catalogue as messages, each with its line and the title of its release."""

import tomli

from countdown.catalogue.readers import KeyPath, Problems
from countdown.core.text import is_visible
from countdown.toml import parse


def describe_problems(path: str, content: bytes, problems: Problems) -> list[str]:
    """A message for each of the *problems* of the file *path*, in the order of the file.

    *content* is valid TOML.
    """
    if not problems:
        return []
    document = content.decode("utf-8-sig")
    titles = tomli.loads(document).get("release")
    return parse.describe_problems(
        path, document, problems, lambda key_path: problem_name(key_path, titles)
    )


def problem_name(path: KeyPath, titles: object) -> str:
    """The name of *path* in a message, like `release[3] "Title": dates[0].region: `."""
    if len(path) < 2 or path[0] != "release" or not isinstance(titles, list):
        return parse.dotted_path(path)
    table = titles[path[1]] if isinstance(path[1], int) else None
    title = table.get("title", table.get("id")) if isinstance(table, dict) else None
    quoted = f' "{parse.shorten(title)}"' if isinstance(title, str) and is_visible(title) else ""
    return (
        parse.dotted_path(path[:2]).removesuffix(": ") + f"{quoted}: " + parse.dotted_path(path[2:])
    )
