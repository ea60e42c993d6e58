"""The checks that method functions make: what they let through, and in which words they refuse."""

from __future__ import annotations

import numpy as np
import pytest

from localaction.engine.methods import checking
from localaction.engine.methods.problems import InputProblem


def refusal(check, *arguments, **more) -> str:
    with pytest.raises(InputProblem) as refused:
        check(*arguments, **more)
    return str(refused.value)


def test_numbers_inside_their_range_come_back_as_an_array() -> None:
    array = checking.checked("mass", [0, 1], low=0.0, high=1.0)
    assert (array.dtype, array.tolist()) == (np.float64, [0.0, 1.0])
    assert checking.checked("mass", 3).shape == ()


@pytest.mark.parametrize(
    ("value", "bounds", "message"),
    [
        ([[1, 2], [3, -4]], {"low": 0.0}, "mass[1, 1] is -4; it must be 0 or more."),
        ([1, 0], {"low": 0.0, "open_low": True}, "mass[1] is 0; it must be above 0."),
        (1.2, {"high": 1.0}, "mass is 1.2; it must be 1 or less."),
        (1.0, {"high": 1.0, "open_high": True}, "mass is 1; it must be below 1."),
        ([1, float("nan")], {}, "mass[1] is missing; a missing value is not zero."),
        ([float("inf")], {}, "mass[0] is not a finite number."),
    ],
)
def test_a_number_outside_is_refused_at_its_place(value, bounds, message) -> None:
    assert refusal(checking.checked, "mass", value, **bounds).startswith(message)


def test_shares_sum_to_one() -> None:
    assert checking.checked_shares("food", [0.4, 0.6]).tolist() == [0.4, 0.6]
    third = [0.333333, 0.333333, 0.333334]
    assert checking.checked_shares("food", third).tolist() == third
    message = refusal(checking.checked_shares, "composition", [[0.5, 0.5], [0.5, 0.7]])
    assert message.startswith("composition[1] sums to 1.2, but the shares must sum to 1.")
    assert refusal(checking.checked_shares, "parts", [0.8, 0.4], total=None).startswith(
        "parts sums to 1.2, but the shares must sum to at most 1."
    )
    assert checking.checked_shares("parts", [0.1, 0.4], total=None).tolist() == [0.1, 0.4]


def test_years_follow_each_other() -> None:
    assert checking.checked_years("year", [2001, 2002]).tolist() == [2001, 2002]
    message = refusal(checking.checked_years, "year", [2001, 2003])
    assert message.startswith("year[1] is 2003, after 2001; the years must follow each other one by one.")
    assert refusal(checking.checked_years, "year", [2001.5]).startswith(
        "year[0] is 2001.5, which is no whole number."
    )


def test_a_part_is_no_larger_than_the_whole() -> None:
    assert checking.checked_part("recovered", [1, 2], "what arises", [1, 3]).tolist() == [1, 2]
    assert checking.checked_part("recovered", 1 + 1e-12, "what arises", 1) == pytest.approx(1)
    message = refusal(checking.checked_part, "recovered", [1, 4], "what arises", [1, 3])
    assert message.startswith("recovered[1] is 4, more than what arises, which is 3.")
    assert refusal(checking.checked_part, "recovered", 2, "what arises", [3, 1]).startswith(
        "recovered is 2, more"
    )


def test_a_choice_is_one_of_those_known() -> None:
    assert checking.checked_choice("basis", "wet", ["wet", "dry"]) == "wet"
    message = refusal(checking.checked_choice, "basis", ["wet", "dri"], ["wet", "dry"])
    assert message.startswith('basis[1] is "dri", which is none of the choices. Did you mean "dry"?')
