"""The default values of waste and wastewater, typed a second time from the reference, with its doubts.

Every value and every bound of a range stands here as a literal, so that a slip of one in a hundred is seen.
"""

from __future__ import annotations

import pytest

from localaction.engine.packs import Library
from localaction.engine.references.parameters import ParameterTable

TABLES = Library.load().parameters
CLIMATES = ("temperate_dry", "temperate_wet", "tropical_dry", "tropical_wet")

ONE_VALUE = {
    "ipcc@2006:landfill.docf": 0.5,
    "gpc@1.1:landfill.docf": 0.6,
    "ipcc@2006:incineration.oxidised": 1.0,
    "ipcc@2006:open_burning.ch4": 6500,
    "ipcc@2006:open_burning.n2o": 150,
    "ipcc@2006:open_burning.burnt_share": 0.6,
    "ipcc@2006:wastewater.plant_n2o": 3.2,
    "ipcc@2019:wastewater.septic_sludge": 0.5,
}
ONE_RANGE = {  # value, low, high
    "ipcc@2006:landfill.ch4_share": (0.5, 0.25, 0.75),
    "ipcc@2006:wastewater.capacity_bod": (0.6, 0.42, 0.78),
    "ipcc@2006:wastewater.capacity_cod": (0.25, 0.125, 0.5),
    "ipcc@2006:wastewater.effluent_n2o": (0.005, 0.0005, 0.25),
    "ipcc@2006:wastewater.nitrogen_share": (0.16, 0.15, 0.17),
    "ipcc@2006:wastewater.industrial": (1.25, 1.0, 1.5),
    "ipcc@2019:wastewater.effluent_n2o": (0.005, 0.0005, 0.075),
}
BY_ONE_KEY = {
    "gpc@1.1:landfill.mcf": {
        "managed_anaerobic": 1, "semi_aerobic_well": 0.5, "semi_aerobic_poorly": 0.7, "unmanaged_deep": 0.8,
        "unmanaged_shallow": 0.4, "unknown": 0.6,
    },
    "gpc@1.1:landfill.doc": {
        "food": 0.15, "garden": 0.2, "paper": 0.4, "wood": 0.43, "textiles": 0.24, "industrial": 0.15,
        "inert": 0,
    },
    "ipcc@2006:landfill.oxidation": {"none": 0, "oxidising": 0.1},
    "ipcc@2006:waste.per_person": {
        "east_asia": 0.37, "south_central_asia": 0.21, "south_east_asia": 0.27, "africa": 0.29,
        "eastern_europe": 0.38, "northern_europe": 0.64, "southern_europe": 0.52, "western_europe": 0.56,
        "caribbean": 0.49, "central_america": 0.21, "south_america": 0.26, "north_america": 0.65,
        "oceania": 0.69,
    },
    "ipcc@2006:waste.dry_matter": {
        "food": 0.4, "garden": 0.4, "paper": 0.9, "wood": 0.85, "textiles": 0.8, "nappies": 0.4,
        "rubber": 0.84,
        "plastics": 1, "inert": 0.9,
    },
    "ipcc@2006:waste.carbon": {
        "food": 0.38, "garden": 0.49, "paper": 0.46, "wood": 0.5, "textiles": 0.5, "nappies": 0.7,
        "rubber": 0.67,
        "plastics": 0.75, "inert": 0.03,
    },
    "ipcc@2006:waste.fossil_share": {
        "food": 0, "garden": 0, "paper": 0.01, "wood": 0, "textiles": 0.2, "nappies": 0.1, "rubber": 0.2,
        "plastics": 1, "inert": 1,
    },
    "ipcc@2006:incineration.ch4": {
        "continuous_stoker": 0.2, "continuous_fluidised": 0, "semi_continuous_stoker": 6,
        "semi_continuous_fluidised": 188, "batch_stoker": 60, "batch_fluidised": 237,
    },
    "ipcc@2006:wastewater.mcf": {
        "water": 0.1, "stagnant_sewer": 0.5, "flowing_sewer": 0, "plant_well": 0, "plant_overloaded": 0.3,
        "sludge_digester": 0.8, "reactor": 0.8, "shallow_lagoon": 0.2, "deep_lagoon": 0.8, "septic": 0.5,
        "latrine_family": 0.1, "latrine_communal": 0.5, "latrine_wet": 0.7,
    },
    "ipcc@2006:wastewater.bod": {
        "africa": 37, "egypt": 34, "india": 34, "asia": 40, "brazil": 50, "japan": 42,
        "canada_europe_russia": 60,
        "germany": 62, "denmark": 62, "italy": 60, "sweden": 75, "turkey": 38, "united_states": 85,
        "greece": 57,
    },
    "ipcc@2006:wastewater.correction": {"collected": 1.25, "uncollected": 1},
    "ipcc@2006:wastewater.not_consumed": {"without": 1.1, "with": 1.4},
    "ipcc@2006:industry.cod": {
        "beer": 2.9, "dairy": 2.7, "fish": 2.5, "meat": 4.1, "organic_chemicals": 3, "refineries": 1,
        "plastics": 3.7, "pulp_paper": 9, "starch": 10, "sugar": 3.2, "vegetable_oil": 0.8, "fruit": 5,
        "alcohol": 11, "wine": 1.5, "coffee": 9,
    },
    "ipcc@2006:industry.wastewater": {
        "beer": 6.3, "dairy": 7, "fish": 14, "meat": 13, "organic_chemicals": 67, "refineries": 0.6,
        "plastics": 0.6, "pulp_paper": 162, "starch": 9, "sugar": 9, "vegetable_oil": 3.1, "fruit": 20,
        "alcohol": 24, "wine": 23,
    },
}  # fmt: skip
RANGES_BY_ONE_KEY = {
    "ipcc@2019:landfill.docf": {
        "food": (0.7, 0.49, 0.91), "garden": (0.7, 0.49, 0.91), "paper": (0.5, 0.15, 0.85),
        "textiles": (0.5, 0.15, 0.85), "nappies": (0.5, 0.15, 0.85), "wood": (0.1, 0.01, 0.19),
        "rubber": (0, None, None), "plastics": (0, None, None), "inert": (0, None, None),
    },
    "ipcc@2006:landfill.mcf": {  # -10/0 %, +-20 %, +-20 %, +-30 %, -50/+60 %
        "managed_anaerobic": (1, 0.9, 1), "managed_semi_aerobic": (0.5, 0.4, 0.6),
        "unmanaged_deep": (0.8, 0.64, 0.96), "unmanaged_shallow": (0.4, 0.28, 0.52),
        "unknown": (0.6, 0.3, 0.96),
    },
    "ipcc@2019:landfill.mcf": {  # further: +-30 % of 0.7, +-60 % of 0.4
        "managed_anaerobic": (1, 0.9, 1), "semi_aerobic_well": (0.5, 0.4, 0.6),
        "semi_aerobic_poorly": (0.7, 0.49, 0.91), "aeration_well": (0.4, 0.16, 0.64),
        "aeration_poorly": (0.7, 0.49, 0.91), "unmanaged_deep": (0.8, 0.64, 0.96),
        "unmanaged_shallow": (0.4, 0.28, 0.52), "unknown": (0.6, 0.3, 0.96),
    },
    "ipcc@2006:digestion.ch4": {"wet": (0.8, 0, 8), "dry": (2, 0, 20)},
    "ipcc@2006:open_burning.oxidised": {"2006": (0.58, None, None), "2019": (0.71, 0.65, 0.77)},
    "ipcc@2019:wastewater.mcf": {
        "plant": (0.03, 0.003, 0.09), "reactor": (0.8, 0.8, 1), "shallow_lagoon": (0.2, 0, 0.3),
        "deep_lagoon": (0.8, None, None), "septic": (0.5, 0.4, 0.72), "stagnant_sewer": (0.5, 0.4, 0.8),
        "latrine_family": (0.1, 0.05, 0.15), "latrine_communal": (0.5, 0.4, 0.6),
        "latrine_wet": (0.7, 0.7, 1),
    },
    "ipcc@2019:wastewater.discharge_mcf": {
        "any": (0.11, 0.004, 0.27), "lakes": (0.19, 0.08, 0.27), "other": (0.035, 0.004, 0.06),
    },
    "ipcc@2019:wastewater.industrial": {"collected": (1.25, 1, 1.5), "uncollected": (1, None, None)},
    "ipcc@2019:wastewater.plant_n2o": {
        "plant": (0.016, 0.00016, 0.045), "septic_tank": (0, None, None),
        "septic_dispersal": (0.0045, None, None),
        "untreated": (0, None, None),
    },
    "ipcc@2019:wastewater.nitrogen_removed": {
        "untreated": (0, None, None), "primary": (0.1, 0.05, 0.2), "secondary": (0.4, 0.35, 0.55),
        "tertiary": (0.8, 0.45, 0.85), "septic_tank": (0.15, 0.1, 0.25),
        "septic_dispersal": (0.68, 0.62, 0.73),
        "latrine": (0.12, 0.07, 0.21),
    },
    "ipcc@2019:wastewater.organic_removed": {
        "untreated": (0, None, None), "primary": (0.4, 0.25, 0.5), "secondary": (0.84, 0.8, 0.9),
        "tertiary": (0.9, 0.8, 0.95), "septic": (0.625, None, None),
    },
    "ipcc@2019:wastewater.sludge_organic": {
        "primary": (0.5, 0.4, 0.6), "primary_secondary": (0.8, 0.65, 0.95),
        "primary_digestion": (1, 0.8, 1.2),
        "secondary": (1.16, 1, 1.5),
    },
}  # fmt: skip
DOC = {  # wet with range, dry; t C/t
    "food": (0.15, 0.08, 0.20, 0.38), "garden": (0.20, 0.18, 0.22, 0.49), "paper": (0.40, 0.36, 0.45, 0.44),
    "wood": (0.43, 0.39, 0.46, 0.50), "textiles": (0.24, 0.20, 0.40, 0.30),
    "nappies": (0.24, 0.18, 0.32, 0.60),
    "rubber": (0.39, None, None, 0.47), "plastics": (0, None, None, 0), "inert": (0, None, None, 0),
    "domestic_sludge": (0.05, None, None, None), "industrial_sludge": (0.09, None, None, None),
    "industry_food": (0.15, None, None, None), "industry_textile": (0.24, None, None, None),
    "industry_wood": (0.43, None, None, None), "industry_paper": (0.40, None, None, None),
    "industry_rubber": (0.39, None, None, None), "industry_construction": (0.04, None, None, None),
    "industry_other": (0.01, None, None, None), "clinical": (0.15, None, None, None),
}  # fmt: skip
FAST, SLOW = (0.06, 0.185, 0.085, 0.40), (0.02, 0.03, 0.025, 0.035)
RATE = {  # 1/year, in the order of CLIMATES
    "paper": (0.04, 0.06, 0.045, 0.07), "textiles": (0.04, 0.06, 0.045, 0.07), "wood": SLOW,
    "garden": (0.05, 0.10, 0.065, 0.17), "nappies": (0.05, 0.10, 0.065, 0.17), "food": FAST,
    "domestic_sludge": FAST, "industrial_sludge": FAST, "bulk": (0.05, 0.09, 0.065, 0.17),
    "plastics": (0, 0, 0, 0), "inert": (0, 0, 0, 0), "rubber": (0, 0, 0, 0),
}  # fmt: skip
N2O = {  # g/t
    ("msw_continuous", "wet"): 50, ("msw_batch", "wet"): 60, ("industrial", "wet"): 100,
    ("sewage_sludge", "wet"): 900, ("sewage_sludge", "dry"): 990, ("other_sludge", "wet"): 450,
}  # fmt: skip
COMPOSITION = {  # food, paper, wood, textiles, rubber and leather, plastics; percent of wet mass
    "eastern_asia": (26.2, 18.8, 3.5, 3.5, 1.0, 14.3),
    "south_central_asia": (40.3, 11.3, 7.9, 2.5, 0.8, 6.4),
    "south_eastern_asia": (43.5, 12.9, 9.9, 2.7, 0.9, 7.2),
    "western_asia_and_middle_east": (41.1, 18.0, 9.8, 2.9, 0.6, 6.3),
    "eastern_africa": (53.9, 7.7, 7.0, 1.7, 1.1, 5.5),
    "middle_africa": (43.4, 16.8, 6.5, 2.5, None, 4.5),
    "northern_africa": (51.1, 16.5, 2, 2.5, None, 4.5),
    "southern_africa": (23, 25, 15, None, None, None),
    "western_africa": (40.4, 9.8, 4.4, 1.0, None, 3.0),
    "eastern_europe": (30.1, 21.8, 7.5, 4.7, 1.4, 6.2),
    "northern_europe": (23.8, 30.6, 10.0, 2.0, None, 13.0),
    "southern_europe": (36.9, 17.0, 10.6, None, None, None),
    "western_europe": (24.2, 27.5, 11.0, None, None, None),
    "australia_and_new_zealand": (36.0, 30.0, 24.0, None, None, None),
    "rest_of_oceania": (67.5, 6.0, 2.5, None, None, None),
    "caribbean": (46.9, 17.0, 2.4, 5.1, 1.9, 9.9),
    "central_america": (43.8, 13.7, 13.5, 2.6, 1.8, 6.7),
    "latin_america_and_caribbean": (44.9, 17.1, 4.7, 2.6, 0.7, 10.8),
    "north_america": (33.9, 23.2, 6.2, 3.9, 1.4, 8.5),
}
UNVERIFIED = {  # remembered, or said by nobody: shown as such
    ("ipcc@2006:landfill.doc", "domestic_sludge"), ("ipcc@2006:landfill.doc", "industrial_sludge"),
    ("ipcc@2006:landfill.k", "nappies"), ("ipcc@2006:waste.fossil_share", "paper"),
    ("ipcc@2019:wastewater.mcf", "deep_lagoon"), ("ipcc@2019:wastewater.plant_n2o", "untreated"),
    ("ipcc@2019:wastewater.nitrogen_removed", "untreated"),
}  # fmt: skip
VERIFIED = {  # read in a copy of the IPCC Emission Factor Database
    "ipcc@2006:landfill.doc", "ipcc@2006:landfill.docf", "ipcc@2006:landfill.mcf", "ipcc@2019:landfill.mcf",
    "ipcc@2006:landfill.k", "ipcc@2006:landfill.ch4_share", "ipcc@2006:landfill.oxidation",
    "ipcc@2006:waste.per_person", "ipcc@2006:waste.composition", "ipcc@2006:incineration.oxidised",
    "ipcc@2006:incineration.ch4", "ipcc@2006:incineration.n2o", "ipcc@2006:open_burning.oxidised",
    "ipcc@2006:open_burning.ch4", "ipcc@2006:open_burning.n2o", "ipcc@2006:open_burning.burnt_share",
    "ipcc@2006:wastewater.mcf", "ipcc@2006:wastewater.capacity_bod", "ipcc@2006:wastewater.capacity_cod",
    "ipcc@2006:wastewater.bod", "ipcc@2006:wastewater.effluent_n2o", "ipcc@2006:wastewater.nitrogen_share",
    "ipcc@2006:wastewater.not_consumed", "ipcc@2006:wastewater.industrial", "ipcc@2006:wastewater.plant_n2o",
    "ipcc@2006:digestion.ch4",
}  # fmt: skip


