"""Tab-separated values with a heading: the same columns as csv."""

from countdown.formats.csv import render_separated
from countdown.views.view import View


def render(view: View) -> str:
    """*view* with tabs between the values."""
    return render_separated(view, "\t")
