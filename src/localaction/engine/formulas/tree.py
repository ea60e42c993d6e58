"""The tree of a formula: a few kinds of node, made by the parser alone, walked by every backend."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A literal number."""

    value: float
    at: int


@dataclass(frozen=True, slots=True)
class Text:
    """A literal text, compared with choices."""

    value: str
    at: int


@dataclass(frozen=True, slots=True)
class Name:
    """A data item, another indicator, or a column of a table, by its dotted name."""

    id: str
    at: int


@dataclass(frozen=True, slots=True)
class Unary:
    """``-x`` or ``not x``."""

    op: str
    part: Node
    at: int


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic, ``+ - * /``, or a comparison, ``< <= > >= == !=``."""

    op: str
    left: Node
    right: Node
    at: int


@dataclass(frozen=True, slots=True)
class Logic:
    """``and`` or ``or`` over two or more parts, three-valued."""

    op: str
    parts: tuple[Node, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Choice:
    """``then if condition else otherwise``; null if the condition is null."""

    condition: Node
    then: Node
    otherwise: Node
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function of values: ``min max abs present years_after``."""

    function: str
    parts: tuple[Node, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A function over the rows of a table: ``sum mean count any share``; ``row`` is reckoned on each row."""

    function: str
    table: str
    row: Node | None
    at: int


Node = Number | Text | Name | Unary | Binary | Logic | Choice | Call | Aggregate
COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})


def names_in(node: Node) -> frozenset[str]:
    """Return every name that a formula mentions, tables too, but not the columns of their rows."""
    match node:
        case Name(id=name):
            return frozenset({name})
        case Unary(part=part):
            return names_in(part)
        case Binary(left=left, right=right):
            return names_in(left) | names_in(right)
        case Logic(parts=parts) | Call(parts=parts):
            return frozenset().union(*(names_in(part) for part in parts))
        case Choice(condition=condition, then=then, otherwise=otherwise):
            return names_in(condition) | names_in(then) | names_in(otherwise)
        case Aggregate(table=table):
            return frozenset({table})
        case _:
            return frozenset()