def rows(table: ParameterTable) -> dict[tuple[str, ...], tuple[float, float | None, float | None]]:
    """Return value, low and high by the entries of the keys."""
    return {tuple(row.at[key] for key in table.keys): (row.value, row.low, row.high) for row in table.values}


@pytest.mark.parametrize(("name", "value"), ONE_VALUE.items())
def test_a_single_value_is_as_printed(name: str, value: float) -> None:
    assert rows(TABLES[name]) == {(): (value, None, None)}


@pytest.mark.parametrize(("name", "value"), ONE_RANGE.items())
def test_a_single_value_and_its_range_are_as_printed(name: str, value: tuple[float, float, float]) -> None:
    assert rows(TABLES[name]) == {(): value}


@pytest.mark.parametrize(("name", "values"), BY_ONE_KEY.items())
def test_a_table_by_one_key_is_as_printed(name: str, values: dict[str, float]) -> None:
    assert rows(TABLES[name]) == {(key,): (value, None, None) for key, value in values.items()}


@pytest.mark.parametrize(("name", "values"), RANGES_BY_ONE_KEY.items())
def test_a_table_by_one_key_with_ranges_is_as_printed(name: str, values: dict[str, tuple]) -> None:
    assert rows(TABLES[name]) == {(key,): value for key, value in values.items()}


