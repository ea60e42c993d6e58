"""Check a formula before it is ever used: names that exist, kinds that fit, units that agree.

Inside a formula every number is in base units, so that hectares and square kilometres meet without factors:
names are multiplied by the size of their unit,
and the result is divided by the size of the unit of the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from localaction.engine.errors import did_you_mean
from localaction.engine.formulas.parse import FormulaError
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
from localaction.engine.units import Units

Powers = tuple[tuple[str, float], ...]  # base dimension and its power, sorted; empty for a plain number
Sort = Literal["number", "truth", "text", "day"]
PLAIN_UNITS: Mapping[str, float] = {"1": 1.0, "fraction": 1.0, "%": 0.01}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is: a number of some dimension, a truth, a text or a day.

    ``size`` is that of its unit in base units, 1 for what is no measured number.
    """

    sort: Sort
    powers: Powers = ()
    size: float = 1.0
    literal: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """What a formula may name: values by name, and the columns of tables by table and name."""

    values: Mapping[str, Kind]
    tables: Mapping[str, Mapping[str, Kind]] = field(default_factory=dict)


TRUTH, TEXT, DAY = Kind("truth"), Kind("text"), Kind("day")


def number(unit: str, units: Units) -> Kind:
    """Return the kind of a number in ``unit``: parts on file joined by ``/``, or ``%``, ``1``, ``fraction``.

    Raises
    ------
    UnknownUnit
        If a part is not on file.
    """
    powers: dict[str, float] = {}
    size = 1.0
    for place, part in enumerate(unit.split("/")):
        sign = -1 if place else 1
        if part.strip() in PLAIN_UNITS:
            size *= PLAIN_UNITS[part.strip()] ** sign
            continue
        base, measured = units.measure(part.strip())
        size *= base**sign
        for dimension, power in measured.items():
            powers[dimension] = powers.get(dimension, 0.0) + sign * power
    return Kind("number", _powers(powers), size)


def check(node: Node, words: Vocabulary) -> Kind:
    """Return what a formula gives.

    Raises
    ------
    FormulaError
        With the column: an unknown name, kinds or units that do not fit together.
    """
    match node:
        case Number():
            return Kind("number", literal=True)
        case Text():
            return TEXT
        case Name(id=name, at=at):
            return _named(name, at, words)
        case Unary(op=op, part=part, at=at):
            return _sort(check(part, words), "truth" if op == "not" else "number", op, at)
        case Binary():
            return _binary(node, words)
        case Logic(op=op, parts=parts):
            for part in parts:
                _sort(check(part, words), "truth", op, part.at)
            return TRUTH
        case Choice(condition=condition, then=then, otherwise=otherwise, at=at):
            _sort(check(condition, words), "truth", "if", condition.at)
            return _same(check(then, words), check(otherwise, words), "if and else", at)
        case Call():
            return _call(node, words)
        case Aggregate():
            return _aggregate(node, words)


def bare_factors(node: Node) -> bool:
    """Return whether a literal other than 0 multiplies or divides: wrong where the result is a share."""
    match node:
        case Binary(op="*" | "/", left=left, right=right):
            return any(isinstance(part, Number) and part.value != 0 for part in (left, right)) or any(
                bare_factors(part) for part in (left, right)
            )
        case Binary(left=left, right=right):
            return bare_factors(left) or bare_factors(right)
        case Unary(part=part):
            return bare_factors(part)
        case Choice(then=then, otherwise=otherwise):
            return bare_factors(then) or bare_factors(otherwise)
        case Aggregate(row=row) if row is not None:
            return bare_factors(row)
        case _:
            return False


def shown_as(kind: Kind, wanted: Kind, unit: str, at: int = 0) -> None:
    """Refuse a result that cannot be shown in a unit."""
    if kind.sort != "number" or kind.powers != wanted.powers:
        problem = f'the formula gives {in_words(kind)}, which cannot be shown as "{unit}".'
        raise FormulaError(at + 1, problem, "Correct the formula or the unit.")


