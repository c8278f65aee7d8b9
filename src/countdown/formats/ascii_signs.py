"""The ASCII letters for each sign, on terminals that show nothing else."""

from typing import Final

ASCII_SIGNS: Final = str.maketrans(
    {"▲": "!", "★": "*", "●": "o", "◐": "+", "○": "-", "◇": "~", "✓": "v", "·": ".", "–": "-"}
    | {"…": "~", "─": "-", "█": "#", "▀": "#", "▄": "#", "×": "x", "■": "#", "□": "-", "→": "->"}
    | {"♥": "<3", "✗": "x", "▼": "v", "━": "=", "┬": "+", "│": "|", "◂": "<"}
)