def test_degradable_carbon_has_its_wet_and_its_dry_column() -> None:
    wet = {(kind, "wet"): (value, low, high) for kind, (value, low, high, _) in DOC.items()}
    dry = {(kind, "dry"): (value, None, None) for kind, (*_, value) in DOC.items() if value is not None}
    assert rows(TABLES["ipcc@2006:landfill.doc"]) == {**wet, **dry}


def test_rates_of_decay_are_as_printed() -> None:
    expected = {
        (kind, climate): (value, None, None)
        for kind, values in RATE.items()
        for climate, value in zip(CLIMATES, values, strict=True)
    }
    assert rows(TABLES["ipcc@2006:landfill.k"]) == expected


def test_nitrous_oxide_of_incineration_keeps_wet_and_dry_apart() -> None:
    assert rows(TABLES["ipcc@2006:incineration.n2o"]) == {key: (v, None, None) for key, v in N2O.items()}


def test_composition_is_as_printed_and_what_is_not_given_is_missing() -> None:
    kinds = ("food", "paper", "wood", "textiles", "rubber", "plastics")
    expected = {
        (region, kind): (value, None, None)
        for region, values in COMPOSITION.items()
        for kind, value in zip(kinds, values, strict=True)
        if value is not None
    }
    assert rows(TABLES["ipcc@2006:waste.composition"]) == expected


