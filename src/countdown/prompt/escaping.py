r"""Escapes the line for the program that reads it, so that no title can contain a command.

Text for *bash* and *zsh* is part of PS1 or PROMPT as these are assigned. Bash decodes it
(backslashes), then expands it (dollars, backquotes) if promptvars is set, as it is by default; zsh
expands it if prompt_subst is set, then reads per cent signs.
"""

from countdown.prompt.line import Item

_CLASSES = ((0, "today"), (7, "week"), (30, "month"))  # the most whole days of each class
_FULL_WAIT = 100  # days; waybar shows the percentage that is over


def escape_for(reader: str, text: str, items: list[Item]) -> str:
    """*text*, the line of *items*, escaped for the program *reader*; empty without items."""
    return _ESCAPES[reader](text, items) if items else ""


def _plain(text: str, items: list[Item]) -> str:
    return text


def _bash(text: str, items: list[Item]) -> str:
    return text.replace("\\", "\\\\\\\\").replace("$", "\\\\$").replace("`", "\\\\`")


def _zsh(text: str, items: list[Item]) -> str:
    # An empty %{%} after a dollar keeps it from being expanded. There is no escape of a backquote
    # that prompts with and without prompt_subst show alike.
    return text.replace("%", "%%").replace("$", "$%{%}").replace("`", "'").replace("\\", "/")


def _tmux(text: str, items: list[Item]) -> str:
    return text.replace("#", "##")


def _polybar(text: str, items: list[Item]) -> str:
    return text.replace("%{", "% {")


def _starship(text: str, items: list[Item]) -> str:
    # Before 1.20, starship had bash expand the output of a custom command (CVE-2024-41815).
    text = text.replace("`", "'").replace("\\", "/")
    return text.replace("$", "$ ").replace("$  ", "$ ").rstrip()


def _i3blocks(text: str, items: list[Item]) -> str:
    return f"{_pango(text)}\n{_pango(items[0].fields['left'])}"


def _waybar(text: str, items: list[Item]) -> str:
    days = items[0].whole_days
    css_class = next((name for most, name in _CLASSES if days <= most), "later")
    tooltip = "\n".join(_pango(_description(item)) for item in items)
    percentage = max(_FULL_WAIT - days, 0) * 100 // _FULL_WAIT
    return (
        f'{{"text": {_json(_pango(text))}, "tooltip": {_json(tooltip)}, '
        f'"class": "{css_class}", "percentage": {percentage}}}'
    )


def _xbar(text: str, items: list[Item]) -> str:
    plain = "| emojize=false ansi=false"
    descriptions = [f"{_description(item).replace('|', '/')} {plain}" for item in items]
    title = text.replace("|", "/").lstrip("-")  # Dashes would start a submenu.
    return "\n".join([f"{title} {plain}", "---", *descriptions])


def _description(item: Item) -> str:
    """The release in full: `3d  Thor: Love and Thunder, 8 Jul 2022, Disney+`."""
    fields = item.fields
    where = f", {fields['platform']}" if fields["platform"] else ""
    return f"{fields['left']}  {fields['title']}, {fields['date']}{where}"


def _pango(text: str) -> str:
    """*text* escaped for Pango's markup, which is that of XML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#39;")


def _json(text: str) -> str:
    """*text*, whose only control characters are newlines, as a string of JSON (RFC 8259, 7).

    The module json isn't used, since it imports re.
    """
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("\n", "\\n") + '"'


_ESCAPES = {
    "plain": _plain,
    "bash": _bash,
    "zsh": _zsh,
    "fish": _plain,  # fish doesn't expand the output of a prompt's function.
    "tmux": _tmux,
    "polybar": _polybar,
    "starship": _starship,
    "i3blocks": _i3blocks,
    "waybar": _waybar,
    "xbar": _xbar,
}
