"""A value in another unit is brought to that of the input before anything is said of it."""

from __future__ import annotations

import pytest

from localaction.engine.errors import Refused
from localaction.engine.methods.run import run_method
from localaction.engine.packs import Library

LOSSES = {"consumption_mwh": [1000], "reading": "over_consumption", "grid_t_per_mwh": 0.5}
LIBRARY = Library.load()
GAS = {"use": "residential", "fuel": ["natural_gas"]}


def test_eight_per_cent_are_within_nought_and_one():
    given = {**LOSSES, "loss_share": {"value": 8, "unit": "%"}}
    assert run_method("ghg.network_losses/1", given, LIBRARY).value("co2e_t") == pytest.approx([40.0])


def test_a_range_is_that_of_the_unit_of_the_input():
    with pytest.raises(Refused) as refused:
        run_method("ghg.network_losses/1", {**LOSSES, "loss_share": {"value": 250, "unit": "%"}}, LIBRARY)
    assert [finding.message for finding in refused.value.findings] == [
        "Share lost is 2.5; it must be at least 0, at most 1."
    ]


@pytest.mark.parametrize(
    ("name", "value", "unit", "label", "expected"),
    [
        ("energy_tj", [100], "MWh gross", "Energy burnt", "TJ"),
        ("energy_tj", [100], "therm", "Energy burnt", "TJ"),
        ("co2_kg_per_tj", [53.06], "kg/MMBtu", "Carbon dioxide for each terajoule", "kg/TJ"),
    ],
)
def test_gross_energy_of_fuel_is_never_taken_as_net(name, value, unit, label, expected):
    given = {**GAS, "energy_tj": [1], name: {"value": value, "unit": unit}}
    with pytest.raises(Refused) as refused:
        run_method("ghg.stationary_combustion_energy/1", given, LIBRARY)
    [found] = refused.value.findings
    assert found.message == (
        f'{label} is given in "{unit}", which is gross calorific; the energy of fuels is net here.'
    )
    assert expected in found.remedy


def test_gross_energy_has_its_ratio_beside_it():
    given = {**GAS, "energy_tj": {"value": [100], "unit": "MWh"}, "net_over_gross": 0.9}
    run = run_method("ghg.stationary_combustion_energy/1", given, LIBRARY)
    assert run.value("energy_tj") == pytest.approx([0.324])
