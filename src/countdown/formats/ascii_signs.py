"""What stands for each sign on a terminal that shows ASCII alone."""

from typing import Final

ASCII_SIGNS: Final = str.maketrans(
    {"▲": "!", "★": "*", "●": "o", "◐": "+", "○": "-", "◇": "~", "✓": "v", "·": ".", "–": "-"}
    | {"…": "~", "─": "-", "█": "#", "▀": "#", "▄": "#", "×": "x", "■": "#", "□": "-", "→": "->"}
    | {"♥": "<3", "✗": "x", "▼": "v", "━": "=", "┬": "+", "│": "|", "◂": "<"}
)
