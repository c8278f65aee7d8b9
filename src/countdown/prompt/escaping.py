r"""A line and its releases, written for the program that reads them: each has other magic words.

Text for *bash* and *zsh* is part of PS1 or PROMPT as these are assigned. In bash that is decoded
(backslashes), then expanded (dollars, backquotes) if promptvars is set, as it is by default; in
zsh it is expanded if prompt_subst is set, then read for per cent signs.
"""

from countdown.prompt.line import Item
from countdown.prompt.options import PromptOptions

_SOON = ((0, "today"), (7, "week"), (30, "month"))  # whole days up to which a release is of a class
_HORIZON = 100  # days: the wait of which waybar is told the percentage


def escape_for(text: str, items: list[Item], wish: PromptOptions) -> str:
    """*text*, the line of *items*, for the reader of *wish*; what is empty stays empty."""
    return _FORMS[wish.reader](text, items) if items else ""


def _plain(text: str, items: list[Item]) -> str:
    return text


def _bash(text: str, items: list[Item]) -> str:
    return text.replace("\\", "\\\\\\\\").replace("$", "\\\\$").replace("`", "\\\\`")


def _zsh(text: str, items: list[Item]) -> str:
    # An empty %{%} after a dollar leaves nothing that could be expanded; a backquote can't be
    # told from the beginning of a command in any way that both kinds of prompt would show alike.
    return text.replace("%", "%%").replace("$", "$%{%}").replace("`", "'").replace("\\", "/")


def _tmux(text: str, items: list[Item]) -> str:
    return text.replace("#", "##")


def _polybar(text: str, items: list[Item]) -> str:
    return text.replace("%{", "% {")


def _starship(text: str, items: list[Item]) -> str:
    # Before 1.20 starship let bash expand what a custom command says (CVE-2024-41815).
    text = text.replace("`", "'").replace("\\", "/")
    return text.replace("$", "$ ").replace("$  ", "$ ").rstrip()


def _i3blocks(text: str, items: list[Item]) -> str:
    return f"{_pango(text)}\n{_pango(items[0].fields['left'])}"


def _waybar(text: str, items: list[Item]) -> str:
    days = items[0].whole_days
    nearness = next((name for most, name in _SOON if days <= most), "later")
    tooltip = "\n".join(_pango(_described(item)) for item in items)
    share = max(_HORIZON - days, 0) * 100 // _HORIZON
    return (
        f'{{"text": {_json(_pango(text))}, "tooltip": {_json(tooltip)}, '
        f'"class": "{nearness}", "percentage": {share}}}'
    )


def _xbar(text: str, items: list[Item]) -> str:
    calm = "| emojize=false ansi=false"
    described = [f"{_described(item).replace('|', '/')} {calm}" for item in items]
    shown = text.replace("|", "/").lstrip("-")  # Dashes would begin a submenu.
    return "\n".join([f"{shown} {calm}", "---", *described])


def _described(item: Item) -> str:
    """A release in full: `3d  Thor: Love and Thunder, 8 Jul 2022, Disney+`."""
    fields = item.fields
    where = f", {fields['platform']}" if fields["platform"] else ""
    return f"{fields['left']}  {fields['title']}, {fields['date']}{where}"


def _pango(text: str) -> str:
    """*text* in Pango's markup, which is that of XML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#39;")


def _json(text: str) -> str:
    """*text*, which has no control characters but newlines, as a string of JSON (RFC 8259, 7).

    The module json would load re.
    """
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("\n", "\\n") + '"'


_FORMS = {
    "plain": _plain,
    "bash": _bash,
    "zsh": _zsh,
    "fish": _plain,  # What a command of a prompt's function prints is not read again.
    "tmux": _tmux,
    "polybar": _polybar,
    "starship": _starship,
    "i3blocks": _i3blocks,
    "waybar": _waybar,
    "xbar": _xbar,
}
