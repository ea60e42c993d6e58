"""Which factor is taken, and why; and what is said when there is none."""

from __future__ import annotations

import pytest

from localaction.engine.packs import Library
from localaction.engine.references.conversion import NoConversion
from localaction.engine.references.factors import (
    Factor,
    FactorMismatch,
    FactorTable,
    GasValue,
    NoFactor,
    NoFactorForYear,
    Question,
    UnknownFactor,
)
from localaction.engine.units import WrongDimension

LIBRARY = Library.load()


def factor(name, **values):
    """Return a factor for electricity of GB without a year, with other values where given."""
    defaults = {
        "id": name, "label": f"Label of {name}", "activity": "electricity", "uses": ("grid_generation",),
        "unit": "kg/kWh", "activity_unit": "kWh", "place": "GB", "year": None, "tier": 1, "edition": "1",
        "quality": "M", "automatic": True, "confidence": "verified", "last_checked": "2026-11-24",
        "gases": {"CO2": GasValue(0.2)}, "source_ref": "s", "locator": "p. 1",
    }  # fmt: skip
    return Factor(**{**defaults, **values})


def choose(
    *factors, activity="electricity", ref="I.1.2", unit="kWh", chain=("GB-LON", "GB", "world"), **values
):
    table = FactorTable(factors, LIBRARY.units) if factors else LIBRARY.factors
    values = {"year": 2020, "pin": "", "uses": LIBRARY.protocol.cells[ref].uses, **values}
    return table.choose(
        Question(
            LIBRARY.activities.get(activity), ref, values["uses"], unit, chain, values["year"], values["pin"]
        )
    )


def test_the_nearest_place_wins_over_year_and_tier():
    city = factor("city", place="GB-LON")
    country = factor("country/2019", year=2019, tier=3)
    assert choose(city, country, factor("all", place="world")).factor is city
    assert choose(country, factor("all", place="world")).factor is country


def test_within_a_place_the_latest_year_not_after_the_inventory_wins_over_tier():
    old, new, later = (
        factor(f"f/{year}", year=year, tier=4 - i) for i, year in enumerate((2018, 2020, 2021), 1)
    )
    assert choose(old, new, later).factor is new
    assert choose(old, new, later, year=2019).factor is old
    assert choose(old, new, later, year=2025).factor is later


def test_a_constant_default_counts_as_the_oldest():
    constant, dated = factor("constant", tier=3), factor("dated/1990", year=1990)
    assert choose(constant, dated).factor is dated
    assert choose(constant, dated, year=1989).factor is constant


def test_of_one_year_the_highest_tier_wins():
    assert choose(factor("low"), factor("high", tier=2)).factor.id == "high"


def tied(*factors, own=(), **values):
    table = FactorTable(factors, LIBRARY.units, own)
    uses = LIBRARY.protocol.cells["I.1.2"].uses
    values = {"unit": "kWh", "year": 2020, **values}
    electricity = LIBRARY.activities.get("electricity")
    return table.choose(Question(electricity, "I.1.2", uses, values["unit"], ("GB",), values["year"]))


def test_of_equals_the_places_own_is_taken_and_the_reason_says_so():
    choice = tied(factor("a"), factor("z"), own={"z"})
    assert choice.factor.id == "z"
    assert choice.why == "The nearest on file: GB. Of 2 that are equal, the place's own."
    assert choice.why_code == "references.why.nearest_of_equals"


def test_of_equals_the_one_nearest_to_the_unit_of_the_row_is_taken_then_the_first_by_id():
    by_kwh, by_gwh = factor("b"), factor("a", unit="kg/GWh", activity_unit="GWh")
    choice = tied(by_kwh, by_gwh)
    assert choice.factor is by_kwh
    assert choice.why.endswith("Of 2 that are equal, the one nearest to the unit of the row.")
    assert tied(by_kwh, by_gwh, unit="GWh").factor is by_gwh
    choice = tied(by_kwh, by_gwh, factor("c"), unit="MWh")
    assert choice.factor is by_gwh
    assert choice.why.endswith("Of 3 that are equal, the first by its id.")


def test_equals_do_not_come_before_a_later_year_or_a_higher_tier():
    assert tied(factor("own", tier=1), factor("book", tier=2), own={"own"}).factor.id == "book"
    assert "equal" not in tied(factor("own", tier=1), factor("book", tier=2), own={"own"}).why


def test_own_factors_added_to_the_rule_book_win_their_ties():
    held = LIBRARY.factors.all["carbon-footprint@2023:grid.gb/2023"]
    mine = factor("own@1:grid/2023", year=2023, tier=held.tier)
    library = LIBRARY.with_factors([mine])
    question = Question(
        LIBRARY.activities.get("electricity"), "I.1.2", ("grid_generation",), "kWh", ("GB",), 2023
    )
    assert library.factors.choose(question).factor is mine


def test_the_order_of_the_table_does_not_matter():
    factors = [
        factor(f"{tier}/{year}", tier=tier, year=year) for tier in (1, 2, 3) for year in (2018, 2019, 2021)
    ]
    assert choose(*factors).factor is choose(*reversed(factors)).factor


