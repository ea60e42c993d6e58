"""The choice explained: every candidate with the reason for which it was taken or not."""

from __future__ import annotations

import pytest
from tests.unit.references.test_factor_choice import LIBRARY, factor

from localaction.engine.packs import Library
from localaction.engine.references.factors import FactorTable, NoFactor, NoFactorForYear, Question
from localaction.engine.references.why import VERDICTS, explain


def asked(*factors, own=(), **values):
    """Explain the choice for electricity of I.1.2 in GB-LON, 2020."""
    values = {"unit": "kWh", "chain": ("GB-LON", "GB"), "year": 2020, "pin": "", **values}
    table = FactorTable(factors, LIBRARY.units, own)
    electricity = LIBRARY.activities.get("electricity")
    return explain(
        table,
        Question(
            electricity, "I.1.2", ("grid_generation",), values["unit"], values["chain"], values["year"],
            values["pin"],
        ),
    )  # fmt: skip


REASONS = {
    "taken/2019": "The nearest on file: GB, data year 2019.",
    "tier/2019": "Tier 1; one of tier 2 was taken.",
    "old/2018": "Data year 2018; one of 2019 was taken.",
    "constant": "A constant default; one with a data year was taken.",
    "world": "For world; one for GB is nearer.",
    "mass": 'The unit "kWh" measures energy, but mass is needed here.',
    "later/2021": "Data year 2021, after the inventory of 2020; it can be pinned with a reason.",
    "de": "For DE, which is not GB-LON or GB or world.",
    "pin": "Used only when a row names it.",
    "losses": "Made for grid losses, not for cell I.1.2.",
}


def test_every_candidate_has_the_reason_that_told_against_it():
    explanation = asked(
        factor("taken/2019", year=2019, tier=2),
        factor("tier/2019", year=2019),
        factor("old/2018", year=2018, tier=3),
        factor("constant", tier=3),
        factor("world", place="world"),
        factor("mass", activity_unit="t"),
        factor("later/2021", year=2021),
        factor("de", place="DE"),
        factor("pin", automatic=False),
        factor("losses", uses=("grid_losses",)),
    )
    assert {held.factor.id: held.why for held in explanation.candidates} == REASONS
    assert explanation.candidates[0].factor.id == "taken/2019"
    assert {held.verdict for held in explanation.candidates} == set(VERDICTS) - {"not_preferred"}


def test_of_equals_the_rule_that_told_them_apart_is_named():
    explanation = asked(factor("a"), factor("b"), own={"b"})
    assert [(held.factor.id, held.why) for held in explanation.candidates] == [
        ("b", "The nearest on file: GB. Of 2 that are equal, the place's own."),
        ("a", "Equal in place, year and tier; the place's own was taken."),
    ]


@pytest.mark.parametrize(
    ("factors", "problem"),
    [((factor("de", place="DE"),), NoFactor), ((factor("f/2021", year=2021),), NoFactorForYear)],
)
def test_where_nothing_can_be_taken_the_refusal_is_kept(factors, problem):
    explanation = asked(*factors)
    assert explanation.choice is None
    assert isinstance(explanation.problem, problem)
    assert len(explanation.candidates) == 1


def test_a_pin_is_explained_too():
    explanation = asked(factor("gb"), factor("de", place="DE"), pin="de")
    assert [held.verdict for held in explanation.candidates] == ["taken", "farther"]
    assert explanation.choice is not None
    assert explanation.choice.why == "Pinned by the row."


@pytest.mark.parametrize("ref", sorted(Library.load().protocol.cells))
def test_each_cell_and_activity_of_the_rule_book_can_be_explained(ref):
    """One candidate is taken exactly where the rule takes one, whatever is asked."""
    uses = LIBRARY.protocol.cells[ref].uses
    for activity in LIBRARY.activities.all.values():
        unit = (
            "TJ" if activity.dimension == "fuel" else LIBRARY.units.of_dimension(activity.dimension)[0].symbol
        )
        explanation = explain(LIBRARY.factors, Question(activity, ref, uses, unit, ("GB",), 2023))
        taken = [held.factor for held in explanation.candidates if held.verdict == "taken"]
        assert taken == ([explanation.choice.factor] if explanation.choice else [])
