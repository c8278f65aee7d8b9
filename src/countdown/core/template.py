"""Templates for a release in a prompt: text with names of fields in braces."""

TYPE_CHECKING = False  # The prompt comes this way without typing: see entry.
if TYPE_CHECKING:
    from typing import Final

FIELDS: "Final" = ("title", "days", "left", "phrase", "date", "stage", "platform")
DEFAULT: "Final" = "{title} {left}"


def parse_template(text: str) -> list[tuple[str, str]]:
    """The parts of *text*: pairs of literal text and the name of the field after it.

    Doubled braces are literal. The last pair has no field. Raises ValueError, with a message for
    users, if there is no such field.
    """
    parts, literal, rest = [], "", text
    while rest:
        head, rest = rest[0], rest[1:]
        if head in "{}" and rest[:1] == head:
            literal, rest = literal + head, rest[1:]
        elif head == "{":
            name, closed, rest = rest.partition("}")
            if not closed or name not in FIELDS:
                raise ValueError(f'there is no "{{{name}{closed}"; {_fields()}')
            parts.append((literal, name))
            literal = ""
        elif head == "}":
            raise ValueError(f"a lone }} is none; {_fields()}")
        else:
            literal += head
    return [*parts, (literal, "")]


def _fields() -> str:
    return f"write {', '.join(f'{{{name}}}' for name in FIELDS)}, and {{{{ for a brace"