WASTE_TABLES = {
    *ONE_VALUE, *ONE_RANGE, *BY_ONE_KEY, *RANGES_BY_ONE_KEY, "ipcc@2006:landfill.doc", "ipcc@2006:landfill.k",
    "ipcc@2006:incineration.n2o", "ipcc@2006:waste.composition",
}  # fmt: skip


def test_every_table_of_waste_is_read_a_second_time_here() -> None:
    themes = (
        ":landfill.",
        ":waste.",
        ":incineration.",
        ":open_burning.",
        ":wastewater.",
        ":industry.",
        ":digestion.",
    )
    assert {name for name in TABLES if any(theme in name for theme in themes)} == WASTE_TABLES


def test_what_was_remembered_and_not_read_is_marked_so() -> None:
    found = {
        (name, next(iter(row.at.values())))
        for name in WASTE_TABLES
        for row in TABLES[name].values
        if row.confidence == "unverified"
    }
    assert found == UNVERIFIED


def test_only_what_was_read_in_the_database_is_marked_verified() -> None:
    assert {name for name in WASTE_TABLES if TABLES[name].confidence == "verified"} == VERIFIED
    assert {TABLES[name].confidence for name in WASTE_TABLES - VERIFIED} == {"secondary"}


def test_rows_that_an_edition_took_from_elsewhere_are_marked_secondary() -> None:
    added = {
        row.at["site_type"]
        for row in TABLES["ipcc@2019:landfill.mcf"].values
        if row.confidence == "secondary"
    }
    assert added == {"semi_aerobic_poorly", "aeration_well", "aeration_poorly"}
    assert TABLES["ipcc@2006:open_burning.oxidised"].at(edition="2019").confidence == "secondary"


