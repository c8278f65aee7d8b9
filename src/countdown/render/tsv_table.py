"""Tab-separated values with a heading: the same columns as csv."""

from countdown.render.csv_table import separated
from countdown.render.view import View


def render(view: View) -> str:
    """*view* with tabs between the values."""
    return separated(view, "\t")
