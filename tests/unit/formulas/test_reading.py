"""Formulas are read strictly: what is accepted, and what is refused with column, reason and remedy."""

from __future__ import annotations

import pytest

from localaction.engine.formulas.parse import FormulaError, parse
from localaction.engine.formulas.tree import names_in


def test_names_of_items_and_tables_are_found_but_not_columns():
    formula = parse("sum(rows, budget - actual) / population.total if present(area.city) else min(a, b)")
    assert names_in(formula) == {"rows", "population.total", "area.city", "a", "b"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("__import__('os').system('ls')", "column 1: this is no function of the language."),
        ("open('x')", 'column 1: there is no function "open".'),
        ("a ** 2", "column 1: this operator cannot stand in a formula."),
        ("[x for x in y]", "column 1: this cannot stand in a formula."),
        ("lambda: 1", "column 1: this cannot stand in a formula."),
        ("a if b", "column 1: this is no formula: expected 'else' after 'if' expression."),
        ("1 +", "column 3: this is no formula: invalid syntax."),
        ("a +\u00a0b", 'column 4: the character "\ufffd" cannot stand in a formula.'),
        ("min(a)", "column 1: min takes 2 to 20 values, not 1."),
        ("sum(rows)", "column 1: sum takes a table and a formula, not 1 values."),
        ("sum(f(x), 1)", "column 5: a name is letters, digits, underscores and dots."),
        ("a[0]", "column 1: this cannot stand in a formula."),
        ("True", "column 1: True cannot stand in a formula."),
        ("a is b", "column 1: this comparison cannot stand in a formula."),
        ("+".join(["a"] * 500), "column 1: more than 40 parts stand inside each other."),
        ("a" * 2001, "column 1: the formula has more than 2000 characters."),
    ],
)
def test_what_is_no_formula_is_refused_with_its_place(text, message):
    with pytest.raises(FormulaError) as refused:
        parse(text)
    assert refused.value.message == message
    assert refused.value.remedy
