from __future__ import annotations

import json

import pytest

from localaction.engine.errors import Finding, InputError, Refused, did_you_mean, nearest, shown


class Odd(InputError):
    code = "test.odd"
    text = '"{value}" is odd.'
    remedy_text = "Write {other}."


def test_an_error_fills_its_text_and_keeps_code_and_params():
    error = Odd(value="3", other="4")
    assert (error.code, error.message, error.remedy) == ("test.odd", '"3" is odd.', "Write 4.")
    assert error.params == {"value": "3", "other": "4"}
    assert str(error) == '"3" is odd. Write 4.'


def test_braces_in_a_value_are_not_read_as_gaps():
    assert Odd(value="{other}", other="{0}").message == '"{other}" is odd.'


def test_a_finding_names_row_column_value_and_cell_and_then_what_to_do():
    finding = Finding.of(Odd(value="3", other="4"), row=7, column="amount", value="3", ref="I.1.1")
    assert finding.line() == 'row 7, column amount, value "3", cell I.1.1: "3" is odd. Write 4.'


def test_a_finding_without_a_place_is_only_its_message():
    assert Finding.of(Odd(value="3", other="4")).line() == '"3" is odd. Write 4.'


def test_a_finding_is_plain_data():
    finding = Finding.of(
        Odd(value=("a", "b"), other={"x": object}), row=2, severity="warning", blocks_publication=True
    )
    data = json.loads(json.dumps(finding.to_dict()))
    assert data["params"]["value"] == ["a", "b"]
    assert (data["severity"], data["row"], data["blocks_publication"]) == ("warning", 2, True)


@pytest.mark.parametrize(("more", "text"), [(0, "One thing was refused."), (41, "42 things were refused.")])
def test_a_refusal_counts_what_it_lists_and_what_it_does_not(more, text):
    refused = Refused([Finding.of(Odd(value="3", other="4"))], more)
    assert refused.message == text
    assert refused.remedy.endswith("nothing was written.")


@pytest.mark.parametrize(
    ("word", "options", "found"),
    [
        ("I.63", ["I.6.1", "I.6.2", "I.6.3", "II.6.3"], "I.6.3"),
        ("i.1.1", ["I.1.1", "II.1.1"], "I.1.1"),
        ("naturalgas", ["natural_gas", "natural_gas_liquids"], "natural_gas"),
        ("gasolene", ["motor_gasoline", "gasoline", "diesel"], "gasoline"),
    ],
)
def test_the_nearest_name_is_offered_first(word, options, found):
    assert nearest(word, options)[0] == found
    assert did_you_mean(word, options).startswith(f'Did you mean "{found}"')


def test_nothing_is_offered_where_nothing_is_near():
    assert did_you_mean("xyzzy", ["I.1.1", "II.1.1"]) == ""


def test_what_is_shown_of_a_value_is_one_printable_line():
    assert shown("a\nb\x00") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    assert len(shown("x" * 100_000)) == 80
