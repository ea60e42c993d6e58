"""What the declarations of waste methods bound, assume and hand to an inventory, typed a second time."""

from __future__ import annotations

import pytest

from localaction.engine.packs import Library

LIBRARY = Library.load()
NAMES = (
    "landfill_decay_2006", "landfill_decay_2019", "landfill_decay_gpc", "methane_commitment", "waste_history",
    "digestion", "incineration", "open_burning", "wastewater_ch4_2006", "wastewater_ch4_2019",
    "industrial_wastewater_ch4", "wastewater_n2o_2006", "wastewater_n2o_2019",
    "wastewater_sludge_2019",
)  # fmt: skip
METHODS = {name: LIBRARY.methods[f"ghg.{name}/1"] for name in NAMES}
RANGES = {
    (0, None, None, None): {
        "waste", "k", "recovered", "population", "waste_per_person", "record", "mass", "ch4_recovered", "bod",
        "capacity", "sludge", "product", "wastewater", "cod", "protein", "protein_supply", "sludge_nitrogen",
        "removal_factor", "septic_load",
    },
    (0, 1, None, None): {
        "composition", "composition_by_year", "mcf", "doc", "docf", "doc_by_type", "recovered_share",
        "landfilled_share", "dry_matter", "carbon", "fossil_share", "oxidised", "burning_share",
        "burnt_share",
        "group_share", "path_share", "removed_share", "discharged_share", "discharge_mcf", "nitrogen_share",
        "effluent_factor", "plant_share", "consumed_share", "emptied_share", "settled_share",
    },
    (0, None, None, 1): {"oxidation"},
    (None, None, 0, 1): {"ch4_share"},
    (None, None, 0, None): {"half_life"},
    (1, None, None, None): {"correction", "not_consumed", "industrial", "household"},
    (7, 13, None, None): {"delay_month"},
    (1900, 2100, None, None): {"year", "record_year", "opened", "inventory_year"},
    (0, 1_000_000, None, None): {"n2o_factor"},
}  # fmt: skip
BY_METHOD = {
    ("digestion", "ch4_factor"): (0, 1000, None, None),  # g/kg: at most all of it
    ("incineration", "ch4_factor"): (0, 1_000_000, None, None),  # g/t
    ("open_burning", "ch4_factor"): (0, 1_000_000, None, None),
    ("wastewater_n2o_2006", "plant_factor"): (0, None, None, None),  # g/person/year
    ("wastewater_n2o_2019", "plant_factor"): (0, 1, None, None),  # kg/kg
}
REMARKS = {  # above, below
    ("landfill_decay_2006", "ch4_share"): [(0.75, None), (None, 0.25)],
    ("landfill_decay_2019", "ch4_share"): [(0.75, None), (None, 0.25)],
    ("landfill_decay_gpc", "ch4_share"): [(0.75, None), (None, 0.25)],
    ("methane_commitment", "ch4_share"): [(0.75, None), (None, 0.25)],
    ("waste_history", "waste_per_person"): [(1.5, None)],
    ("open_burning", "waste_per_person"): [(5, None)],
    ("wastewater_ch4_2006", "bod"): [(150, None)],
    ("wastewater_ch4_2019", "bod"): [(150, None)],
    ("wastewater_ch4_2006", "correction"): [(1.5, None)],
    ("wastewater_ch4_2019", "correction"): [(1.5, None)],
    ("wastewater_n2o_2006", "protein"): [(200, None), (None, 30)],
    ("wastewater_n2o_2019", "protein_supply"): [(200, None), (None, 30)],
    ("wastewater_n2o_2019", "consumed_share"): [(None, 0.8), (0.98, None)],
    ("wastewater_n2o_2019", "household"): [(None, 1.07), (1.17, None)],
    ("wastewater_n2o_2019", "not_consumed"): [(None, 1.01), (1.13, None)],
}
ASSUMED = {  # what an input is if nobody says
    "basis": "wet", "cover": "none", "recovered": 0, "delay_month": 13, "recovered_share": 0,
    "ch4_recovered": 0,
    "level": "first_record", "edition": "2006", "group_share": 1, "sludge": 0, "water": "any",
    "discharged_share": 1, "grinders": "without", "sludge_nitrogen": 0, "plant_share": 0, "septic_load": 0,
    "emptied_share": 0,
}  # fmt: skip
INVENTORY = {  # outputs that go into an inventory: no two of them overlap
    "landfill_decay_2006": {"ch4": "CH4_biogenic"},
    "landfill_decay_2019": {"ch4": "CH4_biogenic"},
    "landfill_decay_gpc": {"ch4": "CH4_biogenic"},
    "methane_commitment": {"ch4": "CH4_biogenic"},
    "waste_history": {},
    "digestion": {"ch4": "CH4_biogenic"},
    "incineration": {"co2": "CO2", "co2_biogenic": "CO2_biogenic", "ch4": "CH4", "n2o": "N2O"},
    "open_burning": {"co2": "CO2", "co2_biogenic": "CO2_biogenic", "ch4": "CH4", "n2o": "N2O"},
    "wastewater_ch4_2006": {"ch4": "CH4_biogenic"},
    "wastewater_ch4_2019": {"ch4": "CH4_biogenic"},
    "industrial_wastewater_ch4": {"ch4": "CH4_biogenic"},
    "wastewater_n2o_2006": {"n2o": "N2O"},
    "wastewater_n2o_2019": {"n2o": "N2O"},
    "wastewater_sludge_2019": {},
}
every_method = pytest.mark.parametrize("name", NAMES)


@every_method
def test_inputs_are_bounded_as_their_meaning_asks(name: str) -> None:
    by_input = {entry: bounds for bounds, entries in RANGES.items() for entry in entries}
    for entry in METHODS[name].inputs.values():
        if entry.range_text():
            expected = BY_METHOD.get((name, entry.name)) or by_input[entry.name]
            assert (entry.min, entry.max, entry.above, entry.below) == expected, entry.name


def test_remarks_come_at_the_bounds_that_were_meant() -> None:
    found = {
        (name, entry.name): [(warn.above, warn.below) for warn in entry.warn]
        for name, method in METHODS.items()
        for entry in method.inputs.values()
        if entry.warn
    }
    assert found == REMARKS


def test_what_nobody_says_is_assumed_with_a_source() -> None:
    found = {
        entry.name: entry.default.value
        for method in METHODS.values()
        for entry in method.inputs.values()
        if entry.default and entry.default.parameter is None
    }
    assert found == ASSUMED


@every_method
def test_no_two_outputs_for_an_inventory_overlap(name: str) -> None:
    outputs = METHODS[name].outputs.values()
    assert {entry.name: entry.species for entry in outputs if entry.inventory} == INVENTORY[name]


@pytest.mark.parametrize(
    ("edition", "share"),
    [
        ("2006", "ipcc@2006:landfill.docf"),
        ("2019", "ipcc@2019:landfill.docf"),
        ("gpc", "gpc@1.1:landfill.docf"),
    ],
)
def test_the_share_of_carbon_that_decomposes_is_kept_by_method(edition: str, share: str) -> None:
    default = METHODS[f"landfill_decay_{edition}"].inputs["docf"].default
    assert default is not None
    assert default.parameter == share


def test_the_calculators_of_landfills_show_what_is_generated_and_emitted_by_year() -> None:
    for edition in ("2006", "2019", "gpc"):
        chart = METHODS[f"landfill_decay_{edition}"].chart
        assert chart is not None
        assert (chart.kind, chart.x, chart.series) == ("line", "year", ("generated", "emitted"))
