"""Read a formula: Python's grammar through ``ast``, a dozen kinds of node accepted, all else refused.

Nothing is ever evaluated by Python: what is accepted becomes our own tree.
"""

from __future__ import annotations

import ast
from typing import NoReturn

from localaction.engine.errors import InputError, shown
from localaction.engine.formulas.tree import (
    Aggregate,
    Binary,
    Call,
    Choice,
    Logic,
    Name,
    Node,
    Number,
    Text,
    Unary,
)

LONGEST = 2000  # characters
DEEPEST = 40  # nodes inside each other
OPERATORS: dict[type, str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
FUNCTIONS: dict[str, tuple[int, int]] = {  # fewest and most arguments
    "min": (2, 20),
    "max": (2, 20),
    "abs": (1, 1),
    "present": (1, 1),
    "years_after": (2, 2),
}
AGGREGATES = {
    "sum": True,
    "mean": True,
    "any": True,
    "share": True,
    "count": False,
}  # needs a second argument


class FormulaError(InputError):
    """A formula cannot be used.

    Parameters
    ----------
    column : int
        Where in the formula, counted from 1.
    """

    code = "formulas.invalid"
    text = "column {column}: {problem}"
    remedy_text = "{fix}"

    def __init__(self, column: int, problem: str, fix: str) -> None:
        super().__init__(column=column, problem=problem, fix=fix)
        self.column = column


def parse(text: str) -> Node:
    """Return the tree of a formula.

    Raises
    ------
    FormulaError
        With the column, what is wrong, and what to do.
    """
    if len(text) > LONGEST:
        raise FormulaError(1, f"the formula has more than {LONGEST} characters.", "Divide it in several.")
    if not text.isascii():
        at = next(place for place, letter in enumerate(text) if not letter.isascii())
        problem = f'the character "{shown(text[at])}" cannot stand in a formula.'
        raise FormulaError(at + 1, problem, "Use letters, digits and operators of ASCII.")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError as error:
        problem = f"this is no formula: {error.msg}."
        raise FormulaError(error.offset or len(text), problem, "Correct the formula.") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise FormulaError(1, "the formula cannot be read.", "Write it more simply.") from error
    return _Reader().node(tree.body, 0)


class _Reader:
    """Turns the accepted nodes of Python's grammar into ours."""

    def node(self, found: ast.expr, depth: int) -> Node:
        if depth > DEEPEST:
            self.refuse(found, f"more than {DEEPEST} parts stand inside each other.", "Divide the formula.")
        read = getattr(self, f"_{type(found).__name__}", None)
        if read is None:
            self.refuse(found, "this cannot stand in a formula.", "Use + - * /, < >, and, or, not, if.")
        result: Node = read(found, depth + 1)
        return result

    def refuse(self, found: ast.expr, problem: str, fix: str) -> NoReturn:
        raise FormulaError(found.col_offset + 1, problem, fix)

    def _Constant(self, found: ast.Constant, _depth: int) -> Node:  # noqa: N802 - named by the grammar
        at = found.col_offset
        if isinstance(found.value, bool) or not isinstance(found.value, int | float | str):
            self.refuse(found, f"{found.value!r} cannot stand in a formula.", "Use numbers and quoted texts.")
        if isinstance(found.value, str):
            return Text(found.value, at)
        return Number(float(found.value), at)

    def _Name(self, found: ast.Name, _depth: int) -> Node:  # noqa: N802
        return Name(found.id, found.col_offset)

    def _Attribute(self, found: ast.Attribute, _depth: int) -> Node:  # noqa: N802
        return Name(self._dotted(found), found.col_offset)

    def _dotted(self, found: ast.expr) -> str:
        if isinstance(found, ast.Name):
            return found.id
        if isinstance(found, ast.Attribute):
            return f"{self._dotted(found.value)}.{found.attr}"
        raise FormulaError(
            found.col_offset + 1,
            "a name is letters, digits, underscores and dots.",
            "Write the id of a data item.",
        )

    def _UnaryOp(self, found: ast.UnaryOp, depth: int) -> Node:  # noqa: N802
        op = {ast.USub: "-", ast.Not: "not"}.get(type(found.op))
        if op is None:
            self.refuse(found, "this sign cannot stand here.", "Use - or not.")
        return Unary(op, self.node(found.operand, depth), found.col_offset)

    def _BinOp(self, found: ast.BinOp, depth: int) -> Node:  # noqa: N802
        op = OPERATORS.get(type(found.op))
        if op is None:
            self.refuse(found, "this operator cannot stand in a formula.", "Use + - * /.")
        return Binary(op, self.node(found.left, depth), self.node(found.right, depth), found.col_offset)

    def _Compare(self, found: ast.Compare, depth: int) -> Node:  # noqa: N802
        ends = [found.left, *found.comparators]
        steps = []
        for op, left, right in zip(found.ops, ends, ends[1:], strict=False):
            symbol = OPERATORS.get(type(op))
            if symbol is None:
                self.refuse(found, "this comparison cannot stand in a formula.", "Use < <= > >= == !=.")
            steps.append(Binary(symbol, self.node(left, depth), self.node(right, depth), left.col_offset))
        return steps[0] if len(steps) == 1 else Logic("and", tuple(steps), found.col_offset)

    def _BoolOp(self, found: ast.BoolOp, depth: int) -> Node:  # noqa: N802
        op = "and" if isinstance(found.op, ast.And) else "or"
        return Logic(op, tuple(self.node(part, depth) for part in found.values), found.col_offset)

    def _IfExp(self, found: ast.IfExp, depth: int) -> Node:  # noqa: N802
        condition, then, otherwise = (
            self.node(part, depth) for part in (found.test, found.body, found.orelse)
        )
        return Choice(condition, then, otherwise, found.col_offset)

    def _Call(self, found: ast.Call, depth: int) -> Node:  # noqa: N802
        if not isinstance(found.func, ast.Name) or found.keywords:
            self.refuse(found, "this is no function of the language.", f"Use {', '.join(_known())}.")
        name = found.func.id
        if name in AGGREGATES:
            return self._aggregate(found, name, depth)
        if name not in FUNCTIONS:
            problem = f'there is no function "{shown(name)}".'
            self.refuse(found, problem, f"Use {', '.join(_known())}.")
        low, high = FUNCTIONS[name]
        if not low <= len(found.args) <= high:
            many = f"{low}" if low == high else f"{low} to {high}"
            self.refuse(found, f"{name} takes {many} values, not {len(found.args)}.", "Correct the values.")
        return Call(name, tuple(self.node(part, depth) for part in found.args), found.col_offset)

    def _aggregate(self, found: ast.Call, name: str, depth: int) -> Node:
        given = len(found.args)
        if not (given == 2 or (given == 1 and not AGGREGATES[name])):
            fix = f"Write {name}(table, formula of a row)."
            self.refuse(found, f"{name} takes a table and a formula, not {given} values.", fix)
        row = self.node(found.args[1], depth) if given == 2 else None
        return Aggregate(name, self._dotted(found.args[0]), row, found.col_offset)


def _known() -> list[str]:
    return sorted([*FUNCTIONS, *AGGREGATES])
