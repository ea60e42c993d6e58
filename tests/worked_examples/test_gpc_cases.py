"""Cases with complete inputs and printed results, each by the function and by the command.

Cells of GPC 1.1, methods of the IPCC 2006 Guidelines; every case names its source.
"""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.support.inventory import cell, compute, row

from localaction.engine.cli.inventory import main
from localaction.engine.inventory.rows import NAMES
from localaction.engine.packs import Library
from localaction.engine.periods import Period

EXACT = 1e-6  # the cases are recomputed by script and printed with at least so many digits


def approx(value):
    return pytest.approx(value, rel=EXACT)


@pytest.fixture(params=["function", "command"])
def inventory(request, tmp_path, capsys):
    """Compute rows either way; ``factors`` is the text of a table of own factors."""

    def by_function(*rows, gwp="ar5", period="2019", factors="", place=()):
        library = Library.load()
        if factors:
            library = library.with_factors(library.read_factors(io.BytesIO(factors.encode())))
        return compute(*rows, gwp_set=gwp, period=Period.parse(period), library=library, place_chain=place)

    def by_command(*rows, gwp="ar5", period="2019", factors="", place=()):
        path, own = tmp_path / "rows.csv", tmp_path / "factors.csv"
        own.write_text(factors, encoding="utf-8")
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, NAMES, restval="")
            writer.writeheader()
            writer.writerows(rows)
        words = ["compute", str(path), "--gwp", gwp, "--period", period, "--format", "json"]
        words += ["--factors", str(own)] if factors else []
        words += ["--place", place[0]] if place else []
        status = main(words)
        printed = capsys.readouterr()
        assert (status, printed.err) == (0, "")
        return json.loads(printed.out)

    return by_function if request.param == "function" else by_command


def test_d01_heating_oil_in_offices(inventory):
    """IPCC 2006 Vol 2 Tables 1.2, 2.4 (EFDB, GHG Protocol workbook)."""
    result = inventory(row("I.2.1", "gas_diesel_oil", 12_000, "t"))
    line = result["lines"][0]
    assert line["steps"][-1]["value"] == approx(516)
    assert line["steps"][-1]["unit"] == "TJ"
    assert line["gases_t"] == {"CO2": approx(38235.6), "CH4_fossil": approx(5.16), "N2O": approx(0.3096)}
    assert result["totals"]["BASIC"]["co2e_t"] == approx(38462.124)


@pytest.mark.parametrize(("gwp", "tonnes"), [("ar4", 65930.31), ("ar6", 65908.4827)])
def test_d02_anthracite_in_a_power_station_that_feeds_the_grid(inventory, gwp, tonnes):
    """IPCC 2006 Vol 2 Tables 1.2, 2.2; GPC Table 4.2. AR6 with 29.8 for fossil methane, 273 for N2O."""
    result = inventory(row("I.4.4", "anthracite", 25_000, "t"), gwp=gwp)
    assert result["totals"]["BASIC"]["co2e_t"] == 0
    assert result["totals"]["BASIC+"]["co2e_t"] == 0
    assert result["totals"]["territorial"]["co2e_t"] == approx(tonnes)


D03_FACTORS = """\
id,activity,uses,gas,value,unit,source
sheet:lpg,lpg,residential,CO2,1617.884,kg/m3,CityCatalyst test sheet
sheet:lpg,lpg,residential,CH4,0.1282,kg/m3,CityCatalyst test sheet
sheet:lpg,lpg,residential,N2O,0.002564,kg/m3,CityCatalyst test sheet
sheet:residual,residual_fuel_oil,manufacturing,CO2,3127.734,kg/m3,CityCatalyst test sheet
sheet:residual,residual_fuel_oil,manufacturing,CH4,0.12123,kg/m3,CityCatalyst test sheet
sheet:residual,residual_fuel_oil,manufacturing,N2O,0.024246,kg/m3,CityCatalyst test sheet
sheet:gasoline,motor_gasoline,road,CO2,2111.304,kg/m3,CityCatalyst test sheet
sheet:gasoline,motor_gasoline,road,CH4,0.135876,kg/m3,CityCatalyst test sheet
sheet:gasoline,motor_gasoline,road,N2O,0.135876,kg/m3,CityCatalyst test sheet
sheet:rail,gas_diesel_oil,rail,CO2,2332.494,kg/m3,CityCatalyst test sheet
sheet:rail,gas_diesel_oil,rail,CH4,0.1597335,kg/m3,CityCatalyst test sheet
sheet:rail,gas_diesel_oil,rail,N2O,1.100814,kg/m3,CityCatalyst test sheet
"""
# Cell, fuel, id of the own factor, computed t CO2e, t CO2e printed on the sheet.
D03_ROWS = [
    ("I.1.1", "lpg", "sheet:lpg", 162.215306, 162.22),
    ("I.3.1", "residual_fuel_oil", "sheet:residual", 313.755363, 313.76),
    ("II.1.1", "motor_gasoline", "sheet:gasoline", 215.111567, 215.11),
    ("II.2.1", "gas_diesel_oil", "sheet:rail", 262.868225, 262.87),
]