def in_words(kind: Kind) -> str:
    """Return a kind in words, as in ``a number of [length]**2 / [human]``."""
    if kind.sort != "number":
        return {"truth": "yes or no", "text": "a text", "day": "a day"}[kind.sort]
    if not kind.powers:
        return "a plain number"
    return "a number of " + " ".join(
        name if power == 1 else f"{name}^{power:g}" for name, power in kind.powers
    )


def _powers(powers: Mapping[str, float]) -> Powers:
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def _named(name: str, at: int, words: Vocabulary) -> Kind:
    if name in words.tables:
        fix = "Use it inside sum, mean, count, any or share."
        raise FormulaError(at + 1, f'"{name}" is a table, not a value.', fix)
    if name not in words.values:
        fix = did_you_mean(name, words.values) or "Add it to the data items, or correct the name."
        raise FormulaError(at + 1, f'there is no data item or indicator "{name}".', fix)
    return words.values[name]


def _sort(kind: Kind, wanted: Sort, op: str, at: int) -> Kind:
    if kind.sort != wanted:
        needed = in_words(Kind(wanted)) if wanted != "number" else "a number"
        problem = f"{op} needs {needed}, and here stands {in_words(kind)}."
        raise FormulaError(at + 1, problem, "Compare it with something, or correct the formula.")
    return kind


def _same(left: Kind, right: Kind, op: str, at: int) -> Kind:
    """Return the common kind; a literal 0 fits beside any unit, other literals beside plain numbers."""
    if left.sort != right.sort:
        problem = f"{in_words(left)} and {in_words(right)} do not fit together in {op}."
        raise FormulaError(at + 1, problem, "Correct one of the two.")
    if left.sort == "number" and left.powers != right.powers:
        problem = f"{in_words(left)} and {in_words(right)} do not fit together in {op}."
        raise FormulaError(at + 1, problem, "Bring both to the same measure.")
    return right if left.literal else left


def _zero(node: Node) -> bool:
    return isinstance(node, Number) and node.value == 0


def _binary(node: Binary, words: Vocabulary) -> Kind:
    left, right = check(node.left, words), check(node.right, words)
    if node.op in {"*", "/"}:
        _sort(left, "number", node.op, node.left.at)
        _sort(right, "number", node.op, node.right.at)
        sign = 1 if node.op == "*" else -1
        powers = dict(left.powers)
        for name, power in right.powers:
            powers[name] = powers.get(name, 0.0) + sign * power
        return Kind("number", _powers(powers), literal=left.literal and right.literal)
    if _zero(node.left) or _zero(node.right):
        kind = right if _zero(node.left) else left
        _sort(kind, "number", node.op, node.at)
    else:
        kind = _same(left, right, node.op, node.at)
    if node.op in COMPARISONS:
        if kind.sort in {"text", "truth"} and node.op not in {"==", "!="}:
            raise FormulaError(node.at + 1, f"{in_words(kind)} has no order.", "Use == or !=.")
        return TRUTH
    return Kind("number", _sort(kind, "number", node.op, node.at).powers, literal=kind.literal)


def _call(node: Call, words: Vocabulary) -> Kind:
    kinds = [check(part, words) for part in node.parts]
    if node.function == "present":
        return TRUTH
    if node.function == "years_after":
        _sort(kinds[0], "day", "years_after", node.at)
        _sort(kinds[1], "number", "years_after", node.at)
        return DAY
    found = kinds[0]
    for kind in kinds[1:]:
        found = _same(found, kind, node.function, node.at)
    _sort(found, "number", node.function, node.at)
    return Kind("number", found.powers)


def _aggregate(node: Aggregate, words: Vocabulary) -> Kind:
    if node.table not in words.tables:
        fix = did_you_mean(node.table, words.tables) or "Declare the table, or correct the name."
        raise FormulaError(node.at + 1, f'there is no table "{node.table}".', fix)
    if node.row is None:
        return Kind("number")
    kind = check(node.row, Vocabulary({**words.values, **words.tables[node.table]}))
    if node.function in {"sum", "mean"}:
        return Kind("number", _sort(kind, "number", node.function, node.row.at).powers)
    _sort(kind, "truth", node.function, node.row.at)
    return TRUTH if node.function == "any" else Kind("number")
