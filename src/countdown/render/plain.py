"""Tab-separated lines for cut, awk and grep: one record a line, no headings, nothing cut off."""

from countdown.render.view import Block, Lines, Pairs, Table, View


def render(view: View) -> str:
    """The rows of the tables of *view*, without signs; of pairs, label and value; lines as such."""
    return "".join(f"{line}\n" for block in view.blocks() for line in _lines(block))


def _lines(block: Block) -> list[str]:
    if isinstance(block, Table):
        named = [index for index, column in enumerate(block.columns) if column.heading]
        last = [block.heading] if block.named else []
        return ["\t".join([*(row[index].text for index in named), *last]) for row in block.rows]
    if isinstance(block, Pairs):
        return [f"{label}\t{''.join(cell.text for cell in value)}" for label, value in block.rows]
    if isinstance(block, Lines):
        return ["".join(cell.text for cell in line) for line in block.lines]
    return []