def test_d03_published_factors_for_each_cubic_metre(inventory):
    """CityCatalyst test data (stationary v1, transport validation): 100 m3 of each fuel; own factors."""
    result = inventory(*[row(ref, fuel, 100, "m3") for ref, fuel, *_ in D03_ROWS], factors=D03_FACTORS)
    for line, (_, _, factor, computed, sheet) in zip(result["lines"], D03_ROWS, strict=True):
        assert line["factor"] == factor
        assert line["co2e_t"] == approx(computed)
        assert line["co2e_t"] == pytest.approx(sheet, abs=0.005)  # half of the last digit of the sheet


D04_FACTORS = """\
id,activity,uses,gas,value,unit,place,year,source
list:grid,electricity,grid_generation,CO2e,0.207,kg/kWh,GB,2023,Carbon Footprint Ltd country list 2023
list:losses,electricity,grid_losses,CO2e,0.0179,kg/kWh,GB,2023,Carbon Footprint Ltd country list 2023
list:residual,electricity,grid_market,CO2e,0.36515,kg/kWh,GB,2023,Carbon Footprint Ltd country list 2023
"""


def test_d04_electricity_of_a_business_district_on_both_bases(inventory):
    """Carbon Footprint Ltd country list 2023, rounded: location 99 360 t, market 131 454 t.

    120 000 MWh are covered by certificates of zero, the rest takes the residual mix.
    """
    rows = [
        *(row(ref, "electricity", 480_000, "MWh") for ref in ("I.2.2", "I.2.3")),
        row("I.2.2", "electricity", 120_000, "MWh", basis="market", factor="gpc@1.1:market.certificate"),
        row("I.2.2", "electricity", 360_000, "MWh", basis="market", factor="list:residual"),
    ]
    result = inventory(*rows, factors=D04_FACTORS, period="2023", place=("GB",))
    assert cell(result, "I.2.2")["co2e_t"] == approx(99360)
    assert cell(result, "I.2.3")["co2e_t"] == approx(8592)
    assert result["totals"]["BASIC"]["co2e_t"] == approx(99360)
    assert result["totals"]["BASIC+"]["co2e_t"] == approx(99360 + 8592)
    market = cell(result, "I.2.2")["market"]
    assert market["co2e_t"] == approx(131454)
    assert (market["energy_mwh"], market["location_energy_mwh"], market["coverage"]) == (480e3, 480e3, 1)
    assert result["market"]["market"]["co2e_t"] == approx(131454)
    assert result["market"]["location"]["co2e_t"] == approx(99360)
    assert (result["market"]["cells"], result["market"]["coverage"]) == (["I.2.2"], 1)


def test_d04_with_the_factors_that_ship(inventory):
    """The same list with all its digits, 0.2071 and 0.0179 kg/kWh."""
    rows = [row(ref, "electricity", 480_000, "MWh") for ref in ("I.2.2", "I.2.3")]
    result = inventory(*rows, period="2023", place=("GB",))
    assert cell(result, "I.2.2")["co2e_t"] == approx(99408)
    assert cell(result, "I.2.3")["co2e_t"] == approx(8592)


def test_d05_fuel_sales_in_us_gallons(inventory):
    """EPA factors as listed in the GHG Protocol workbook v2.0: 8.78 and 10.21 kg CO2 for each US gallon."""
    result = inventory(
        row("II.1.1", "gasoline", 2_500_000, "US gal", factor="epa@ghgp-2.0:gallon.gasoline"),
        row("II.1.1", "diesel", 1_800_000, "US gal", factor="epa@ghgp-2.0:gallon.diesel"),
    )
    gasoline, diesel = (line["gases_t"] for line in result["lines"])
    assert gasoline == {"CO2": approx(21950)}
    assert diesel == {"CO2": approx(18378)}


def test_d07_shallow_underground_coal_mine(inventory):
    """IPCC 2006 Vol 2 eqs 4.1.3, 4.1.4 (EFDB): 10 and 0.9 m3 for each t, 0.67e-6 Gg/m3."""
    result = inventory(
        row("I.7.1", "coal_underground_under_200_m", 300_000, "t"),
        row("I.7.1", "coal_underground_under_200_m_post", 300_000, "t"),
    )
    assert cell(result, "I.7.1")["gases_t"] == {"CH4_fossil": approx(2190.9)}
    assert cell(result, "I.7.1")["co2e_t"] == approx(61345.2)


def test_d11_composting(inventory):
    """IPCC 2006 Vol 5 Table 4.1: 15 000 t wet, 4 g CH4 and 0.24 g N2O for each kg."""
    result = inventory(row("III.2.1", "composting_wet", 15_000, "t"))
    assert cell(result, "III.2.1")["gases_t"] == {"CH4_biogenic": approx(60), "N2O": approx(3.6)}
    assert cell(result, "III.2.1")["co2e_t"] == approx(2634)
