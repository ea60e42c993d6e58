"""Gases outside the Kyoto Protocol stand beside an inventory and count in no total."""

from __future__ import annotations

import pytest
from tests.support.inventory import cell, co2e, compute, remarks, row

from localaction.engine.packs import Library

OZONE_EATERS = ("CFC11", "CFC12", "HCFC22", "HCFC141b", "HCFC142b", "SO2F2")


@pytest.mark.parametrize("gas", OZONE_EATERS)
def test_another_gas_is_kept_beside_and_in_no_total(gas):
    alone = compute(co2e("IV.2", 5))
    both = compute(co2e("IV.2", 5), row("IV.2", gas=gas, amount=2, unit="t"))
    assert {name: total["co2e_t"] for name, total in both["totals"].items()} == {
        name: total["co2e_t"] for name, total in alone["totals"].items()
    }
    held = cell(both, "IV.2")
    assert held["memo_gases_t"] == {gas: 2}
    assert gas not in held["gases_t"]
    assert held["missing_potentials"] == []


def test_it_is_said_that_it_does_not_count():
    found = remarks(row("IV.2", gas="CFC11", amount=2, unit="t"))
    assert [one.code for one in found] == ["inventory.memo_gas"]
    assert found[0].message == (
        "CFC11 is not among the gases that Global Protocol for Community-Scale Greenhouse Gas Inventories "
        "counts, so its 2 t stand beside the inventory and are in no total."
    )


def test_every_gas_is_counted_or_kept_beside_and_biogenic_carbon_dioxide_is_apart():
    library = Library.load()
    beside = library.species - library.protocol.counted_gases
    assert beside == {*OZONE_EATERS, "CO2_biogenic"}
