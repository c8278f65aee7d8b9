"""Detect terminals that show hyperlinks: OSC 8 of their control sequences.

Terminals can't be asked for that. So the variables that they set decide, as in the packages
supports-hyperlinks of npm and of Rust.
"""

import re
from collections.abc import Mapping
from typing import Final

# TERM_PROGRAM → the first version that shows links, as its leading numbers.
_PROGRAMS: Final = {
    "iTerm.app": (3, 1),
    "WezTerm": (20200620,),
    "vscode": (1, 72),
    "ghostty": (),
    "Hyper": (),
    "zed": (),
    "WarpTerminal": (),
    "rio": (),
    "tmux": (3, 4),
}
_TERMS: Final = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour")
_MARKS: Final = ("WT_SESSION", "DOMTERM", "KITTY_WINDOW_ID", "WEZTERM_PANE", "ALACRITTY_WINDOW_ID")
# Variable → the first version that shows links, as these terminals number them.
_NUMBERED: Final = {"VTE_VERSION": 5001, "KONSOLE_VERSION": 201200}  # VTE 0.50.0 crashed.
# With these, output doesn't go directly to the terminal whose variables are inherited.
_BETWEEN: Final = ("STY", "INSIDE_EMACS", "CI", "TEAMCITY_VERSION", "ZELLIJ")
_FORCE: Final = "FORCE_HYPERLINK"


def are_shown(variables: Mapping[str, str], *, is_terminal: bool) -> bool:
    """True if the terminal that set these environment *variables* shows hyperlinks.

    FORCE_HYPERLINK has precedence: 0 is no, others are yes. Otherwise stdout must be a terminal.
    """
    forced = variables.get(_FORCE)
    if forced:
        return forced != "0"
    term, program = variables.get("TERM", ""), variables.get("TERM_PROGRAM", "")
    if not is_terminal or term == "dumb" or any(variables.get(name) for name in _BETWEEN):
        return False
    if variables.get("TMUX") or term.startswith(("tmux", "screen")):
        return program == "tmux" and _is_new_enough(program, variables)
    if program in _PROGRAMS:
        return _is_new_enough(program, variables)
    return (
        any(variables.get(name) for name in _MARKS)
        or any(_number(variables.get(name, "")) >= least for name, least in _NUMBERED.items())
        or term.startswith(_TERMS)
    )


def _is_new_enough(program: str, variables: Mapping[str, str]) -> bool:
    """True for the version of *program*, like `3.5.0beta1`, `next-3.4` or `20240203-110809`."""
    numbers = re.findall(r"\d+", variables.get("TERM_PROGRAM_VERSION", ""))
    return tuple(map(_number, numbers[:2])) >= _PROGRAMS[program]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0
