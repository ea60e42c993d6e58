"""Running a method: what is given, what is filled in, what is refused and in which words."""

from __future__ import annotations

import json

import pytest

from localaction.engine.errors import Refused
from localaction.engine.methods.inventoryrows import NotItsCell, cells_of, inventory_rows
from localaction.engine.methods.problems import UnknownExample, UnknownMethod, UnknownPotentials
from localaction.engine.methods.run import run_example, run_method
from localaction.engine.packs import Library

LIBRARY = Library.load()
COMPOSTING, DECAY = "ghg.composting/1", "ghg.landfill_decay_2006/1"


def lines(inputs, method=COMPOSTING) -> list[str]:
    """Return the refusal of these inputs, one line for each fault."""
    with pytest.raises(Refused) as refused:
        run_method(method, inputs, LIBRARY)
    return [finding.line() for finding in refused.value.findings]


def test_what_is_left_out_is_filled_in_and_says_from_where() -> None:
    used = run_method(COMPOSTING, {"mass": [1]}, LIBRARY).inputs
    assert (used["mass"].origin, used["ch4_factor"].origin) == ("given", "default")
    assert used["ch4_factor"].table == "ipcc@2006:composting.ch4"
    assert [(row.value, row.confidence) for row in used["ch4_factor"].parameters] == [(4.0, "verified")]


def test_a_choice_decides_which_default_is_looked_up() -> None:
    dry = run_method(COMPOSTING, {"mass": [1000], "basis": "dry"}, LIBRARY)
    assert (dry.value("ch4"), dry.value("n2o")) == (pytest.approx(10), pytest.approx(0.6))


def test_a_value_may_be_in_another_unit() -> None:
    run = run_method(COMPOSTING, {"mass": {"value": [15], "unit": "kt"}}, LIBRARY)
    assert run.value("ch4") == pytest.approx(60)
    factor = run_method(COMPOSTING, {"mass": [1], "ch4_factor": {"value": 4, "unit": "kg/t"}}, LIBRARY)
    assert factor.value("ch4") == pytest.approx(0.004)


def test_the_digest_is_of_declaration_and_tables_and_not_of_the_inputs() -> None:
    first, second = (run_method(COMPOSTING, {"mass": [mass]}, LIBRARY) for mass in (1, 2))
    assert first.digest == second.digest


