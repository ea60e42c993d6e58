"""Kinds and units are checked before a formula is ever used."""

from __future__ import annotations

import pytest

from localaction.engine.formulas.kinds import DAY, TEXT, TRUTH, Vocabulary, check, in_words, number, shown_as
from localaction.engine.formulas.parse import FormulaError, parse
from localaction.engine.packs import Library

UNITS = Library.load().units
WORDS = Vocabulary(
    values={
        "area.natural": number("ha", UNITS),
        "area.city": number("km2", UNITS),
        "population.total": number("person", UNITS),
        "consultation": TEXT,
        "audited": TRUTH,
        "joined": DAY,
        "submitted": DAY,
    },
    tables={"rows": {"budget": number("t", UNITS), "actual": number("kg", UNITS), "direction": TEXT}},
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("area.natural / area.city", "a plain number"),
        ("population.total / area.city", "a number of [human] [length]^-2"),
        ("area.city > 0", "yes or no"),
        ("submitted <= years_after(joined, 2)", "yes or no"),
        ("consultation == 'routine' and audited", "yes or no"),
        ("sum(rows, budget - actual)", "a number of [mass]"),
        ("share(rows, direction == 'down')", "a plain number"),
        ("count(rows)", "a plain number"),
        ("area.natural if audited else area.city", "a number of [length]^2"),
    ],
)
def test_a_formula_has_a_kind(text, words):
    assert in_words(check(parse(text), WORDS)) == words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("area.ctiy / 2", 'column 1: there is no data item or indicator "area.ctiy".'),
        (
            "area.natural + population.total",
            "column 1: a number of [length]^2 and a number of [human]",
        ),
        ("area.city > 5", "column 1: a number of [length]^2 and a plain number do not fit together in >."),
        ("audited + 1", "column 1: yes or no and a plain number do not fit together in +."),
        (
            "audited and population.total",
            "column 13: and needs yes or no, and here stands a number",
        ),
        ("consultation > 'a'", "column 1: a text has no order."),
        ("rows / 2", 'column 1: "rows" is a table, not a value.'),
        ("sum(tables, budget)", 'column 1: there is no table "tables".'),
        ("area.city if population.total else 1", "column 14: if needs yes or no, and here stands"),
        (
            "years_after(audited, 2) == joined",
            "column 1: years_after needs a day, and here stands yes",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(text, message):
    with pytest.raises(FormulaError) as refused:
        check(parse(text), WORDS)
    assert refused.value.message.startswith(message)
    assert refused.value.remedy


def test_a_density_cannot_be_shown_as_a_share():
    with pytest.raises(FormulaError) as refused:
        shown_as(check(parse("area.natural / population.total"), WORDS), number("%", UNITS), "%")
    assert 'cannot be shown as "%"' in refused.value.message
