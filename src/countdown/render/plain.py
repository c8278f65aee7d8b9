"""Tab-separated lines for cut, awk and grep: one record a line, no headings, nothing cut off."""

from countdown.render.view import Pairs, Table, View


def render(view: View) -> str:
    """The rows of every table of *view*, without their marks; of pairs, label and value."""
    lines = []
    for block in view.blocks():
        if isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row[1:]) for row in block.rows]
        elif isinstance(block, Pairs):
            lines += [f"{label}\t{''.join(c.text for c in value)}" for label, value in block.rows]
    return "".join(f"{line}\n" for line in lines)