def test_a_nearer_place_with_only_later_years_leaves_the_choice_to_the_next():
    nearer, world = factor("nearer/2021", place="GB-LON", year=2021), factor("all", place="world")
    choice = choose(nearer, world)
    assert choice.factor is world
    assert choice.why == "No factor of GB-LON or GB is on file for 2020, so the world default applies."
    assert choice.why_code == "references.why.world_default"


def test_the_reason_names_the_place_that_was_found():
    choice = choose(factor("f/2019", year=2019))
    assert (choice.why, choice.why_code) == (
        "The nearest on file: GB, data year 2019.",
        "references.why.nearest",
    )
    assert choice.why_params["place"] == "GB"
    assert choose(factor("f", place="world"), chain=()).why == "The world default; no place was named."


def test_a_factor_whose_unit_cannot_be_reached_does_not_count():
    by_volume = factor("v", activity="gas_diesel_oil", uses=("road",), activity_unit="L", unit="kg/L")
    by_energy = factor("e", activity="gas_diesel_oil", uses=("road",), activity_unit="TJ", place="world")
    found = choose(by_volume, by_energy, activity="diesel", ref="II.1.1", unit="t")
    assert found.factor is by_energy
    assert [step.unit for step in found.conversions] == ["Gg", "TJ"]
    assert choose(by_volume, by_energy, activity="diesel", ref="II.1.1", unit="m3").factor is by_volume


def test_if_no_unit_can_be_reached_the_message_says_why():
    by_volume = factor("v", activity="gas_diesel_oil", uses=("road",), activity_unit="L", unit="kg/L")
    with pytest.raises(NoConversion, match="no density of it is on file"):
        choose(by_volume, activity="diesel", ref="II.1.1", unit="t")
    with pytest.raises(WrongDimension, match='"t" measures mass, but energy is needed'):
        choose(factor("f"), unit="t")


def test_another_use_and_pinned_only_factors_are_not_taken_by_rule():
    losses = factor("losses", uses=("grid_losses",))
    pinned = factor("pinned", automatic=False)
    with pytest.raises(NoFactor) as refused:
        choose(losses, pinned)
    assert refused.value.message == (
        "No factor for Grid electricity fits cell I.1.2 in GB-LON or GB, or for the world without a pin. "
        "Without one the row would be missing from the total. These can be pinned: pinned."
    )
    assert refused.value.remedy == (
        "Pin a factor in the column factor, add your own with its source, "
        "or give the emissions directly with gas and mass."
    )


def test_no_factor_names_the_places_that_have_one():
    with pytest.raises(NoFactor, match=r"There are factors for FR, NO\."):
        choose(factor("fr", place="FR"), factor("no", place="NO"))
    with pytest.raises(NoFactor, match="fits cell I\\.1\\.2; no place was named"):
        choose(factor("fr", place="FR"), chain=())


def test_a_later_year_is_never_taken_silently_but_offered_as_a_pin():
    with pytest.raises(NoFactorForYear) as refused:
        choose(factor("grid/2022", year=2022), factor("grid/2021", year=2021))
    assert refused.value.message == (
        "No value of Label of grid/2021 is dated 2020 or earlier; the first one is from 2021. "
        "Without it the row would be missing from the total."
    )
    assert refused.value.remedy == (
        'Pin the 2021 value for this row ("grid/2021" in the column factor) with a reason, '
        "or add an earlier value with its source."
    )


def test_a_pin_is_taken_as_it_is():
    variant = factor("variant", automatic=False)
    choice = choose(factor("default"), variant, pin="variant")
    assert (choice.factor, choice.why, choice.later) == (variant, "Pinned by the row.", False)


def test_a_pin_of_a_later_year_says_so():
    choice = choose(factor("grid/2022", year=2022), pin="grid/2022")
    assert choice.later
    assert choice.why == "Pinned by the row: a value of 2022 for an inventory of 2020."
    assert choice.why_code == "references.why.pinned_later"


def test_a_pin_without_a_year_takes_the_latest_that_is_not_later():
    values = [factor(f"grid/{year}", year=year) for year in (2018, 2019, 2022)]
    assert choose(*values, pin="grid").factor.year == 2019
    with pytest.raises(NoFactorForYear, match="dated 2017 or earlier; the first one is from 2018"):
        choose(*values, pin="grid", year=2017)


def test_a_pin_made_for_other_cells_says_so():
    choice = choose(factor("losses", uses=("grid_losses",)), pin="losses")
    assert choice.why == "Pinned by the row, though it is made for grid losses and not for cell I.1.2."
    without_uses = choose(factor("losses", uses=("grid_losses",)), pin="losses", ref="I.6.1")
    assert without_uses.why == "Pinned by the row."


