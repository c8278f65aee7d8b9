"""The mutations of a module: cosmic-ray's operators, and some that it lacks.

One or two replacements at each place are enough: a test that notices `-` in place of `+` also
notices `*`.
"""

import copy
import hashlib
import warnings
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, Final, NamedTuple

import parso
from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes
from cosmic_ray.ast.ast_query import ASTQuery
from cosmic_ray.operators.operator import Operator
from parso.python import tree

CORE: Final = (
    *("Add_Sub", "Sub_Add", "Mul_FloorDiv", "Div_Mul", "FloorDiv_Mul", "Mod_FloorDiv"),
    *("BitOr_BitAnd", "BitAnd_BitOr", "LShift_RShift", "RShift_LShift"),
)
COMPARISONS: Final = (
    *("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is", "Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt"),
    *("Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt"),
)
OTHERS: Final = (
    *("ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_Delete_USub", "AddNot"),
    *("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "NumberReplacer"),
    *("RemoveDecorator", "ZeroIterationForLoop"),
)
TRANSPARENT_CALLS: Final = {
    "tuple",
    "list",
    "frozenset",
    "iter",
    "super",
    "cast",
    "Final",
    "TypeVar",
}
COMPOUND_STATEMENTS: Final = {
    "if_stmt",
    "for_stmt",
    "while_stmt",
    "try_stmt",
    "with_stmt",
    "funcdef",
}
EFFECT_STATEMENTS: Final = {"atom_expr", "expr_stmt", "raise_stmt", "del_stmt", "yield_expr"}


class Mutant(NamedTuple):
    """A module's text with one mutation, and the place of that. *id* depends on the text alone."""

    id: str
    operator: str
    occurrence: int
    start: tuple[int, int]
    end: tuple[int, int]
    definition: str | None
    lines: range | None  # that a test must execute to notice it; None if importing does
    text: str


def _code(node: Any) -> str:
    return str(node.get_code(include_prefix=False))


class Replacement(Operator):  # type: ignore[misc]  # cosmic-ray is not typed
    """An operator with at most one replacement for a node."""

    def replacement(self, node: Any) -> str | None:
        """The new text for *node*; None if this operator does not apply."""
        raise NotImplementedError

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """The place of *node*, if it has a replacement."""
        if self.replacement(node) is not None:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """A node with the new text."""
        return tree.Name(self.replacement(node), node.start_pos, node.get_first_leaf().prefix)

    @classmethod
    def examples(cls) -> tuple[()]:
        """No examples; cosmic-ray calls this."""
        return ()


class Unwrap(Replacement):
    """`f(x)` → `x`: a call that cleans, sorts or folds its argument."""

    def replacement(self, node: Any) -> str | None:
        """The only argument of a call."""
        if node.type not in ("atom_expr", "power") or _code(node.children[0]) in TRANSPARENT_CALLS:
            return None
        last = node.children[-1]
        if last.type != "trailer" or last.children[0].value != "(" or len(last.children) != 3:
            return None
        inner = last.children[1]
        return None if inner.type in ("arglist", "argument") else f"({_code(inner)})"


class DropKeyword(Replacement):
    """`f(x, key=y)` → `f(x)`, so that the default is used."""

    def replacement(self, node: Any) -> str | None:
        """Empty keyword arguments: an empty text would leave a comma."""
        has_name = node.type == "argument" and node.children[1] == "="
        return "**{}" if has_name else None


class ChangeString(Replacement):
    """`"text"` → `"XXtextXX"`."""

    def replacement(self, node: Any) -> str | None:
        """The string, or the text in an f-string, with some letters more."""
        if node.type == "fstring_string":
            return f"XX{node.value}XX"
        if node.type != "string":
            return None
        before, quote = _opening(node.value)
        return f"{before}{quote}XX{node.value[len(before + quote) : -len(quote)]}XX{quote}"


class DeleteStatement(Replacement):
    """A call, an assignment to a part of something, `raise`, `del` or `yield` → `pass`."""

    def replacement(self, node: Any) -> str | None:
        """`pass`, for a statement that has an effect."""
        if (
            node.parent is None
            or node.parent.type != "simple_stmt"
            or node.type not in EFFECT_STATEMENTS
        ):
            return None
        if node.type == "expr_stmt":
            has_effect = node.children[0].type == "atom_expr" or _code(node.children[1]).endswith(
                "="
            )
            is_assignment = node.children[0].type == "name" and node.children[1] == "="
            return (
                "pass"
                if has_effect and not is_assignment and node.children[1].type == "operator"
                else None
            )
        return "pass"


class ReturnNone(Replacement):
    """`return x` → `return None`."""

    def replacement(self, node: Any) -> str | None:
        """The statement without its value."""
        has_value = node.type == "return_stmt" and _code(node.children[1]) != "None"
        return "return None" if has_value else None


class NegateFilter(Replacement):
    """The condition of a comprehension → its opposite."""

    def replacement(self, node: Any) -> str | None:
        """`if not (…)`."""
        return f"if not ({_code(node.children[1])})" if node.type == "comp_if" else None


class CatchNothing(Replacement):
    """`except Error` → `except ()`."""

    def replacement(self, node: Any) -> str | None:
        """The clause without its errors."""
        if node.type != "except_clause":
            return None
        return " ".join(["except ()", *(_code(part) for part in node.children[2:])])


class SwapMembership(Replacement):
    """`in` → `not in`, and back."""

    def replacement(self, node: Any) -> str | None:
        """The opposite operator, in a comparison."""
        if node.parent is None or node.parent.type != "comparison":
            return None
        return {"in": "not in", "not in": "in"}.get(" ".join(_code(node).split()))


LOCAL_OPERATORS: Final = {
    operator.__name__: operator
    for operator in (
        *(Unwrap, DropKeyword, ChangeString, DeleteStatement, ReturnNone, NegateFilter),
        *(CatchNothing, SwapMembership),
    )
}
plugins.OPERATOR_PROVIDERS["countdown"] = LOCAL_OPERATORS
NAMES: Final = (
    *(f"core/ReplaceBinaryOperator_{pair}" for pair in CORE),
    *(f"core/ReplaceComparisonOperator_{pair}" for pair in COMPARISONS),
    *(f"core/{name}" for name in OTHERS),
    *(f"countdown/{name}" for name in LOCAL_OPERATORS),
)


def _opening(literal: str) -> tuple[str, str]:
    """The letters before a string's quote, and the quote."""
    letters = literal[: len(literal) - len(literal.lstrip("rRbBuUfF"))]
    rest = literal[len(letters) :]
    return letters, rest[:3] if rest[:3] in ('"""', "'''") else rest[:1]


def _has_no_effect(node: Any, parent: Any) -> bool:
    """True if *node*, in *parent*, is an import, a docstring or a type: no test notices those."""
    if parent.type in ("import_from", "import_name"):
        return True
    if parent.type == "annassign":
        return node is parent.children[1]
    if parent.type == "funcdef":
        return node is parent.annotation
    if parent.type == "simple_stmt":
        return bool(node.type == "string")  # a docstring
    if parent.type in ("if_stmt", "expr_stmt"):
        return "TYPE_CHECKING" in (_code(parent.children[0]), _code(parent.children[1]))
    return node.type == "tfpdef" or (parent.type == "atom_expr" and _is_literal(parent))


def _is_literal(node: Any) -> bool:
    return bool(_code(node.children[0]) == "Literal")


def _is_executed(node: Any) -> bool:
    if node.type == "if_stmt" and _code(node.children[1]) == "TYPE_CHECKING":
        return False
    while node.parent is not None:
        if _has_no_effect(node, node.parent):
            return False
        node = node.parent
    return True


def _lines(node: Any) -> range | None:
    """The lines that a test must execute to reach *node*; None if importing executes it."""
    if not any(_is_body(ancestor) for ancestor in _ancestors(node)):
        return None
    statements = [
        ancestor
        for ancestor in _ancestors(node)
        if ancestor.parent.type in ("suite", "simple_stmt")
    ]
    statement = statements[0] if statements else node
    first, last = statement, statement
    if statement.type in COMPOUND_STATEMENTS:
        first, last = _head(statement, node)
    return range(first.start_pos[0], last.end_pos[0] + 1)


def _head(statement: Any, node: Any) -> tuple[Any, Any]:
    """The first and last part of the head that has *node*: of the *statement* or, say, its `else`.

    Bodies may be skipped, and every head but the first.
    """
    parts, ancestors = statement.children, [*_ancestors(node)]
    place = next((index for index, part in enumerate(parts) if part in ancestors), 0)
    colons = [index for index, part in enumerate(parts) if part == ":"]
    first = max((colon + 2 for colon in colons if colon < place), default=0)
    return parts[first], parts[next(colon for colon in colons if colon >= place)]


def _ancestors(node: Any) -> Iterator[Any]:
    """*node* and its ancestors, without the module."""
    while node.parent is not None:
        yield node
        node = node.parent


def _is_body(node: Any) -> bool:
    """True if *node* is the body of a function, not its head."""
    return node is node.parent.children[-1] and node.parent.type in ("funcdef", "lambdef")


def _compiles(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def mutants(source: str) -> list[Mutant]:
    """All mutants of the module text *source*, each text once."""
    module = parso.parse(source)
    starts = [0, *accumulate(len(line) for line in source.splitlines(keepends=True))]
    nodes = list(ast_nodes(module))
    unique: dict[str, Mutant] = {}
    for name in NAMES:
        operator = plugins.get_operator(name)()
        places = (
            (node, index, place)
            for node in nodes
            for index, place in enumerate(operator.mutation_positions(node))
        )
        for occurrence, (node, index, (start, end)) in enumerate(places):
            if not _is_executed(node):
                continue
            # The node alone is copied: its parents would be the whole module.
            mutated_node = operator.mutate(
                copy.deepcopy(node, {id(node.parent): node.parent}), index
            )
            first = starts[node.start_pos[0] - 1] + node.start_pos[1]
            first -= len(node.get_first_leaf().prefix)
            last = starts[node.end_pos[0] - 1] + node.end_pos[1]
            new = "" if mutated_node is None else mutated_node.get_code()
            text = source[:first] + new + source[last:]
            key = hashlib.sha256(text.encode()).hexdigest()[:32]
            definition = ASTQuery(node).get_definition_name()
            mutant = Mutant(key, name, occurrence, start, end, definition, _lines(node), text)
            if key not in unique and _compiles(text):
                unique[key] = mutant
    return list(unique.values())