def test_a_run_is_plain_json() -> None:
    for name, method in LIBRARY.methods.items():
        for example in method.examples:
            data = run_example(name, example, LIBRARY).to_dict()
            assert json.loads(json.dumps(data, allow_nan=False)) == data


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        pytest.param(
            {},
            (
                "column mass: Waste composted is missing; without it nothing can be computed. Give it "
                "as a number in t for each stream of waste."
            ),
        ),
        pytest.param(
            {"mass": [1], "bais": "wet"},
            (
                'The method has no input "bais". Did you mean "basis"? Remove it, or correct its name; '
                "the inputs are mass, basis, ch4_factor, n2o_factor, ch4_recovered."
            ),
        ),
        pytest.param(
            {"mass": [1, -3]},
            (
                "column mass: Waste composted, stream of waste 2 is -3; it must be at least 0. Correct "
                "the value, or its unit."
            ),
        ),
        pytest.param(
            {"mass": [1, None]},
            (
                "column mass: Waste composted, stream of waste 2 is missing; a missing value is not "
                "zero. Write the value, or 0 if it is zero."
            ),
        ),
        pytest.param(
            {"mass": ["12"]},
            (
                'column mass: Waste composted, stream of waste 1 is "12", which is no number. Write a '
                "number such as 1234.5, without quotes and separators of thousands."
            ),
        ),
        pytest.param(
            {"mass": [True]},
            (
                "column mass: Waste composted, stream of waste 1 is true, which is no number. Write a "
                "number such as 1234.5, without quotes and separators of thousands."
            ),
        ),
        pytest.param(
            {"mass": [1e31]},
            (
                "column mass: Waste composted, stream of waste 1 is not a finite number. Write the "
                "value in full."
            ),
        ),
        pytest.param(
            {"mass": 5},
            (
                "column mass: Waste composted is 5, but it holds one value for each stream of waste. "
                "Write a list of values in brackets."
            ),
        ),
        pytest.param(
            {"mass": [[5]]},
            (
                "column mass: Waste composted, stream of waste 1 is a list, but one value is needed "
                "there. Write the value alone, without brackets."
            ),
        ),
        pytest.param(
            {"mass": []},
            (
                "column mass: Waste composted has 0 for stream of waste; it may have 1 to 500. Give at "
                "least one value, and at most that many at once."
            ),
        ),
        pytest.param(
            {"mass": [1, 2], "ch4_factor": [1, 2, 3]},
            (
                "column ch4_factor: Methane for each kilogram of waste has 3 for stream of waste, but "
                "Waste composted has 2. Give as many values to both."
            ),
        ),
        pytest.param(
            {"mass": [1], "basis": "wett"},
            (
                'column basis: Weighed is "wett", which is none of the choices. Did you mean "wet"? '
                "Choose one of: wet, dry."
            ),
        ),
        pytest.param(
            {"mass": [1], "basis": 3},
            ("column basis: Weighed is 3, which is no text. Write a text in quotes."),
        ),
        pytest.param(
            {"mass": {"value": [1], "unit": "GJ"}},
            (
                'column mass: Waste composted is given in "GJ", which cannot be brought to t. Give the '
                "value in t, or in a unit that measures the same."
            ),
        ),
        pytest.param(
            {"mass": [1], "ch4_recovered": 5},
            (
                "column ch4_recovered: Methane recovered is 5, more than the methane that arises, which "
                "is 0.004. Correct one of the two; a part cannot be larger than the whole."
            ),
        ),
    ],
)
def test_a_refusal_says_what_where_why_and_what_to_do(inputs, message) -> None:
    assert lines(inputs) == [message]


def test_all_faults_are_told_at_once() -> None:
    assert len(lines({"mass": [-1], "ch4_factor": "x", "basis": "w"})) == 3


def test_a_place_is_named_by_the_entries_of_its_dimensions() -> None:
    inputs = json.loads(json.dumps(dict(LIBRARY.methods[DECAY].examples["D10"].inputs)))
    inputs["waste"][2] = -1
    [line] = lines(inputs, DECAY)
    assert line.startswith("column waste: Waste deposited, year 2017 is -1; it must be at least 0.")


def test_what_does_not_exist_is_named_with_what_is_like_it() -> None:
    with pytest.raises(UnknownMethod, match=r'Did you mean "ghg.composting/1"\?'):
        run_method("ghg.compost/1", {}, LIBRARY)
    with pytest.raises(UnknownExample, match="Its examples are D11"):
        run_example(COMPOSTING, "D99", LIBRARY)
    with pytest.raises(UnknownPotentials, match="The sets are sar, tar, ar4, ar5"):
        run_method(COMPOSTING, {"mass": [1]}, LIBRARY, gwp_set="ar9")


def test_rows_carry_gas_year_and_method() -> None:
    run = run_example(COMPOSTING, "D11", LIBRARY)
    rows = inventory_rows(run, LIBRARY, "III.2.1")
    assert [(row["ref"], row["gas"], row["amount"], row["unit"]) for row in rows] == [
        ("III.2.1", "CH4_biogenic", "60.0", "t"),
        ("III.2.1", "N2O", "3.6", "t"),
    ]
    assert f"method {COMPOSTING}, data {run.digest[:12]}" in rows[0]["source"]
    with pytest.raises(NotItsCell, match=r"Choose one of III.2.1, III.2.2, III.2.3"):
        inventory_rows(run, LIBRARY, "I.1.1")
    assert cells_of(LIBRARY.methods[COMPOSTING]) == ["III.2.1", "III.2.2", "III.2.3"]
