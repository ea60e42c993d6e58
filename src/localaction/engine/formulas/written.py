"""Write a formula, or a part of one, as it would stand in a pack."""

from __future__ import annotations

from localaction.engine.formulas.tree import (
    COMPARISONS,
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

# How tightly a part holds together; what holds less tightly than its surroundings stands in brackets.
CHOICE, OR, AND, NOT, COMPARISON, SUM, PRODUCT, SIGN, ATOM = range(9)
BINARY = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, **dict.fromkeys(COMPARISONS, COMPARISON)}


def written(node: Node) -> str:
    """Return the text of a formula; reading it again gives the same tree."""
    return _text(node, CHOICE)


def _text(node: Node, around: int) -> str:
    text, holds = _part(node)
    return text if holds >= around else f"({text})"


def _part(node: Node) -> tuple[str, int]:
    match node:
        case Number(value=value):
            return _number(value), ATOM
        case Text(value=value):
            return repr(value), ATOM
        case Name(id=name):
            return name, ATOM
        case Unary(op="not", part=part):
            return f"not {_text(part, NOT)}", NOT
        case Unary(op=op, part=part):
            return f"{op}{_text(part, SIGN)}", SIGN
        case Binary(op=op, left=left, right=right):
            holds = BINARY[op]
            first = _text(left, holds + (holds == COMPARISON))  # a < b < c would be read as a chain
            return f"{first} {op} {_text(right, holds + 1)}", holds
        case Logic(op=op, parts=parts):
            holds = AND if op == "and" else OR
            return f" {op} ".join(_text(part, holds + 1) for part in parts), holds
        case Choice(condition=condition, then=then, otherwise=otherwise):
            return f"{_text(then, OR)} if {_text(condition, OR)} else {_text(otherwise, CHOICE)}", CHOICE
        case Call(function=function, parts=parts):
            return f"{function}({', '.join(_text(part, CHOICE) for part in parts)})", ATOM
        case Aggregate(function=function, table=table, row=row):
            return f"{function}({table}{'' if row is None else f', {_text(row, CHOICE)}'})", ATOM


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
