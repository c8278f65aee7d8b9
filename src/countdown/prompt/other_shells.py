"""Words, variables and start-up lines of nushell and PowerShell, whose grammar isn't POSIX's."""

import os
import sys

from countdown.core.text import find_hostile

_QUOTES_OF_POWERSHELL = "'\u2018\u2019\u201a\u201b"  # Typographic ones end a string, too.


def assignment(shell: str, name: str, value: "str | list[str]") -> str:
    """The line of *shell* that assigns *value*, one word or a list, to the variable *name*."""
    words = [quoted(shell, word) for word in ([value] if isinstance(value, str) else value)]
    if shell == "nu":
        text = words[0] if isinstance(value, str) else f"[{' '.join(words)}]"
        return f"const __countdown_{name} = {text}\n"
    text = words[0] if isinstance(value, str) else f"@({', '.join(words)})"
    return f"$global:__countdown_{name} = {text}\n"


def quoted(shell: str, text: str) -> str:
    """*text* as a quoted word of *shell*, which expands nothing in it.

    A byte that isn't UTF-8, which no string of theirs can hold, becomes U+FFFD.
    """
    text = "".join(["\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text])
    return _quoted_for_nu(text) if shell == "nu" else _quoted_for_powershell(text)


def _quoted_for_nu(text: str) -> str:
    if "'" not in text and not find_hostile(text):
        return f"'{text}'"
    escapes = {"\\": "\\\\", '"': '\\"'}
    parts = [f"\\u{{{ord(c):x}}}" if find_hostile(c) else escapes.get(c, c) for c in text]
    return '"' + "".join(parts) + '"'


def _quoted_for_powershell(text: str) -> str:
    if not find_hostile(text):
        doubled = [c * 2 if c in _QUOTES_OF_POWERSHELL else c for c in text]
        return "'" + "".join(doubled) + "'"
    # Windows PowerShell 5 lacks the escape `u{…}; it joins strings and characters alike.
    parts = [
        f"[char]::ConvertFromUtf32({ord(c)})" if find_hostile(c) else _quoted_for_powershell(c)
        for c in text
    ]
    return f"({' + '.join(parts)})"


def startup_line(shell: str, words: list[str]) -> str:
    """The line for the start-up file of *shell*; *words* are the quoted ones of a call of init."""
    call = " ".join(words)
    if words[0][0] in "'\"(":  # A quoted word is a command only after a sign.
        call = f"^{call}" if shell == "nu" else f"& {call}"
    if shell == "nu":
        folder = "$nu.data-dir | path join vendor autoload"
        return f"mkdir ({folder}); {call} | save -f ({folder} countdown.nu)"
    return f"{call} | Out-String | Invoke-Expression"


def startup_file(shell: str) -> str:
    """The file that an interactive *shell* reads when it starts, with `~` for HOME."""
    config = os.environ.get("XDG_CONFIG_HOME")
    if shell == "nu":
        mac = os.path.join("~", "Library", "Application Support")
        folder = config or (mac if sys.platform == "darwin" else os.path.join("~", ".config"))
        return os.path.join(folder, "nushell", "config.nu")
    return "$PROFILE"