def test_a_pin_that_does_not_exist_is_refused_with_the_nearest():
    with pytest.raises(UnknownFactor) as refused:
        choose(factor("own@2020:grid"), pin="own@2020:gird")
    assert refused.value.message == 'There is no factor "own@2020:gird". Did you mean "own@2020:grid"?'


def test_a_pin_of_another_activity_is_refused():
    with pytest.raises(FactorMismatch) as refused:
        choose(factor("f"), activity="diesel", pin="f", unit="t", ref="II.1.1")
    assert refused.value.message == 'The factor "f" is for electricity, not for gas_diesel_oil.'
    assert refused.value.remedy == (
        "Pin a factor of gas_diesel_oil, correct the activity, or leave the column factor empty."
    )


@pytest.mark.parametrize(
    ("ref", "activity", "unit", "chain", "expected"),
    [
        ("I.1.1", "natural_gas", "m3", ("GB", "world"), "ipcc@2006:stationary.residential.natural_gas"),
        ("I.5.1", "diesel", "t", ("world",), "ipcc@2006:stationary.residential.gas_diesel_oil"),
        ("I.4.4", "anthracite", "t", ("world",), "ipcc@2006:stationary.energy_industries.anthracite"),
        ("I.1.1", "natural_gas", "MMBtu", ("US", "world"), "epa-hub@2021:natural_gas"),
        ("II.1.1", "petrol", "L", ("world",), "ipcc@2006:road.motor_gasoline.oxidation_catalyst"),
        ("II.1.3", "petrol", "L", ("world",), "ipcc@2006:road.motor_gasoline.oxidation_catalyst"),
        ("II.4.3", "jet kerosene", "L", ("world",), "ipcc@2006:aviation.jet_kerosene"),
        ("I.1.2", "electricity", "MWh", ("GB-LON", "GB", "world"), "carbon-footprint@2023:grid.gb/2023"),
        ("I.1.3", "electricity", "MWh", ("GB-LON", "GB", "world"), "carbon-footprint@2023:losses.gb/2023"),
        ("II.1.3", "electricity", "MWh", ("GB",), "carbon-footprint@2023:losses.gb/2023"),
        (
            "I.7.1",
            "coal_underground_under_200_m",
            "t",
            ("world",),
            "ipcc@2006:fugitive.coal.underground_under_200_m",
        ),
        ("I.8.1", "gas_distribution", "m3", ("world",), "ipcc@2006:fugitive.gas_distribution"),
        ("III.2.2", "composting_wet", "t", ("world",), "ipcc@2006:biological.composting_wet"),
    ],
)
def test_the_packs_answer_everyday_questions(ref, activity, unit, chain, expected):
    found = choose(ref=ref, activity=activity, unit=unit, chain=chain, year=2024)
    assert found.factor.id == expected


def test_the_united_states_have_an_older_grid_factor_from_their_own_agency():
    assert choose(chain=("US",), year=2020).factor.id == "epa-hub@2021:grid.us/2019"
    assert choose(chain=("US",), year=2021).factor.id == "carbon-footprint@2023:grid.us/2021"


@pytest.mark.parametrize(
    ("ref", "activity", "group", "named", "more"),
    [
        ("I.1.1", "bitumen", "stationary.co2_only", ("bitumen",), ""),
        (
            "II.5.1",
            "motor_gasoline",
            "off_road.motor_gasoline",
            ("four_stroke_farm", "four_stroke_household", "four_stroke_industry",
             "two_stroke_farm", "two_stroke_forestry"),
            " and others",
        ),
        (
            "I.6.1",
            "peat",
            "stationary",
            ("commercial.peat", "energy_industries.peat", "manufacturing.peat", "residential.peat"),
            "",
        ),
    ],
)  # fmt: skip
def test_where_the_rule_takes_none_the_likely_pins_are_named_first(ref, activity, group, named, more):
    with pytest.raises(NoFactor) as refused:
        choose(ref=ref, activity=activity, unit="TJ", chain=("world",))
    pins = ", ".join(f"ipcc@2006:{group}.{name}" for name in named)
    assert refused.value.params["others"] == f"These can be pinned: {pins}{more}."


def test_a_factor_tells_its_record_and_its_digest():
    one, same = factor("f"), factor("f")
    other = factor("f", gases={"CO2": GasValue(0.2, 0.1, 0.3)})
    assert one.digest == same.digest != other.digest
    assert len(one.digest) == 64
    record = other.to_dict()
    assert record["gases"] == {"CO2": {"value": 0.2, "low": 0.1, "high": 0.3, "quality": None}}
    assert (record["uses"], record["digest"]) == (["grid_generation"], other.digest)


def test_where_only_pins_are_on_file_the_message_says_so_though_other_places_have_factors():
    pinned = factor("pinned/2018", automatic=False, place="TW", year=2018)
    with pytest.raises(NoFactor) as refused:
        choose(factor("gb"), pinned, chain=("TW",))
    assert refused.value.message == (
        "No factor for Grid electricity fits cell I.1.2 in TW, or for the world without a pin. "
        "Without one the row would be missing from the total. These can be pinned: pinned/2018."
    )
