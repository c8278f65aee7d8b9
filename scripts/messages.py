"""Write docs/messages.md: every text of the program that a user can read, out of the code.

It is there to be read from top to bottom: all of it should sound like one person. `--check` only
compares.

A text is a string of two words or more, or a label of one word, that is no docstring, no
annotation, and nothing of EXCLUDED_MODULES or _EXCLUDED. The docstrings of commands are help.
"""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from generated import ROOT, write_or_check

PACKAGE: Final = ROOT / "src" / "countdown"
FILE: Final = ROOT / "docs" / "messages.md"
EXCLUDED_MODULES: Final = {
    "cache.py": "lines of cache files",
    "cli/shell_checks.py": "code for shells",
    "completion/table.py": "written from the commands",
    "config/cached.py": "lines of cache files",
    "core/date_words.py": "words that are read, not written",
    "core/region_names.py": "names of regions, from CLDR",
    "core/regions.py": "codes of regions",
    "core/synonyms.py": "words that are read, not written",
    **dict.fromkeys(("index/days.py", "index/followed.py", "index/query.py"), "SQL"),
    "toml/edit.py": "marks in a text that nobody sees",
}
# Patterns of strings that nobody reads: SQL, types, formats of numbers.
_EXCLUDED: Final = (
    re.compile(
        r"^\s*(SELECT|INSERT|REPLACE|DELETE|UPDATE|CREATE|ALTER|DROP|PRAGMA|BEGIN|ATTACH)\b"
    ),
    re.compile(r"\b(FROM|WHERE|JOIN|ORDER BY|LIMIT|NOT NULL|PRIMARY KEY|WITHOUT ROWID)\b"),
    re.compile(r"\b\w\.\w+ (=|<>|>=|<=|IN|IS) "),
    re.compile(r"^\W*(\{[^}]*\}\W*)*$"),
)
_WORDS: Final = re.compile(r"[A-Za-z][a-z']*[,;:.?)\"]*\s+[\"(]?[A-Za-z{-]")
_LABEL: Final = re.compile(r"[A-Z][a-z]+[.:?]?")
_HELP_CALLS: Final = ("option", "shared_option", "argument", "command", "example")
_SKIPPED_CALLS: Final = ("typevar", "cast", "parse_and_bind", "executescript", "execute")
_SCOPES: Final = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_MERE_NAMES: Final = (ast.Name, ast.expr_context, ast.operator, ast.cmpop)
_HEADINGS: Final = {"text": "Messages", "help": "Help of options and commands"}
_HEAD: Final = """# Messages

Every text that the program can print, written from the code by `python scripts/messages.py`. Read
it from top to bottom after you have changed one: all of them should sound like one person. What
stands in braces is filled in.

- An error is one plain sentence with a capital and a full stop, then one command to paste.
- A problem of a file is `path:line:column: what is wrong; what would be right`.
- A line of help has at most eight words, a label at most three.
- Verbs are imperative, the reader is "you", and contractions are fine.
"""


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """The kind and the wording of each text in the module at *path*, in the order of the code."""
    tree = ast.parse(path.read_text("utf-8"))
    is_command = path.parent.name == "commands"
    yield from _texts(tree, "text", is_command=is_command)


def _texts(node: ast.AST, kind: str, *, is_command: bool) -> Iterator[tuple[str, str]]:
    wording = _wording(node)
    if wording is not None:
        if _is_read(wording):
            yield kind, wording
        return
    if isinstance(node, ast.FunctionDef) and is_command and node.name == "command":
        yield "help", " ".join((ast.get_docstring(node) or "").split())
    if isinstance(node, ast.Call):
        name = _name(node.func).lower()
        if name in _SKIPPED_CALLS:
            return
        kind = "help" if name in _HELP_CALLS else kind
    for child in _children(node):
        yield from _texts(child, kind, is_command=is_command)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of *node* that can have texts: neither its docstring nor types nor mere names."""
    for name in node._fields:
        value = getattr(node, name)
        if isinstance(value, list):
            has_docstring = name == "body" and isinstance(node, _SCOPES) and _is_first(value)
            parts = value[1:] if has_docstring else value
        else:
            parts = [value]
        if name not in ("annotation", "returns"):
            for part in parts:
                if isinstance(part, ast.AST) and not isinstance(part, _MERE_NAMES):
                    yield part


def _is_first(body: list[ast.stmt]) -> bool:
    """True if *body* starts with an expression, as with a docstring."""
    return bool(body) and isinstance(body[0], ast.Expr)


def _wording(node: ast.AST) -> str | None:
    """The text of a string, with the names of what an f-string fills in; None for other nodes."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else f"{{{_name(part)}}}"
            for part in node.values
        )
    return None


def _name(node: ast.AST) -> str:
    """A short name for what *node* is, for a reader."""
    if isinstance(node, ast.FormattedValue):
        return _name(node.value)
    if isinstance(node, ast.Name):
        return node.id.lower().strip("_")
    if isinstance(node, ast.Attribute):
        return node.attr.strip("_")
    if isinstance(node, ast.Call):
        name = _name(node.func)
        wrapped = name in ("join", "escape_hostile", "escape", "fold", "str") and node.args
        return _name(node.args[0]) if wrapped else name
    if isinstance(node, ast.Subscript):
        key = _wording(node.slice)
        return key if key and key.isidentifier() else _name(node.value)
    if isinstance(node, ast.BoolOp):
        return _name(node.values[0])
    return "…"


def _is_read(text: str) -> bool:
    if any(pattern.search(text) for pattern in _EXCLUDED) and not _LABEL.fullmatch(text):
        return False
    return bool(_WORDS.search(text) or _LABEL.fullmatch(text))


@cache
def document() -> str:
    """The page."""
    found: dict[str, dict[str, dict[str, None]]] = {kind: {} for kind in _HEADINGS}
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        if any(module.startswith(excluded) for excluded in EXCLUDED_MODULES):
            continue
        for kind, text in texts(path):
            line = " ".join(text.split())
            found[kind].setdefault(module, {}).setdefault(line)
    parts = [_HEAD]
    for kind, heading in _HEADINGS.items():
        parts.append(f"## {heading}\n")
        for module, lines in found[kind].items():
            parts += [f"### {module}\n", "```text", *lines, "```\n"]
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` only compare it."""
    return write_or_check({FILE: document()}, check="--check" in arguments, script="messages.py")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