@pytest.mark.parametrize(
    ("name", "at", "words"),
    [
        ("ipcc@2019:wastewater.organic_removed", {"removal": "secondary"}, "0.85"),
        ("ipcc@2019:wastewater.organic_removed", {"removal": "septic"}, "not usable as a range"),
        ("ipcc@2019:wastewater.plant_n2o", {"path": "septic_dispersal"}, "not usable as a range"),
        ("ipcc@2019:wastewater.industrial", {"collection": "uncollected"}, "1, not 0"),
        ("ipcc@2006:waste.dry_matter", {"waste_type": "wood"}, "0.84"),
    ],
)
def test_an_open_doubt_about_a_value_stands_beside_it(name: str, at: dict[str, str], words: str) -> None:
    assert words in TABLES[name].at(**at).note


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gpc@1.1:landfill.docf", "not by the text of the standard"),
        ("ipcc@2006:landfill.ch4_share", "The range is in doubt"),
        ("ipcc@2006:open_burning.n2o", "dry matter is remembered"),
        ("ipcc@2006:landfill.k", "remembered, not read"),
        ("ipcc@2006:landfill.doc", "never convert"),
    ],
)
def test_an_open_doubt_about_a_table_stands_beside_it(name: str, words: str) -> None:
    assert words in TABLES[name].note
