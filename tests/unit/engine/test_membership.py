"""Which cell counts in which total (GPC 1.1), tried with one non-zero cell at a time."""

from __future__ import annotations

import pytest
from tests.support.inventory import cell, co2e, compute

SCOPE_1_FUEL = {f"I.{n}.1" for n in range(1, 9)}
GRID = {f"I.{n}.2" for n in range(1, 7)}
LOSSES = {f"I.{n}.3" for n in range(1, 7)}
TRANSPORT_INSIDE = {f"II.{n}.1" for n in range(1, 6)}
TRANSPORT_GRID = {f"II.{n}.2" for n in range(1, 6)}
TRANSPORT_OUTSIDE = {f"II.{n}.3" for n in range(1, 6)}
WASTE_INSIDE = {f"III.{n}.1" for n in range(1, 5)}
WASTE_OUTSIDE = {f"III.{n}.2" for n in range(1, 5)}
WASTE_IMPORTED = {f"III.{n}.3" for n in range(1, 5)}
INDUSTRY_AND_LAND = {"IV.1", "IV.2", "V.1", "V.2", "V.3"}

BASIC = SCOPE_1_FUEL | GRID | TRANSPORT_INSIDE | TRANSPORT_GRID | WASTE_INSIDE | WASTE_OUTSIDE
BASIC_PLUS = BASIC | LOSSES | TRANSPORT_OUTSIDE | INDUSTRY_AND_LAND
TERRITORIAL = SCOPE_1_FUEL | {"I.4.4"} | TRANSPORT_INSIDE | WASTE_INSIDE | WASTE_IMPORTED | INDUSTRY_AND_LAND
ALL = BASIC_PLUS | TERRITORIAL | {"VI.1"}


def test_there_are_54_cells_and_the_totals_have_the_published_number_of_them():
    assert (len(ALL), len(BASIC), len(BASIC_PLUS)) == (54, 32, 48)
    assert {found["ref"] for found in compute()["cells"]} == ALL


@pytest.mark.parametrize("ref", sorted(ALL))
def test_one_cell_counts_in_exactly_its_totals_and_its_sector(ref):
    result = compute(co2e(ref, 1000))
    expected = {"BASIC": ref in BASIC, "BASIC+": ref in BASIC_PLUS, "territorial": ref in TERRITORIAL}
    assert {name: total["co2e_t"] for name, total in result["totals"].items()} == {
        name: 1000.0 * counts for name, counts in expected.items()
    }
    for sector in result["sectors"]:
        inside = sector["id"] == ref.split(".")[0]
        assert sector["totals"] == {name: 1000.0 * (counts and inside) for name, counts in expected.items()}
    assert [found["ref"] for found in result["cells"] if found["state"] == "value"] == [ref]
    assert cell(result, ref)["co2e_t"] == 1000.0


def test_generation_for_the_grid_and_the_use_of_the_grid_are_never_in_one_total():
    result = compute(co2e("I.4.4", 1), co2e("I.1.2", 10))
    assert {name: total["co2e_t"] for name, total in result["totals"].items()} == {
        "BASIC": 10, "BASIC+": 10, "territorial": 1,
    }  # fmt: skip
